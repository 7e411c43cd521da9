import {
  instantFromMillis,
  type ProviderMessage,
  type WebhookReading,
  type WebhookRequest,
} from '@ticketi/core';
import type Stripe from 'stripe';
import { fromStripe } from './amounts.ts';
import { referenceOf, refundResultOf, resultOf } from './results.ts';

/** Reads a webhook that one of these secrets signed; several while one is being replaced. */
export function readWebhook(
  stripe: Stripe,
  secrets: readonly string[],
  { headers, body }: WebhookRequest,
): WebhookReading {
  const signature = headers['stripe-signature'] ?? '';
  for (const secret of secrets) {
    try {
      const event = stripe.webhooks.constructEvent(Buffer.from(body), signature, secret);
      return { verified: true, messages: [messageOf(event)] };
    } catch (error) {
      if (!(error instanceof Error) || !('type' in error)) throw error;
      if (error.type !== 'StripeSignatureVerificationError') throw error;
    }
  }
  return { verified: false, reason: 'its Stripe-Signature does not match, or is too old' };
}

/** What an event says. Those that Ticketi has no use for are taken in, and change nothing. */
function messageOf(event: Stripe.Event): ProviderMessage {
  const told = { id: event.id, at: instantFromMillis(event.created * 1000) };
  switch (event.type) {
    case 'payment_intent.succeeded':
    case 'payment_intent.payment_failed':
    case 'payment_intent.canceled':
    case 'payment_intent.requires_action':
    case 'payment_intent.processing': {
      const intent = event.data.object;
      const reference = referenceOf(intent);
      // A payment that Ticketi did not begin: the account serves others as well.
      if (reference === null) return { ...told, about: 'other', type: event.type };
      return { ...told, about: 'payment', reference, result: resultOf(intent) };
    }
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed': {
      const refund = event.data.object;
      return {
        ...told,
        about: 'refund',
        reference: referenceOf(refund),
        paymentRef: idOf(refund.payment_intent),
        ...fromStripe(refund.amount, refund.currency),
        result: refundResultOf(refund),
      };
    }
    case 'charge.dispute.created': {
      const { payment_intent: intent, amount, currency, reason, id } = event.data.object;
      return {
        ...told,
        about: 'dispute',
        reference: null,
        providerRef: idOf(intent) ?? id,
        ...fromStripe(amount, currency),
        reason,
      };
    }
    // Also `charge.refunded`: the events of its refunds say the same, with their references.
    default:
      return { ...told, about: 'other', type: event.type };
  }
}

function idOf(named: string | { id: string } | null): string | null {
  return typeof named === 'string' || named === null ? named : named.id;
}
