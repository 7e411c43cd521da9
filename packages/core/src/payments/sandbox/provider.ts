import type {
  PaymentName,
  PaymentProvider,
  PaymentResult,
  RefundRequest,
  RefundResult,
} from '../provider.ts';
import { behaviourOf, parseRef, refOf, type SandboxPayment } from './reference.ts';
import { readSandboxWebhook } from './webhook.ts';

interface SandboxOptions {
  /** Signs webhooks (`sandboxWebhook`); without it none are taken in. */
  secret?: string;
}

/**
 * A provider for tests and demos that moves no money. It keeps no state: all
 * that it has to remember travels in its own reference, so any process can look
 * a payment up, and repeating a call gives the same answer. Only what `fails_before`
 * and `fails_after` have answered with an error is remembered, by this process.
 */
export function sandboxProvider({ secret }: SandboxOptions = {}): PaymentProvider {
  const failed = new Map<string, SandboxPayment>();

  const known = ({ reference, providerRef }: PaymentName): SandboxPayment | undefined => {
    if (providerRef !== null) return parseRef(providerRef);
    const payment = failed.get(reference);
    return payment?.method === 'fails_after' ? payment : undefined;
  };

  return {
    async create({ reference, amount, currency, method }) {
      const payment = { ...behaviourOf(method), amount, currency, reference };
      const fails = payment.method === 'fails_before' || payment.method === 'fails_after';
      if (fails && !failed.has(reference)) {
        failed.set(reference, payment);
        throw new Error('The sandbox does not answer, as it was told to.');
      }
      return answer(payment, 'created');
    },
    async lookUp(name) {
      const payment = known(name);
      return payment === undefined ? unknown(name) : answer(payment, 'looked_up');
    },
    async cancel(name) {
      const payment = known(name);
      if (payment === undefined) return { state: 'cancelled', providerRef: name.providerRef };
      const unpaid = payment.method === 'never' || payment.method === 'needs_action';
      return unpaid
        ? { state: 'cancelled', providerRef: refOf(payment) }
        : answer(payment, 'looked_up');
    },
    async refund(request) {
      return answerRefund(request, 'asked');
    },
    async lookUpRefund({ reference, providerRef, paymentRef }) {
      const attempt = Number(providerRef?.split(':')[3] ?? 1);
      return answerRefund({ reference, providerRef: paymentRef, attempt }, 'looked_up');
    },
    ...(secret === undefined
      ? {}
      : { parseWebhook: async (request) => readSandboxWebhook(secret, request) }),
  };
}

function unknown({ providerRef }: PaymentName): PaymentResult {
  return { state: 'declined', providerRef, reason: 'unknown_payment' };
}

function answer(payment: SandboxPayment, asked: 'created' | 'looked_up'): PaymentResult {
  const { method, amount, currency } = payment;
  const providerRef = refOf(payment);
  const succeeded = { state: 'succeeded', providerRef, amount, currency } as const;
  switch (method) {
    case 'succeeds':
    case 'fails_before':
    case 'fails_after':
      return succeeded;
    case 'pays_less':
      return { ...succeeded, amount: amount - 1 };
    case 'pays_more':
      return { ...succeeded, amount: amount + 1 };
    case 'wrong_currency':
      return { ...succeeded, currency: currency === 'CHF' ? 'EUR' : 'CHF' };
    case 'declines':
      return { state: 'declined', providerRef, reason: 'card_declined' };
    case 'never':
      return { state: 'pending', providerRef };
    case 'answers_late':
      return asked === 'created' ? { state: 'pending', providerRef } : succeeded;
    case 'needs_action':
      return asked === 'created'
        ? { state: 'requires_action', providerRef, action: `sandbox://confirm/${providerRef}` }
        : succeeded;
  }
}

function answerRefund(
  { reference, providerRef: paymentRef, attempt }: Omit<RefundRequest, 'amount' | 'currency'>,
  asked: 'asked' | 'looked_up',
): RefundResult {
  const first = attempt === 1;
  const providerRef = `sandbox:refund:${reference}${first ? '' : `:${attempt}`}`;
  const succeeded = { state: 'succeeded', providerRef } as const;
  const failed = { state: 'failed', providerRef, reason: 'refund_declined' } as const;
  const { refunding } = parseRef(paymentRef) ?? behaviourOf();
  switch (refunding) {
    case 'refund_succeeds':
      return succeeded;
    case 'refund_pending':
      return asked === 'asked' ? { state: 'pending', providerRef } : succeeded;
    case 'refund_fails':
      return failed;
    case 'refund_fails_once':
      return first ? failed : succeeded;
    case 'refund_fails_late':
      if (!first) return succeeded;
      return asked === 'asked' ? { state: 'pending', providerRef } : failed;
    case 'refund_throws':
      throw new Error('The sandbox does not answer, as it was told to.');
  }
}
