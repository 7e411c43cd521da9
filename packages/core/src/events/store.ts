import type { InsertStore, Page, PageRequest, ReadStore, WriteStore } from '../kernel/index.ts';
import type { EventRecord, EventState, SessionRecord } from './event.ts';
import type { SeriesRecord } from './series.ts';
import type { TicketTypeRecord } from './ticket-type.ts';

interface EventFilter {
  organizerId?: string | undefined;
  state?: EventState | undefined;
  visibility?: EventRecord['visibility'] | undefined;
}

interface TimetableFilter {
  eventId: string;
  seriesId?: string | undefined;
  /** Only sessions that end after this instant. */
  endsAfter?: string | undefined;
}

export interface EventReads {
  readonly events: ReadStore<EventRecord, EventFilter> & {
    findBySlug(organizerId: string, slug: string): Promise<EventRecord | undefined>;
  };
  readonly sessions: ReadStore<SessionRecord, { eventId?: string | undefined }> & {
    /** All sessions of these events, by start, then id. */
    ofEvents(eventIds: readonly string[]): Promise<SessionRecord[]>;
    /** The session of the event that ends last; none, or one. */
    lastOf(eventId: string): Promise<SessionRecord[]>;
    /** Sessions of the event by start, then id; after `page.after`, the id of one of them. */
    timetable(filter: TimetableFilter, page: PageRequest): Promise<Page<SessionRecord>>;
    /** All sessions of a series by the local time that its rule gave them. */
    ofSeries(eventId: string, seriesId: string): Promise<SessionRecord[]>;
  };
  readonly series: ReadStore<SeriesRecord, { eventId?: string | undefined }>;
  readonly ticketTypes: ReadStore<TicketTypeRecord, { eventId?: string | undefined }> & {
    /** All ticket types of the event, oldest first. */
    ofEvent(eventId: string): Promise<TicketTypeRecord[]>;
  };
}

export interface EventWrites extends EventReads {
  readonly events: WriteStore<EventRecord, EventFilter> &
    EventReads['events'] & {
      /** Reads the event and keeps it as it is until the transaction ends; others may read it so too. */
      findForShare(id: string): Promise<EventRecord | undefined>;
      /** Gives the catalogue of this event a new version; its revision stays. */
      setCatalogueVersion(id: string, version: string): Promise<void>;
      /** The same for all events of an organizer. */
      setCatalogueVersions(organizerId: string, version: string): Promise<void>;
      /** Says which ticket types of the event are waited for; its revision stays. */
      setWaited(id: string, ticketTypeIds: readonly string[]): Promise<void>;
    };
  readonly sessions: WriteStore<SessionRecord, { eventId?: string | undefined }> &
    EventReads['sessions'] & {
      /**
       * Gives sessions of one event the name and the times of `next`, each where it still has the
       * revision of `next`, which counts up. Throws `LostRace` when one was changed meanwhile.
       */
      reschedule(eventId: string, next: readonly SessionRecord[]): Promise<void>;
    };
  readonly series: InsertStore<SeriesRecord, { eventId?: string | undefined }>;
  readonly ticketTypes: WriteStore<TicketTypeRecord, { eventId?: string | undefined }> &
    EventReads['ticketTypes'] & {
      /** Gives ticket types of one event the end of sale of `next`, guarded like `reschedule`. */
      moveSales(eventId: string, next: readonly TicketTypeRecord[]): Promise<void>;
    };
}
