/**
 * The accounts. A posting's entries sum to zero: debits are positive, credits
 * negative, in minor units.
 * - `provider_clearing`: money that a payment provider holds for the platform
 * - `organizer_payable`: owed to the organizer
 * - `platform_fees`: the platform's own income
 * - `seller_payable`: owed to somebody who resold a ticket (`party` names them)
 * - `buyer_credit`: received, but owed back to the buyer
 */
export type Account =
  | 'provider_clearing'
  | 'organizer_payable'
  | 'platform_fees'
  | 'seller_payable'
  | 'buyer_credit';

export type PostingKind = 'sale' | 'resale' | 'unexpected_payment' | 'refund';

/** One money fact. Append-only. */
export interface PostingRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly kind: PostingKind;
  /** The order, payment or refund that it books. */
  readonly sourceId: string;
  readonly currency: string;
  readonly at: string;
}

export interface EntryRecord {
  readonly id: string;
  readonly postingId: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly account: Account;
  /** Whose: the ticket that a seller sold, else null. */
  readonly party: string | null;
  readonly currency: string;
  /** Debit positive, credit negative. */
  readonly amount: number;
}
