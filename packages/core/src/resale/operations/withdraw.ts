import * as z from 'zod';
import { anyOf, isRefusal, notFound, write } from '../../kernel/index.ts';
import { membersOfListing, sellerOfListing } from '../access.ts';
import { closeListing } from '../close.ts';
import { Listing, ListingId } from '../listing.ts';
import { listingClosed } from '../refusals.ts';
import { lockReservation } from '../reservation.ts';
import { listingResource } from '../resource.ts';
import { withdrawListing } from '../transitions.ts';

export const withdraw = write({
  name: 'resale.withdraw',
  summary: 'Takes a listing back, unless a buyer has it reserved.',
  input: z.strictObject({ listingId: ListingId }),
  output: Listing,
  refusals: [listingClosed],
  allow: anyOf(sellerOfListing, membersOfListing('manage_events')),
  run: async (context, { listingId }) => {
    const [was] = await context.tx.resale.listings.findForUpdate([listingId]);
    if (was === undefined) return notFound({ kind: 'listing', id: listingId });
    const reserved = await lockReservation(context, was.eventId, listingId);
    const next = withdrawListing(was, reserved, context.now);
    if (isRefusal(next)) return next;
    await closeListing(context, next, was);
    return listingResource(next, { reserved: false, seller: true });
  },
});
