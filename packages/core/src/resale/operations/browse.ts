import * as z from 'zod';
import { EventId, maySee } from '../../events/index.ts';
import {
  everyone,
  isRefusal,
  notFound,
  pageInput,
  pageOf,
  pageRequest,
  read,
} from '../../kernel/index.ts';
import { Listing } from '../listing.ts';
import { reservedListings } from '../reservation.ts';
import { listingResource } from '../resource.ts';

export const browseListings = read({
  name: 'resale.browse',
  summary: 'The open listings of an event, newest first.',
  input: z.strictObject({ eventId: EventId, ...pageInput }),
  output: pageOf(Listing, 'ListingPage'),
  allow: everyone,
  run: async (context, { eventId, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const event = await context.tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    const { items, nextCursor } = await context.tx.resale.listings.list(
      { eventId, state: 'open' },
      page,
    );
    const reserved = await reservedListings(
      context,
      eventId,
      items.map(({ id }) => id),
    );
    return {
      items: items.map((listing) =>
        listingResource(listing, { reserved: reserved.has(listing.id), seller: false }),
      ),
      nextCursor,
    };
  },
});
