export { maySee, membersOfEvent, organizerOfEvent } from './access.ts';
export {
  Event,
  EventId,
  type EventRecord,
  EventState,
  Session,
  SessionId,
  type SessionRecord,
  Visibility,
} from './event.ts';
export { ambiguousTime, instantOf, invalidTime, TimeInput, Timezone } from './local-time.ts';
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
export { TicketType, TicketTypeId, type TicketTypeRecord } from './ticket-type.ts';
