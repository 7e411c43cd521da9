import * as z from 'zod';
import {
  everyone,
  InstantInput,
  isRefusal,
  notFound,
  pageInput,
  pageOf,
  pageRequest,
  read,
} from '../../kernel/index.ts';
import { maySee } from '../access.ts';
import { EventId, Session } from '../event.ts';
import { sessionResource } from '../resource.ts';
import { SeriesId } from '../series.ts';

export const listSessions = read({
  name: 'sessions.list',
  summary: 'The sessions of an event, by their start.',
  input: z.strictObject({
    eventId: EventId,
    seriesId: SeriesId.optional(),
    endsAfter: InstantInput.optional().meta({
      description: 'Only sessions that are not over at this moment.',
    }),
    ...pageInput,
  }),
  output: pageOf(Session, 'SessionPage'),
  allow: everyone,
  run: async (context, { limit, cursor, ...filter }) => {
    const { tx } = context;
    const page = pageRequest({ limit, cursor });
    if (isRefusal(page)) return page;
    const event = await tx.events.events.find(filter.eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: filter.eventId });
    }
    const { items, nextCursor } = await tx.events.sessions.timetable(filter, page);
    return { items: items.map(sessionResource), nextCursor };
  },
});
