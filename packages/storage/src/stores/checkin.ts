import {
  type CheckinListRecord,
  type CheckinWrites,
  LostRace,
  type PassageCount,
  type PresenceCount,
  type PresenceRecord,
  type ScanRecord,
  type TicketCount,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { inEvent, turns, writing } from '../gathering.ts';
import { withRows } from '../rows.ts';
import type { Sql } from '../sql.ts';
import {
  allOf,
  defineTable,
  equals,
  type FilterOf,
  leads,
  statementsOf,
  writesOf,
} from '../table.ts';

const lists = defineTable<CheckinListRecord>('checkin_lists', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  name: 'text',
  ticketTypeIds: 'json',
  sessionIds: 'json',
  opens: 'json',
  closes: 'json',
  opensAt: 'instant',
  closesAt: 'instant',
  entries: 'json',
  exits: 'boolean',
  reentry: 'boolean',
  gates: 'json',
  archivedAt: 'instant',
  createdAt: 'instant',
  revision: 'integer',
});

const presences = defineTable<PresenceRecord>('presences', {
  organizerId: 'text',
  eventId: 'text',
  listId: 'text',
  admissionId: 'text',
  ticketTypeId: 'text',
  entries: 'integer',
  inside: 'boolean',
  firstAt: 'instant',
  firstGate: 'text',
  lastAt: 'instant',
  lastGate: 'text',
  lastDay: 'text',
  leftAt: 'instant',
  revision: 'integer',
});

const scans = defineTable<ScanRecord>(
  'scans',
  {
    id: 'text',
    scanId: 'text',
    deviceId: 'text',
    organizerId: 'text',
    eventId: 'text',
    listId: 'text',
    codeDigest: 'text',
    direction: 'text',
    admitted: 'boolean',
    reason: 'text',
    why: 'text',
    ticketId: 'text',
    admissionId: 'text',
    ticketTypeId: 'text',
    holderName: 'text',
    attendeeName: 'text',
    ticketName: 'text',
    seat: 'text',
    gate: 'text',
    lastAdmittedAt: 'instant',
    lastAdmittedGate: 'text',
    at: 'instant',
    receivedAt: 'instant',
    counts: 'boolean',
    finding: 'text',
    findingWhy: 'text',
    undoneAt: 'instant',
    undoneBy: 'text',
    undoReason: 'text',
    revision: 'integer',
  },
  turns.ticket,
);

/** A place on a list stays; all else of its presence changes. */
const FIXED = new Set(['organizer_id', 'event_id', 'list_id', 'admission_id', 'ticket_type_id']);

const scanIds = columnsOf<{ scanId: string }>({ scanId: 'text' });
const presenceCounts = columnsOf<PresenceCount>({
  listId: 'text',
  ticketTypeId: 'text',
  admitted: 'integer',
  inside: 'integer',
});
const ticketCounts = columnsOf<TicketCount>({
  ticketTypeId: 'text',
  name: 'text',
  sessionIds: 'json',
  tickets: 'integer',
});
const passageCounts = columnsOf<PassageCount>({
  listId: 'text',
  gate: 'text',
  direction: 'text',
  bucket: 'integer',
  scans: 'integer',
});

export function checkinStore(dialect: Dialect): (sql: Sql) => CheckinWrites {
  const listVerbs = writesOf<CheckinListRecord, FilterOf<CheckinWrites['lists']>>(dialect, lists, {
    eventId: leads('event_id'),
  });
  const listsOfEvent = allOf(dialect, lists, 'event_id', 'id');
  const verbs = writesOf<ScanRecord, FilterOf<CheckinWrites['scans']>>(dialect, scans, {
    admissionId: leads('admission_id'),
    eventId: leads('event_id'),
    listId: equals('list_id'),
    ticketId: equals('ticket_id'),
  });
  const scan = statementsOf(dialect, scans);
  const presence = statementsOf(dialect, presences);
  // WHERE true: without it SQLite takes ON for the condition of a join.
  const insertNew = scan.insert(' WHERE true ON CONFLICT DO NOTHING');

  const insert = writing<ScanRecord>(turns.write, (sql, rows) =>
    sql.send(...insertNew(rows), (inserted) => {
      if (inserted < rows.length) throw new LostRace('A scan id was used meanwhile.');
    }),
  );
  const scansByIds = (sql: Sql, eventId: string, scanIds: readonly string[]) =>
    sql.rows<ScanRecord>(
      scans.columns,
      `${scan.select} WHERE event_id = ? AND ${dialect.among('scan_id')} ORDER BY id`,
      [eventId, dialect.list(scanIds)],
    );
  const byScanId = inEvent<{ eventId: string; scanId: string }, ScanRecord | undefined>(
    turns.read,
    async (sql, eventId, asked) => {
      const rows = await scansByIds(
        sql,
        eventId,
        asked.map(({ scanId }) => scanId),
      );
      const byId = new Map(rows.map((row) => [row.scanId, row]));
      return asked.map(({ scanId }) => byId.get(scanId));
    },
  );
  const names = presences.columns.map(({ name }) => `"${name}"`);
  const changing = presences.columns.filter(({ name }) => !FIXED.has(name));
  const put = withRows<PresenceRecord>(
    dialect,
    presences.columns,
    (from) => `INSERT INTO ${presence.at} AS p (${names.join(', ')})
      SELECT ${names.map((name) => `d.${name}`).join(', ')} FROM ${from} WHERE true
      ON CONFLICT (event_id, list_id, admission_id) DO UPDATE SET
        ${changing.map(({ name }) => `${name} = excluded.${name}`).join(', ')}
      WHERE p.revision = excluded.revision - 1`,
  );
  const putAll = writing<PresenceRecord>(turns.write, (sql, rows) =>
    sql.send(...put(rows), (written) => {
      if (written < rows.length) throw new LostRace('Somebody else was scanned meanwhile.');
    }),
  );
  const onList = `${presence.select} WHERE event_id = ? AND list_id = ?`;
  const ticketsAt = dialect.table('tickets');

  return (sql) => ({
    lists: { ...listVerbs(sql), ofEvent: listsOfEvent(sql) },
    presences: {
      ofPlaces: (eventId, listId, admissionIds) =>
        sql.rows<PresenceRecord>(
          presences.columns,
          `${onList} AND ${dialect.among('admission_id')} ORDER BY admission_id`,
          [eventId, listId, dialect.list(admissionIds)],
        ),
      ofList: (eventId, listId, { after, limit }) =>
        sql.rows<PresenceRecord>(
          presences.columns,
          `${onList} AND admission_id > ? ORDER BY admission_id LIMIT ?`,
          [eventId, listId, after, limit],
        ),
      counts: (eventId) =>
        sql.rows<PresenceCount>(
          presenceCounts,
          `SELECT list_id, ticket_type_id,
                  sum(CASE WHEN first_at IS NULL THEN 0 ELSE 1 END) AS admitted,
                  sum(CASE WHEN inside = true THEN 1 ELSE 0 END) AS inside
           FROM ${presence.at} WHERE event_id = ?
           GROUP BY list_id, ticket_type_id ORDER BY list_id, ticket_type_id`,
          [eventId],
        ),
      put: (rows) => sql.ask(putAll, rows),
    },
    scans: {
      ...verbs(sql),
      insert: (rows) => sql.ask(insert, rows),
      findByScanId: (eventId, scanId) => sql.ask(byScanId, { eventId, scanId }),
      findByScanIds: async (eventId, scanIds) =>
        scanIds.length === 0 ? [] : scansByIds(sql, eventId, scanIds),
      admittedOf: async (eventId, admissionIds) =>
        admissionIds.length === 0
          ? []
          : sql.rows<ScanRecord>(
              scans.columns,
              `${scan.select} WHERE ${dialect.among('admission_id')} AND event_id = ? AND admitted = true ORDER BY id`,
              [dialect.list(admissionIds), eventId],
            ),
      async idsOfDevices(eventId, listId, { after, limit }) {
        const rows = await sql.rows<{ scanId: string }>(
          scanIds,
          `SELECT scan_id FROM ${scan.at}
           WHERE event_id = ? AND scan_id > ? AND scan_id LIKE '%/%' AND admitted = true
             AND ${listId === null ? 'list_id IS NULL' : '(list_id = ? OR list_id IS NULL)'}
           ORDER BY scan_id LIMIT ?`,
          [eventId, after, ...(listId === null ? [] : [listId]), limit],
        );
        return rows.map(({ scanId }) => scanId);
      },
      passages: (eventId, bucketSeconds) =>
        sql.rows<PassageCount>(
          passageCounts,
          `SELECT list_id, gate, direction, bucket, count(*) AS scans FROM (
             SELECT list_id, gate, direction, ${dialect.secondsOf('at')} / CAST(? AS bigint) AS bucket
             FROM ${scan.at} WHERE event_id = ? AND counts = true) AS passed
           GROUP BY list_id, gate, direction, bucket ORDER BY bucket, list_id, gate, direction`,
          [bucketSeconds, eventId],
        ),
    },
    expected: (eventId) =>
      sql.rows<TicketCount>(
        ticketCounts,
        `SELECT ticket_type_id, name, session_ids, count(*) AS tickets FROM (
           SELECT ticket_type_id, name, CAST(session_ids AS text) AS session_ids
           FROM ${ticketsAt} WHERE event_id = ? AND state = 'valid') AS alike
         GROUP BY ticket_type_id, name, session_ids ORDER BY ticket_type_id, name, session_ids`,
        [eventId],
      ),
  });
}
