import * as z from 'zod';
import {
  InstantInput,
  idOf,
  notFound,
  systemOnly,
  type WriteContext,
  write,
} from '../../kernel/index.ts';
import { Order, orderResource } from '../../orders/index.ts';
import { Refund, refundResource } from '../resource.ts';
import { ProviderResult } from '../result.ts';
import { takeResult } from '../take-result.ts';

export const recordPayment = write({
  name: 'payments.record',
  summary:
    'Takes in what a provider says of a payment: the order is paid and has its tickets, or the money goes back. It may be said twice.',
  input: z.strictObject({
    paymentId: idOf('pay'),
    result: ProviderResult,
    at: InstantInput.optional().meta({ description: 'When it was so; now when left out.' }),
  }),
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
  run: async (context, { paymentId, result, at }) => {
    const place = await placeOf(context, paymentId);
    const taken = place && (await takeResult(context, place, { result, at: at ?? context.now }));
    if (taken === undefined) return notFound({ kind: 'payment', id: paymentId });
    const { order, payment, refund } = taken;
    return {
      order: orderResource(order, payment, context.now),
      refund: refund === undefined ? null : refundResource(refund, payment),
    };
  },
});

/** The event and the order of a payment, which never change. */
async function placeOf({ tx, route }: WriteContext, paymentId: string) {
  if (route?.record !== undefined) {
    return { id: paymentId, eventId: route.key, orderId: route.record };
  }
  return tx.payments.payments.find(paymentId);
}
