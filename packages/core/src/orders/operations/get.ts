import * as z from 'zod';
import { withAccessToken } from '../../inventory/index.ts';
import { anyOf, notFound, read } from '../../kernel/index.ts';
import { mayAt } from '../../organizers/index.ts';
import { buyerOfOrder, membersOfOrder } from '../access.ts';
import { noteResource, OrderNote } from '../note.ts';
import { Order, OrderId } from '../order.ts';
import { orderResource } from '../resource.ts';

export const getOrder = read({
  name: 'orders.get',
  summary: 'One order with its newest payment, for its buyer and for members who look up.',
  input: z.strictObject({ orderId: OrderId }),
  output: Order.extend({
    notes: z
      .array(OrderNote)
      .nullable()
      .meta({ description: 'What members wrote down, oldest first; null for buyers.' }),
  }),
  allow: anyOf(buyerOfOrder, membersOfOrder('look_up')),
  present: (context, order) => withAccessToken(context, order, order.holdId),
  run: async (context, { orderId }) => {
    const { tx, actor, now } = context;
    const order = await tx.orders.orders.find(orderId);
    if (order === undefined) return notFound({ kind: 'order', id: orderId });
    const [payment] = await tx.payments.payments.ofOrders([orderId]);
    const isInsider = await mayAt(context, actor, order.organizerId, 'look_up');
    const notes = isInsider ? (await tx.orders.notes.ofOrder(orderId)).map(noteResource) : null;
    return { ...orderResource(order, payment, now), notes };
  },
});
