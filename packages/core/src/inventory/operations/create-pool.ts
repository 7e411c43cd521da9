import * as z from 'zod';
import {
  EventId,
  eventClosed,
  membersOfEvent,
  SessionId,
  sessionOfOtherEvent,
} from '../../events/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { openPools } from '../open-pools.ts';
import { Pool } from '../pool.ts';

/** Far above any venue, far below where sums stop being exact. */
export const Capacity = z
  .int()
  .min(0)
  .max(1_000_000_000)
  .nullable()
  .meta({ description: 'Units in all; null means unlimited.' });

export const createPool = write({
  name: 'pools.create',
  summary: 'Adds a capacity to an event: for the whole of it, or for one session.',
  input: z.strictObject({
    eventId: EventId,
    name: z.string().trim().min(1).max(200),
    capacity: Capacity,
    sessionId: SessionId.nullable().default(null),
  }),
  output: Pool,
  refusals: [eventClosed, sessionOfOtherEvent],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, name, capacity, sessionId }) => {
    const { tx } = context;
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    if (event.state === 'cancelled' || event.state === 'completed') {
      return eventClosed({ eventId, state: event.state });
    }
    const sessions = await tx.events.sessions.ofEvents([eventId]);
    if (sessionId !== null && !sessions.some(({ id }) => id === sessionId)) {
      return sessionOfOtherEvent({ sessionId });
    }
    const [created] = await openPools(context, event, [{ name, capacity, sessionId }]);
    return created ?? notFound({ kind: 'event', id: eventId });
  },
});
