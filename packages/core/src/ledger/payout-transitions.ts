import type { Refusal } from '../kernel/index.ts';
import type { PayoutRecord, PendingPayout } from './payout.ts';
import { nothingToPayOut, payoutAboveBalance, payoutNotPending } from './refusals.ts';

type NotPending = Refusal<'payout_not_pending'>;

/** What is owed, as debits and credits of minor units say it: a credit is negative. */
export interface Owed {
  readonly currency: string;
  /** To whoever is to be paid, over all events. */
  readonly overall: number;
  /** For the one event that is to be paid for; null: for all. */
  readonly ofEvent: number | null;
}

/**
 * How much is paid out: what was asked for, else all that can be. Never more than is
 * owed overall, also where an event alone would give more: it may have been paid
 * already with what was owed for all events, or be needed for refunds of another.
 */
export function payoutAmount(
  { currency, overall, ofEvent }: Owed,
  asked: number | undefined,
): number | Refusal<'nothing_to_pay_out' | 'payout_above_balance'> {
  const payable = 0 - Math.max(overall, ofEvent ?? overall);
  if (payable <= 0) return nothingToPayOut({ payable, currency });
  if (asked !== undefined && asked > payable) return payoutAboveBalance({ payable, currency });
  return asked ?? payable;
}

export function settlePayout(
  payout: PayoutRecord,
  { reference, now }: { reference: string | undefined; now: string },
): PayoutRecord | NotPending {
  if (payout.state !== 'pending') return notPending(payout);
  return {
    ...payout,
    reference: reference ?? payout.reference,
    state: 'paid',
    reason: null,
    settledAt: now,
  };
}

/** The money comes back to whom it is owed. */
export function returnPayout(
  payout: PayoutRecord,
  { state, reason, now }: { state: 'failed' | 'cancelled'; reason: string | null; now: string },
): PayoutRecord | NotPending {
  if (payout.state !== 'pending') return notPending(payout);
  return { ...payout, state, reason, settledAt: now };
}

function notPending({ id, state }: Exclude<PayoutRecord, PendingPayout>): NotPending {
  return payoutNotPending({ payoutId: id, state });
}
