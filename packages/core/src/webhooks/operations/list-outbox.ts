import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import {
  Instant,
  idOf,
  isRefusal,
  pageInput,
  pageOf,
  pageRequest,
  read,
} from '../../kernel/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';

const OutboxEntry = z
  .object({
    id: idOf('obx'),
    type: z.string(),
    version: z.int(),
    eventId: EventId.nullable(),
    subject: z.string(),
    actor: z.string(),
    at: Instant,
    data: z.looseObject({}).meta({ description: 'The record after the change.' }),
  })
  .meta({ id: 'OutboxEntry', description: 'A committed fact.' });

export const listOutbox = read({
  name: 'outbox.list',
  summary: 'What happened at an organizer, newest first: one entry for every committed fact.',
  input: z.strictObject({
    organizerId: OrganizerId,
    eventId: EventId.optional(),
    type: z.string().max(100).optional(),
    subject: z.string().max(100).optional(),
    ...pageInput,
  }),
  output: pageOf(OutboxEntry, 'OutboxPage'),
  allow: members('manage_events', namedOrganizer),
  run: async ({ tx }, { limit, cursor, ...filter }) => {
    const page = pageRequest({ limit, cursor });
    if (isRefusal(page)) return page;
    const { items, nextCursor } = await tx.outbox.list(filter, page);
    return {
      items: items.map(({ id, type, version, eventId, subject, actor, at, data }) => ({
        id,
        type,
        version,
        eventId,
        subject,
        actor,
        at,
        data: { ...data },
      })),
      nextCursor,
    };
  },
});
