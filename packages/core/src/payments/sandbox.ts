import type { PaymentProvider, PaymentRequest, PaymentResult } from './provider.ts';

/**
 * What a sandbox payment can be told to do, as `method`:
 * - `succeeds` (the default) at once
 * - `declines` at once
 * - `needs_action`: succeeds when it is looked up after the buyer's action
 * - `answers_late`: pending at first, succeeded when it is looked up
 * - `never`: stays pending
 * - `pays_less`: succeeds with one minor unit too little
 */
export const SANDBOX_METHODS = [
  'succeeds',
  'declines',
  'needs_action',
  'answers_late',
  'never',
  'pays_less',
] as const;

type Method = (typeof SANDBOX_METHODS)[number];

/**
 * A provider for tests and demos that moves no money. It keeps no state: all
 * that it has to remember travels in its own reference, so any process can look
 * a payment up, and repeating a call gives the same answer.
 */
export function sandboxProvider(): PaymentProvider {
  return {
    async create(request) {
      const method = methodOf(request.method);
      return answer(method, refOf(method, request), request, 'created');
    },
    async lookUp({ providerRef }) {
      const payment = parseRef(providerRef ?? '');
      if (payment === undefined) {
        return { state: 'declined', providerRef, reason: 'unknown_payment' };
      }
      return answer(payment.method, providerRef ?? '', payment, 'looked_up');
    },
    async refund({ reference }) {
      return { state: 'succeeded', providerRef: `sandbox:refund:${reference}` };
    },
  };
}

function answer(
  method: Method,
  providerRef: string,
  { amount, currency }: { amount: number; currency: string },
  asked: 'created' | 'looked_up',
): PaymentResult {
  switch (method) {
    case 'succeeds':
      return { state: 'succeeded', providerRef, amount, currency };
    case 'pays_less':
      return { state: 'succeeded', providerRef, amount: amount - 1, currency };
    case 'declines':
      return { state: 'declined', providerRef, reason: 'card_declined' };
    case 'never':
      return { state: 'pending', providerRef };
    case 'answers_late':
      return asked === 'created'
        ? { state: 'pending', providerRef }
        : { state: 'succeeded', providerRef, amount, currency };
    case 'needs_action':
      return asked === 'created'
        ? { state: 'requires_action', providerRef, action: `sandbox://confirm/${providerRef}` }
        : { state: 'succeeded', providerRef, amount, currency };
  }
}

function methodOf(method: string | undefined): Method {
  return SANDBOX_METHODS.find((known) => known === method) ?? 'succeeds';
}

function refOf(method: Method, { reference, amount, currency }: PaymentRequest): string {
  return `sandbox:${method}:${amount}:${currency}:${reference}`;
}

function parseRef(ref: string) {
  const [scheme, method, amount, currency] = ref.split(':');
  const known = SANDBOX_METHODS.find((name) => name === method);
  if (scheme !== 'sandbox' || known === undefined || currency === undefined) return undefined;
  return { method: known, amount: Number(amount), currency };
}
