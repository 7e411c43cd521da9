import * as z from 'zod';
import { Amount, isRefusal, notFound, write } from '../../kernel/index.ts';
import { amountTooLarge } from '../../pricing/index.ts';
import { holderOfTicket, TicketId } from '../../tickets/index.ts';
import { Listing } from '../listing.ts';
import {
  outsideResaleWindow,
  priceAboveCap,
  priceBelowFloor,
  resaleNotAllowed,
  ticketNotResellable,
} from '../refusals.ts';
import { listingResource } from '../resource.ts';
import { termsOf } from '../terms.ts';
import { listTicket as decide } from '../transitions.ts';

export const listTicket = write({
  name: 'resale.list',
  summary: 'Offers a ticket for resale at a price within the cap. It stays valid until it is sold.',
  input: z.strictObject({ ticketId: TicketId, price: Amount }),
  output: Listing,
  refusals: [
    resaleNotAllowed,
    outsideResaleWindow,
    ticketNotResellable,
    priceAboveCap,
    priceBelowFloor,
    amountTooLarge,
  ],
  allow: holderOfTicket,
  run: async (context, { ticketId, price }) => {
    const { tx, ids, now, emit } = context;
    const [ticket] = await tx.tickets.tickets.findForUpdate([ticketId]);
    if (ticket === undefined) return notFound({ kind: 'ticket', id: ticketId });
    const { organizerId, eventId } = ticket;
    const event = await tx.events.events.find(eventId);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const listing = decide(
      {
        ticket,
        event,
        sessions: await tx.events.sessions.ofEvents([eventId]),
        terms: await termsOf(context, eventId),
        before: await tx.resale.listings.openOfTicket(ticketId),
      },
      price,
      { id: ids.next('lst'), now },
    );
    if (isRefusal(listing)) return listing;
    await tx.resale.listings.insert([listing]);
    await tx.inventory.openCounters([
      { targetId: listing.id, organizerId, eventId, capacity: 1, claimed: 0 },
    ]);
    const listed = listingResource(listing, { reserved: false, seller: true });
    emit({ type: 'listing.created', organizerId, eventId, subject: listing.id, data: listed });
    return listed;
  },
});
