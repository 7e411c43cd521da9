import { workflow } from '../../kernel/index.ts';
import { RefundInput } from '../input.ts';
import { trySending } from '../send.ts';
import { RefundShown } from '../shown.ts';
import { mayRefund, recordOrderRefund, refundRefusals } from './record.ts';

export const createRefund = workflow({
  name: 'refunds.create',
  summary:
    'Refunds a paid order: some tickets, an amount, or all that is left. Tickets are void at once; the money is sent now or, when the provider does not answer, by `payments.reconcile`.',
  input: RefundInput,
  output: RefundShown,
  refusals: refundRefusals,
  allow: mayRefund,
  run: async (context, input) => {
    const { refund, toSend } = await context.call(recordOrderRefund, input);
    if (toSend !== null) await trySending(context, toSend);
    return refund;
  },
});
