import * as z from 'zod';
import {
  anyOf,
  idOf,
  invalidCursor,
  isRefusal,
  notFound,
  pageInput,
  pageRequest,
  read,
} from '../../kernel/index.ts';
import { bookkeepersOfTicket, sellerOfTicket } from '../access.ts';
import type { Account } from '../accounts.ts';
import { periodInput } from '../period.ts';
import { positionOf, Statement, statementPage } from '../statement.ts';

export const getSellerStatement = read({
  name: 'ledger.sellerStatement',
  summary: 'What somebody who sold a ticket on is owed for it, and what of it was paid to them.',
  input: z.strictObject({
    ticketId: idOf('tkt').meta({ description: 'The ticket that was sold.' }),
    ...periodInput,
    ...pageInput,
  }),
  output: Statement,
  allow: anyOf(sellerOfTicket, bookkeepersOfTicket),
  run: async (context, { ticketId, from, until, limit, cursor }) => {
    const page = pageRequest({ limit, cursor }, 2);
    if (isRefusal(page)) return page;
    const after = page.after && (await positionOf(context, page.after));
    if (cursor !== undefined && after === undefined) return invalidCursor({ cursor });
    const ticket = await context.tx.tickets.tickets.find(ticketId);
    if (ticket === undefined) return notFound({ kind: 'ticket', id: ticketId });
    // A ticket is sold in the currency of its event alone.
    const { organizerId, eventId, currency } = ticket;
    const account: Account = 'seller_payable';
    const filter = { organizerId, account, party: ticketId, currency, from, until };
    return {
      organizerId,
      eventId,
      account,
      party: ticketId,
      currency,
      from: from ?? null,
      until: until ?? null,
      ...(await statementPage(context, filter, { after, limit })),
    };
  },
});
