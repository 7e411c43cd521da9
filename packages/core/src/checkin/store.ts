import type { ReadStore, WriteStore } from '../kernel/index.ts';
import type { CheckinListRecord } from './checkin-list.ts';
import type { Presence } from './decide.ts';
import type { ScanRecord } from './scan.ts';

interface ScanFilter {
  admissionId?: string | undefined;
  eventId?: string | undefined;
  listId?: string | undefined;
  ticketId?: string | undefined;
}

interface ListFilter {
  eventId?: string | undefined;
}

/** Where a place stands with a list; of each pair there is one. */
export type PresenceRecord = Presence & {
  readonly organizerId: string;
  readonly eventId: string;
  /** The list, or the event itself where it had none. */
  readonly listId: string;
  readonly admissionId: string;
  readonly ticketTypeId: string;
  readonly revision: number;
};

/** Places of a ticket type on a list. */
export interface PresenceCount {
  readonly listId: string;
  readonly ticketTypeId: string;
  readonly admitted: number;
  readonly inside: number;
}

/** Valid tickets of an event that are alike. */
export interface TicketCount {
  readonly ticketTypeId: string;
  readonly name: string;
  readonly sessionIds: readonly string[] | null;
  readonly tickets: number;
}

/** Entries and exits that count, in one bucket of time. */
export interface PassageCount {
  /** The list; null: the event had none. */
  readonly listId: string | null;
  readonly gate: string | null;
  readonly direction: 'entry' | 'exit';
  /** Seconds since 1970 by the length of a bucket, rounded down. */
  readonly bucket: number;
  readonly scans: number;
}

export interface CheckinReads {
  readonly lists: ReadStore<CheckinListRecord, ListFilter> & {
    /** All lists of an event, oldest first, archived ones included. */
    ofEvent(eventId: string): Promise<CheckinListRecord[]>;
  };
  readonly presences: {
    /** Those of these places on a list of an event. */
    ofPlaces(
      eventId: string,
      listId: string,
      admissionIds: readonly string[],
    ): Promise<PresenceRecord[]>;
    /** All of a list by place, after a place, so many at most. */
    ofList(
      eventId: string,
      listId: string,
      page: { readonly after: string; readonly limit: number },
    ): Promise<PresenceRecord[]>;
    counts(eventId: string): Promise<PresenceCount[]>;
  };
  readonly scans: ReadStore<ScanRecord, ScanFilter> & {
    findByScanId(eventId: string, scanId: string): Promise<ScanRecord | undefined>;
    /** The same for many at once. */
    findByScanIds(eventId: string, scanIds: readonly string[]): Promise<ScanRecord[]>;
    /** All scans of these places of an event that a door admitted, on all lists. */
    admittedOf(eventId: string, admissionIds: readonly string[]): Promise<ScanRecord[]>;
    /**
     * The scan ids (`device/scan`) of all that devices admitted by a list or before there was one,
     * or, for null, without one; after such an id, so many at most.
     */
    idsOfDevices(
      eventId: string,
      listId: string | null,
      page: { readonly after: string; readonly limit: number },
    ): Promise<string[]>;
    /** Scans of an event that count, by list, gate, direction and buckets of so many seconds. */
    passages(eventId: string, bucketSeconds: number): Promise<PassageCount[]>;
  };
  /** Valid tickets of an event by type and sessions. */
  expected(eventId: string): Promise<TicketCount[]>;
}

export interface CheckinWrites extends CheckinReads {
  readonly lists: WriteStore<CheckinListRecord, ListFilter> & CheckinReads['lists'];
  readonly presences: CheckinReads['presences'] & {
    /**
     * Writes where places stand, each where its revision is the next one of what is there, or 1
     * where nothing is. Throws `LostRace` when one was changed meanwhile.
     */
    put(rows: readonly PresenceRecord[]): Promise<void>;
  };
  /** `insert` throws `LostRace` when a scan id of the event was used meanwhile. */
  readonly scans: WriteStore<ScanRecord, ScanFilter> & CheckinReads['scans'];
}
