import type { ReadContext } from '../kernel/index.ts';
import type { WaitlistEntryRecord } from './entry.ts';
import type { HeldOffer } from './resource.ts';

/** The open offers of these entries with their holds, by entry. */
export async function heldOffers(
  { tx }: Pick<ReadContext, 'tx'>,
  entries: readonly WaitlistEntryRecord[],
): Promise<ReadonlyMap<string, HeldOffer>> {
  const offered = entries.filter(({ state }) => state === 'offered').map(({ id }) => id);
  if (offered.length === 0) return new Map();
  const offers = await tx.waitlist.offers.openOf(offered);
  const found = await tx.inventory.holds.findMany(offers.map(({ holdId }) => holdId));
  const holds = new Map(found.map((hold) => [hold.id, hold]));
  return new Map(
    offers.flatMap((offer) => {
      const hold = holds.get(offer.holdId);
      return hold === undefined ? [] : [[offer.entryId, { offer, hold }]];
    }),
  );
}
