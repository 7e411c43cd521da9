import * as z from 'zod';
import { everyone, notFound, read } from '../../kernel/index.ts';
import { maySee } from '../access.ts';
import { Event, EventId } from '../event.ts';
import { eventResource } from '../resource.ts';

export const getEvent = read({
  name: 'events.get',
  summary:
    'One event with its sessions. Drafts and private events show themselves to members only.',
  input: z.strictObject({ eventId: EventId }),
  output: Event,
  allow: everyone,
  run: async (context, { eventId }) => {
    const event = await context.tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    return eventResource(event, await context.tx.events.sessions.ofEvents([eventId]));
  },
});
