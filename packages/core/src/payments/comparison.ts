import type { PaymentRecord } from './payment.ts';
import type { RefundRecord } from './refund.ts';
import type { Word } from './settlement.ts';

/** What of a payment that succeeded is otherwise at its provider. */
export interface Difference {
  readonly kind: 'not_at_provider' | 'disputed' | 'refunded_elsewhere' | 'refund_missing';
  readonly amount: number | null;
  readonly detail: string;
}

/**
 * Compares a payment that succeeded, as we have it, with how it stands at its
 * provider. Refunds that were still on their way when it was asked may be there already or not.
 */
export function differences(
  {
    amount,
    id,
    provider,
    providerRef,
  }: Pick<PaymentRecord, 'amount' | 'id' | 'provider' | 'providerRef'>,
  refunds: readonly RefundRecord[],
  { result, at }: Word,
): Difference[] {
  if (result.state !== 'succeeded') {
    const detail = `Ticketi has it as succeeded, the provider as ${result.state}.`;
    return [{ kind: 'not_at_provider', amount, detail }];
  }
  const found: Difference[] = [];
  if (result.disputed) {
    const detail = 'The buyer contests the payment at their bank.';
    found.push({ kind: 'disputed', amount: result.amount, detail });
  }
  // What went back of another charge, which is noted by itself, says nothing of this one's.
  const isSame = provider === 'manual' || result.providerRef === providerRef;
  if (result.refunded === undefined || !isSame) return found;
  const own = refunds.filter(({ paymentId }) => paymentId === id);
  const gone = totalOf(own.filter(({ settledAt }) => settledAt !== null && settledAt <= at));
  const most = totalOf(own);
  const { refunded } = result;
  if (refunded > most) {
    const detail = `The provider gave ${refunded} back, Ticketi asked for ${most}.`;
    found.push({ kind: 'refunded_elsewhere', amount: refunded - most, detail });
  }
  if (refunded < gone) {
    const detail = `Ticketi has ${gone} as given back, the provider ${refunded}.`;
    found.push({ kind: 'refund_missing', amount: gone - refunded, detail });
  }
  return found;
}

function totalOf(refunds: readonly RefundRecord[]): number {
  return refunds.reduce((sum, { amount }) => sum + amount, 0);
}
