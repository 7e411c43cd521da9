import { LostRace, type WriteContext } from '../kernel/index.ts';
import { claimInOrder } from './claiming.ts';
import type { ClaimRecord } from './counter.ts';
import { sumUnits } from './room.ts';

/**
 * Makes the claims of a hold its own for good, as a payment does: those it still
 * has are kept, and those that were taken back after it expired are claimed
 * again. False, with nothing claimed, when there is no room for them any more.
 * The caller holds the lock of the hold's order.
 */
export async function secureClaims(
  context: WriteContext,
  eventId: string,
  holdId: string,
): Promise<boolean> {
  const { tx, now } = context;
  const claims = await tx.inventory.claimsOfHold(eventId, holdId);
  const lost = claims.filter(({ releasedAt }) => releasedAt !== null);
  // First what it has: nobody can take that back any more, this transaction included.
  const kept = await tx.inventory.moveExpiry(eventId, holdId, null);
  if (kept + lost.length < claims.length) {
    throw new LostRace(`Claims of ${holdId} were taken back meanwhile.`);
  }
  if (lost.length === 0) return true;

  const [shortage] = await claimInOrder(context, eventId, [{ units: lost }]);
  if (shortage !== undefined) {
    await tx.inventory.release(eventId, [holdId], now);
    return false;
  }
  await tx.inventory.claims.insert(lost.map((claim) => again(context, claim)));
  await tx.inventory.addUnits(eventId, sumUnits(lost));
  return true;
}

function again({ ids }: WriteContext, claim: ClaimRecord): ClaimRecord {
  return { ...claim, id: ids.next('clm'), expiresAt: null, releasedAt: null };
}
