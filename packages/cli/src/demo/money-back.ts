import type { Order, Ticket } from '@ticketi/core';
import { type Catalogue, price, type Stage } from './stage.ts';

interface Bought {
  readonly order: Order;
  readonly tickets: readonly Ticket[];
}

/**
 * Chapter six: Ben has an invoice and gives one ticket back: its money, its place, its
 * credit note and its fact, all of one transaction.
 */
export async function moneyBack(
  { ticketi, nora, tell }: Stage,
  { organizerId, eventId }: Catalogue,
  { order, tickets }: Bought,
) {
  tell.chapter('Money back');
  const [ticket] = tickets;
  if (ticket === undefined) throw new Error('Ben has no ticket.');
  const heard: string[] = [];
  ticketi.on('order.refunded', ({ data }) => void heard.push(data.orderId));
  await nora.invoices.setIssuer({
    organizerId,
    legalName: 'Harbour Sounds e.V.',
    address: { lines: ['Quay 1'], city: 'Hamburg', country: 'DE' },
    timezone: 'Europe/Berlin',
  });
  const invoice = await nora.invoices.issue({ orderId: order.id });
  tell.done(`Ben wants an invoice: number ${invoice.number}, ${price(invoice.total)}.`);

  const taken = async () => (await nora.pools.list({ eventId })).items[0]?.claimed ?? 0;
  const before = await taken();
  const refund = await nora.refunds.create({
    orderId: order.id,
    ticketIds: [ticket.id],
    reason: 'Ben is ill',
  });
  const { items } = await nora.invoices.list({ orderId: order.id });
  const credit = items.find(({ kind }) => kind === 'credit_note');
  tell.done(`He is ill and gives one ${ticket.name} back.`);
  tell.fact('Back to Ben', price(refund.amount).padStart(10));
  tell.fact('Credit note', credit?.number ?? 'none');
  const sent = await ticketi.orders.get({ orderId: order.id });
  tell.fact('The order', `${price(sent.refunded)} refunded of ${price(sent.total)}`);
  const after = await taken();
  await ticketi.tick();
  if (heard.length > 0) tell.done('Whoever subscribed to order.refunded has heard of it, once.');
  return {
    refunded: sent.refunded,
    creditNote: credit?.number ?? null,
    refundsHeard: heard.length,
    placeCameBack: after === before - 1,
  };
}
