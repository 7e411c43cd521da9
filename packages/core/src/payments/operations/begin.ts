import * as z from 'zod';
import { anyOf, notFound, write } from '../../kernel/index.ts';
import {
  amountDue,
  buyerOfOrder,
  membersOfOrder,
  OrderId,
  orderNotPending,
  stateAt,
  unknownProvider,
} from '../../orders/index.ts';
import { listingClosed } from '../../resale/index.ts';
import type { PaymentRecord } from '../payment.ts';
import { Payment, paymentResource } from '../resource.ts';

/** A payment that the provider may still settle: paying again means this one. */
function isOpen({ state }: PaymentRecord): boolean {
  return state === 'created' || state === 'pending' || state === 'requires_action';
}

export const beginPayment = write({
  name: 'payments.begin',
  summary:
    'Records that an order is about to be paid, before any provider is asked. A payment that is still open is used again.',
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
  run: async ({ tx, ids, now, providerNames, emit }, { orderId, method, ...input }) => {
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
    const listing = order.listingId && (await tx.resale.listings.find(order.listingId));
    if (listing && listing.state !== 'open') {
      return listingClosed({ listingId: listing.id, state: listing.state });
    }
    const open = before.find((payment) => payment.provider === provider && isOpen(payment));
    if (open !== undefined) return paymentResource(open);

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
