import type { DomainEvent, ReadStore } from '../kernel/index.ts';

/** A committed fact, waiting for its consumers. */
export interface OutboxRecord extends DomainEvent {
  readonly id: string;
  /** Version of the payload's form. */
  readonly version: number;
  readonly actor: string;
  readonly at: string;
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

export type OutboxReads = ReadStore<OutboxRecord, OutboxFilter>;

export interface OutboxWrites extends OutboxReads {
  append(rows: readonly OutboxRecord[]): Promise<void>;
}

interface AuditFilter {
  organizerId?: string | undefined;
  eventId?: string | undefined;
}

export type AuditReads = ReadStore<AuditRecord, AuditFilter>;

export interface AuditWrites extends AuditReads {
  append(rows: readonly AuditRecord[]): Promise<void>;
}
