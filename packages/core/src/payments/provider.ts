/**
 * What a payment provider has to do. Every call may be repeated after a crash:
 * `reference` is the same each time, and a provider must not act twice on it.
 * Amounts are minor units of `currency`. Three methods are needed; the others
 * are for what a service can do besides.
 */
export interface PaymentProvider {
  /** Starts a payment, or tells how one with this reference stands. */
  create(request: PaymentRequest): Promise<PaymentResult>;
  /**
   * How a payment stands now. With a `providerRef` of null it may never have been
   * started: then the answer is `declined`, and nothing is started. A service whose
   * search lags behind throws instead: so far nobody knows.
   */
  lookUp(request: PaymentName): Promise<PaymentResult>;
  /** Gives money back, or tells how the refund with this reference and attempt stands. */
  refund(request: RefundRequest): Promise<RefundResult>;

  /**
   * Ends a payment that nobody waits for any more and tells how it stands then:
   * `cancelled`, or `succeeded` where the money was faster. One that was never started
   * is `cancelled` too. Without it such a payment is looked up until it settles, and
   * money that comes goes back.
   */
  cancel?(request: PaymentName): Promise<PaymentResult>;
  /** How a refund that was `pending` stands now. Without it `refund` is asked again. */
  lookUpRefund?(request: RefundName): Promise<RefundResult>;
  /**
   * Reads a webhook of the provider's own, after checking that it is genuine. Without it
   * webhooks are refused, and payments are asked about instead.
   */
  parseWebhook?(request: WebhookRequest): Promise<WebhookReading>;
  /**
   * The payments that the provider has, made at `since` or later, page by page; for comparing
   * its records with ours. Without it each of ours is looked up by itself.
   */
  list?(request: ListRequest): Promise<ListedPayments>;
}

/** A payment as both sides know it: by our reference, and by the provider's once there is one. */
export interface PaymentName {
  reference: string;
  providerRef: string | null;
}

export interface PaymentRequest {
  reference: string;
  amount: number;
  currency: string;
  description: string;
  /** What the buyer's side chose, in the provider's own terms. */
  method: string | undefined;
}

export type PaymentResult =
  | {
      state: 'succeeded';
      providerRef: string;
      amount: number;
      currency: string;
      /** What the provider has given back of it, where it tells. Only compared with our records. */
      refunded?: number | undefined;
      /** Whether the buyer contests it at their bank, where the provider tells. */
      disputed?: boolean | undefined;
    }
  | { state: 'pending'; providerRef: string }
  | { state: 'requires_action'; providerRef: string; action: string }
  | { state: 'declined'; providerRef: string | null; reason: string }
  | { state: 'cancelled'; providerRef: string | null };

export interface RefundRequest {
  reference: string;
  /** The payment, by the provider's name. */
  providerRef: string;
  amount: number;
  currency: string;
  /**
   * From 1. It counts up only after the provider said `failed`: then a new refund is to be
   * tried. With the same attempt it must not act twice.
   */
  attempt: number;
}

export interface RefundName {
  reference: string;
  /** The refund, by the provider's name. */
  providerRef: string | null;
  /** Its payment, by the provider's name. */
  paymentRef: string;
}

export type RefundResult =
  | { state: 'succeeded'; providerRef: string }
  | { state: 'pending'; providerRef: string }
  | { state: 'failed'; reason: string; providerRef?: string | undefined };

/** A webhook as it came: the body byte for byte, names of headers in lower case. */
export interface WebhookRequest {
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/** Nothing of a webhook is believed before its signature is verified. */
export type WebhookReading =
  | { verified: true; messages: readonly ProviderMessage[] }
  | { verified: false; reason: string };

/** One thing that a provider says by itself. It may come late, twice or out of order. */
export type ProviderMessage = {
  /** The provider's own id of the message: one that came before is not taken in again. */
  id: string;
  /** When the provider says that it happened: a UTC instant. */
  at: string;
} & (
  | {
      about: 'payment';
      /** Our reference; null where the provider does not send it, then `providerRef` finds it. */
      reference: string | null;
      result: PaymentResult;
    }
  | {
      about: 'refund';
      reference: string | null;
      /** Its payment, by the provider's name. */
      paymentRef: string | null;
      amount: number;
      currency: string;
      result: RefundResult;
    }
  | {
      /** A buyer contests a payment at their bank. It is kept for people to see. */
      about: 'dispute';
      reference: string | null;
      providerRef: string;
      amount: number;
      currency: string;
      reason: string;
    }
  /** Genuine, and nothing to us. */
  | { about: 'other'; type: string }
);

export interface ListRequest {
  /** A UTC instant. */
  since: string;
  /** Null for the first page. */
  cursor: string | null;
}

export interface ListedPayments {
  payments: readonly { reference: string | null; result: PaymentResult }[];
  /** Null after the last page. */
  cursor: string | null;
}

/** Providers by the name that orders use. */
export type PaymentProviders = Readonly<Record<string, PaymentProvider>>;
