import type { PaymentResult, RefundResult } from '@ticketi/core';
import type Stripe from 'stripe';
import { fromStripe } from './amounts.ts';

/** What Ticketi writes into `metadata`, and finds its own by. */
export const REFERENCE = 'ticketi_reference';
export const ATTEMPT = 'ticketi_attempt';

export function referenceOf({ metadata }: { metadata: Stripe.Metadata | null }): string | null {
  return metadata?.[REFERENCE] ?? null;
}

/** How a PaymentIntent stands, in the words of the port. */
export function resultOf(intent: Stripe.PaymentIntent): PaymentResult {
  const { id: providerRef, status, next_action: next, last_payment_error: error } = intent;
  // The front end goes on with it: it confirms, or asks the buyer's bank.
  const clientSecret = intent.client_secret ?? '';
  switch (status) {
    case 'succeeded':
      return succeeded(intent);
    case 'canceled':
      // One that was ended because its card was refused has been told as declined.
      return error === null
        ? { state: 'cancelled', providerRef }
        : { state: 'declined', providerRef, reason: reasonOf(error) };
    case 'processing':
    // Somebody set the account to capture by hand: the money is not there before they do.
    case 'requires_capture':
      return { state: 'pending', providerRef };
    case 'requires_action':
      return {
        state: 'requires_action',
        providerRef,
        action: next?.redirect_to_url?.url ?? clientSecret,
      };
    case 'requires_confirmation':
      return { state: 'requires_action', providerRef, action: clientSecret };
    case 'requires_payment_method':
      return error === null
        ? { state: 'requires_action', providerRef, action: clientSecret }
        : { state: 'declined', providerRef, reason: reasonOf(error) };
    default:
      // Stripe may know states that this version does not: it is asked again.
      return { state: 'pending', providerRef };
  }
}

/** The bank's own reason where it gave one, as `insufficient_funds`. */
export function reasonOf({ code, decline_code: declined }: ErrorCodes): string {
  return declined ?? code ?? 'declined';
}

interface ErrorCodes {
  readonly code?: string | undefined;
  readonly decline_code?: string | undefined;
}

function succeeded(intent: Stripe.PaymentIntent): PaymentResult {
  const { id: providerRef, currency, amount_received: received, latest_charge: charge } = intent;
  const result = { state: 'succeeded', providerRef, ...fromStripe(received, currency) } as const;
  if (charge === null || typeof charge === 'string') return result;
  const { amount: refunded } = fromStripe(charge.amount_refunded, currency);
  return { ...result, refunded, disputed: charge.disputed };
}

/** How a refund stands. One that waits for the buyer's bank details is on its way. */
export function refundResultOf(refund: Stripe.Refund): RefundResult {
  const { id: providerRef, status, failure_reason: reason } = refund;
  switch (status) {
    case 'succeeded':
      return { state: 'succeeded', providerRef };
    case 'failed':
    case 'canceled':
      return { state: 'failed', providerRef, reason: reason ?? status };
    default:
      return { state: 'pending', providerRef };
  }
}
