import * as z from 'zod';
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
import { listingClosed } from '../../resale/index.ts';
import { askProvider, requestOf } from '../effects.ts';
import { providerUnreachable } from '../refusals.ts';
import { beginPayment } from './begin.ts';

/** How somebody pays. */
export const payWith = {
  provider: z.string().min(1).max(50),
  method: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'In the provider’s own terms, as a card token.' }),
};

export const payOrder = workflow({
  name: 'orders.pay',
  summary:
    'Pays an order through its provider. When the money is there the tickets are; a payment that was already begun is used again.',
  input: z.strictObject({
    orderId: OrderId,
    provider: payWith.provider
      .optional()
      .meta({ description: 'The one that the order was placed with, when left out.' }),
    method: payWith.method,
  }),
  output: Order,
  refusals: [orderNotPending, unknownProvider, listingClosed, providerUnreachable],
  allow: anyOf(buyerOfOrder, membersOfOrder('sell')),
  present: (context, order) => withAccessToken(context, order, order.holdId),
  run: async (context, { orderId, provider, method }) => {
    const payment = await context.call(beginPayment, { orderId, provider, method: method ?? null });
    const { id: reference, providerRef } = payment;
    // What the provider has named it knows; asked to create it days later it might charge again.
    return askProvider(context, payment, (asked) =>
      providerRef === null
        ? asked.create(requestOf(payment))
        : asked.lookUp({ reference, providerRef }),
    );
  },
});
