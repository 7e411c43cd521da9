import type { RevocationRecord, TicketWrites } from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';
import { defineTable, type FilterOf, insertsOf, leads, statementsOf } from '../table.ts';

type RevocationWrites = TicketWrites['revocations'];

const revocations = defineTable<RevocationRecord>('revocations', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  reason: 'text',
  issue: 'integer',
  revokedAt: 'instant',
  sequence: 'integer',
});

const eventIds = columnsOf<{ eventId: string }>({ eventId: 'text' });
const heads = columnsOf<{ lastNumber: number }>({ lastNumber: 'integer' });

interface WrongNumbers {
  readonly eventId: string;
  readonly numbered: number;
  readonly last: number;
}
const wrongNumbers = columnsOf<WrongNumbers>({
  eventId: 'text',
  numbered: 'integer',
  last: 'integer',
});

export function revocationStore(dialect: Dialect): (sql: Sql) => RevocationWrites {
  const verbs = insertsOf<RevocationRecord, FilterOf<RevocationWrites>>(dialect, revocations, {
    eventId: leads('event_id'),
  });
  const { at, select } = statementsOf(dialect, revocations);
  const headsAt = dialect.table('revocation_heads');

  return (sql) => ({
    ...verbs(sql),
    numbered: (eventId, after, limit) =>
      sql.rows<RevocationRecord>(
        revocations.columns,
        `${select} WHERE event_id = ? AND sequence IS NOT NULL AND sequence > ?
         ORDER BY event_id, sequence LIMIT ?`,
        [eventId, after, limit],
      ),
    unnumbered: (eventId, after, limit) =>
      sql.rows<RevocationRecord>(
        revocations.columns,
        `${select} WHERE event_id = ? AND sequence IS NULL AND id > ?
         ORDER BY event_id, id LIMIT ?`,
        [eventId, after ?? '', limit],
      ),
    wrongNumbers: () =>
      sql.rows<WrongNumbers>(
        wrongNumbers,
        `SELECT n.event_id AS event_id, n.numbered AS numbered, coalesce(h.last_number, 0) AS last
         FROM (SELECT event_id, count(*) AS numbered, max(sequence) AS highest FROM ${at}
               WHERE sequence IS NOT NULL GROUP BY event_id) AS n
         LEFT JOIN ${headsAt} AS h ON h.event_id = n.event_id
         WHERE n.numbered <> n.highest OR h.last_number IS NULL OR h.last_number <> n.highest
         ORDER BY n.event_id`,
      ),
    async eventsToNumber(limit) {
      const rows = await sql.rows<{ eventId: string }>(
        eventIds,
        `SELECT DISTINCT event_id FROM (
           SELECT event_id FROM ${at} WHERE sequence IS NULL ORDER BY event_id, id LIMIT ?) AS first
         ORDER BY event_id`,
        [limit],
      );
      return rows.map(({ eventId }) => eventId);
    },
    async lockHead(eventId) {
      // An update of nothing locks the row that is there; who comes first inserts it.
      const [head] = await sql.rows<{ lastNumber: number }>(
        heads,
        `INSERT INTO ${headsAt} AS h (event_id, last_number) VALUES (?, 0)
         ON CONFLICT (event_id) DO UPDATE SET last_number = h.last_number RETURNING last_number`,
        [eventId],
      );
      if (head === undefined) throw new Error('A list of revocations has no head.');
      return head.lastNumber;
    },
    async number(eventId, last, limit) {
      const numbered = await sql.run(
        `UPDATE ${at} AS t SET sequence = n.sequence
         FROM (SELECT id, CAST(? AS bigint) + row_number() OVER (ORDER BY id) AS sequence
               FROM (SELECT id FROM ${at} WHERE event_id = ? AND sequence IS NULL
                     ORDER BY id LIMIT ?) AS u) AS n
         WHERE t.id = n.id AND t.event_id = ?`,
        [last, eventId, limit, eventId],
      );
      if (numbered > 0) {
        await sql.run(`UPDATE ${headsAt} SET last_number = ? WHERE event_id = ?`, [
          last + numbered,
          eventId,
        ]);
      }
      return numbered;
    },
  });
}
