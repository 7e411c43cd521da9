import * as z from 'zod';
import { withAccessToken } from '../../inventory/index.ts';
import { anyOf, notFound, read } from '../../kernel/index.ts';
import { buyerOfOrder, membersOfOrder } from '../access.ts';
import { Order, OrderId } from '../order.ts';
import { orderResource } from '../resource.ts';

export const getOrder = read({
  name: 'orders.get',
  summary: 'One order with its newest payment, for its buyer and for members who look up.',
  input: z.strictObject({ orderId: OrderId }),
  output: Order,
  allow: anyOf(buyerOfOrder, membersOfOrder('look_up')),
  present: (context, order) => withAccessToken(context, order, order.holdId),
  run: async ({ tx, now }, { orderId }) => {
    const order = await tx.orders.orders.find(orderId);
    if (order === undefined) return notFound({ kind: 'order', id: orderId });
    const [payment] = await tx.payments.payments.ofOrders([orderId]);
    return orderResource(order, payment, now);
  },
});
