import type {
  Instant,
  Page,
  PageRequest,
  ReadStore,
  Scope,
  Walk,
  WriteStore,
} from '../kernel/index.ts';
import type { Account } from './accounts.ts';
import type { PayoutRecord } from './payout.ts';
import type { EntryRecord, PostingRecord } from './posting.ts';

/** Which entries; all that is given has to hold. */
export interface EntryFilter extends Scope {
  account?: Account | undefined;
  party?: string | undefined;
  currency?: string | undefined;
  /** From this instant on. */
  from?: Instant | undefined;
  /** Before this instant. */
  until?: Instant | undefined;
}

export interface AccountBalance {
  readonly account: Account;
  readonly currency: string;
  /** Minor units: debit positive, credit negative. */
  readonly amount: number;
}

/** Where an entry stands among those of its account: by time, then by posting, then by id. */
export type Position = Pick<EntryRecord, 'at' | 'postingId' | 'id'>;

interface PayoutFilter {
  organizerId?: string | undefined;
  state?: PayoutRecord['state'] | undefined;
}

export interface LedgerReads {
  readonly postings: Pick<ReadStore<PostingRecord, object>, 'find' | 'findMany'> & {
    /** What books these records, oldest first. */
    ofSources(sourceIds: readonly string[]): Promise<PostingRecord[]>;
    /** In order of their time, then of their ids; `after` is the id of one. */
    inPeriod(
      filter: Pick<EntryFilter, 'organizerId' | 'eventId' | 'from' | 'until'>,
      page: PageRequest,
    ): Promise<Page<PostingRecord>>;
    /** Postings of records that do not exist, or are not in a state to be booked. */
    unfounded(scope: Scope, limit: number): Promise<PostingRecord[]>;
  };
  entriesOf(postingIds: readonly string[]): Promise<EntryRecord[]>;
  /** Entries in order, those after `after`. */
  lines(
    filter: EntryFilter,
    page: { readonly after: Position | undefined; readonly limit: number },
  ): Promise<EntryRecord[]>;
  /** The sum of the entries up to `upTo` and with it, or of all; minor units. */
  sum(filter: EntryFilter, upTo?: Position): Promise<number>;
  /** The first and the last of the currencies in which there are entries, by code. */
  currencies(filter: EntryFilter): Promise<readonly string[]>;
  balances(filter: EntryFilter): Promise<AccountBalance[]>;
  /** Entries whose posting does not exist. */
  strays(scope: Scope, limit: number): Promise<EntryRecord[]>;
  /** What all accounts of a currency come to, where that is not zero. */
  offBalance(): Promise<Pick<AccountBalance, 'currency' | 'amount'>[]>;
  readonly payouts: ReadStore<PayoutRecord, PayoutFilter> & { readonly walk: Walk<PayoutRecord> };
}

export interface LedgerWrites extends LedgerReads {
  append(postings: readonly PostingRecord[], entries: readonly EntryRecord[]): Promise<void>;
  readonly payouts: WriteStore<PayoutRecord, PayoutFilter> & LedgerReads['payouts'];
}
