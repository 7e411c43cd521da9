import { z } from 'zod';
import { withAccessToken } from '../../inventory/index.ts';
import { anyOf, workflow } from '../../kernel/index.ts';
import {
  buyerOfOrder,
  membersOfOrder,
  Order,
  OrderId,
  orderNotPending,
  unknownProvider,
} from '../../orders/index.ts';
import { askProvider, providerOf, requestOf } from '../effects.ts';
import { providerUnreachable } from '../refusals.ts';
import { beginPayment } from './begin.ts';

/** How somebody pays. */
export const PayWith = z
  .strictObject({
    provider: z.string().min(1).max(50).default('manual'),
    method: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'In the provider\u2019s own terms, as a card token.' }),
  })
  .meta({ id: 'PayWith' });

export const payOrder = workflow({
  name: 'orders.pay',
  summary:
    'Pays an order through its provider. When the money is there the tickets are; a payment that was already begun is used again.',
  input: PayWith.extend({ orderId: OrderId }),
  output: Order,
  refusals: [orderNotPending, unknownProvider, providerUnreachable],
  allow: anyOf(buyerOfOrder, membersOfOrder('sell')),
  present: (context, order) => withAccessToken(context, order, order.holdId),
  run: async (context, { orderId, provider, method }) => {
    // Before anything is recorded: a name that nobody answers to records nothing.
    providerOf(context, provider);
    const payment = await context.call(beginPayment, { orderId, provider, method: method ?? null });
    return askProvider(context, payment, (asked) => asked.create(requestOf(payment)));
  },
});
