import type { WriteContext } from '../kernel/index.ts';
import type { HeldSeat } from '../seating/index.ts';
import { isLive } from './counter.ts';
import { countsTicket } from './limits.ts';

/** A place that a ticket had, on the claims of the hold that it was first sold from. */
export interface PlaceOfTicket {
  readonly eventId: string;
  readonly ticketTypeId: string;
  readonly claimHoldId: string;
  readonly draws: readonly { readonly poolId: string; readonly units: number }[];
  readonly seat: HeldSeat | null;
}

/**
 * Gives back everything that tickets took: their units of the pools, their seats, and one
 * of each limit that counts a ticket. A limit counts for who bought the place first: a
 * resale does not move it, so nobody can buy, sell on and buy again. What lies on the
 * claims of one hold goes back at once: claims first, then counters, as everybody locks.
 */
export async function freePlaces(
  { tx, now }: WriteContext,
  places: readonly PlaceOfTicket[],
): Promise<void> {
  const holds = Map.groupBy(places, ({ claimHoldId }) => claimHoldId);
  for (const [holdId, its] of [...holds].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [{ eventId } = { eventId: '' }] = its;
    const live = (await tx.inventory.claimsOf(eventId, holdId)).filter(isLive);
    const targets = [...new Set(live.map(({ targetId }) => targetId))];
    const units = its.flatMap((place) => [
      ...place.draws.map(({ poolId, units: drawn }) => ({ targetId: poolId, units: drawn })),
      ...(place.seat?.targets ?? []).map((targetId) => ({ targetId, units: 1 })),
      ...targets
        .filter((targetId) => countsTicket(targetId, place))
        .map((targetId) => ({ targetId, units: 1 })),
    ]);
    await tx.inventory.giveBack(eventId, holdId, units, now);
  }
}
