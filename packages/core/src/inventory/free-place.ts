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
 * Gives back everything that one ticket took: its units of the pools, its seat, and one
 * of each limit that counts it. A limit counts for who bought the place first: a
 * resale does not move it, so nobody can buy, sell on and buy again.
 */
export async function freePlace(
  { tx, now }: WriteContext,
  { eventId, ticketTypeId, claimHoldId, draws, seat }: PlaceOfTicket,
): Promise<void> {
  const claims = await tx.inventory.claimsOf(eventId, claimHoldId);
  const limits = claims
    .filter((claim) => isLive(claim) && countsTicket(claim.targetId, { eventId, ticketTypeId }))
    .map(({ targetId }) => targetId);
  const units = [
    ...draws.map(({ poolId, units: drawn }) => ({ targetId: poolId, units: drawn })),
    ...(seat?.targets ?? []).map((targetId) => ({ targetId, units: 1 })),
    ...[...new Set(limits)].map((targetId) => ({ targetId, units: 1 })),
  ];
  await tx.inventory.giveBack(eventId, claimHoldId, units, now);
}
