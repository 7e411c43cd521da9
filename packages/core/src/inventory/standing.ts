import type { ReadContext } from '../kernel/index.ts';
import type { CounterRecord } from './counter.ts';

/** How counters stand at an instant, what lapsed counted as free. */
export interface Standing {
  counter(targetId: string): CounterRecord | undefined;
  /** Units that lapsed and were not taken back yet. */
  lapsed(targetId: string): number;
  /** Units free; null: unlimited. */
  available(targetId: string): number | null;
}

export async function standing(
  { tx, now }: Pick<ReadContext, 'tx' | 'now'>,
  eventId: string,
  targetIds: readonly string[],
): Promise<Standing> {
  const counters = new Map(
    (await tx.inventory.counters(eventId, targetIds)).map((own) => [own.targetId, own]),
  );
  const lapsedUnits = new Map(
    (await tx.inventory.lapsedUnits(eventId, targetIds, now)).map((own) => [
      own.targetId,
      own.units,
    ]),
  );
  const lapsed = (targetId: string) => lapsedUnits.get(targetId) ?? 0;
  return {
    counter: (targetId) => counters.get(targetId),
    lapsed,
    available: (targetId) => {
      const counter = counters.get(targetId);
      if (counter === undefined) return 0;
      if (counter.capacity === null) return null;
      return counter.capacity - counter.claimed + lapsed(targetId);
    },
  };
}
