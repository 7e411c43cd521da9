import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { idOf, notFound, read } from '../../kernel/index.ts';
import { EntryState } from '../entry.ts';

const counts = { entries: z.int(), tickets: z.int() };

export const getWaitlistStatistics = read({
  name: 'waitlist.statistics',
  summary: 'How many wait at an event: entries and the tickets that they ask for.',
  input: z.strictObject({ eventId: EventId }),
  output: z
    .object({
      eventId: EventId,
      states: z.array(z.object({ state: EntryState, ...counts })),
      ticketTypes: z
        .array(z.object({ ticketTypeId: idOf('typ'), ...counts }))
        .meta({ description: 'Who waits for each; who takes one of several counts at each.' }),
    })
    .meta({ id: 'WaitlistStatistics' }),
  allow: membersOfEvent('look_up'),
  run: async ({ tx }, { eventId }) => {
    const event = await tx.events.events.find(eventId);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const states = await tx.waitlist.entries.counts(eventId);
    const types = new Map<string, { ticketTypeId: string; entries: number; tickets: number }>();
    for (const { ticketTypeId, entries, quantity } of await tx.waitlist.waiting(eventId)) {
      const own = types.get(ticketTypeId) ?? { ticketTypeId, entries: 0, tickets: 0 };
      own.entries += entries;
      own.tickets += quantity;
      types.set(ticketTypeId, own);
    }
    return { eventId, states, ticketTypes: [...types.values()] };
  },
});
