import type { ReadStore, WriteStore } from '../kernel/index.ts';
import type { EventRecord, EventState, SessionRecord } from './event.ts';
import type { TicketTypeRecord } from './ticket-type.ts';

interface EventFilter {
  organizerId?: string | undefined;
  state?: EventState | undefined;
  visibility?: EventRecord['visibility'] | undefined;
}

export interface EventReads {
  readonly events: ReadStore<EventRecord, EventFilter> & {
    findBySlug(organizerId: string, slug: string): Promise<EventRecord | undefined>;
  };
  readonly sessions: ReadStore<SessionRecord, { eventId?: string | undefined }> & {
    /** All sessions of these events, by start, then id. */
    ofEvents(eventIds: readonly string[]): Promise<SessionRecord[]>;
  };
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
    };
  readonly sessions: WriteStore<SessionRecord, { eventId?: string | undefined }> &
    EventReads['sessions'];
  readonly ticketTypes: WriteStore<TicketTypeRecord, { eventId?: string | undefined }> &
    EventReads['ticketTypes'];
}
