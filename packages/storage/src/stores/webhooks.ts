import type { AuditRecord, AuditWrites, OutboxRecord, OutboxWrites } from '@ticketi/core';
import type { Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';
import { defineTable, equals, type FilterOf, insertOf, leads, readsOf } from '../table.ts';

const outbox = defineTable<OutboxRecord>('outbox', {
  id: 'text',
  type: 'text',
  version: 'integer',
  organizerId: 'text',
  eventId: 'text',
  subject: 'text',
  actor: 'text',
  at: 'instant',
  data: 'json',
});

const audit = defineTable<AuditRecord>('audit', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  operation: 'text',
  actor: 'text',
  subjects: 'json',
  at: 'instant',
});

export function outboxStore(dialect: Dialect): (sql: Sql) => OutboxWrites {
  const reads = readsOf<OutboxRecord, FilterOf<OutboxWrites>>(dialect, outbox, {
    subject: leads('subject'),
    eventId: leads('event_id'),
    organizerId: leads('organizer_id'),
    type: equals('type'),
  });
  const append = insertOf(dialect, outbox);
  return (sql) => ({ ...reads(sql), append: append(sql) });
}

export function auditStore(dialect: Dialect): (sql: Sql) => AuditWrites {
  const reads = readsOf<AuditRecord, FilterOf<AuditWrites>>(dialect, audit, {
    eventId: leads('event_id'),
    organizerId: leads('organizer_id'),
  });
  const append = insertOf(dialect, audit);
  return (sql) => ({ ...reads(sql), append: append(sql) });
}
