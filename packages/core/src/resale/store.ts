import type { Page, PageRequest, ReadStore, WriteStore } from '../kernel/index.ts';
import type { Listed } from './limits.ts';
import type { ListingRecord } from './listing.ts';
import type { MovedListing } from './moved-sessions.ts';
import type { ResalePolicyRecord } from './policy.ts';

interface ListingFilter {
  eventId?: string | undefined;
  ticketId?: string | undefined;
  sellerUserId?: string | undefined;
  state?: ListingRecord['state'] | undefined;
}

/** In which order listings are looked through; whatever is alike, newest first. */
type ListingOrder =
  | 'newest'
  | 'price'
  | 'price_desc'
  | 'quantity'
  | 'ticket_type'
  | 'session'
  | 'section';

/** Which open listings of an event are looked for. */
export interface ListingSearch {
  readonly eventId: string;
  readonly now: string;
  /** Also those that somebody has reserved. */
  readonly reserved: boolean;
  readonly order: ListingOrder;
  /** Undefined: of any type. */
  readonly ticketTypeIds: readonly string[] | undefined;
  readonly section: string | undefined;
  readonly minPrice: number | undefined;
  readonly maxPrice: number | undefined;
  /** Listed with so many together, at least. */
  readonly quantity: number | undefined;
}

/** A listing as far as statistics count it. */
export type CountedListing = Pick<
  ListingRecord,
  'id' | 'ticketTypeId' | 'state' | 'price' | 'paid' | 'createdAt' | 'closedAt' | 'expiresAt'
>;

export interface ResaleReads {
  readonly listings: ReadStore<ListingRecord, ListingFilter> & {
    /** The listing of a ticket that is still open; a ticket has one at most. */
    openOfTicket(ticketId: string): Promise<ListingRecord | undefined>;
    /** The listing by which a ticket was sold on; a ticket is sold once at most. */
    soldOfTicket(ticketId: string): Promise<ListingRecord | undefined>;
    /** Those of several tickets, by id. */
    openOfTickets(ticketIds: readonly string[]): Promise<ListingRecord[]>;
    openOfEvent(eventId: string): Promise<ListingRecord[]>;
    /** What was listed together, by id. */
    ofGroup(groupId: string): Promise<ListingRecord[]>;
    /** What a seller has at an event: for sale at this moment or reserved, and sold. */
    ofSeller(eventId: string, sellerKey: string, now: string): Promise<Listed>;
    /** Listings that can be bought, in an order; after `page.after`, the id of one of them. */
    search(search: ListingSearch, page: PageRequest): Promise<Page<ListingRecord>>;
    /** Open listings whose time is over and that nobody has reserved, the longest over first. */
    overdue(now: string, limit: number): Promise<ListingRecord[]>;
    /** Sold listings whose sellers are to be refunded, oldest first. */
    settleDue(limit: number): Promise<ListingRecord[]>;
    /** Listings of an event by id, behind this one, as far as they are counted. */
    counted(eventId: string, after: string, limit: number): Promise<CountedListing[]>;
  };
  readonly policies: ReadStore<ResalePolicyRecord, object>;
}

export interface ResaleWrites extends ResaleReads {
  readonly listings: WriteStore<ListingRecord, ListingFilter> &
    ResaleReads['listings'] & {
      /**
       * Gives open listings of one event the start and the end of `next`, each where it still has
       * its revision, which counts up. Throws `LostRace` when one was changed meanwhile.
       */
      move(eventId: string, next: readonly MovedListing[]): Promise<void>;
    };
  /** A policy has the id of its event. */
  readonly policies: WriteStore<ResalePolicyRecord, object>;
}
