export { maySee, membersOfEvent } from './access.ts';
export { catalogueChanged, cataloguesChanged } from './catalogue-version.ts';
export {
  Event,
  EventId,
  type EventRecord,
  Session,
  SessionId,
  type SessionRecord,
} from './event.ts';
export { ambiguousTime, instantOf, invalidTime, TimeInput, Timezone } from './local-time.ts';
export { lockType } from './lock-type.ts';
export {
  eventClosed,
  invalidSession,
  notPublishable,
  poolOfOtherEvent,
  poolOfOtherSession,
  sessionOfOtherEvent,
  slugTaken,
  wrongEventState,
  wrongPart,
} from './refusals.ts';
export { ticketTypeResource } from './resource.ts';
export type { SeriesRecord } from './series.ts';
export { ambiguousTimes, invalidRule, notInSeries, seriesTooLong } from './series-refusals.ts';
export type { EventReads, EventWrites } from './store.ts';
export { TicketType, TicketTypeId, type TicketTypeRecord } from './ticket-type.ts';
export { TermInputs, termProblems, writtenTerms } from './type-terms.ts';
