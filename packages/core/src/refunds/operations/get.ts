import * as z from 'zod';
import { anyOf, notFound, read } from '../../kernel/index.ts';
import { buyerOfRefund, membersOfRefund } from '../access.ts';
import { OrderRefund, OrderRefundId, orderRefundResource } from '../order-refund.ts';

export const getRefund = read({
  name: 'refunds.get',
  summary: 'One refund of an order.',
  input: z.strictObject({ orderRefundId: OrderRefundId }),
  output: OrderRefund,
  allow: anyOf(buyerOfRefund, membersOfRefund('look_up')),
  run: async ({ tx }, { orderRefundId }) => {
    const refund = await tx.refunds.orderRefunds.find(orderRefundId);
    return refund === undefined
      ? notFound({ kind: 'refund', id: orderRefundId })
      : orderRefundResource(refund);
  },
});
