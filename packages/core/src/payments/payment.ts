type PaymentState =
  | 'created'
  | 'pending'
  | 'requires_action'
  | 'succeeded'
  | 'declined'
  | 'cancelled';

/** One attempt to be paid for an order. It is recorded before the provider is asked. */
export interface PaymentRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly orderId: string;
  readonly provider: string;
  /** What the buyer's side chose, in the provider's own terms. */
  readonly method: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly state: PaymentState;
  /** The provider's own name of it; null until the provider answered. */
  readonly providerRef: string | null;
  readonly action: string | null;
  readonly reason: string | null;
  readonly createdAt: string;
  readonly settledAt: string | null;
  readonly revision: number;
}

/** `requested`: a part of a refund of its order (`orderRefundId`); the others came for nothing. */
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
  /** The order's refund that it carries out; null: money that bought nothing. */
  readonly orderRefundId: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly reason: RefundReason;
  readonly state: 'requested' | 'succeeded' | 'failed';
  readonly providerRef: string | null;
  readonly createdAt: string;
  readonly settledAt: string | null;
  readonly revision: number;
}
