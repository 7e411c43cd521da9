import type {
  ClaimedSeats,
  LiveSeats,
  SeatChange,
  SeatGroup,
  SeatingRecord,
  SeatingWrites,
  SeatMapDocument,
  SeatMapRecord,
  SeatsAt,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';
import {
  defineTable,
  type FilterOf,
  insertOf,
  insertsOf,
  leads,
  statementsOf,
  writesOf,
} from '../table.ts';

const maps = defineTable<SeatMapRecord>('seat_maps', {
  id: 'text',
  organizerId: 'text',
  name: 'text',
  seats: 'integer',
  generalPlaces: 'integer',
  createdAt: 'instant',
});

interface DocumentRow {
  readonly id: string;
  readonly document: SeatMapDocument;
}
const documents = defineTable<DocumentRow>('seat_map_documents', { id: 'text', document: 'json' });

const seatings = defineTable<SeatingRecord>('seatings', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  seatMapId: 'text',
  pools: 'json',
  revision: 'integer',
});

const groups = columnsOf<SeatGroup>({ state: 'text', seats: 'text' });
const seatsOfInstant = columnsOf<SeatsAt>({ state: 'text', expiresAt: 'instant', seats: 'text' });
const lives = columnsOf<LiveSeats>({ expiresAt: 'instant', seats: 'text' });
const claimed = columnsOf<ClaimedSeats>({ sessionId: 'text', seats: 'integer' });
const changes = columnsOf<SeatChange>({
  targetId: 'text',
  seat: 'integer',
  expiresAt: 'instant',
  releasedAt: 'instant',
});

/** The session of a target. */
const SESSION = 'substr(target_id, 1, 30)';
/** Where the seat begins in a target: after `ses_`, 26 characters and a colon. */
const SEAT = 'substr(target_id, 32)';
/** Word for word the condition of the indexes, so that a planner knows that they serve. */
const OF_SEATS = "substr(target_id, 1, 4) = 'ses_'";

export function seatingStore(dialect: Dialect): (sql: Sql) => SeatingWrites {
  const mapVerbs = insertsOf<SeatMapRecord, FilterOf<SeatingWrites['maps']>>(dialect, maps, {
    organizerId: leads('organizer_id'),
  });
  const insertDocument = insertOf(dialect, documents);
  const seatingVerbs = writesOf<SeatingRecord, object>(dialect, seatings, {});
  const seating = statementsOf(dialect, seatings);
  const lock = (how: string) => `${seating.select} WHERE ${dialect.among('id')} ORDER BY id ${how}`;
  const findForClaims = lock(dialect.forPresence);
  const findAlone = lock(dialect.forAlone);
  const claims = dialect.table('claims');
  const document = `SELECT id, document FROM ${dialect.table(documents.name)} WHERE id = ?`;
  const live = `event_id = ? AND target_id > ? AND target_id < ?
    AND released_at IS NULL AND ${OF_SEATS}`;
  const seatGroups = `SELECT state, string_agg(seat, ',') AS seats FROM (
      SELECT CASE WHEN paid_at IS NOT NULL THEN 'sold'
                  WHEN expires_at IS NULL THEN 'blocked' ELSE 'held' END AS state,
             ${SEAT} AS seat
      FROM ${claims} WHERE ${live} AND (expires_at IS NULL OR expires_at > ?)) AS taken
    GROUP BY state ORDER BY state`;
  // Like `unitsAt` of pools: what was paid later than the instant counts as held.
  const seatsAt = `SELECT state, expires_at, string_agg(seat, ',') AS seats FROM (
      SELECT CASE WHEN paid_at <= ? THEN 'sold'
                  WHEN paid_at IS NULL AND expires_at IS NULL THEN 'blocked' ELSE 'held' END AS state,
             expires_at, ${SEAT} AS seat
      FROM ${claims} WHERE event_id = ? AND target_id > ? AND target_id < ? AND ${OF_SEATS}
        AND claimed_at <= ? AND (released_at IS NULL OR released_at > ?)
        AND (expires_at IS NULL OR expires_at > ?)) AS taken
    GROUP BY state, expires_at ORDER BY state, expires_at`;
  const liveSeats = `SELECT expires_at, string_agg(${SEAT}, ',') AS seats
    FROM ${claims} WHERE ${live} GROUP BY expires_at`;
  const change = `SELECT target_id, ${SEAT} AS seat, expires_at, released_at FROM ${claims}
    WHERE event_id = ? AND ${OF_SEATS}`;
  const ofSession = 'target_id > ? AND target_id < ?';
  const changedSeats = `${change} AND claimed_at >= ? AND ${ofSession}
    UNION ALL ${change} AND released_at IS NOT NULL AND released_at >= ? AND ${ofSession}`;
  const claimsOnSeats = `${change} AND released_at IS NULL AND ${dialect.among('target_id')}`;
  const claimedSeats = `SELECT ${SESSION} AS session_id, count(*) AS seats FROM ${claims}
    WHERE event_id = ? AND ${OF_SEATS} AND released_at IS NULL
      AND (expires_at IS NULL OR expires_at > ?) AND ${dialect.among(SESSION)}
    GROUP BY ${SESSION} ORDER BY ${SESSION}`;
  /** Every target of the session lies between these: `;` is the character after `:`. */
  const within = (sessionId: string) => [`${sessionId}:`, `${sessionId};`];

  return (sql) => ({
    maps: {
      ...mapVerbs(sql),
      async document(id) {
        const [row] = await sql.rows<DocumentRow>(documents.columns, document, [id]);
        return row?.document;
      },
      keepDocument: (id, whole) => insertDocument(sql)([{ id, document: whole }]),
    },
    seatings: {
      ...seatingVerbs(sql),
      findForClaims: (ids) =>
        sql.rows<SeatingRecord>(seatings.columns, findForClaims, [dialect.list(ids)]),
      findAlone: (ids) => sql.rows<SeatingRecord>(seatings.columns, findAlone, [dialect.list(ids)]),
    },
    async claimedSeats(eventId, sessionIds, now) {
      if (sessionIds.length === 0) return [];
      return sql.rows<ClaimedSeats>(claimed, claimedSeats, [
        eventId,
        now,
        dialect.list(sessionIds),
      ]);
    },
    seatGroups: (eventId, sessionId, now) =>
      sql.rows<SeatGroup>(groups, seatGroups, [eventId, ...within(sessionId), now]),
    seatsAt: (eventId, sessionId, at) =>
      sql.rows<SeatsAt>(seatsOfInstant, seatsAt, [at, eventId, ...within(sessionId), at, at, at]),
    liveSeats: (eventId, sessionId) =>
      sql.rows<LiveSeats>(lives, liveSeats, [eventId, ...within(sessionId)]),
    async changedSeats(eventId, sessionId, since) {
      const one = [eventId, since, ...within(sessionId)];
      return sql.rows<SeatChange>(changes, changedSeats, [...one, ...one]);
    },
    async claimsOnSeats(eventId, targetIds) {
      if (targetIds.length === 0) return [];
      return sql.rows<SeatChange>(changes, claimsOnSeats, [eventId, dialect.list(targetIds)]);
    },
  });
}
