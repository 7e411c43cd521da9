import * as z from 'zod';
import { maySee } from '../../events/index.ts';
import { everyone, notFound, read } from '../../kernel/index.ts';
import { seesAsSeller } from '../access.ts';
import { Listing, ListingId } from '../listing.ts';
import { reservedListings } from '../reservation.ts';
import { listingResource } from '../resource.ts';

export const getListing = read({
  name: 'resale.get',
  summary: 'One listing.',
  input: z.strictObject({ listingId: ListingId }),
  output: Listing,
  allow: everyone,
  run: async (context, { listingId }) => {
    const listing = await context.tx.resale.listings.find(listingId);
    const event = listing && (await context.tx.events.events.find(listing.eventId));
    if (listing === undefined || event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'listing', id: listingId });
    }
    const reserved = await reservedListings(context, listing.eventId, [listingId]);
    return listingResource(listing, {
      reserved: reserved.has(listingId),
      seller: await seesAsSeller(context, listing),
      now: context.now,
    });
  },
});
