import * as z from 'zod';
import { withAccessToken } from '../../inventory/index.ts';
import { idOf, workflow } from '../../kernel/index.ts';
import { Order, unknownProvider } from '../../orders/index.ts';
import { paymentParties } from '../access.ts';
import { askProvider } from '../effects.ts';
import { providerUnreachable } from '../refusals.ts';
import { getPayment } from './get.ts';

export const checkPayment = workflow({
  name: 'payments.check',
  summary:
    'Asks the provider how a payment stands and takes the answer in, as after the buyer came back from it.',
  input: z.strictObject({ paymentId: idOf('pay') }),
  output: Order,
  refusals: [unknownProvider, providerUnreachable],
  allow: paymentParties('sell'),
  present: (context, order) => withAccessToken(context, order, order.holdId),
  run: async (context, { paymentId }) => {
    const payment = await context.callAsSystem(getPayment, { paymentId });
    return askProvider(context, payment, (provider) =>
      provider.lookUp({ reference: payment.id, providerRef: payment.providerRef }),
    );
  },
});
