import * as z from 'zod';
import { systemOnly, write } from '../../kernel/index.ts';

/**
 * Revocations get their numbers after their commit, as facts do (docs/decisions/0022):
 * who makes a ticket void waits for nobody else at the event. The lock of the
 * event's head lets one process number at a time, and what it numbered is
 * committed before the next one looks: so whoever sees a number sees all that
 * are smaller, and none comes to be below it later.
 */
export const numberRevocations = write({
  name: 'tickets.numberRevocations',
  summary:
    'Gives committed revocations their places in the lists of their events. Safe to run at any time, also twice at once.',
  input: z.strictObject({
    limit: z.int().min(1).max(10_000).default(1000).meta({
      description: 'Most revocations in one call.',
    }),
  }),
  output: z
    .object({ done: z.int().meta({ description: 'Revocations numbered; 0: there were none.' }) })
    .meta({ id: 'NumberedRevocations' }),
  allow: systemOnly,
  run: async ({ tx }, { limit }) => {
    const { revocations } = tx.tickets;
    let done = 0;
    for (const eventId of await revocations.eventsToNumber(limit)) {
      const last = await revocations.lockHead(eventId);
      done += await revocations.number(eventId, last, limit);
    }
    return { done };
  },
});
