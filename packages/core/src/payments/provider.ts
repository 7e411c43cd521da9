/**
 * What a payment provider has to do. Every call may be repeated after a crash:
 * `reference` is the same each time, and a provider must not act twice on it.
 * Amounts are minor units of `currency`.
 */
export interface PaymentProvider {
  /** Starts a payment, or tells how one with this reference stands. */
  create(request: PaymentRequest): Promise<PaymentResult>;
  /**
   * How a payment stands now. With a `providerRef` of null it may never have been
   * started: then the answer is `declined`, and nothing is started.
   */
  lookUp(request: { reference: string; providerRef: string | null }): Promise<PaymentResult>;
  /** Gives money back. */
  refund(request: RefundRequest): Promise<RefundResult>;
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
  | { state: 'succeeded'; providerRef: string; amount: number; currency: string }
  | { state: 'pending'; providerRef: string }
  | { state: 'requires_action'; providerRef: string; action: string }
  | { state: 'declined'; providerRef: string | null; reason: string };

export interface RefundRequest {
  reference: string;
  providerRef: string;
  amount: number;
  currency: string;
}

export type RefundResult =
  | { state: 'succeeded'; providerRef: string }
  | { state: 'failed'; reason: string };

/** Providers by the name that orders use. */
export type PaymentProviders = Readonly<Record<string, PaymentProvider>>;
