import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { notFound, read } from '../../kernel/index.ts';
import { CodePolicy, codePolicyResource, unset } from '../code-policy.ts';

export const getCodePolicy = read({
  name: 'tickets.getCodePolicy',
  summary: 'Whether doors of an event admit only codes that change every 15 seconds.',
  input: z.strictObject({ eventId: EventId }),
  output: CodePolicy,
  allow: membersOfEvent('scan'),
  run: async ({ tx }, { eventId }) => {
    const [event, policy] = await Promise.all([
      tx.events.events.find(eventId),
      tx.tickets.codePolicies.find(eventId),
    ]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    return codePolicyResource(policy ?? unset(eventId));
  },
});
