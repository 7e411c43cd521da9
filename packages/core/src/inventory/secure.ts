import { LostRace, type WriteContext } from '../kernel/index.ts';
import { claimInOrder } from './claiming.ts';
import { type ClaimRecord, isLive, wasLost } from './counter.ts';
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
  // First what it has: nobody can take that back any more, this transaction included. What is gone
  // is read after that.
  const [kept, claims] = await Promise.all([
    tx.inventory.moveExpiry(eventId, holdId, null, now),
    tx.inventory.claimsOf(eventId, holdId),
  ]);
  const lost = claims.filter(wasLost);
  if (kept < claims.filter(isLive).length) {
    throw new LostRace(`Claims of ${holdId} were taken back meanwhile.`);
  }
  if (lost.length === 0) return true;

  const [shortage] = await claimInOrder(context, eventId, [{ targets: lost }]);
  if (shortage !== undefined) {
    // Released as what lapsed, so that the next late payment finds all of it lost.
    await tx.inventory.moveExpiry(eventId, holdId, now, now);
    await tx.inventory.release(eventId, [holdId], now);
    return false;
  }
  await tx.inventory.claims.insert(lost.map((claim) => again(context, claim)));
  await tx.inventory.addUnits(eventId, sumUnits(lost));
  return true;
}

function again({ ids, now }: WriteContext, claim: ClaimRecord): ClaimRecord {
  return {
    ...claim,
    id: ids.next('clm'),
    claimedAt: now,
    expiresAt: null,
    paidAt: now,
    releasedAt: null,
  };
}
