import { unreachable } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import type { PaymentRecord, RefundReason } from './payment.ts';
import type { PaymentResult } from './provider.ts';

/**
 * What a provider's word means for a payment and its order.
 * - `none`: it is known already
 * - `note`: the payment changes, the order does not
 * - `fulfil`: the order is to become paid, if its places can be secured
 * - `return`: the money came, but must go back
 */
export type Settlement =
  | { readonly do: 'none' }
  | { readonly do: 'note'; readonly payment: PaymentRecord }
  | { readonly do: 'fulfil'; readonly payment: PaymentRecord }
  | {
      readonly do: 'return';
      readonly payment: PaymentRecord;
      readonly received: number;
      readonly currency: string;
      readonly reason: RefundReason;
    };

/**
 * Decides what follows from a provider's word, which may come late, twice, or
 * after another one that says something else: money that has come counts.
 */
export function settle(
  order: OrderRecord,
  payment: PaymentRecord,
  result: PaymentResult,
  now: string,
): Settlement {
  if (payment.state === 'succeeded') return { do: 'none' };
  switch (result.state) {
    case 'pending':
      return noteUnlessSame(payment, { state: 'pending', providerRef: result.providerRef });
    case 'requires_action':
      return noteUnlessSame(payment, {
        state: 'requires_action',
        providerRef: result.providerRef,
        action: result.action,
      });
    case 'declined':
      return noteUnlessSame(payment, {
        state: 'declined',
        providerRef: result.providerRef,
        reason: result.reason,
        settledAt: now,
      });
    case 'succeeded':
      return settleReceived(order, payment, result, now);
    default:
      return unreachable(result);
  }
}

function settleReceived(
  order: OrderRecord,
  was: PaymentRecord,
  result: Extract<PaymentResult, { state: 'succeeded' }>,
  now: string,
): Settlement {
  const payment: PaymentRecord = {
    ...was,
    state: 'succeeded',
    providerRef: result.providerRef,
    action: null,
    reason: null,
    settledAt: now,
  };
  const reason = returnReason(order, was, result);
  if (reason === undefined) return { do: 'fulfil', payment };
  return {
    do: 'return',
    payment,
    received: result.amount,
    currency: result.currency,
    reason,
  };
}

function returnReason(
  order: OrderRecord,
  payment: PaymentRecord,
  result: { amount: number; currency: string },
): RefundReason | undefined {
  if (result.amount !== payment.amount || result.currency !== payment.currency) {
    return 'wrong_amount';
  }
  if (order.state === 'paid') return 'already_paid';
  if (order.state === 'cancelled') return 'order_cancelled';
  return undefined;
}

function noteUnlessSame(was: PaymentRecord, change: Partial<PaymentRecord>): Settlement {
  const payment: PaymentRecord = { ...was, action: null, reason: null, ...change };
  const same =
    payment.state === was.state &&
    payment.providerRef === was.providerRef &&
    payment.action === was.action &&
    payment.reason === was.reason;
  return same ? { do: 'none' } : { do: 'note', payment };
}
