import {
  millisOf,
  type PaymentName,
  type PaymentProvider,
  type PaymentRequest,
  type PaymentResult,
  type RefundRequest,
  type RefundResult,
} from '@ticketi/core';
import Stripe from 'stripe';
import { AmountNotSupported, toStripe } from './amounts.ts';
import { ATTEMPT, REFERENCE, reasonOf, referenceOf, refundResultOf, resultOf } from './results.ts';
import { readWebhook } from './webhooks.ts';

export interface StripeOptions {
  /** The secret key, `sk_live_...` or `sk_test_...`, or a restricted one for payments and refunds. */
  apiKey: string;
  /** Secrets of the webhook endpoint, `whsec_...`; without one no webhooks are taken in. */
  webhookSecret?: string | readonly string[];
  /**
   * Where buyers come back to from their bank or another page. Without it only methods
   * are taken that send nobody away.
   */
  returnUrl?: string;
  /** Where the API is, for tests. Default: Stripe. */
  apiBase?: string;
  /** Milliseconds for one request. Default 20,000. */
  timeout?: number;
  /** How often a request that was not answered is tried again at once. Default 2. */
  retries?: number;
}

const PAGE = 100;
const CHARGE = { expand: ['latest_charge'] };

/**
 * Stripe as a payment provider, over PaymentIntents. `method` is the id of a
 * PaymentMethod or a confirmation token's, and is charged at once; without one the
 * payment waits, and its `action` is the client secret that Stripe's front end goes on with.
 */
export function stripeProvider(options: StripeOptions): PaymentProvider {
  const { apiKey, returnUrl, webhookSecret } = options;
  const stripe = new Stripe(apiKey, configOf(options));
  const { paymentIntents, refunds } = stripe;

  async function create(request: PaymentRequest): Promise<PaymentResult> {
    const { reference, description, method } = request;
    const params: Stripe.PaymentIntentCreateParams = {
      ...toStripe(request.amount, request.currency),
      description,
      metadata: { [REFERENCE]: reference },
      automatic_payment_methods: {
        enabled: true,
        ...(returnUrl === undefined ? { allow_redirects: 'never' } : {}),
      },
      ...(method === undefined ? {} : { ...methodOf(method), confirm: true }),
      ...(method === undefined || returnUrl === undefined ? {} : { return_url: returnUrl }),
    };
    const made = await paymentIntents.create(params, { idempotencyKey: reference });
    // A key that was used before has its first answer again, not how it stands by now.
    const replayed = made.lastResponse.headers['idempotent-replayed'] === 'true';
    return resultOf(replayed ? await paymentIntents.retrieve(made.id, CHARGE) : made);
  }

  /** The payment's id, by what Ticketi wrote into it where nobody has been told the id. */
  async function idOf({ reference, providerRef }: PaymentName): Promise<string | undefined> {
    if (providerRef !== null) return providerRef;
    const query = `metadata['${REFERENCE}']:'${reference}'`;
    const { data: found } = await paymentIntents.search({ query, limit: 1 });
    return found[0]?.id;
  }

  /**
   * How it stands. A card that was refused leaves a PaymentIntent that can still be confirmed:
   * it is ended, since the buyer's next try is another payment.
   */
  async function conclude(intent: Stripe.PaymentIntent): Promise<PaymentResult> {
    const result = resultOf(intent);
    if (result.state !== 'declined' || intent.status === 'canceled') return result;
    const after = await end(intent.id);
    return after.state === 'cancelled' ? result : after;
  }

  /** Ends it, or tells how it stands where it is paid, on its way or ended already. */
  async function end(id: string): Promise<PaymentResult> {
    try {
      return resultOf(await paymentIntents.cancel(id));
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
      return resultOf(await paymentIntents.retrieve(id, CHARGE));
    }
  }

  async function declinedOrThrow(error: unknown): Promise<PaymentResult> {
    const refused = error instanceof Stripe.errors.StripeCardError;
    if (refused && error.payment_intent !== undefined) return conclude(error.payment_intent);
    return answerTo(error);
  }

  /**
   * The refund that was made for this reference, whatever its attempt, unless it has failed;
   * then that of this attempt. It is listed, not searched, so it is there at once.
   */
  async function refundMade(payment: string, reference: string, attempt?: number) {
    const made = refunds.list({ payment_intent: payment, limit: PAGE });
    let failed: Stripe.Refund | undefined;
    for await (const refund of made) {
      if (referenceOf(refund) !== reference) continue;
      if (refundResultOf(refund).state !== 'failed') return refund;
      const isAsked = attempt === undefined || refund.metadata?.[ATTEMPT] === String(attempt);
      if (isAsked) failed ??= refund;
    }
    return failed;
  }

  async function refund(request: RefundRequest): Promise<RefundResult> {
    const { reference, providerRef, attempt } = request;
    // Stripe forgets idempotency keys after a day or more; its list of refunds does not.
    const made = await refundMade(providerRef, reference, attempt);
    if (made !== undefined) return refundResultOf(made);
    const { amount } = toStripe(request.amount, request.currency);
    const metadata = { [REFERENCE]: reference, [ATTEMPT]: String(attempt) };
    const sent = await refunds.create(
      { payment_intent: providerRef, amount, metadata },
      { idempotencyKey: `${reference}:${attempt}` },
    );
    return refundResultOf(sent);
  }

  return {
    create: (request) => create(request).catch(declinedOrThrow),
    async lookUp(name) {
      const id = await idOf(name);
      // The search may be a minute behind: what it does not find may be there all the same.
      if (id === undefined) throw new Error(`Stripe does not know ${name.reference}, so far.`);
      try {
        return await conclude(await paymentIntents.retrieve(id, CHARGE));
      } catch (error) {
        if (!isMissing(error)) throw error;
        return { state: 'declined', providerRef: id, reason: 'unknown_payment' };
      }
    },
    async cancel(name) {
      const id = await idOf(name);
      if (id === undefined) return { state: 'cancelled', providerRef: null };
      return end(id);
    },
    refund: (request) => refund(request).catch(failedOrThrow),
    async lookUpRefund({ reference, providerRef, paymentRef }) {
      const found =
        providerRef === null
          ? await refundMade(paymentRef, reference)
          : await refunds.retrieve(providerRef);
      return found === undefined
        ? { state: 'failed', reason: 'unknown_refund' }
        : refundResultOf(found);
    },
    async list({ since, cursor }) {
      const { data, has_more: more } = await paymentIntents.list({
        created: { gte: Math.floor(millisOf(since) / 1000) },
        limit: PAGE,
        expand: ['data.latest_charge'],
        ...(cursor === null ? {} : { starting_after: cursor }),
      });
      // Those without a reference are not ours: the account may serve others as well.
      const payments = data.flatMap((intent) => {
        const reference = referenceOf(intent);
        return reference === null ? [] : [{ reference, result: resultOf(intent) }];
      });
      return { payments, cursor: more ? (data.at(-1)?.id ?? null) : null };
    },
    ...(webhookSecret === undefined
      ? {}
      : { parseWebhook: async (request) => readWebhook(stripe, [webhookSecret].flat(), request) }),
  };
}

function configOf({ apiBase, timeout = 20_000, retries = 2 }: StripeOptions) {
  const config = { timeout, maxNetworkRetries: retries, telemetry: false };
  if (apiBase === undefined) return config;
  const { hostname: host, port, protocol } = new URL(apiBase);
  return { ...config, host, port, protocol: protocol === 'http:' ? 'http' : 'https' } as const;
}

/** A PaymentMethod or a confirmation token, which Stripe takes under names of their own. */
function methodOf(method: string) {
  return method.startsWith('ctoken_') ? { confirmation_token: method } : { payment_method: method };
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing'
  );
}

/** A card that is refused is an answer; that Stripe cannot be reached, or is too busy, is none. */
function answerTo(error: unknown): PaymentResult {
  if (error instanceof AmountNotSupported) {
    return { state: 'declined', providerRef: null, reason: 'amount_not_supported' };
  }
  if (error instanceof Stripe.errors.StripeCardError) {
    return { state: 'declined', providerRef: null, reason: reasonOf(error) };
  }
  // A method that does not exist, an amount below Stripe's least: the same again is refused again.
  if (error instanceof Stripe.errors.StripeInvalidRequestError) {
    return { state: 'declined', providerRef: null, reason: error.code ?? 'invalid_request' };
  }
  throw error;
}

function failedOrThrow(error: unknown): RefundResult {
  if (error instanceof AmountNotSupported)
    return { state: 'failed', reason: 'amount_not_supported' };
  if (error instanceof Stripe.errors.StripeInvalidRequestError) {
    return { state: 'failed', reason: error.code ?? 'invalid_request' };
  }
  throw error;
}
