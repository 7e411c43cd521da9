import type {
  BlockRecord,
  CodeRecord,
  CounterRecord,
  CustodyRecord,
  EntryRecord,
  GiftCardRecord,
  GiftCardRefundRecord,
  HoldRecord,
  IdempotencyRecord,
  ListingRecord,
  OrderRecord,
  OrderRefundRecord,
  OutboxRecord,
  PaymentRecord,
  PayoutRecord,
  PoolRecord,
  PostingRecord,
  RefundRecord,
  RevocationRecord,
  ScanRecord,
  SigningKeyRecord,
  TicketRecord,
  TransferRecord,
  WaitlistEntryRecord,
  WaitlistOfferRecord,
} from '@ticketi/core';

/** The records that the simulator follows, by the name of their kind. */
export interface Kinds {
  pool: PoolRecord;
  code: CodeRecord;
  hold: HoldRecord;
  block: BlockRecord;
  order: OrderRecord;
  payment: PaymentRecord;
  refund: RefundRecord;
  orderRefund: OrderRefundRecord;
  payout: PayoutRecord;
  ticket: TicketRecord;
  revocation: RevocationRecord;
  transfer: TransferRecord;
  listing: ListingRecord;
  card: GiftCardRecord;
  cardRefund: GiftCardRefundRecord;
  scan: ScanRecord;
  key: SigningKeyRecord;
  entry: WaitlistEntryRecord;
  offer: WaitlistOfferRecord;
}

/** A record that came to be (`was` is undefined) or changed. */
export interface Change<Row> {
  readonly was: Row | undefined;
  readonly next: Row;
}

type Changes = { readonly [Kind in keyof Kinds]: Change<Kinds[Kind]>[] };

/** All that one transaction wrote of what the simulator follows. */
export interface Written extends Changes {
  readonly postings: { readonly posting: PostingRecord; readonly entries: EntryRecord[] }[];
  readonly outbox: OutboxRecord[];
  readonly answers: IdempotencyRecord[];
  /** Links of chains of custody. */
  readonly custody: CustodyRecord[];
  /** Capacities of counters that were opened or resized. */
  readonly capacities: Pick<CounterRecord, 'targetId' | 'capacity'>[];
}

/** The records as they stand after what was committed. */
type Books = { readonly [Kind in keyof Kinds]: Map<string, Kinds[Kind]> };

/** What was committed, kept beside the database and not by it. */
export interface Journal {
  readonly books: Books;
  readonly entries: EntryRecord[];
  readonly outbox: Map<string, OutboxRecord>;
  /** What may be claimed of pools and codes; null: any number. */
  readonly capacities: Map<string, number | null>;
  /** Answers that are kept for idempotency, by id: when they expire. */
  readonly answers: Map<string, string>;
  /** Transactions since the step began. */
  readonly step: Written[];
  commit(written: Written): void;
}

export function nothingWritten(): Written {
  return {
    pool: [],
    code: [],
    hold: [],
    block: [],
    order: [],
    payment: [],
    refund: [],
    orderRefund: [],
    payout: [],
    ticket: [],
    revocation: [],
    transfer: [],
    listing: [],
    card: [],
    cardRefund: [],
    scan: [],
    key: [],
    entry: [],
    offer: [],
    postings: [],
    outbox: [],
    answers: [],
    custody: [],
    capacities: [],
  };
}

export function createJournal(): Journal {
  const books: Books = {
    pool: new Map(),
    code: new Map(),
    hold: new Map(),
    block: new Map(),
    order: new Map(),
    payment: new Map(),
    refund: new Map(),
    orderRefund: new Map(),
    payout: new Map(),
    ticket: new Map(),
    revocation: new Map(),
    transfer: new Map(),
    listing: new Map(),
    card: new Map(),
    cardRefund: new Map(),
    scan: new Map(),
    key: new Map(),
    entry: new Map(),
    offer: new Map(),
  };
  const journal: Journal = {
    books,
    entries: [],
    outbox: new Map(),
    capacities: new Map(),
    answers: new Map(),
    step: [],
    commit(written) {
      journal.step.push(written);
      for (const kind of kinds) enter(books, written, kind);
      for (const { entries } of written.postings) journal.entries.push(...entries);
      for (const { targetId, capacity } of written.capacities) {
        journal.capacities.set(targetId, capacity);
      }
      for (const row of written.outbox) journal.outbox.set(row.id, row);
    },
  };
  return journal;
}

export const kinds: readonly (keyof Kinds)[] = [
  'pool',
  'code',
  'hold',
  'block',
  'order',
  'payment',
  'refund',
  'orderRefund',
  'payout',
  'ticket',
  'revocation',
  'transfer',
  'listing',
  'card',
  'cardRefund',
  'scan',
  'key',
  'entry',
  'offer',
];

function enter<Kind extends keyof Kinds>(books: Books, all: Changes, kind: Kind): void {
  const into: Map<string, Kinds[Kind]> = books[kind];
  const changes: readonly Change<Kinds[Kind]>[] = all[kind];
  for (const { next } of changes) into.set(next.id, next);
}
