import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { Instant, notFound, read } from '../../kernel/index.ts';
import { seatStands } from '../../seating/index.ts';
import { explain } from '../explain.ts';
import { Explanation } from '../explanation.ts';
import { seatedSessions } from '../seats.ts';

/** Blocks of one event that are named as what would change it. */
const BLOCKS = 200;

export const explainAvailability = read({
  name: 'availability.explain',
  summary:
    'Why so much can be had of each ticket type, and what would change it: now, or at another instant.',
  input: z.strictObject({
    eventId: EventId,
    at: Instant.optional().meta({ description: 'The instant to explain; now when left out.' }),
  }),
  output: Explanation,
  allow: membersOfEvent('look_up'),
  run: async (context, { eventId, at = context.now }) => {
    const { tx, now } = context;
    const event = await tx.events.events.find(eventId);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const ticketTypes = await tx.events.ticketTypes.ofEvent(eventId);
    const pools = await tx.inventory.pools.ofEvent(eventId);
    const targets = [...pools, ...ticketTypes].map(({ id }) => id);
    const counters = await tx.inventory.counters(eventId, targets);
    const blocks = await tx.inventory.blocks.list(
      { eventId, state: 'active' },
      { limit: BLOCKS, after: undefined },
    );
    const units = await tx.inventory.unitsAt(eventId, targets, at);
    const expiries = await tx.inventory.nextExpiries(eventId, targets, at);
    const sessions = await tx.events.sessions.ofEvents([eventId]);
    const seated = new Map(
      ticketTypes
        .filter(({ seating }) => seating !== null)
        .map((type) => [type.id, seatedSessions(type, sessions, at)]),
    );
    return explain(
      {
        event,
        sessions,
        seated,
        stands: await seatStands(context, [...new Set([...seated.values()].flat())], at),
        ticketTypes,
        pools,
        capacities: new Map(counters.map((own) => [own.targetId, own.capacity])),
        units: new Map(units.map((own) => [own.targetId, own])),
        expiries: new Map(expiries.map((own) => [own.targetId, own])),
        blocks: blocks.items,
        waiting: event.waited.length === 0 ? [] : await tx.waitlist.waiting(eventId),
      },
      at,
      now,
    );
  },
});
