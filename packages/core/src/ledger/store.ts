import type { ReadStore } from '../kernel/index.ts';
import type { EntryRecord, PostingRecord } from './posting.ts';

export interface BalanceFilter {
  organizerId?: string | undefined;
  eventId?: string | undefined;
}

export interface AccountBalance {
  readonly account: EntryRecord['account'];
  readonly currency: string;
  readonly amount: number;
}

/** Something the books and the records disagree on. */
export interface LedgerFinding {
  readonly finding: 'unbalanced_posting' | 'sale_without_posting' | 'posting_differs_from_sale';
  readonly id: string;
  readonly expected: number;
  readonly actual: number;
}

export interface LedgerReads {
  readonly postings: ReadStore<PostingRecord, BalanceFilter>;
  entriesOf(postingIds: readonly string[]): Promise<EntryRecord[]>;
  balances(filter: BalanceFilter): Promise<AccountBalance[]>;
  /**
   * Recomputes the books from the records: every posting sums to zero, every
   * paid order with a price, every settled payment and refund and every gift card
   * is booked once, with its amount. Empty when all is well.
   */
  verify(filter: BalanceFilter): Promise<LedgerFinding[]>;
}

export interface LedgerWrites extends LedgerReads {
  append(postings: readonly PostingRecord[], entries: readonly EntryRecord[]): Promise<void>;
}
