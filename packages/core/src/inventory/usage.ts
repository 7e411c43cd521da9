import type { ReadContext } from '../kernel/index.ts';
import type { CounterRecord, Units } from './counter.ts';

/** What the units of a target are at a moment. They sum to what its counter counts. */
export interface Usage {
  /** Null: unlimited. */
  readonly capacity: number | null;
  /** Units of holds and of orders that wait for their payment. */
  readonly held: number;
  readonly sold: number;
  readonly blocked: number;
  /** Units that lapsed and were not taken back yet: they are free. */
  readonly lapsed: number;
}

export const unused: Omit<Usage, 'capacity'> = { held: 0, sold: 0, blocked: 0, lapsed: 0 };

/**
 * How targets are used now. What is sold is the rest, so that it costs no look
 * at the claims of those who paid, who are the many.
 */
export async function usageOf(
  { tx, now }: Pick<ReadContext, 'tx' | 'now'>,
  eventId: string,
  targetIds: readonly string[],
): Promise<ReadonlyMap<string, Usage>> {
  const counters = await tx.inventory.counters(eventId, targetIds);
  const held = byTarget(await tx.inventory.heldUnits(eventId, targetIds, now));
  const lapsed = byTarget(await tx.inventory.lapsedUnits(eventId, targetIds, now));
  const blocked = byTarget(await tx.inventory.blockedUnits(eventId));
  return new Map(
    counters.map(({ targetId, capacity, claimed }: CounterRecord) => {
      const unpaid = {
        held: held.get(targetId) ?? 0,
        blocked: blocked.get(targetId) ?? 0,
        lapsed: lapsed.get(targetId) ?? 0,
      };
      const sold = claimed - unpaid.held - unpaid.blocked - unpaid.lapsed;
      return [targetId, { capacity, sold, ...unpaid }];
    }),
  );
}

function byTarget(units: readonly Units[]): ReadonlyMap<string, number> {
  return new Map(units.map((own) => [own.targetId, own.units]));
}
