import * as z from 'zod';
import { releaseCredit } from '../../gift-cards/index.ts';
import { anyOf, isRefusal, notFound, write } from '../../kernel/index.ts';
import { withoutTrace } from '../../pricing/index.ts';
import { buyerOfOrder, membersOfOrder } from '../access.ts';
import { Order, OrderId } from '../order.ts';
import { orderNotPending } from '../refusals.ts';
import { orderResource } from '../resource.ts';
import { cancelOrder as cancel } from '../transitions.ts';

export const cancelOrder = write({
  name: 'orders.cancel',
  summary:
    'Cancels an order that is not paid; its places are free again, its gift cards have theirs back.',
  input: z.strictObject({ orderId: OrderId }),
  output: Order,
  refusals: [orderNotPending],
  allow: anyOf(buyerOfOrder, membersOfOrder('sell')),
  run: async (context, { orderId }) => {
    const { tx, now, emit } = context;
    const [was] = await tx.orders.orders.findForUpdate([orderId]);
    if (was === undefined) return notFound({ kind: 'order', id: orderId });
    const next = cancel(was, now);
    if (isRefusal(next)) return next;
    await tx.orders.orders.save(next, was);
    await releaseCredit(context, [was]);
    await tx.inventory.release(was.eventId, [was.holdId], now);
    const [payment] = await tx.payments.payments.ofOrders([orderId]);
    const cancelled = orderResource(next, payment, now);
    emit({
      type: 'order.cancelled',
      organizerId: was.organizerId,
      eventId: was.eventId,
      subject: orderId,
      data: withoutTrace(cancelled),
    });
    return cancelled;
  },
});
