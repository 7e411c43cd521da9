import { type BatchContext, type Command, type Refusal, sumOf } from '../kernel/index.ts';
import { isSeller } from './access.ts';
import type { ListingRecord } from './listing.ts';
import { buyerIsSeller, listingPriceChanged, listingSoldWhole } from './refusals.ts';
import { closedRefusal } from './transitions.ts';

/** Why somebody gets nothing of a listing that they want. */
export type NotReserved = Refusal<
  | 'not_found'
  | 'listing_closed'
  | 'listing_sold_whole'
  | 'listing_price_changed'
  | 'buyer_is_seller'
  | 'not_on_sale'
>;

/** Why a buyer gets nothing of a listing, as it was before anybody locked it. */
export function unwelcome(
  { secrets, now }: Pick<BatchContext, 'secrets' | 'now'>,
  { actor, input }: Command<{ whole: boolean }>,
  listing: ListingRecord,
  group: readonly ListingRecord[],
): NotReserved | undefined {
  const { id: listingId, groupId, soldWhole, currency } = listing;
  const closed = closedOf(input.whole ? group : [listing], now);
  if (closed !== undefined) return closed;
  if (isSeller({ actor, secrets }, listing)) return buyerIsSeller({ listingId });
  if (!soldWhole || input.whole || groupId === null) return undefined;
  const listingIds = group.map(({ id }) => id);
  return listingSoldWhole({
    groupId,
    listingIds,
    price: sumOf(group, (own) => own.price),
    currency,
  });
}

/** Why a buyer gets nothing of what they want, as it is under the locks. */
export function unfit(
  { input }: Command<{ listingId: string; price?: number | undefined }>,
  listings: readonly ListingRecord[],
  now: string,
): NotReserved | undefined {
  const closed = closedOf(listings, now);
  if (closed !== undefined) return closed;
  const { listingId } = input;
  const price = sumOf(listings, (own) => own.price);
  if (input.price === undefined || input.price === price) return undefined;
  return listingPriceChanged({ listingId, price, currency: listings[0]?.currency ?? '' });
}

function closedOf(listings: readonly ListingRecord[], now: string): NotReserved | undefined {
  for (const listing of listings) {
    const closed = closedRefusal(listing, { reserved: false, now });
    if (closed !== undefined) return closed;
  }
  return undefined;
}
