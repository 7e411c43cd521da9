import * as z from 'zod';
import { EventId, maySee, SessionId, TicketTypeId } from '../../events/index.ts';
import {
  Amount,
  everyone,
  isRefusal,
  notFound,
  pageInput,
  pageOf,
  pageRequest,
  type ReadContext,
  read,
} from '../../kernel/index.ts';
import { Listing } from '../listing.ts';
import { reservedListings } from '../reservation.ts';
import { listingResource } from '../resource.ts';

export const browseListings = read({
  name: 'resale.browse',
  summary:
    'The listings of an event that can be bought, in an order; what is alike in it, newest first.',
  input: z.strictObject({
    eventId: EventId,
    order: z
      .enum(['newest', 'price', 'price_desc', 'quantity', 'ticket_type', 'session', 'section'])
      .default('newest')
      .meta({
        description:
          '`price`: the cheapest first; `quantity`: the largest groups; `session`: the earliest; `section` and `ticket_type`: by name.',
      }),
    ticketTypeId: TicketTypeId.optional(),
    sessionId: SessionId.optional().meta({ description: 'Tickets that admit to this session.' }),
    section: z.string().min(1).max(100).optional(),
    minPrice: Amount.optional(),
    maxPrice: Amount.optional().meta({ description: 'Of the price, without the buyer’s fee.' }),
    quantity: z
      .int()
      .min(1)
      .max(20)
      .optional()
      .meta({ description: 'Listed with so many together, at least.' }),
    reserved: z
      .boolean()
      .default(false)
      .meta({ description: 'Also those that a buyer has reserved at this moment.' }),
    ...pageInput,
  }),
  output: pageOf(Listing, 'ListingPage'),
  allow: everyone,
  run: async (context, { eventId, ticketTypeId, sessionId, limit, cursor, ...search }) => {
    const { tx, now } = context;
    const page = pageRequest({ limit, cursor });
    if (isRefusal(page)) return page;
    const event = await tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    const ticketTypeIds = await typesOf(context, { eventId, ticketTypeId, sessionId });
    const { section, minPrice, maxPrice, quantity, order, reserved: all } = search;
    const { items, nextCursor } = await tx.resale.listings.search(
      { eventId, now, reserved: all, order, ticketTypeIds, section, minPrice, maxPrice, quantity },
      page,
    );
    const reserved = all
      ? await reservedListings(
          context,
          eventId,
          items.map(({ id }) => id),
        )
      : new Set<string>();
    return {
      items: items.map((listing) =>
        listingResource(listing, { reserved: reserved.has(listing.id), seller: false, now }),
      ),
      nextCursor,
    };
  },
});

/** The types that are looked for; undefined: all. */
async function typesOf(
  { tx }: ReadContext,
  {
    eventId,
    ticketTypeId,
    sessionId,
  }: { eventId: string; ticketTypeId: string | undefined; sessionId: string | undefined },
): Promise<readonly string[] | undefined> {
  if (sessionId === undefined) return ticketTypeId === undefined ? undefined : [ticketTypeId];
  const types = await tx.events.ticketTypes.ofEvent(eventId);
  return types
    .filter(({ id }) => ticketTypeId === undefined || id === ticketTypeId)
    .filter(({ sessionIds }) => sessionIds?.includes(sessionId) ?? true)
    .map(({ id }) => id);
}
