import type * as z from 'zod';
import { errorOf, storableText, TicketiError, type WorkflowContext } from '../kernel/index.ts';
import { type Order, unknownProvider } from '../orders/index.ts';
import { recordPayment } from './operations/record.ts';
import { recordRefund } from './operations/record-refund.ts';
import type { PaymentProvider, PaymentResult, RefundResult } from './provider.ts';
import { providerUnreachable } from './refusals.ts';
import type { Payment, Refund } from './resource.ts';
import type { RefundAnswer } from './result.ts';

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
  // Money in another currency that came by mistake was never part of the order's.
  return recorded.state === 'succeeded' && recorded.currency === order.currency
    ? { ...order, refunded: order.refunded + recorded.amount }
    : order;
}

/**
 * Carries out a recorded refund, or asks about one that is on its way. When its provider
 * cannot be reached, or says what makes no sense, it stays due, and says why.
 */
export async function sendBack(context: WorkflowContext, refund: Refund): Promise<Refund> {
  return (await trySendBack(context, refund)).refund;
}

/** The same, with what went wrong, if anything. */
export async function trySendBack(
  context: WorkflowContext,
  refund: Refund,
): Promise<{ refund: Refund; problem: string | undefined }> {
  const { id: refundId, attempt } = refund;
  const record = (result: z.input<typeof RefundAnswer>) =>
    context.callAsSystem(recordRefund, { refundId, result, attempt });
  const unanswered = async (problem: string) => {
    const recorded = await record({ state: 'unanswered', reason: problem });
    return { refund: recorded, problem };
  };
  let result: RefundResult;
  try {
    result = await howItStands(providerOf(context, refund.provider), refund);
    if (result.state === 'failed') result = { ...result, reason: cleaned(result.reason) };
  } catch (error) {
    return unanswered(problemOf(error));
  }
  try {
    const recorded = await record(result);
    const problem = recorded.state === 'failed' ? recorded.failure : undefined;
    return { refund: recorded, problem: problem ?? undefined };
  } catch (error) {
    // An answer that makes no sense; what else fails is no matter of the provider's.
    if (!(error instanceof TicketiError && error.kind === 'invalid')) throw error;
    return unanswered(problemOf(error));
  }
}

/** What an error says, and what caused it, as it may be kept. */
export function problemOf(error: unknown): string {
  if (!(error instanceof Error))
    return cleaned(typeof error === 'string' ? error : 'No reason given.');
  const cause = error.cause === undefined ? '' : ` ${problemOf(error.cause)}`;
  return cleaned(`${error.message || error.name}${cause}`);
}

const LONGEST_PROBLEM = 1000;

/** Text of others, as every database takes it. */
function cleaned(text: string): string {
  return storableText(text, LONGEST_PROBLEM);
}

async function howItStands(
  provider: PaymentProvider,
  { id: reference, state, providerRef, refundRef, amount, currency, attempt }: Refund,
): Promise<RefundResult> {
  return state === 'pending' && provider.lookUpRefund !== undefined
    ? provider.lookUpRefund({ reference, providerRef: refundRef, paymentRef: providerRef })
    : provider.refund({ reference, providerRef, amount, currency, attempt });
}

/** What was tried, how much of it failed, and what the first that failed says. */
export interface Attempts {
  readonly done: number;
  readonly failed: number;
  readonly problem?: string | undefined;
}

/**
 * Does each piece of what is due; one that fails must not stop the rest.
 *
 * @param work what went wrong with the piece, if anything
 */
export async function attemptEach<Piece>(
  due: readonly Piece[],
  work: (piece: Piece) => Promise<string | undefined>,
): Promise<Attempts> {
  const problems: string[] = [];
  for (const piece of due) {
    try {
      const problem = await work(piece);
      if (problem !== undefined) problems.push(problem);
    } catch (error) {
      // As with a provider that does not answer.
      if (!(error instanceof TicketiError)) throw error;
      problems.push(problemOf(error));
    }
  }
  const [problem] = problems;
  return {
    done: due.length,
    failed: problems.length,
    ...(problem === undefined ? {} : { problem }),
  };
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
