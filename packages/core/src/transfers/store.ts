import type { Instant, ReadStore, WriteStore } from '../kernel/index.ts';
import type { TransferPolicyRecord } from './policy.ts';
import type { OfferedTicketRecord, TransferRecord } from './transfer.ts';

export interface TransferFilter {
  organizerId?: string | undefined;
  eventId?: string | undefined;
  fromUserId?: string | undefined;
  /** Offers of a guest, by what their token is of. */
  fromAccessId?: string | undefined;
  toUserId?: string | undefined;
  /** The one that a guest's token is of. */
  id?: string | undefined;
  state?: TransferRecord['state'] | undefined;
}

export interface TransferReads {
  readonly transfers: ReadStore<TransferRecord, TransferFilter> & {
    openOfEvent(eventId: string): Promise<TransferRecord[]>;
    /** Offers that are still open though they have expired, so many at most. */
    overdue(now: Instant, limit: number): Promise<TransferRecord[]>;
  };
  readonly offeredTickets: {
    /** Which of these tickets are in an offer that is open, or was when it expired. */
    among(ticketIds: readonly string[]): Promise<OfferedTicketRecord[]>;
  };
  readonly policies: ReadStore<TransferPolicyRecord, object>;
}

export interface TransferWrites extends TransferReads {
  readonly transfers: WriteStore<TransferRecord, TransferFilter> & TransferReads['transfers'];
  /** The key of the table lets a ticket into one open offer at most. */
  readonly offeredTickets: TransferReads['offeredTickets'] & {
    insert(rows: readonly OfferedTicketRecord[]): Promise<void>;
    /** Takes tickets out of the offer that they are in. */
    remove(ticketIds: readonly string[]): Promise<void>;
  };
  /** A policy has the id of its event. */
  readonly policies: WriteStore<TransferPolicyRecord, object>;
}
