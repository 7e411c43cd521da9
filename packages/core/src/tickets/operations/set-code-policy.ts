import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { CodePolicy, codePolicyResource, unset } from '../code-policy.ts';

export const setCodePolicy = write({
  name: 'tickets.setCodePolicy',
  summary:
    'Says whether doors of an event admit only codes that change every 15 seconds, so that a picture of one is soon worthless.',
  input: z.strictObject({
    eventId: EventId,
    rotating: z.boolean(),
    newDoorKey: z.boolean().default(false).meta({
      description:
        'Makes another door key, as after a device was lost: applications then ask for the secrets of their tickets again.',
    }),
  }),
  output: CodePolicy,
  allow: membersOfEvent('manage_events'),
  run: async ({ tx, emit }, { eventId, rotating, newDoorKey }) => {
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const { organizerId } = event;
    const found = await tx.tickets.codePolicies.find(eventId);
    const was = found ?? { ...unset(eventId), organizerId, revision: 0 };
    const doorKeyNumber = was.doorKeyNumber + (newDoorKey ? 1 : 0);
    const next = { ...was, rotating, doorKeyNumber };
    if (found === undefined) await tx.tickets.codePolicies.insert([{ ...next, revision: 1 }]);
    else await tx.tickets.codePolicies.save(next, found);
    const set = codePolicyResource(next);
    emit({ type: 'code_policy.set', organizerId, eventId, subject: eventId, data: set });
    return set;
  },
});
