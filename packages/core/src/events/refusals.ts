import * as z from 'zod';
import { refusal } from '../kernel/index.ts';
import { EventState } from './event.ts';

export const slugTaken = refusal('slug_taken', {
  kind: 'conflict',
  meaning: 'Another event of the organizer has this slug.',
  details: z.object({ slug: z.string() }),
  hint: 'Choose another slug.',
  message: ({ slug }) => `The organizer has another event with the slug ${slug}.`,
});

export const invalidSession = refusal('invalid_session', {
  kind: 'invalid',
  meaning: 'The times of the session are not in order.',
  details: z.object({ startsAt: z.string(), endsAt: z.string(), doorsAt: z.string().nullable() }),
  hint: 'Doors come before or at the start, and the start before the end.',
  message: ({ startsAt, endsAt }) =>
    `A session from ${startsAt} to ${endsAt} is not possible: doors, start and end have to follow each other.`,
});

export const eventClosed = refusal('event_closed', {
  kind: 'conflict',
  meaning: 'The event is cancelled or over.',
  details: z.object({ eventId: z.string(), state: EventState }),
  message: ({ eventId, state }) => `Event ${eventId} is ${state}.`,
});

/** What a buyer would trip over. */
export const PublishProblem = z.object({
  code: z.enum([
    'no_session',
    'all_sessions_past',
    'no_ticket_type',
    'never_on_sale',
    'no_pool',
    'no_seat_map',
    'different_seat_maps',
    'no_such_category',
    'no_tax_rate',
  ]),
  message: z.string(),
});
export type PublishProblem = z.output<typeof PublishProblem>;

export const notPublishable = refusal('not_publishable', {
  kind: 'conflict',
  meaning: 'The event lacks something that buyers need; all of it is listed.',
  details: z.object({ problems: z.array(PublishProblem) }),
  hint: 'Mend each of the problems, then publish again.',
  message: ({ problems }) =>
    `The event cannot be published yet: ${problems.map((problem) => problem.message).join(' ')}`,
});

export const wrongEventState = refusal('wrong_event_state', {
  kind: 'conflict',
  meaning: 'The event is not in a state in which this can be done.',
  details: z.object({ eventId: z.string(), state: EventState, needs: z.array(EventState) }),
  message: ({ eventId, state, needs }) =>
    `Event ${eventId} is ${state}; this needs it to be ${needs.join(' or ')}.`,
});

export const poolOfOtherEvent = refusal('unknown_pool', {
  kind: 'invalid',
  meaning: 'A ticket type draws on a pool that the event does not have.',
  details: z.object({ poolId: z.string() }),
  message: ({ poolId }) => `The event has no pool ${poolId}.`,
});

export const sessionOfOtherEvent = refusal('unknown_session', {
  kind: 'invalid',
  meaning: 'Something names a session that the event does not have.',
  details: z.object({ sessionId: z.string() }),
  message: ({ sessionId }) => `The event has no session ${sessionId}.`,
});

export const poolOfOtherSession = refusal('pool_of_other_session', {
  kind: 'invalid',
  meaning: 'A ticket type draws on the pool of a session that it does not admit to.',
  details: z.object({
    poolId: z.string(),
    sessionId: z.string().meta({ description: 'The session whose pool it is.' }),
  }),
  hint: 'Name the session among those of the ticket type, or draw on another pool.',
  message: ({ poolId, sessionId }) =>
    `The pool ${poolId} is for the session ${sessionId}, to which the ticket type does not admit.`,
});

export const wrongPart = refusal('wrong_part', {
  kind: 'invalid',
  meaning: 'A bundle cannot hold such a type.',
  details: z.object({
    ticketTypeId: z.string(),
    why: z.enum(['bundle', 'seated', 'donation']),
  }),
  hint: 'A bundle holds tickets without seats, and products.',
  message: ({ ticketTypeId, why }) =>
    `${ticketTypeId} cannot be part of a bundle: it is ${why === 'seated' ? why : `a ${why}`}.`,
});
