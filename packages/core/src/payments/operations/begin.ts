import * as z from 'zod';
import { anyOf, notFound, type WriteContext, write } from '../../kernel/index.ts';
import {
  amountDue,
  buyerOfOrder,
  membersOfOrder,
  OrderId,
  orderNotPending,
  stateAt,
  unknownProvider,
} from '../../orders/index.ts';
import { listingsOfQuote } from '../../pricing/index.ts';
import { listingClosed } from '../../resale/index.ts';
import { isOpen, type PaymentRecord } from '../payment.ts';
import { Payment, paymentResource } from '../resource.ts';

export const beginPayment = write({
  name: 'payments.begin',
  summary:
    'Records that an order is about to be paid, before any provider is asked. A payment that is still open is used again; one of another provider is to be ended.',
  input: z.strictObject({
    orderId: OrderId,
    provider: z
      .string()
      .min(1)
      .max(50)
      .optional()
      .meta({ description: 'The one that the order was placed with, when left out.' }),
    method: z.string().min(1).max(100).nullable().default(null),
  }),
  output: Payment,
  refusals: [orderNotPending, unknownProvider, listingClosed],
  allow: anyOf(buyerOfOrder, membersOfOrder('sell')),
  lane: {
    subject: ({ orderId }) => orderId,
    find: async ({ orders }, orderIds) =>
      (await orders.orders.eventsOf(orderIds)).map(({ id, eventId }) => ({
        subject: id,
        key: eventId,
      })),
  },
  routes: ({ id, eventId, orderId }) => [{ subject: id, key: eventId, record: orderId }],
  run: async (context, { orderId, method, ...input }) => {
    const { tx, ids, now, providerNames, emit } = context;
    const [[order], before] = await Promise.all([
      tx.orders.orders.findForUpdate([orderId]),
      tx.payments.payments.ofOrders([orderId]),
    ]);
    if (order === undefined) return notFound({ kind: 'order', id: orderId });
    const state = stateAt(order, now);
    if (state !== 'pending') return orderNotPending({ orderId, state });
    const provider = input.provider ?? order.provider ?? 'manual';
    if (!providerNames.includes(provider)) {
      return unknownProvider({ provider, known: [...providerNames] });
    }
    for (const listing of await tx.resale.listings.findMany(listingsOfQuote(order.quote))) {
      if (listing.state === 'open') continue;
      return listingClosed({ listingId: listing.id, state: listing.state });
    }
    const open = before.filter((payment) => isOpen(payment) && payment.cancelRequestedAt === null);
    await giveUp(
      context,
      open.filter((payment) => payment.provider !== provider),
    );
    const again = open.find((payment) => payment.provider === provider);
    if (again !== undefined) return paymentResource(again);

    const payment: PaymentRecord = {
      id: ids.next('pay'),
      organizerId: order.organizerId,
      eventId: order.eventId,
      orderId,
      provider,
      method,
      amount: amountDue(order),
      currency: order.currency,
      state: 'created',
      providerRef: null,
      action: null,
      reason: null,
      toldAt: null,
      cancelRequestedAt: null,
      createdAt: now,
      settledAt: null,
      revision: 1,
    };
    await tx.payments.payments.insert([payment]);
    const begun = paymentResource(payment);
    emit({
      type: 'payment.created',
      organizerId: order.organizerId,
      eventId: order.eventId,
      subject: payment.id,
      data: begun,
    });
    return begun;
  },
});

/** The buyer pays in another way: the worker has these ended at their providers. */
async function giveUp(
  { tx, now }: WriteContext,
  payments: readonly PaymentRecord[],
): Promise<void> {
  if (payments.length === 0) return;
  const open = await tx.payments.payments.findForUpdate(payments.map(({ id }) => id));
  for (const was of open) {
    if (isOpen(was)) await tx.payments.payments.save({ ...was, cancelRequestedAt: now }, was);
  }
}
