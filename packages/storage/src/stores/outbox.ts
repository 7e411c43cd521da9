import type {
  AuditRecord,
  AuditWrites,
  CursorRecord,
  FailureRecord,
  OutboxRecord,
  OutboxWrites,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';
import {
  defineTable,
  equals,
  type FilterOf,
  insertOf,
  leads,
  readsOf,
  statementsOf,
  writesOf,
} from '../table.ts';

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
  sequence: 'integer',
});

const cursors = defineTable<CursorRecord>('outbox_cursors', {
  id: 'text',
  position: 'integer',
  leasedUntil: 'instant',
  revision: 'integer',
});

const failures = defineTable<FailureRecord>('outbox_failures', {
  id: 'text',
  subscriber: 'text',
  outboxId: 'text',
  sequence: 'integer',
  queue: 'text',
  attempts: 'integer',
  nextAttemptAt: 'instant',
  error: 'text',
  parkedAt: 'instant',
  createdAt: 'instant',
  revision: 'integer',
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

const ids = columnsOf<{ id: string }>({ id: 'text' });
const queues = columnsOf<{ queue: string }>({ queue: 'text' });
const first = columnsOf<{ first: number | null }>({ first: 'integer' });

/** More facts than transactions that are under way at the same time tell together. */
const CROSSING = 10_000;

export function outboxStore(dialect: Dialect): (sql: Sql) => OutboxWrites {
  const reads = readsOf<OutboxRecord, FilterOf<OutboxWrites>>(dialect, outbox, {
    subject: leads('subject'),
    eventId: leads('event_id'),
    organizerId: leads('organizer_id'),
    type: equals('type'),
  });
  const append = insertOf(dialect, outbox);
  const cursorVerbs = writesOf<CursorRecord, object>(dialect, cursors, {});
  const failureVerbs = writesOf<FailureRecord, FilterOf<OutboxWrites['failures']>>(
    dialect,
    failures,
    { subscriber: equals('subscriber') },
  );
  const entry = statementsOf(dialect, outbox);
  const failure = statementsOf(dialect, failures);
  // WHERE true: without it SQLite takes ON for the condition of a join.
  const beginCursor = statementsOf(dialect, cursors).insert(
    ' WHERE true ON CONFLICT (id) DO NOTHING',
  );
  const deliveries = dialect.table('webhook_deliveries');

  return (sql) => ({
    ...reads(sql),
    append: append(sql),
    after: (sequence, limit) =>
      sql.rows<OutboxRecord>(
        outbox.columns,
        `${entry.select} WHERE sequence IS NOT NULL AND sequence > ? ORDER BY sequence LIMIT ?`,
        [sequence, limit],
      ),
    async firstFrom(id) {
      const [row] = await sql.rows<{ first: number | null }>(
        first,
        // Numbers follow ids but for transactions that cross, which do not tell as many facts.
        `SELECT min(sequence) AS first
         FROM (SELECT sequence FROM ${entry.at} WHERE id >= ? ORDER BY id LIMIT ${CROSSING}) AS since`,
        [id],
      );
      return row?.first ?? undefined;
    },
    number: (after, limit) =>
      sql.run(
        `UPDATE ${entry.at} AS t SET sequence = n.sequence
         FROM (SELECT id, CAST(? AS bigint) + row_number() OVER (ORDER BY id) AS sequence
               FROM (SELECT id FROM ${entry.at} WHERE sequence IS NULL ORDER BY id LIMIT ?) AS u) AS n
         WHERE t.id = n.id`,
        [after, limit],
      ),
    async sweep(upTo, before, limit) {
      const gone = await sql.rows<{ id: string }>(
        ids,
        // Inside, what still waits holds up nothing behind it; outside, what is young ends the search.
        // Not NOT EXISTS: PostgreSQL makes a join of that, and reads all deliveries for it.
        `SELECT id FROM (
           SELECT id, at FROM ${entry.at} AS e WHERE sequence IS NOT NULL AND sequence <= ?
             AND (SELECT 1 FROM ${deliveries} AS w WHERE w.outbox_id = e.id AND w.state = 'pending' LIMIT 1) IS NULL
             AND (SELECT 1 FROM ${failure.at} AS f WHERE f.outbox_id = e.id LIMIT 1) IS NULL
           ORDER BY sequence LIMIT ?) AS first
         WHERE at < ?`,
        [upTo, limit, before],
      );
      if (gone.length === 0) return 0;
      const which = dialect.list(gone.map(({ id }) => id));
      await sql.run(`DELETE FROM ${deliveries} WHERE ${dialect.among('outbox_id')}`, [which]);
      return sql.run(`DELETE FROM ${entry.at} WHERE ${dialect.among('id')}`, [which]);
    },
    cursors: {
      ...cursorVerbs(sql),
      async begin(row) {
        await sql.run(...beginCursor([row]));
      },
    },
    failures: {
      ...failureVerbs(sql),
      due: (subscriber, now, limit) =>
        sql.rows<FailureRecord>(
          failures.columns,
          `${failure.select} AS f
           WHERE subscriber = ? AND parked_at IS NULL AND next_attempt_at <= ?
             AND NOT EXISTS (SELECT 1 FROM ${failure.at} AS e
                             WHERE e.subscriber = f.subscriber AND e.queue = f.queue AND e.parked_at IS NULL
                               AND e.sequence < f.sequence AND e.next_attempt_at > ?)
           ORDER BY queue, sequence LIMIT ?`,
          [subscriber, now, now, limit],
        ),
      async queues(subscriber) {
        const rows = await sql.rows<{ queue: string }>(
          queues,
          `SELECT DISTINCT queue FROM ${failure.at} WHERE subscriber = ? AND parked_at IS NULL`,
          [subscriber],
        );
        return rows.map(({ queue }) => queue);
      },
      unpark: (subscriber, now) =>
        sql.run(
          `UPDATE ${failure.at} SET parked_at = NULL, next_attempt_at = ?, attempts = 0, revision = revision + 1
           WHERE subscriber = ? AND parked_at IS NOT NULL`,
          [now, subscriber],
        ),
      async remove(which) {
        if (which.length === 0) return;
        await sql.run(`DELETE FROM ${failure.at} WHERE ${dialect.among('id')}`, [
          dialect.list(which),
        ]);
      },
    },
  });
}

export function auditStore(dialect: Dialect): (sql: Sql) => AuditWrites {
  const reads = readsOf<AuditRecord, FilterOf<AuditWrites>>(dialect, audit, {
    eventId: leads('event_id'),
    organizerId: leads('organizer_id'),
  });
  const append = insertOf(dialect, audit);
  return (sql) => ({ ...reads(sql), append: append(sql) });
}
