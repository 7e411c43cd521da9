/**
 * The accounts. A posting's entries sum to zero: debits are positive, credits
 * negative, in minor units.
 * - `provider_clearing`: money that a payment provider holds for the platform
 * - `organizer_payable`: owed to the organizer
 * - `platform_fees`: the platform's own income
 * - `seller_payable`: owed to somebody who resold a ticket (`party` names them)
 * - `buyer_credit`: received, but owed back to the buyer
 * - `gift_cards`: owed in tickets to whoever has a gift card (`party` names the card)
 * - `tax_payable`: taxes inside what was sold, to be handed on (`party` names the rate)
 * - `payouts_in_transit`: on its way out, not known to have arrived (`party` names the payout)
 */
export type Account =
  | 'provider_clearing'
  | 'organizer_payable'
  | 'platform_fees'
  | 'seller_payable'
  | 'buyer_credit'
  | 'gift_cards'
  | 'tax_payable'
  | 'payouts_in_transit';

export type PostingKind =
  | 'sale'
  | 'resale'
  | 'unexpected_payment'
  | 'refund'
  | 'order_refund'
  | 'claw_back'
  | 'payout'
  | 'payout_settled'
  | 'gift_card_issue'
  | 'gift_card_refund';

/** One money fact. Append-only. */
export interface PostingRecord {
  readonly id: string;
  readonly organizerId: string;
  /** Null for what is of no event: a gift card counts at all events of its organizer. */
  readonly eventId: string | null;
  readonly kind: PostingKind;
  /** The order, payment, refund, payout, gift card or refund to one that it books. */
  readonly sourceId: string;
  readonly currency: string;
  readonly at: string;
}

export interface EntryRecord {
  readonly id: string;
  readonly postingId: string;
  readonly organizerId: string;
  readonly eventId: string | null;
  readonly account: Account;
  /** Whose: the ticket that a seller sold, the gift card, the tax rate, the payout, else null. */
  readonly party: string | null;
  readonly currency: string;
  /** Debit positive, credit negative. */
  readonly amount: number;
}
