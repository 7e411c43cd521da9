import { TicketiError, type WorkflowContext } from '../kernel/index.ts';
import { type Refund, sendBack } from '../payments/index.ts';

/**
 * Sends what is recorded already. It stays due when that fails, also where its
 * provider is not set up any more: `payments.reconcile` sends it later.
 */
export async function trySending(context: WorkflowContext, refund: Refund): Promise<void> {
  try {
    await sendBack(context, refund);
  } catch (error) {
    if (!(error instanceof TicketiError)) throw error;
  }
}
