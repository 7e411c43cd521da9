import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import { Amount, Currency, idOf, isRefusal, notFound, write } from '../../kernel/index.ts';
import { OrganizerId } from '../../organizers/index.ts';
import { payers } from '../access.ts';
import { announcePayout } from '../announce-payout.ts';
import { currencyOf } from '../balance-currency.ts';
import { bookPayout } from '../book-payout.ts';
import { Payout, type PayoutRecord, payoutResource } from '../payout.ts';
import { payoutAmount } from '../payout-transitions.ts';
import { currencyNeeded, nothingToPayOut, payoutAboveBalance, payoutNotDue } from '../refusals.ts';
import { sellerNotDue } from '../seller-due.ts';

export const createPayout = write({
  name: 'payouts.create',
  summary:
    'Pays out what is owed to an organizer, or, once the event is over, to the seller of a ticket: all of it, or so much. It is on its way until it is settled.',
  input: z.strictObject({
    organizerId: OrganizerId,
    eventId: EventId.optional().meta({ description: 'Pays what is owed for this event alone.' }),
    ticketId: idOf('tkt').optional().meta({ description: 'Pays who sold this ticket on.' }),
    amount: Amount.min(1)
      .optional()
      .meta({ description: 'Minor units; all that is owed, when left out.' }),
    currency: Currency.optional().meta({ description: 'Needed where several are owed.' }),
    reference: z.string().trim().min(1).max(200).optional(),
  }),
  output: Payout,
  refusals: [nothingToPayOut, payoutAboveBalance, currencyNeeded, payoutNotDue],
  allow: payers,
  run: async (context, { organizerId, eventId, ticketId, amount: asked, ...input }) => {
    const { tx, ids, now } = context;
    // Its lock lets one payout of an organizer be made at a time. What lowers a balance
    // otherwise, as a refund does, may come right after one.
    const [organizer] = await tx.organizers.organizers.findForUpdate([organizerId]);
    if (organizer === undefined) return notFound({ kind: 'organizer', id: organizerId });
    if (ticketId !== undefined) {
      const ticket = await tx.tickets.tickets.find(ticketId);
      if (ticket?.organizerId !== organizerId || (eventId ?? ticket.eventId) !== ticket.eventId) {
        return notFound({ kind: 'ticket', id: ticketId });
      }
      const early = await sellerNotDue(context, ticket);
      if (early !== undefined) return early;
    }
    const account = ticketId === undefined ? 'organizer_payable' : 'seller_payable';
    const owner = { organizerId, account, party: ticketId } as const;
    const currency = await currencyOf(context, { ...owner, currency: input.currency });
    if (isRefusal(currency)) return currency;
    if (currency === null) return nothingToPayOut({ payable: 0, currency });
    const overall = await tx.ledger.sum({ ...owner, currency });
    const ofEvent =
      eventId === undefined ? null : await tx.ledger.sum({ ...owner, eventId, currency });
    const amount = payoutAmount({ currency, overall, ofEvent }, asked);
    if (isRefusal(amount)) return amount;

    const payout: PayoutRecord = {
      id: ids.next('pyt'),
      organizerId,
      eventId: eventId ?? null,
      ticketId: ticketId ?? null,
      amount,
      currency,
      state: 'pending',
      reference: input.reference ?? null,
      reason: null,
      createdAt: now,
      settledAt: null,
      revision: 1,
    };
    await tx.ledger.payouts.insert([payout]);
    await bookPayout(context, payout);
    announcePayout(context, payout);
    return payoutResource(payout);
  },
});
