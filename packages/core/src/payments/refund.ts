import { type Instant, millisOf, plusMinutes, unreachable } from '../kernel/index.ts';
import type { RefundResult } from './provider.ts';

export type RefundReason =
  | 'late_payment'
  | 'already_paid'
  | 'order_cancelled'
  | 'wrong_amount'
  | 'requested';

/** Money on its way back. It is recorded before the provider is asked. */
export interface RefundRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly orderId: string;
  readonly paymentId: string;
  /** The refund of the order that it carries out; null where money only goes back. */
  readonly orderRefundId: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly reason: RefundReason;
  /** `pending`: the provider has it in hand. `failed`: it is to be tried again at `dueAt`. */
  readonly state: 'requested' | 'pending' | 'succeeded' | 'failed';
  readonly providerRef: string | null;
  /** Which try this is: a provider that failed one is asked for another. */
  readonly attempt: number;
  /** Why the last try failed or could not be made; null once the provider took one. */
  readonly failure: string | null;
  /** When the provider is to be asked; null once it is done. */
  readonly dueAt: string | null;
  readonly createdAt: string;
  readonly settledAt: string | null;
  readonly revision: number;
}

const DAY = 24 * 60;
const QUARTER_DAY = 6 * 60;

/** Minutes until a refund that failed so many times is tried again: 5, 20, 80, ..., a day. */
function retryMinutes(attempt: number): number {
  return Math.min(DAY, 5 * 4 ** (attempt - 1));
}

/** Asked again after as long as it has waited already: at least a minute, at most six hours. */
function pollMinutes({ createdAt }: RefundRecord, now: Instant): number {
  const waited = Math.ceil((millisOf(now) - millisOf(createdAt)) / 60_000);
  return Math.min(QUARTER_DAY, Math.max(1, waited));
}

/**
 * What a provider's word means for a refund.
 * - `none`: it is known already, or of an earlier try
 * - `note`: the refund changes, no money has gone
 * - `done`: the money has gone; `again`: after the provider had said that it failed
 * - `reversed`: the provider says that what was done has failed after all
 * - `doubled`: the provider says that another refund was done too
 */
export type RefundSettlement =
  | { readonly do: 'none' }
  | { readonly do: 'note'; readonly refund: RefundRecord }
  | { readonly do: 'done'; readonly refund: RefundRecord; readonly again: boolean }
  | { readonly do: 'reversed' }
  | { readonly do: 'doubled' };

/**
 * Decides what follows from a provider's word on a refund.
 *
 * @param attempt which try was asked about; undefined for a message that came by itself
 */
export function settleRefund(
  was: RefundRecord,
  result: RefundResult,
  attempt: number | undefined,
  now: Instant,
): RefundSettlement {
  if (was.state === 'succeeded') return contradiction(was, result);
  switch (result.state) {
    case 'succeeded': {
      const { providerRef } = result;
      const refund = {
        ...was,
        state: 'succeeded',
        providerRef,
        failure: null,
        dueAt: null,
        settledAt: now,
      } as const;
      return { do: 'done', refund, again: was.attempt > 1 && was.providerRef === providerRef };
    }
    case 'pending': {
      const { providerRef } = result;
      // A message that is older than the failure it comes after.
      if (attempt === undefined && was.state === 'failed') return { do: 'none' };
      if (attempt === undefined && was.state === 'pending') return { do: 'none' };
      const dueAt = plusMinutes(now, pollMinutes(was, now));
      return {
        do: 'note',
        refund: { ...was, state: 'pending', providerRef, failure: null, dueAt },
      };
    }
    case 'failed': {
      if (isOfEarlierTry(was, result, attempt)) return { do: 'none' };
      const refund: RefundRecord = {
        ...was,
        state: 'failed',
        providerRef: result.providerRef ?? was.providerRef,
        attempt: was.attempt + 1,
        failure: result.reason,
        dueAt: plusMinutes(now, retryMinutes(was.attempt)),
      };
      return { do: 'note', refund };
    }
    default:
      return unreachable(result);
  }
}

function isOfEarlierTry(
  was: RefundRecord,
  { providerRef }: Extract<RefundResult, { state: 'failed' }>,
  attempt: number | undefined,
): boolean {
  if (attempt !== undefined) return attempt !== was.attempt;
  if (was.state === 'failed') return true;
  return providerRef !== undefined && was.providerRef !== null && was.providerRef !== providerRef;
}

function contradiction(was: RefundRecord, result: RefundResult): RefundSettlement {
  const same = result.providerRef === was.providerRef;
  if (result.state === 'failed' && same) return { do: 'reversed' };
  if (result.state === 'succeeded' && !same) return { do: 'doubled' };
  return { do: 'none' };
}
