import * as z from 'zod';
import { given, notFound, write } from '../../kernel/index.ts';
import { membersOfEvent } from '../access.ts';
import { Event, EventId, EventLimit, Visibility } from '../event.ts';
import { eventClosed, slugTaken } from '../refusals.ts';
import { eventResource } from '../resource.ts';
import { Slug } from '../slug.ts';

export const updateEvent = write({
  name: 'events.update',
  summary:
    'Changes what is given of an event. Time zone and currency stay: prices and times mean them.',
  input: z.strictObject({
    eventId: EventId,
    name: z.string().trim().min(1).max(200).optional(),
    slug: Slug.optional(),
    description: z.string().max(20_000).optional(),
    category: z.string().trim().min(1).max(100).nullable().optional(),
    tags: z.array(z.string().trim().min(1).max(50)).max(50).optional(),
    venue: z.string().trim().min(1).max(300).nullable().optional(),
    visibility: Visibility.optional(),
    maxPerOrder: EventLimit.optional(),
    maxPerBuyer: EventLimit.optional(),
  }),
  output: Event,
  refusals: [eventClosed, slugTaken],
  allow: membersOfEvent('manage_events'),
  run: async ({ tx, emit }, { eventId, ...changes }) => {
    const found = await tx.events.events.find(eventId);
    if (found !== undefined && changes.slug !== undefined) {
      // The organizer's row is the lock under which its slugs are given out.
      await tx.organizers.organizers.findForUpdate([found.organizerId]);
    }
    const [was] = await tx.events.events.findForUpdate([eventId]);
    if (was === undefined) return notFound({ kind: 'event', id: eventId });
    if (was.state === 'cancelled' || was.state === 'completed') {
      return eventClosed({ eventId, state: was.state });
    }
    if (changes.slug !== undefined && changes.slug !== was.slug) {
      const holder = await tx.events.events.findBySlug(was.organizerId, changes.slug);
      if (holder !== undefined) return slugTaken({ slug: changes.slug });
    }
    const next = { ...was, ...given(changes) };
    await tx.events.events.save(next, was);
    const updated = eventResource(
      { ...next, revision: was.revision + 1 },
      await tx.events.sessions.ofEvents([eventId]),
    );
    emit({
      type: 'event.updated',
      organizerId: was.organizerId,
      eventId,
      subject: eventId,
      data: updated,
    });
    return updated;
  },
});
