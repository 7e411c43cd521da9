import * as z from 'zod';
import { Amount, isRefusal, notFound, write } from '../../kernel/index.ts';
import { amountTooLarge } from '../../pricing/index.ts';
import { sellerOfListing } from '../access.ts';
import { lockWithGroup } from '../group.ts';
import { Listing, ListingId } from '../listing.ts';
import { listingClosed, priceAboveCap, priceBelowFloor } from '../refusals.ts';
import { lockReservations } from '../reservation.ts';
import { listingResource } from '../resource.ts';
import { repriceListings } from '../transitions.ts';

export const setListingPrice = write({
  name: 'resale.setPrice',
  summary:
    'Changes what a seller asks, within the terms that the ticket was listed under, unless a buyer has it reserved.',
  input: z.strictObject({
    listingId: ListingId,
    price: Amount.meta({
      description: 'In minor units; of a group that is sold as a whole only, for all of it.',
    }),
  }),
  output: Listing,
  refusals: [listingClosed, priceAboveCap, priceBelowFloor, amountTooLarge],
  allow: sellerOfListing,
  run: async (context, { listingId, price }) => {
    const { tx, now, emit } = context;
    const found = await tx.resale.listings.find(listingId);
    const listings = found === undefined ? [] : await lockWithGroup(context, found);
    const [first] = listings;
    if (first === undefined) return notFound({ kind: 'listing', id: listingId });
    const ids = listings.map(({ id }) => id);
    // Who reserves locks the same counters, and reads the price under them.
    const { size } = await lockReservations(context, first.eventId, ids);
    const repriced = repriceListings(listings, price, { reserved: size > 0, now });
    if (isRefusal(repriced)) return repriced;
    const shown = repriced.map((next) =>
      listingResource(next, { reserved: false, seller: true, now }),
    );
    for (const [at, next] of repriced.entries()) {
      // What costs the same as before is no news.
      if (listings[at]?.price === next.price) continue;
      await tx.resale.listings.save(next, listings[at] ?? next);
      const { organizerId, eventId, id: subject } = next;
      emit({ type: 'listing.repriced', organizerId, eventId, subject, data: shown[at] ?? {} });
    }
    return shown[0] ?? notFound({ kind: 'listing', id: listingId });
  },
});
