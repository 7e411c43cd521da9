import * as z from 'zod';
import {
  EventId,
  eventClosed,
  membersOfEvent,
  SessionId,
  sessionOfOtherEvent,
} from '../../events/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { Pool, type PoolRecord } from '../pool.ts';
import { poolResource } from '../resource.ts';

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
  run: async ({ tx, ids, emit }, { eventId, name, capacity, sessionId }) => {
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    if (event.state === 'cancelled' || event.state === 'completed') {
      return eventClosed({ eventId, state: event.state });
    }
    const sessions = await tx.events.sessions.ofEvents([eventId]);
    if (sessionId !== null && !sessions.some(({ id }) => id === sessionId)) {
      return sessionOfOtherEvent({ sessionId });
    }
    const { organizerId } = event;
    const pool: PoolRecord = {
      id: ids.next('pol'),
      organizerId,
      eventId,
      sessionId,
      name,
      revision: 1,
    };
    const counter = { targetId: pool.id, organizerId, eventId, capacity, claimed: 0 };
    await tx.inventory.pools.insert([pool]);
    await tx.inventory.openCounters([counter]);
    const created = poolResource(pool, counter, 0);
    emit({ type: 'pool.created', organizerId, eventId, subject: pool.id, data: created });
    return created;
  },
});
