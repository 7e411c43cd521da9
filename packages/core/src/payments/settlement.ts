import { type Instant, unreachable } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import { isOpen, type PaymentRecord } from './payment.ts';
import type { PaymentResult } from './provider.ts';
import type { RefundReason } from './refund.ts';

/**
 * What a provider's word means for a payment and its order.
 * - `none`: it is known already
 * - `retold`: nothing new, but when it was said, or the provider's own name of it
 * - `note`: the payment changes, the order does not
 * - `fulfil`: the order is to become paid, if its places can be secured
 * - `return`: the money came, but must go back
 */
export type Settlement =
  | { readonly do: 'none' }
  | { readonly do: 'retold'; readonly payment: PaymentRecord }
  | { readonly do: 'note'; readonly payment: PaymentRecord }
  | { readonly do: 'fulfil'; readonly payment: PaymentRecord }
  | {
      readonly do: 'return';
      readonly payment: PaymentRecord;
      readonly received: number;
      readonly currency: string;
      readonly reason: RefundReason;
    };

/** A provider's word, and when it was true. */
export interface Word {
  readonly result: PaymentResult;
  readonly at: Instant;
}

/**
 * Decides what follows from a provider's word, which may come late, twice, or
 * after another one that says something else. Money that has come counts; of the
 * rest, what ends a payment counts before what leaves it open, and then the later
 * word. So the outcome is the same in whatever order the words arrive.
 */
export function settle(
  order: OrderRecord,
  payment: PaymentRecord,
  word: Word,
  now: Instant,
): Settlement {
  if (payment.state === 'succeeded') return { do: 'none' };
  const { result } = word;
  if (result.state === 'succeeded') return settleReceived(order, payment, result, word.at, now);
  const next = noted(payment, result, word.at, now);
  if (isOutdated(payment, next)) {
    // It may still be the first to tell the provider's own name of it.
    if (payment.providerRef !== null || next.providerRef === null) return { do: 'none' };
    return { do: 'retold', payment: { ...payment, providerRef: next.providerRef } };
  }
  if (!isSame(payment, next)) return { do: 'note', payment: next };
  if (next.toldAt === payment.toldAt) return { do: 'none' };
  return { do: 'retold', payment: { ...payment, toldAt: next.toldAt } };
}

type Unpaid = Exclude<PaymentResult, { state: 'succeeded' }>;

/** The payment as an unpaid word has it. */
function noted(was: PaymentRecord, result: Unpaid, toldAt: Instant, now: Instant): PaymentRecord {
  const next = {
    ...was,
    providerRef: result.providerRef ?? was.providerRef,
    action: null,
    reason: null,
    toldAt,
  };
  switch (result.state) {
    case 'pending':
      return { ...next, state: 'pending' };
    case 'requires_action':
      return { ...next, state: 'requires_action', action: result.action };
    case 'declined':
      return { ...next, state: 'declined', reason: result.reason, settledAt: now };
    case 'cancelled':
      return { ...next, state: 'cancelled', settledAt: now };
    default:
      return unreachable(result);
  }
}

/** Which of two words of one moment counts: the further along. */
const RANK = {
  created: 0,
  requires_action: 1,
  pending: 2,
  declined: 3,
  cancelled: 4,
  succeeded: 5,
} as const satisfies Record<PaymentRecord['state'], number>;

function isOutdated(was: PaymentRecord, next: PaymentRecord): boolean {
  if (isOpen(was) !== isOpen(next)) return isOpen(next);
  if (was.toldAt === null || next.toldAt === null) return false;
  if (was.toldAt !== next.toldAt) return next.toldAt < was.toldAt;
  if (was.state !== next.state) return RANK[next.state] < RANK[was.state];
  return `${next.reason} ${next.action}` < `${was.reason} ${was.action}`;
}

function isSame(was: PaymentRecord, next: PaymentRecord): boolean {
  return (
    next.state === was.state &&
    next.providerRef === was.providerRef &&
    next.action === was.action &&
    next.reason === was.reason
  );
}

function settleReceived(
  order: OrderRecord,
  was: PaymentRecord,
  result: Extract<PaymentResult, { state: 'succeeded' }>,
  toldAt: Instant,
  now: Instant,
): Settlement {
  const payment: PaymentRecord = {
    ...was,
    state: 'succeeded',
    providerRef: result.providerRef,
    action: null,
    reason: null,
    toldAt,
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
