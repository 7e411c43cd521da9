import * as z from 'zod';
import { systemOnly, type WriteContext, write } from '../../kernel/index.ts';
import type { OrderRecord } from '../../orders/index.ts';
import { refundSeller } from '../../refunds/index.ts';
import { isHeldByBuyer } from '../../tickets/index.ts';
import type { ListingRecord } from '../listing.ts';
import { proceedsOf } from '../price.ts';

export const settleListings = write({
  name: 'resale.settle',
  summary:
    'Refunds sellers whose policy says `refund_and_rebuy`: as much of their proceeds as they paid through a provider goes back there, the rest stays owed. Once each, however often it is called.',
  input: z.strictObject({ limit: z.int().min(1).max(100).default(20) }),
  output: z
    .object({ settled: z.int(), refunded: z.int().meta({ description: 'Of them, refunds made.' }) })
    .meta({ id: 'SettledListings' }),
  allow: systemOnly,
  run: async (context, { limit }) => {
    const { tx } = context;
    const due = await tx.resale.listings.settleDue(limit);
    const tickets = new Map(
      (await tx.tickets.tickets.findMany(due.map(({ ticketId }) => ticketId))).map((own) => [
        own.id,
        own,
      ]),
    );
    const orderIds = due.flatMap(({ ticketId, buyerOrderId }) => [
      tickets.get(ticketId)?.orderId ?? '',
      buyerOrderId ?? '',
    ]);
    const locked = await tx.orders.orders.findForUpdate([...new Set(orderIds)]);
    const orders = new Map(locked.map((order) => [order.id, order]));
    const listings = await tx.resale.listings.findForUpdate(due.map(({ id }) => id));
    const done = { settled: 0, refunded: 0 };
    for (const was of listings) {
      const ticket = tickets.get(was.ticketId);
      const order = orders.get(ticket?.orderId ?? '');
      const bought = orders.get(was.buyerOrderId ?? '');
      if (was.settleDueAt === null || !ticket || !order || !bought) continue;
      // Whoever got it from the buyer did not pay: what they are owed is paid out to them.
      const paid = isHeldByBuyer(ticket, order) ? ticket.price + ticket.fee : 0;
      const most = Math.min(
        await dueTo(context, was, bought),
        // Not more than was paid for this ticket: what else is in the order may be refunded too.
        paid,
      );
      const given = await refundSeller(context, order, { ticketId: ticket.id, most });
      orders.set(order.id, given.order);
      await settled(context, was, given.amount);
      done.settled += 1;
      if (given.amount > 0) done.refunded += 1;
    }
    return done;
  },
});

/**
 * What of the proceeds may go back to the seller's payment: no more than came
 * through the buyer's provider, and nothing once the sale is taken back.
 */
async function dueTo(
  { tx }: WriteContext,
  listing: ListingRecord,
  bought: OrderRecord,
): Promise<number> {
  const event = await tx.events.events.find(listing.eventId);
  if (event?.state === 'cancelled') return 0;
  const back = await tx.refunds.orderRefunds.ofOrder(bought.id);
  if (back.some(({ kind }) => kind !== 'resold')) return 0;
  const { terms, price, paid } = listing;
  const { sellerGets, buyerPays } = proceedsOf(terms, price, paid);
  // What gift cards paid of the order is taken off each of its tickets.
  return Math.max(0, Math.min(sellerGets, buyerPays - bought.credited));
}

async function settled(context: WriteContext, was: ListingRecord, refunded: number) {
  const { tx, emit } = context;
  const next = { ...was, settleDueAt: null, refunded };
  await tx.resale.listings.save(next, was);
  const { id: subject, organizerId, eventId, ticketId, currency, terms, price, paid } = next;
  const owed = proceedsOf(terms, price, paid).sellerGets - refunded;
  emit({
    type: 'listing.settled',
    organizerId,
    eventId,
    subject,
    data: { id: subject, ticketId, currency, refunded, owed },
  });
}
