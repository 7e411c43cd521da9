import * as z from 'zod';
import { Amount, Currency, Instant, isRefusal, notFound, read } from '../../kernel/index.ts';
import { holderOfTicket, TicketId } from '../../tickets/index.ts';
import { factsOf } from '../facts.ts';
import { beyondLimits } from '../limits.ts';
import { listTickets } from '../list-tickets.ts';
import { obstacleTo } from '../obstacles.ts';
import { ResaleTerms } from '../policy.ts';
import { boundsOf, paidOf, proceedsOf } from '../price.ts';
import { listingEnd, windowOf } from '../window.ts';

const TicketResaleTerms = z
  .object({
    ticketId: TicketId,
    mayList: z.boolean(),
    obstacle: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .meta({ description: 'Why it cannot be listed now, or not at `price`; null: it can.' }),
    currency: Currency,
    paid: Amount.meta({ description: 'What was paid for it, as the policy counts it.' }),
    cap: Amount.nullable().meta({ description: 'Most that may be asked; null: no cap.' }),
    floor: Amount.meta({ description: 'Least that may be asked.' }),
    opensAt: Instant.nullable(),
    expiresAt: Instant.meta({ description: 'When a listing made now would end by itself.' }),
    listed: z
      .object({ open: z.int(), sold: z.int() })
      .meta({ description: 'Tickets of the event that the seller offers, and has sold.' }),
    at: z
      .object({
        price: Amount,
        buyerFee: Amount,
        buyerPays: Amount,
        sellerFee: Amount,
        organizerShare: Amount,
        platformGets: Amount,
        sellerGets: Amount,
      })
      .nullable()
      .meta({ description: 'Who would have what of `price`; null where none was given.' }),
    terms: ResaleTerms,
  })
  .meta({ id: 'TicketResaleTerms', description: 'How a ticket may be resold.' });

export const getResaleTerms = read({
  name: 'resale.terms',
  summary:
    'How a ticket may be resold: whether it may be listed now and why not, cap, floor, fees, and what its holder would have of a price.',
  input: z.strictObject({
    ticketId: TicketId,
    price: Amount.optional().meta({ description: 'What to ask, in minor units.' }),
  }),
  output: TicketResaleTerms,
  allow: holderOfTicket,
  run: async (context, { ticketId, price }) => {
    const { tx, now } = context;
    const ticket = await tx.tickets.tickets.find(ticketId);
    if (ticket === undefined) return notFound({ kind: 'ticket', id: ticketId });
    const found = await factsOf(context, [ticket]);
    if (isRefusal(found)) return found;
    const [facts] = found;
    if (facts === undefined) return notFound({ kind: 'ticket', id: ticketId });
    const { terms, sessions, sellerKey } = facts;
    const listed = await tx.resale.listings.ofSeller(ticket.eventId, sellerKey, now);
    const decided =
      price === undefined
        ? (obstacleTo(facts, now) ?? beyondLimits([facts], listed))
        : listTickets([facts], price, {
            ids: [''],
            groupId: null,
            soldWhole: false,
            listed,
            now,
          });
    const obstacle = isRefusal(decided) ? decided : undefined;
    const paid = paidOf(terms, ticket, facts.first);
    const window = windowOf(terms, facts);
    return {
      ticketId,
      mayList: obstacle === undefined,
      obstacle: obstacle === undefined ? null : { code: obstacle.code, message: obstacle.message },
      currency: ticket.currency,
      paid,
      ...boundsOf(terms, paid),
      opensAt: window.opensAt,
      expiresAt: listingEnd(window, sessions),
      listed,
      at: price === undefined ? null : proceedsOf(terms, price, paid),
      terms,
    };
  },
});
