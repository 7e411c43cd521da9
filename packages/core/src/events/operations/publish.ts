import * as z from 'zod';
import { isRefusal, notFound, write } from '../../kernel/index.ts';
import { membersOfEvent } from '../access.ts';
import { Event, EventId } from '../event.ts';
import { notPublishable, wrongEventState } from '../refusals.ts';
import { eventResource } from '../resource.ts';
import { seatProblems } from '../seat-problems.ts';
import { taxProblems } from '../tax-problems.ts';
import { publishEvent as publish } from '../transitions.ts';

export const publishEvent = write({
  name: 'events.publish',
  summary: 'Opens a draft event to buyers, or lists everything that it still lacks.',
  input: z.strictObject({ eventId: EventId }),
  output: Event,
  refusals: [notPublishable, wrongEventState],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId }) => {
    const { tx, now, emit } = context;
    const [was] = await tx.events.events.findForUpdate([eventId]);
    if (was === undefined) return notFound({ kind: 'event', id: eventId });
    const sessions = await tx.events.sessions.ofEvents([eventId]);
    const ticketTypes = await tx.events.ticketTypes.ofEvent(eventId);
    // Maps are given to sessions under the event's lock too.
    const seats = await seatProblems(context, sessions, ticketTypes);
    const taxes = await tx.pricing.taxes.ofOrganizer(was.organizerId);
    const fees = await tx.pricing.fees.ofEvent(eventId);
    const problems = [...seats, ...taxProblems({ ticketTypes, fees }, taxes)];
    const next = publish(was, { sessions, ticketTypes }, now, problems);
    if (isRefusal(next)) return next;
    await tx.events.events.save(next, was);
    const published = eventResource({ ...next, revision: was.revision + 1 }, sessions);
    emit({
      type: 'event.published',
      organizerId: was.organizerId,
      eventId,
      subject: eventId,
      data: published,
    });
    return published;
  },
});
