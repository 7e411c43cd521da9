import type { CheckinReads, CheckinWrites } from './checkin/index.ts';
import type { EventReads, EventWrites } from './events/index.ts';
import type { GiftCardReads, GiftCardWrites } from './gift-cards/index.ts';
import type { InventoryReads, InventoryWrites } from './inventory/index.ts';
import type { InvoiceReads, InvoiceWrites } from './invoices/index.ts';
import type { IdempotencyRecord, Instant } from './kernel/index.ts';
import type { LedgerReads, LedgerWrites } from './ledger/index.ts';
import type { OrderReads, OrderWrites } from './orders/index.ts';
import type { OrganizerReads, OrganizerWrites } from './organizers/index.ts';
import type { PaymentReads, PaymentWrites } from './payments/index.ts';
import type { PricingReads, PricingWrites } from './pricing/index.ts';
import type { QuestionReads, QuestionWrites } from './questions/index.ts';
import type { RefundReads, RefundWrites } from './refunds/index.ts';
import type { ResaleReads, ResaleWrites } from './resale/index.ts';
import type { SeatingReads, SeatingWrites } from './seating/index.ts';
import type { TicketReads, TicketWrites } from './tickets/index.ts';
import type { TransferReads, TransferWrites } from './transfers/index.ts';
import type { WaitlistReads, WaitlistWrites } from './waitlist/index.ts';
import type {
  AuditReads,
  AuditWrites,
  OutboxReads,
  OutboxWrites,
  WebhookReads,
  WebhookWrites,
} from './webhooks/index.ts';

export type { Wallets } from './documents/index.ts';
export type { PaymentProviders } from './payments/index.ts';
export type { EventType, Subscribers, WebhookSender } from './webhooks/index.ts';

/**
 * Runs tasks side by side in one transaction, and gives their results in order.
 * Each is written as if it were alone, on the handle that it is given; an adapter
 * may answer what several ask of one verb at the same time with one statement, as
 * long as rows are locked in the order of docs/decisions/0009, written after
 * that, and read after what the same task locks at the same time. When a task
 * throws, so does this, when all have ended.
 */
type Together<Tx> = <T>(tasks: readonly ((tx: Tx) => Promise<T>)[]) => Promise<T[]>;

/** What a storage adapter offers inside a reading transaction: one store a room. */
export interface ReadTx {
  readonly together: Together<ReadTx>;
  readonly organizers: OrganizerReads;
  readonly events: EventReads;
  readonly seating: SeatingReads;
  readonly inventory: InventoryReads;
  readonly pricing: PricingReads;
  readonly questions: QuestionReads;
  readonly orders: OrderReads;
  readonly payments: PaymentReads;
  readonly giftCards: GiftCardReads;
  readonly invoices: InvoiceReads;
  readonly tickets: TicketReads;
  readonly checkin: CheckinReads;
  readonly transfers: TransferReads;
  readonly resale: ResaleReads;
  readonly waitlist: WaitlistReads;
  readonly refunds: RefundReads;
  readonly ledger: LedgerReads;
  readonly outbox: OutboxReads;
  readonly audit: AuditReads;
  readonly webhooks: WebhookReads;
}

/**
 * The same inside a writing transaction, with the verbs that write and lock. Its stores need not
 * be its own properties: what wraps a transaction inherits from it (`Object.create`).
 */
export interface WriteTx {
  readonly together: Together<WriteTx>;
  readonly organizers: OrganizerWrites;
  readonly events: EventWrites;
  readonly seating: SeatingWrites;
  readonly inventory: InventoryWrites;
  readonly pricing: PricingWrites;
  readonly questions: QuestionWrites;
  readonly orders: OrderWrites;
  readonly payments: PaymentWrites;
  readonly giftCards: GiftCardWrites;
  readonly invoices: InvoiceWrites;
  readonly tickets: TicketWrites;
  readonly checkin: CheckinWrites;
  readonly transfers: TransferWrites;
  readonly resale: ResaleWrites;
  readonly waitlist: WaitlistWrites;
  readonly refunds: RefundWrites;
  readonly ledger: LedgerWrites;
  readonly outbox: OutboxWrites;
  readonly audit: AuditWrites;
  readonly webhooks: WebhookWrites;
  readonly idempotency: {
    /** Answers kept under these ids that have not expired at `now`. */
    find(ids: readonly string[], now: Instant): Promise<IdempotencyRecord[]>;
    /** Keeps answers; returns how many (an id that is taken and not expired is not). */
    insert(rows: readonly IdempotencyRecord[], now: Instant): Promise<number>;
    /** Deletes answers that have expired at `now`, so many at most; returns how many. */
    sweep(now: Instant, limit: number): Promise<number>;
  };
  /** Who does what: a piece of work is leased to one worker at a time, by its name. */
  readonly leases: {
    /** Takes those that nobody has at `now`, and returns them in order of their names. */
    take(names: readonly string[], until: Instant, now: Instant): Promise<string[]>;
    /** Gives up those that were taken with this `until`; what somebody else has by now stays theirs. */
    drop(names: readonly string[], until: Instant): Promise<void>;
    /** Forgets so many at most of those that lapsed; returns how many. */
    sweep(now: Instant, limit: number): Promise<number>;
  };
  readonly secrets: {
    /** The installation's secret, when it lies in the database. */
    find(): Promise<string | undefined>;
    /** Keeps one if there is none yet, and returns the one that is kept. */
    keep(secret: string, now: Instant): Promise<string>;
  };
}

export interface MigrationReport {
  /** Names of the migrations that this call applied, in order. */
  readonly applied: readonly string[];
  /** The number of the newest migration in the database. */
  readonly version: number;
}

/** One thing that a storage adapter checks about its database for `doctor`. */
export interface StorageCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly message: string;
}

/**
 * Where Ticketi keeps its records. Both adapters (SQLite and PostgreSQL) pass
 * the same conformance suite, which `@ticketi/testing` exports.
 */
export interface Storage {
  readonly dialect: 'sqlite' | 'postgres';
  /** True inside the host's own transaction (`join`): it commits, and nothing is retried. */
  readonly joined: boolean;
  /**
   * One atomic unit: when `work` throws, nothing is left of it. After a conflict
   * with another transaction `work` may run again, so it keeps no state outside.
   */
  write<T>(work: (tx: WriteTx) => Promise<T>): Promise<T>;
  /** One consistent snapshot. */
  read<T>(work: (tx: ReadTx) => Promise<T>): Promise<T>;
  /**
   * Brings the tables up to this library's version; several processes may do so
   * at once. Throws a `TicketiError` `database_too_new` when they are newer.
   */
  migrate(): Promise<MigrationReport>;
  /** Names of the migrations that are not applied yet; `database_too_new` as above. */
  pendingMigrations(): Promise<readonly string[]>;
  /** Facts about the database: pragmas, version, durability. */
  check(): Promise<readonly StorageCheck[]>;
  close(): Promise<void>;
}
