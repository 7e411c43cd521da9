import type { ReadContext, WriteContext } from '../kernel/index.ts';
import type { ListingRecord } from './listing.ts';

export type SoldListing = Extract<ListingRecord, { state: 'sold' }>;

/** The listings of a group, also those that are closed; of a listing alone, itself. */
export async function groupOf(
  { tx }: Pick<ReadContext, 'tx'>,
  listing: ListingRecord,
): Promise<ListingRecord[]> {
  return listing.groupId === null ? [listing] : tx.resale.listings.ofGroup(listing.groupId);
}

/** What was sold in the one sale that a listing was sold in, itself among it, by id. */
export async function soldTogether(
  context: Pick<ReadContext, 'tx'>,
  listing: SoldListing,
): Promise<SoldListing[]> {
  const its = await groupOf(context, listing);
  return its.filter(isSold).filter(({ buyerOrderId }) => buyerOrderId === listing.buyerOrderId);
}

export function isSold(listing: ListingRecord): listing is SoldListing {
  return listing.state === 'sold';
}

/** All that is sold only together with a listing, itself among it. */
export async function wholeOf(
  context: Pick<ReadContext, 'tx'>,
  listing: ListingRecord,
): Promise<ListingRecord[]> {
  return listing.soldWhole ? groupOf(context, listing) : [listing];
}

/**
 * Locks a listing and, where its group is sold as a whole only, the others of it,
 * whose fate is the same. As they stand under their locks, the listing first.
 */
export async function lockWithGroup(
  context: Pick<WriteContext, 'tx'>,
  found: ListingRecord,
): Promise<ListingRecord[]> {
  const its = await wholeOf(context, found);
  const locked = await context.tx.resale.listings.findForUpdate(its.map(({ id }) => id));
  return locked.sort((a, b) => Number(b.id === found.id) - Number(a.id === found.id));
}
