import * as z from 'zod';
import { anyOf, notFound, read } from '../../kernel/index.ts';
import { buyerOfRefund, membersOfRefund } from '../access.ts';
import { OrderRefundId } from '../order-refund.ts';
import { RefundShown, shownRefunds } from '../shown.ts';

export const getRefund = read({
  name: 'refunds.get',
  summary: 'One refund of an order.',
  input: z.strictObject({ orderRefundId: OrderRefundId }),
  output: RefundShown,
  allow: anyOf(buyerOfRefund, membersOfRefund('look_up')),
  run: async (context, { orderRefundId }) => {
    const refund = await context.tx.refunds.orderRefunds.find(orderRefundId);
    const [shown] = refund === undefined ? [] : await shownRefunds(context, [refund]);
    return shown ?? notFound({ kind: 'refund', id: orderRefundId });
  },
});
