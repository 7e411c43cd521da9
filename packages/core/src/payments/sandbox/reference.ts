/**
 * What a sandbox payment can be told to do, as `method`:
 * - `succeeds` (the default) at once
 * - `declines` at once
 * - `needs_action`: succeeds when it is looked up after the buyer's action
 * - `answers_late`: pending at first, succeeded when it is looked up
 * - `never`: stays pending, until it is cancelled
 * - `pays_less`, `pays_more`: succeeds with one minor unit too little, or too much
 * - `wrong_currency`: succeeds in another currency
 * - `fails_before`: the first call throws, and nothing has happened
 * - `fails_after`: the first call throws, but the money has come (a timeout)
 */
export const SANDBOX_METHODS = [
  'succeeds',
  'declines',
  'needs_action',
  'answers_late',
  'never',
  'pays_less',
  'pays_more',
  'wrong_currency',
  'fails_before',
  'fails_after',
] as const;

/**
 * How its refunds go, after a `+`, as in `succeeds+refund_pending`:
 * - `refund_succeeds` (the default) at once
 * - `refund_pending`: pending at first, done when it is looked up
 * - `refund_fails`: always
 * - `refund_fails_once`: the second try succeeds
 * - `refund_fails_late`: pending at first, failed when it is looked up; the second try succeeds
 * - `refund_throws`: the provider never answers
 */
export const SANDBOX_REFUNDS = [
  'refund_succeeds',
  'refund_pending',
  'refund_fails',
  'refund_fails_once',
  'refund_fails_late',
  'refund_throws',
] as const;

type Method = (typeof SANDBOX_METHODS)[number];
type Refunding = (typeof SANDBOX_REFUNDS)[number];

/** All that the sandbox knows of a payment. It travels in the sandbox's own reference. */
export interface SandboxPayment {
  readonly method: Method;
  readonly refunding: Refunding;
  readonly amount: number;
  readonly currency: string;
  readonly reference: string;
}

/** What a `method` asks for; what is not known succeeds. */
export function behaviourOf(text = ''): Pick<SandboxPayment, 'method' | 'refunding'> {
  const [method, refunding] = text.split('+');
  return {
    method: SANDBOX_METHODS.find((known) => known === method) ?? 'succeeds',
    refunding: SANDBOX_REFUNDS.find((known) => known === refunding) ?? 'refund_succeeds',
  };
}

export function refOf(payment: SandboxPayment): string {
  const { method, refunding, amount, currency, reference } = payment;
  const plain = refunding === 'refund_succeeds';
  return `sandbox:${plain ? method : `${method}+${refunding}`}:${amount}:${currency}:${reference}`;
}

export function parseRef(ref: string): SandboxPayment | undefined {
  const [scheme, behaviour, amount, currency, reference] = ref.split(':');
  if (scheme !== 'sandbox' || currency === undefined || reference === undefined) return undefined;
  return { ...behaviourOf(behaviour), amount: Number(amount), currency, reference };
}
