import { type CheckinWrites, LostRace, type ScanRecord } from '@ticketi/core';
import type { Dialect } from '../dialect/dialect.ts';
import { inEvent, turns, writing } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import { defineTable, type FilterOf, insertsOf, leads, statementsOf } from '../table.ts';

const scans = defineTable<ScanRecord>('scans', {
  id: 'text',
  scanId: 'text',
  organizerId: 'text',
  eventId: 'text',
  codeDigest: 'text',
  admitted: 'boolean',
  reason: 'text',
  why: 'text',
  ticketId: 'text',
  holderName: 'text',
  ticketName: 'text',
  gate: 'text',
  firstAdmittedAt: 'instant',
  firstAdmittedGate: 'text',
  at: 'instant',
});

export function checkinStore(dialect: Dialect): (sql: Sql) => CheckinWrites {
  const verbs = insertsOf<ScanRecord, FilterOf<CheckinWrites['scans']>>(dialect, scans, {
    ticketId: leads('ticket_id'),
    eventId: leads('event_id'),
  });
  const scan = statementsOf(dialect, scans);
  // WHERE true: without it SQLite takes ON for the condition of a join.
  const insertNew = scan.insert(' WHERE true ON CONFLICT DO NOTHING');

  const insert = writing<ScanRecord>(turns.write, (sql, rows) =>
    sql.send(...insertNew(rows), (inserted) => {
      if (inserted < rows.length) throw new LostRace('A scan id was used meanwhile.');
    }),
  );
  const byScanId = inEvent<{ eventId: string; scanId: string }, ScanRecord | undefined>(
    turns.read,
    async (sql, eventId, asked) => {
      const rows = await sql.rows<ScanRecord>(
        scans.columns,
        `${scan.select} WHERE event_id = ? AND ${dialect.among('scan_id')}`,
        [eventId, dialect.list(asked.map(({ scanId }) => scanId))],
      );
      const byId = new Map(rows.map((row) => [row.scanId, row]));
      return asked.map(({ scanId }) => byId.get(scanId));
    },
  );

  return (sql) => ({
    scans: {
      ...verbs(sql),
      insert: (rows) => sql.ask(insert, rows),
      findByScanId: (eventId, scanId) => sql.ask(byScanId, { eventId, scanId }),
    },
  });
}
