import * as z from 'zod';
import { Amount, isRefusal, notFound, type Refusal, write } from '../../kernel/index.ts';
import { membersOfOrder, Order, OrderId, orderResource } from '../../orders/index.ts';
import { giveBack, notRefundable } from '../../refunds/index.ts';
import { refundableOfAll } from '../credit.ts';
import { refundAboveCredit } from '../refusals.ts';

export const refundToGiftCards = write({
  name: 'giftCards.refund',
  summary:
    'Gives back to the gift cards that paid an order: all that they paid, or so much of it. Tickets stay as they are.',
  input: z.strictObject({
    orderId: OrderId,
    amount: Amount.min(1)
      .optional()
      .meta({ description: 'Minor units; all that can still go back, when left out.' }),
  }),
  output: Order,
  refusals: [refundAboveCredit, notRefundable],
  allow: membersOfOrder('manage_events'),
  run: async (context, { orderId, amount }) => {
    const { tx, now } = context;
    const [was] = await tx.orders.orders.findForUpdate([orderId]);
    if (was === undefined) return notFound({ kind: 'order', id: orderId });
    const refundable = refundableOfAll(await tx.giftCards.uses.ofOrder(orderId));
    const back = amount ?? refundable;
    if (back === 0 || back > refundable) return refundAboveCredit({ orderId, refundable });
    const given = await giveBack(context, was, { amount: back, to: 'gift_cards' });
    if (isRefusal(given)) {
      // What cards paid and have not back is a part of what the order has not given back.
      return isNotRefundable(given) ? given : refundAboveCredit({ orderId, refundable });
    }
    const [payment] = await tx.payments.payments.ofOrders([orderId]);
    return orderResource(given.order, payment, now);
  },
});

/** Of a resale: it is taken back whole, and only when its event is cancelled. */
function isNotRefundable(refused: Refusal): refused is Refusal<'not_refundable'> {
  return refused.code === 'not_refundable';
}
