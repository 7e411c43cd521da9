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

const AuditEntry = z
  .object({
    id: idOf('aud'),
    operation: z.string(),
    actor: z.string(),
    eventId: EventId.nullable(),
    subjects: z.array(z.object({ type: z.string(), subject: z.string() })),
    at: Instant,
  })
  .meta({ id: 'AuditEntry', description: 'Who did what when.' });

export const listAudit = read({
  name: 'audit.list',
  summary: 'Who did what at an organizer, newest first.',
  input: z.strictObject({ organizerId: OrganizerId, eventId: EventId.optional(), ...pageInput }),
  output: pageOf(AuditEntry, 'AuditPage'),
  allow: members('manage_members', namedOrganizer),
  run: async ({ tx }, { limit, cursor, ...filter }) => {
    const page = pageRequest({ limit, cursor });
    if (isRefusal(page)) return page;
    const { items, nextCursor } = await tx.audit.list(filter, page);
    return {
      items: items.map(({ id, operation, actor, eventId, subjects, at }) => ({
        id,
        operation,
        actor,
        eventId,
        subjects: subjects.map(({ type, subject }) => ({ type, subject })),
        at,
      })),
      nextCursor,
    };
  },
});
