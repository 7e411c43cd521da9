import * as z from 'zod';
import { everyone, isRefusal, pageInput, pageOf, pageRequest, read } from '../../kernel/index.ts';
import { mayAt, OrganizerId } from '../../organizers/index.ts';
import { Event, EventState } from '../event.ts';
import { eventResource } from '../resource.ts';

export const listEvents = read({
  name: 'events.list',
  summary:
    'Events, newest first: published public ones for everyone, all of an organizer for its members.',
  input: z.strictObject({
    organizerId: OrganizerId.optional(),
    state: EventState.optional(),
    ...pageInput,
  }),
  output: pageOf(Event, 'EventPage'),
  allow: everyone,
  run: async (context, { organizerId, state, ...input }) => {
    const { tx, actor } = context;
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const insider =
      actor.type === 'system' ||
      (organizerId !== undefined && (await mayAt(context, actor, organizerId, 'look_up')));
    if (!insider && state === 'draft') return { items: [], nextCursor: null };
    const { items, nextCursor } = await tx.events.events.list(
      insider
        ? { organizerId, state }
        : { organizerId, state: state ?? 'published', visibility: 'public' },
      page,
    );
    // A draft that was cancelled was never anybody's to see.
    const visible = insider ? items : items.filter(({ publishedAt }) => publishedAt !== null);
    const sessions = Map.groupBy(
      await tx.events.sessions.ofEvents(visible.map(({ id }) => id)),
      (session) => session.eventId,
    );
    return {
      items: visible.map((event) => eventResource(event, sessions.get(event.id) ?? [])),
      nextCursor,
    };
  },
});
