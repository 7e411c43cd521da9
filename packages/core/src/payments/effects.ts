import { errorOf, TicketiError, type WorkflowContext } from '../kernel/index.ts';
import { type Order, unknownProvider } from '../orders/index.ts';
import { recordPayment } from './operations/record.ts';
import { recordRefund } from './operations/record-refund.ts';
import type { PaymentProvider, PaymentResult, RefundResult } from './provider.ts';
import { providerUnreachable } from './refusals.ts';
import type { Payment, Refund } from './resource.ts';

/** The provider of that name, or the refusal that lists the known ones. */
export function providerOf({ providers }: WorkflowContext, name: string): PaymentProvider {
  const provider = Object.hasOwn(providers, name) ? providers[name] : undefined;
  if (provider !== undefined) return provider;
  throw errorOf(unknownProvider({ provider: name, known: Object.keys(providers) }));
}

/**
 * Asks the provider about a payment, outside any transaction, and takes its
 * answer in. Every part can be repeated: the payment was recorded before, and
 * the provider knows it by the same reference each time.
 */
export async function askProvider(
  context: WorkflowContext,
  payment: Payment,
  ask: (provider: PaymentProvider) => Promise<PaymentResult>,
): Promise<Order> {
  const provider = providerOf(context, payment.provider);
  const result = await ask(provider).catch((cause: unknown) => {
    const refused = errorOf(
      providerUnreachable({ provider: payment.provider, paymentId: payment.id }),
    );
    refused.cause = cause;
    throw refused;
  });
  return takeIn(context, payment.id, result);
}

/** Records a provider's word on a payment, and sends back what has to go back. */
export async function takeIn(
  context: WorkflowContext,
  paymentId: string,
  result: PaymentResult,
): Promise<Order> {
  const { order, refund } = await context.callAsSystem(recordPayment, { paymentId, result });
  if (refund === null) return order;
  const recorded = await sendBack(context, refund);
  return recorded.state === 'succeeded'
    ? { ...order, refunded: order.refunded + recorded.amount }
    : order;
}

/**
 * Carries out a recorded refund, or asks about one that is on its way. When the
 * provider cannot be reached it stays due.
 */
export async function sendBack(context: WorkflowContext, refund: Refund): Promise<Refund> {
  const { id: refundId, attempt } = refund;
  const provider = providerOf(context, refund.provider);
  const result = await howItStands(provider, refund).catch(() => undefined);
  return result === undefined
    ? refund
    : context.callAsSystem(recordRefund, { refundId, result, attempt });
}

function howItStands(
  provider: PaymentProvider,
  { id: reference, state, providerRef, refundRef, amount, currency, attempt }: Refund,
): Promise<RefundResult> {
  return state === 'pending' && provider.lookUpRefund !== undefined
    ? provider.lookUpRefund({ reference, providerRef: refundRef, paymentRef: providerRef })
    : provider.refund({ reference, providerRef, amount, currency, attempt });
}

/** Does each piece of what is due; one that fails must not stop the rest. */
export async function attemptEach<Piece>(
  due: readonly Piece[],
  work: (piece: Piece) => Promise<boolean>,
): Promise<{ done: number; failed: number }> {
  let failed = 0;
  for (const piece of due) {
    try {
      if (!(await work(piece))) failed += 1;
    } catch (error) {
      // As with a provider that is not set up any more.
      if (!(error instanceof TicketiError)) throw error;
      failed += 1;
    }
  }
  return { done: due.length, failed };
}

/** What a provider is asked to begin a payment. */
export function requestOf(payment: Payment) {
  const { id: reference, amount, currency, orderId, method } = payment;
  return {
    reference,
    amount,
    currency,
    description: `Order ${orderId}`,
    method: method ?? undefined,
  };
}
