import * as z from 'zod';
import { keepCredit, secureCredit } from '../../gift-cards/index.ts';
import { secureClaims } from '../../inventory/index.ts';
import { idOf, notFound, systemOnly, type WriteContext, write } from '../../kernel/index.ts';
import { bookUnexpectedPayment } from '../../ledger/index.ts';
import {
  canFulfil,
  fulfilOrder,
  Order,
  type OrderRecord,
  orderResource,
} from '../../orders/index.ts';
import type { PaymentRecord, RefundReason, RefundRecord } from '../payment.ts';
import { paymentResource, Refund, refundResource } from '../resource.ts';
import { settle } from '../settlement.ts';

const ProviderResult = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('succeeded'),
    providerRef: z.string(),
    // Whatever came has to be taken in, also what no order of ours could cost.
    amount: z.int().min(0),
    currency: z.string(),
  }),
  z.strictObject({ state: z.literal('pending'), providerRef: z.string() }),
  z.strictObject({
    state: z.literal('requires_action'),
    providerRef: z.string(),
    action: z.string(),
  }),
  z.strictObject({
    state: z.literal('declined'),
    providerRef: z.string().nullable(),
    reason: z.string(),
  }),
]);

export const recordPayment = write({
  name: 'payments.record',
  summary:
    'Takes in what a provider says of a payment: the order is paid and has its tickets, or the money goes back. It may be said twice.',
  input: z.strictObject({ paymentId: idOf('pay'), result: ProviderResult }),
  output: z
    .object({
      order: Order,
      refund: Refund.nullable().meta({ description: 'What has to go back now, if anything.' }),
    })
    .meta({ id: 'RecordedPayment' }),
  allow: systemOnly,
  lane: {
    subject: ({ paymentId }) => paymentId,
    find: async ({ payments }, paymentIds) =>
      (await payments.payments.placesOf(paymentIds)).map(({ id, orderId, eventId }) => ({
        subject: id,
        key: eventId,
        // Two payments of one order meet at the order.
        record: orderId,
      })),
  },
  run: async (context, { paymentId, result }) => {
    const { tx, now } = context;
    const place = await placeOf(context, paymentId);
    if (place === undefined) return notFound({ kind: 'payment', id: paymentId });
    // The event before the order, as whoever cancels it does: it takes place, or not, until the
    // commit. The order's row is the lock for all that happens to it and its payments.
    const [event, [order], [was]] = await Promise.all([
      tx.events.events.findForShare(place.eventId),
      tx.orders.orders.findForUpdate([place.orderId]),
      tx.payments.payments.findForUpdate([paymentId]),
    ]);
    if (order === undefined || was === undefined) {
      return notFound({ kind: 'payment', id: paymentId });
    }
    const settlement = settle(order, was, result, now);
    if (settlement.do === 'none') return answer(context, order, was);
    await tx.payments.payments.save(settlement.payment, was);
    announce(context, settlement.payment);
    if (settlement.do === 'note') return answer(context, order, settlement.payment);
    if (settlement.do === 'return') {
      const { payment, received, currency, reason } = settlement;
      const refund = await giveBack(context, payment, { received, currency, reason });
      return answer(context, order, payment, refund);
    }
    const { payment } = settlement;
    // Gift cards before places, as everybody locks them; written when both are there.
    const credit = (await canFulfil(context, order, event))
      ? await secureCredit(context, order)
      : undefined;
    if (credit !== undefined && (await secureClaims(context, order.eventId, order.holdId))) {
      await keepCredit(context, order, credit);
      return answer(context, await fulfilOrder(context, order), payment);
    }
    const refund = await giveBack(context, payment, {
      received: payment.amount,
      currency: payment.currency,
      reason: 'late_payment',
    });
    return answer(context, order, payment, refund);
  },
});

/** The event and the order of a payment, which never change. */
async function placeOf({ tx, route }: WriteContext, paymentId: string) {
  if (route?.record !== undefined) return { eventId: route.key, orderId: route.record };
  return tx.payments.payments.find(paymentId);
}

/** Books money that came for nothing, and records that it goes back in full. */
async function giveBack(
  context: WriteContext,
  payment: PaymentRecord,
  { received, currency, reason }: { received: number; currency: string; reason: RefundReason },
): Promise<RefundRecord> {
  const { tx, ids, now, emit } = context;
  const refund: RefundRecord = {
    id: ids.next('ref'),
    organizerId: payment.organizerId,
    eventId: payment.eventId,
    orderId: payment.orderId,
    paymentId: payment.id,
    orderRefundId: null,
    amount: received,
    currency,
    reason,
    state: 'requested',
    providerRef: null,
    createdAt: now,
    settledAt: null,
    revision: 1,
  };
  await bookUnexpectedPayment(context, payment, received, currency);
  await tx.payments.refunds.insert([refund]);
  emit({
    type: 'refund.requested',
    organizerId: refund.organizerId,
    eventId: refund.eventId,
    subject: refund.id,
    data: { ...refundResource(refund, payment), reason },
  });
  return refund;
}

function announce({ emit }: WriteContext, payment: PaymentRecord): void {
  emit({
    type: `payment.${payment.state}`,
    organizerId: payment.organizerId,
    eventId: payment.eventId,
    subject: payment.id,
    data: paymentResource(payment),
  });
}

function answer(
  { now }: WriteContext,
  order: OrderRecord,
  payment: PaymentRecord,
  refund?: RefundRecord,
) {
  return {
    order: orderResource(order, payment, now),
    refund: refund === undefined ? null : refundResource(refund, payment),
  };
}
