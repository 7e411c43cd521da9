import type { DomainEvent, Instant, ReadStore, WriteStore } from '../kernel/index.ts';

/** A committed fact, waiting for its consumers. */
export interface OutboxRecord extends Omit<DomainEvent, 'type'> {
  readonly id: string;
  /** One of the catalogue, at least of the version that wrote it. */
  readonly type: string;
  /** Version of the payload's form. */
  readonly version: number;
  readonly actor: string;
  readonly at: string;
  /** Its place in the order in which consumers read; null until the relay has given it one. */
  readonly sequence: number | null;
}

/** Who did what when. Kept for good; the outbox is not. */
export interface AuditRecord {
  readonly id: string;
  readonly organizerId: string | null;
  readonly eventId: string | null;
  readonly operation: string;
  readonly actor: string;
  readonly subjects: readonly { readonly type: string; readonly subject: string }[];
  readonly at: string;
}

interface OutboxFilter {
  organizerId?: string | undefined;
  eventId?: string | undefined;
  subject?: string | undefined;
  type?: string | undefined;
}

/** How far somebody has come in the outbox: the relay in numbering it, a consumer in reading it. */
export interface CursorRecord {
  /** `relay`, `webhooks`, or `subscriber:` and a name. */
  readonly id: string;
  /** The last sequence that it gave, or that it has read. */
  readonly position: number;
  /** Until when one process has it to itself. */
  readonly leasedUntil: string | null;
  readonly revision: number;
}

export interface OutboxReads extends ReadStore<OutboxRecord, OutboxFilter> {
  /** Numbered entries after this place, in the order of their sequence. */
  after(sequence: number, limit: number): Promise<OutboxRecord[]>;
  /** The lowest sequence among the entries from this id on; undefined: none is numbered. */
  firstFrom(id: string): Promise<number | undefined>;
  readonly cursors: ReadStore<CursorRecord, object>;
  readonly failures: ReadStore<FailureRecord, FailureFilter>;
}

export interface OutboxWrites extends OutboxReads {
  append(rows: readonly OutboxRecord[]): Promise<void>;
  /**
   * Gives the oldest entries that have none the numbers after `after`, by their
   * ids, and returns how many. The caller holds the relay's lock.
   */
  number(after: number, limit: number): Promise<number>;
  /**
   * Deletes of the first entries that every consumer has, in order, those older than
   * `before`: up to `upTo`, and neither waiting to be delivered nor set aside.
   */
  sweep(upTo: number, before: Instant, limit: number): Promise<number>;
  readonly cursors: WriteStore<CursorRecord, object> & {
    /** Inserts a cursor, unless there is one of this id. */
    begin(row: CursorRecord): Promise<void>;
  };
  readonly failures: WriteStore<FailureRecord, FailureFilter> & {
    /** Those of a subscriber that are due, with none before them in their queue that is not; in order. */
    due(subscriber: string, now: Instant, limit: number): Promise<FailureRecord[]>;
    /** Queues in which something of a subscriber waits to be handled; what is parked does not. */
    queues(subscriber: string): Promise<string[]>;
    /** Makes what is parked of a subscriber due again, and returns how much. */
    unpark(subscriber: string, now: Instant): Promise<number>;
    /** Deletes them: they were handled after all. */
    remove(ids: readonly string[]): Promise<void>;
  };
}

/** An entry that a durable subscriber could not handle yet, or that waits behind such a one. */
export interface FailureRecord {
  readonly id: string;
  readonly subscriber: string;
  readonly outboxId: string;
  readonly sequence: number;
  /** What keeps its order: the event, or the organizer of what has none. */
  readonly queue: string;
  readonly attempts: number;
  /** null: parked, nobody tries it by itself any more. */
  readonly nextAttemptAt: string | null;
  readonly error: string | null;
  readonly parkedAt: string | null;
  readonly createdAt: string;
  readonly revision: number;
}

interface FailureFilter {
  subscriber?: string | undefined;
}

interface AuditFilter {
  organizerId?: string | undefined;
  eventId?: string | undefined;
}

export type AuditReads = ReadStore<AuditRecord, AuditFilter>;

export interface AuditWrites extends AuditReads {
  append(rows: readonly AuditRecord[]): Promise<void>;
}
