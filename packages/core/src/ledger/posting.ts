import * as z from 'zod';
import type { Account, Item } from './accounts.ts';

export const PostingKind = z
  .enum([
    'sale',
    'resale',
    'unexpected_payment',
    'refund',
    'order_refund',
    'claw_back',
    'resale_refund',
    'payout',
    'payout_settled',
    'payout_returned',
    'gift_card_issue',
    'gift_card_refund',
    'refund_credit',
  ])
  .meta({ id: 'PostingKind', description: 'Which kind of money fact a posting books.' });
export type PostingKind = z.output<typeof PostingKind>;

/** One money fact. Append-only. */
export interface PostingRecord {
  readonly id: string;
  readonly organizerId: string;
  /**
   * Null for what is of no event: a gift card counts at all events of its organizer,
   * and a payout may pay what is owed for any of them.
   */
  readonly eventId: string | null;
  readonly kind: PostingKind;
  /** The order, payment, refund, payout, gift card or refund to one that it books. */
  readonly sourceId: string;
  readonly currency: string;
  readonly at: string;
}

/** One side of a posting, whose entries sum to zero. */
export interface EntryRecord {
  readonly id: string;
  readonly postingId: string;
  readonly organizerId: string;
  readonly eventId: string | null;
  readonly account: Account;
  /** Whose, where the account says so (see `ACCOUNTS`), else null. */
  readonly party: string | null;
  readonly item: Item;
  readonly currency: string;
  /** Minor units: debit positive, credit negative; never zero. */
  readonly amount: number;
  /** The moment of its posting. */
  readonly at: string;
}
