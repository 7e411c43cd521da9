import * as z from 'zod';
import { anyOf, isRefusal, notFound, write } from '../../kernel/index.ts';
import { membersOfListing, sellerOfListing } from '../access.ts';
import { closeListing } from '../close.ts';
import { lockWithGroup } from '../group.ts';
import { type ClosedListing, Listing, ListingId, type ListingRecord } from '../listing.ts';
import { listingClosed } from '../refusals.ts';
import { lockReservations } from '../reservation.ts';
import { listingResource } from '../resource.ts';
import { withdrawListing } from '../transitions.ts';

export const withdraw = write({
  name: 'resale.withdraw',
  summary:
    'Takes a listing back, unless a buyer has it reserved; of a group that is sold as a whole only, all of it.',
  input: z.strictObject({ listingId: ListingId }),
  output: Listing,
  refusals: [listingClosed],
  allow: anyOf(sellerOfListing, membersOfListing('manage_events')),
  run: async (context, { listingId }) => {
    const { tx, now } = context;
    const found = await tx.resale.listings.find(listingId);
    const listings = found === undefined ? [] : await lockWithGroup(context, found);
    const [first] = listings;
    if (first === undefined) return notFound({ kind: 'listing', id: listingId });
    const ids = listings.map(({ id }) => id);
    const reserved = await lockReservations(context, first.eventId, ids);
    const closed: [ClosedListing, ListingRecord][] = [];
    for (const was of listings) {
      // One of its group may be written down as over, by a clock that is ahead.
      if (was.state !== 'open' && was !== first) continue;
      const next = withdrawListing(was, { reserved: reserved.has(was.id), now });
      if (isRefusal(next)) return next;
      closed.push([next, was]);
    }
    for (const [next, was] of closed) await closeListing(context, next, was);
    const view = { reserved: false, seller: true, now };
    return listingResource(closed[0]?.[0] ?? first, view);
  },
});
