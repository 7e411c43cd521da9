import * as z from 'zod';
import { Amount, notFound, sumOf, write } from '../../kernel/index.ts';
import { bookGiftCardRefund } from '../../ledger/index.ts';
import { membersOfOrder, Order, OrderId, orderResource } from '../../orders/index.ts';
import { refundableOfAll, spreadRefund } from '../credit.ts';
import { refundAboveCredit } from '../refusals.ts';
import type { GiftCardRefundRecord } from '../use.ts';

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
  refusals: [refundAboveCredit],
  allow: membersOfOrder('manage_events'),
  run: async (context, { orderId, amount }) => {
    const { tx, ids, now, emit } = context;
    const [was] = await tx.orders.orders.findForUpdate([orderId]);
    if (was === undefined) return notFound({ kind: 'order', id: orderId });
    const { organizerId, eventId, currency, giftCards } = was;
    // The order's lock keeps other refunds of its uses out; the cards' keep out who spends them.
    await tx.giftCards.cards.findForUpdate(giftCards.map(({ giftCardId }) => giftCardId));
    const uses = await tx.giftCards.uses.ofOrder(orderId);
    const refundable = refundableOfAll(uses);
    const back = amount ?? refundable;
    if (back === 0 || back > refundable) return refundAboveCredit({ orderId, refundable });

    const refunds = spreadRefund(uses, back).map(
      ({ use, amount: share }): GiftCardRefundRecord => ({
        id: ids.next('gcr'),
        organizerId,
        eventId,
        giftCardId: use.giftCardId,
        orderId,
        useId: use.id,
        amount: share,
        createdAt: now,
      }),
    );
    const sum = sumOf(refunds, (refund) => refund.amount);
    if (sum !== back) throw new Error(`A refund of ${back} was spread to ${sum}.`);
    await tx.giftCards.giveBack(refunds);
    await tx.giftCards.refunds.insert(refunds);
    for (const refund of refunds) {
      await bookGiftCardRefund(context, refund, currency);
      const { id, giftCardId, amount: refunded } = refund;
      emit({
        type: 'gift_card.refunded',
        organizerId,
        eventId,
        subject: giftCardId,
        data: { id, giftCardId, orderId, amount: refunded, currency },
      });
    }
    const next = { ...was, refunded: was.refunded + back };
    await tx.orders.orders.save(next, was);
    const [payment] = await tx.payments.payments.ofOrders([orderId]);
    return orderResource(next, payment, now);
  },
});
