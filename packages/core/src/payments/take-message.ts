import type * as z from 'zod';
import { unreachable, type WriteContext } from '../kernel/index.ts';
import { noteDiscrepancy } from './discrepancy.ts';
import type { PaymentRecord } from './payment.ts';
import type { RefundRecord } from './refund.ts';
import type { Message } from './result.ts';
import type { ProviderMessageRecord } from './store.ts';
import { takeRefundResult } from './take-refund-result.ts';
import { takeResult } from './take-result.ts';

type Told = z.output<typeof Message>;
type About<Subject extends Told['about']> = Extract<Told, { about: Subject }>;

interface Taken extends Pick<ProviderMessageRecord, 'outcome' | 'subject'> {
  /** What has to go back now, if anything. */
  readonly owed?: { readonly refund: RefundRecord; readonly payment: PaymentRecord } | undefined;
}

const unmatched: Taken = { outcome: 'unmatched', subject: null };

/** What one message of a provider's webhook changes. */
export function takeMessage(
  context: WriteContext,
  provider: string,
  message: Told,
): Promise<Taken> | Taken {
  switch (message.about) {
    case 'payment':
      return takePayment(context, provider, message);
    case 'refund':
      return takeRefund(context, provider, message);
    case 'dispute':
      return takeDispute(context, provider, message);
    case 'other':
      return { outcome: 'ignored', subject: null };
    default:
      return unreachable(message);
  }
}

async function takePayment(
  context: WriteContext,
  provider: string,
  { reference, result, at }: About<'payment'>,
): Promise<Taken> {
  const found = await paymentNamed(context, provider, reference, result.providerRef);
  const taken = found && (await takeResult(context, found, { result, at }));
  if (taken === undefined) {
    // Money from nowhere has to be seen; any other word of what is not ours is nothing to us.
    if (result.state === 'succeeded') {
      await noteUnknownPayment(context, provider, reference, result);
    }
    return unmatched;
  }
  const { payment, refund, changed } = taken;
  return {
    outcome: changed ? 'recorded' : 'unchanged',
    subject: payment.id,
    owed: refund && { refund, payment },
  };
}

async function takeRefund(
  context: WriteContext,
  provider: string,
  { reference, paymentRef, amount, currency, result }: About<'refund'>,
): Promise<Taken> {
  const found = await refundNamed(context, provider, reference, result.providerRef);
  const taken = found && (await takeRefundResult(context, found, result, undefined));
  if (taken !== undefined) {
    return { outcome: taken.changed ? 'recorded' : 'unchanged', subject: taken.refund.id };
  }
  if (result.state === 'failed') return unmatched;
  const payment = await paymentNamed(context, provider, null, paymentRef);
  // Neither a refund nor a payment of ours: an account may serve other shops as well.
  if (payment === undefined && reference === null) return unmatched;
  await noteDiscrepancy(context, {
    kind: 'unknown_refund',
    payment: payment ?? { provider },
    subject: result.providerRef,
    amount,
    currency,
    detail: `The provider gave ${amount} ${currency} back, which Ticketi did not ask for.`,
  });
  return unmatched;
}

async function takeDispute(
  context: WriteContext,
  provider: string,
  { reference, providerRef, amount, currency, reason }: About<'dispute'>,
): Promise<Taken> {
  const payment = await paymentNamed(context, provider, reference, providerRef);
  if (payment === undefined && reference === null) return unmatched;
  await noteDiscrepancy(context, {
    kind: 'disputed',
    payment: payment ?? { provider },
    subject: payment?.id ?? providerRef,
    amount,
    currency,
    detail: `The buyer contests the payment at their bank: ${reason}.`,
  });
  return payment === undefined ? unmatched : { outcome: 'recorded', subject: payment.id };
}

async function refundNamed(
  { tx }: WriteContext,
  provider: string,
  reference: string | null,
  providerRef: string | undefined,
): Promise<RefundRecord | undefined> {
  const { payments, refunds } = tx.payments;
  const named = reference === null ? undefined : await refunds.find(reference);
  if (named === undefined) {
    return providerRef === undefined ? undefined : refunds.findByRef(provider, providerRef);
  }
  const payment = await payments.find(named.paymentId);
  return payment?.provider === provider ? named : undefined;
}

/** Our payment that a provider speaks of; one of another provider is not theirs to speak of. */
export async function paymentNamed(
  { tx }: Pick<WriteContext, 'tx'>,
  provider: string,
  reference: string | null,
  providerRef: string | null,
): Promise<PaymentRecord | undefined> {
  const { payments } = tx.payments;
  const named = reference === null ? undefined : await payments.find(reference);
  if (named !== undefined) return named.provider === provider ? named : undefined;
  return providerRef === null ? undefined : payments.findByRef(provider, providerRef);
}

export function noteUnknownPayment(
  context: WriteContext,
  provider: string,
  reference: string | null,
  { providerRef, amount, currency }: { providerRef: string; amount: number; currency: string },
) {
  const named = reference === null ? '' : ` (it says for ${reference})`;
  return noteDiscrepancy(context, {
    kind: 'unknown_payment',
    payment: { provider },
    subject: providerRef,
    amount,
    currency,
    detail: `The provider has ${amount} ${currency}${named}, which no payment of Ticketi asked for.`,
  });
}
