import { errorOf, type WorkflowContext } from '../kernel/index.ts';
import { type Order, unknownProvider } from '../orders/index.ts';
import { recordPayment } from './operations/record.ts';
import { recordRefund } from './operations/record-refund.ts';
import type { PaymentProvider, PaymentResult } from './provider.ts';
import { providerUnreachable } from './refusals.ts';
import type { Payment, Refund } from './resource.ts';

/** The provider of that name, or the refusal that lists the known ones. */
function providerOf({ providers }: WorkflowContext, name: string): PaymentProvider {
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

/** Carries out a recorded refund. When the provider fails, it stays due. */
export async function sendBack(context: WorkflowContext, refund: Refund): Promise<Refund> {
  const provider = providerOf(context, refund.provider);
  const { id: refundId, providerRef, amount, currency } = refund;
  const result = await provider
    .refund({ reference: refundId, providerRef, amount, currency })
    .catch(() => undefined);
  return result === undefined ? refund : context.callAsSystem(recordRefund, { refundId, result });
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
