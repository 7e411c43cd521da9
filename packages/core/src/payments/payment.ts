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
  /** When the provider said what is recorded of it: an older word changes nothing. */
  readonly toldAt: string | null;
  /** Since when the buyer pays in another way: the provider is to end this one. */
  readonly cancelRequestedAt: string | null;
  readonly createdAt: string;
  readonly settledAt: string | null;
  readonly revision: number;
}

/** A payment that the provider may still settle: paying again means this one. */
export function isOpen({ state }: Pick<PaymentRecord, 'state'>): boolean {
  return state === 'created' || state === 'pending' || state === 'requires_action';
}
