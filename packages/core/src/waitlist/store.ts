import type { Waiting } from '../inventory/index.ts';
import type { Instant, ReadStore, WriteStore } from '../kernel/index.ts';
import type { WaitlistEntryRecord, WaitlistWishRecord } from './entry.ts';
import type { WaitlistOfferRecord } from './offer.ts';
import type { WaitlistPolicyRecord } from './policy.ts';

interface EntryFilter {
  eventId?: string | undefined;
  userId?: string | undefined;
  state?: WaitlistEntryRecord['state'] | undefined;
}

/** How many entries wait for a type, and for how many tickets, by the fewest that they take. */
export interface WaitingFor extends Waiting {
  readonly entries: number;
}

/** How many of a type are free. */
export interface FreeOfType {
  readonly ticketTypeId: string;
  readonly leaves: number;
}

export interface WaitlistDrift {
  readonly id: string;
  /** What is wrong with it. */
  readonly wrong: 'no_wish' | 'stray_wish' | 'not_in_event' | 'not_waited' | 'offers';
}

export interface WaitlistReads {
  /** A policy has the id of its event. */
  readonly policies: ReadStore<WaitlistPolicyRecord, object>;
  readonly entries: ReadStore<WaitlistEntryRecord, EntryFilter> & {
    /** The entry of a buyer at an event that waits or has an offer; one at most. */
    active(eventId: string, buyerKey: string): Promise<WaitlistEntryRecord | undefined>;
    /** Who stands before this entry and waits for one of its types. */
    before(entry: WaitlistEntryRecord): Promise<{ entries: number; tickets: number }>;
    /** In the order of the list: who waits for a type of which enough is free for them. */
    fitting(
      eventId: string,
      free: readonly FreeOfType[],
      limit: number,
    ): Promise<WaitlistEntryRecord[]>;
    /** In the order of the list: who waits for one of these types. */
    waitingFor(
      eventId: string,
      ticketTypeIds: readonly string[],
      limit: number,
    ): Promise<WaitlistEntryRecord[]>;
    /** Who waits, and whose types are all gone from the list. */
    withoutWish(eventId: string, limit: number): Promise<WaitlistEntryRecord[]>;
    /** Entries and their tickets, by state. */
    counts(
      eventId: string,
    ): Promise<{ state: WaitlistEntryRecord['state']; entries: number; tickets: number }[]>;
  };
  readonly offers: ReadStore<WaitlistOfferRecord, { eventId?: string | undefined }> & {
    /** The open offers of these entries; each has one at most. */
    openOf(entryIds: readonly string[]): Promise<WaitlistOfferRecord[]>;
    /** Open offers of an event whose hold is ordered, given back or expired. */
    over(eventId: string, now: Instant, limit: number): Promise<WaitlistOfferRecord[]>;
  };
  /** What is waited for at an event, by type and the fewest that somebody takes. */
  waiting(eventId: string): Promise<WaitingFor[]>;
  /** Events after this id at which somebody waits or has an offer, by id. */
  events(after: string, limit: number): Promise<string[]>;
  /** Where entries, what they wait for and their events disagree; empty when all is well. */
  drift(): Promise<WaitlistDrift[]>;
}

export interface WaitlistWrites extends WaitlistReads {
  readonly policies: WriteStore<WaitlistPolicyRecord, object>;
  readonly entries: WriteStore<WaitlistEntryRecord, EntryFilter> &
    WaitlistReads['entries'] & {
      /** Inserts an entry. Throws `LostRace` where its buyer has another one that is active. */
      admit(entry: WaitlistEntryRecord): Promise<void>;
    };
  readonly offers: WriteStore<WaitlistOfferRecord, { eventId?: string | undefined }> &
    WaitlistReads['offers'];
  readonly wishes: {
    insert(rows: readonly WaitlistWishRecord[]): Promise<void>;
    /** Those of entries that no longer wait. */
    remove(entryIds: readonly string[]): Promise<void>;
    /** Those of these entries for these types. */
    removeTypes(entryIds: readonly string[], ticketTypeIds: readonly string[]): Promise<void>;
  };
}
