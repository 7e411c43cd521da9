import * as z from 'zod';
import { Currency, idOf, workflow } from '../../kernel/index.ts';
import { Order } from '../../orders/index.ts';
import { membersOfPayment } from '../access.ts';
import { takeIn } from '../effects.ts';
import { notManual } from '../refusals.ts';
import { getPayment } from './get.ts';

export const confirmPayment = workflow({
  name: 'payments.confirm',
  summary: 'Says that the money of a manual payment has come: cash, a transfer, a card terminal.',
  input: z.strictObject({
    paymentId: idOf('pay'),
    amount: z
      .int()
      .min(0)
      .meta({ description: 'What came, in minor units; another amount goes back.' }),
    currency: Currency,
  }),
  output: Order,
  refusals: [notManual],
  allow: membersOfPayment('sell'),
  run: async (context, { paymentId, amount, currency }) => {
    const payment = await context.callAsSystem(getPayment, { paymentId });
    if (payment.provider !== 'manual') {
      return notManual({ paymentId, provider: payment.provider });
    }
    const providerRef = payment.providerRef ?? `manual:${paymentId}`;
    return takeIn(context, paymentId, { state: 'succeeded', providerRef, amount, currency });
  },
});
