import type { BatchContext, Instant } from '../kernel/index.ts';
import type { ClaimRecord, Units } from './counter.ts';
import type { HoldRecord } from './hold.ts';
import { Room, type Shortage, sumUnits } from './room.ts';

/** One hold's wish, as a batch carries it. */
export interface Wish {
  readonly units: readonly Units[];
}

/**
 * Decides a batch of wishes on one event in order, under the counters' locks:
 * for each, undefined when it has its room, or what was short. Claims that
 * lapsed are taken back when, and only when, somebody would otherwise go empty.
 */
export async function claimInOrder(
  { tx, now }: Pick<BatchContext, 'tx' | 'now'>,
  eventId: string,
  wishes: readonly Wish[],
): Promise<(Shortage | undefined)[]> {
  const targets = [
    ...new Set(wishes.flatMap(({ units }) => units.map(({ targetId }) => targetId))),
  ];
  const counters = await tx.inventory.lockCounters(eventId, targets.sort());
  const decide = (freed: readonly Units[]) => {
    const room = new Room(counters, freed);
    return wishes.map(({ units }) => room.take(units));
  };

  const outcome = decide([]);
  if (outcome.every((shortage) => shortage === undefined)) return outcome;
  const freed = await tx.inventory.takeBackLapsed(eventId, targets, now);
  return freed.length === 0 ? outcome : decide(freed);
}

/** Writes the claims of holds that got their room, each statement once for all of them. */
export async function writeClaims(
  { tx, ids }: Pick<BatchContext, 'tx' | 'ids'>,
  eventId: string,
  holds: readonly { hold: HoldRecord; units: readonly Units[] }[],
): Promise<void> {
  const claims: ClaimRecord[] = holds.flatMap(({ hold, units }) =>
    sumUnits(units).map((claim) => ({
      ...claim,
      id: ids.next('clm'),
      organizerId: hold.organizerId,
      eventId,
      holdId: hold.id,
      expiresAt: hold.expiresAt,
      releasedAt: null,
    })),
  );
  await tx.inventory.holds.insert(holds.map(({ hold }) => hold));
  await tx.inventory.claims.insert(claims);
  await tx.inventory.addUnits(eventId, sumUnits(claims));
}

/** An expiry that has passed: the same moment counts as passed. */
export function lapsedAt(expiresAt: Instant, now: Instant): boolean {
  return expiresAt <= now;
}
