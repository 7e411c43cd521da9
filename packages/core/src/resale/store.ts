import type { ReadStore, WriteStore } from '../kernel/index.ts';
import type { ListingRecord } from './listing.ts';
import type { ResalePolicyRecord } from './policy.ts';

interface ListingFilter {
  eventId?: string | undefined;
  ticketId?: string | undefined;
  sellerUserId?: string | undefined;
  state?: ListingRecord['state'] | undefined;
}

export interface ResaleReads {
  readonly listings: ReadStore<ListingRecord, ListingFilter> & {
    /** The listing of a ticket that is still open; a ticket has one at most. */
    openOfTicket(ticketId: string): Promise<ListingRecord | undefined>;
    /** The listing by which a ticket was sold on; a ticket is sold once at most. */
    soldOfTicket(ticketId: string): Promise<ListingRecord | undefined>;
    openOfEvent(eventId: string): Promise<ListingRecord[]>;
  };
  readonly policies: ReadStore<ResalePolicyRecord, object>;
}

export interface ResaleWrites extends ResaleReads {
  readonly listings: WriteStore<ListingRecord, ListingFilter> & ResaleReads['listings'];
  /** A policy has the id of its event. */
  readonly policies: WriteStore<ResalePolicyRecord, object>;
}
