export { maySee, membersOfEvent } from './access.ts';
export { Event, EventId, type EventRecord, SessionId, type SessionRecord } from './event.ts';
export { ambiguousTime, instantOf, invalidTime, TimeInput } from './local-time.ts';
export {
  eventClosed,
  invalidSession,
  notPublishable,
  poolOfOtherEvent,
  sessionOfOtherEvent,
  slugTaken,
  wrongEventState,
} from './refusals.ts';
export type { EventReads, EventWrites } from './store.ts';
export { TicketTypeId, type TicketTypeRecord } from './ticket-type.ts';
