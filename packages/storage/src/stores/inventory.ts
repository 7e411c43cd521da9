import {
  type ClaimRecord,
  type CounterDrift,
  type CounterRecord,
  type HoldRecord,
  type InventoryWrites,
  LostRace,
  type PoolRecord,
  type Units,
} from '@ticketi/core';
import { columnsOf, jsonRows } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';
import {
  defineTable,
  equals,
  type FilterOf,
  insertOf,
  leads,
  statementsOf,
  writesOf,
} from '../table.ts';
import { claims, counters, releasingOf, summed, unitColumns } from './claims.ts';

const pools = defineTable<PoolRecord>('pools', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  sessionId: 'text',
  name: 'text',
  revision: 'integer',
});

const holds = defineTable<HoldRecord>('holds', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  state: 'text',
  userId: 'text',
  items: 'json',
  listingId: 'text',
  quote: 'json',
  expiresAt: 'instant',
  createdAt: 'instant',
  revision: 'integer',
});

const drifts = columnsOf<CounterDrift>({
  targetId: 'text',
  claimed: 'integer',
  claims: 'integer',
});

interface Target {
  readonly eventId: string;
  readonly targetId: string;
}
const targets = columnsOf<Target>({ eventId: 'text', targetId: 'text' });

export function inventoryStore(dialect: Dialect): (sql: Sql) => InventoryWrites {
  const poolVerbs = writesOf<PoolRecord, FilterOf<InventoryWrites['pools']>>(dialect, pools, {
    eventId: leads('event_id'),
  });
  const holdVerbs = writesOf<HoldRecord, FilterOf<InventoryWrites['holds']>>(dialect, holds, {
    userId: leads('user_id'),
    eventId: leads('event_id'),
    state: equals('state'),
  });
  const releasing = releasingOf(dialect);
  const insertClaims = insertOf(dialect, claims);
  const openCounters = insertOf(dialect, counters);
  const pool = statementsOf(dialect, pools);
  const claim = statementsOf(dialect, claims);
  const counter = statementsOf(dialect, counters);
  const ofTargets = `event_id = ? AND ${dialect.among('target_id')}`;
  // The list says how many there are. Without it PostgreSQL expects a hundred rows of any JSON, and
  // reads all counters of the event to meet them.
  const addUnits = `UPDATE ${counter.at} AS c SET claimed = c.claimed + d.units
    FROM ${dialect.rowsFrom(unitColumns, 'd')}
    WHERE c.event_id = ? AND c.target_id = d.target_id AND ${dialect.among('c.target_id')}
      AND (c.capacity IS NULL OR c.claimed + d.units <= c.capacity)`;

  return (sql) => ({
    pools: {
      ...poolVerbs(sql),
      ofEvent: (eventId) =>
        sql.rows<PoolRecord>(pools.columns, `${pool.select} WHERE event_id = ? ORDER BY id`, [
          eventId,
        ]),
    },
    holds: holdVerbs(sql),
    claims: { insert: insertClaims(sql) },
    openCounters: openCounters(sql),
    ...releasing(sql),

    counters: (eventId, targetIds) =>
      sql.rows<CounterRecord>(
        counters.columns,
        `${counter.select} WHERE ${ofTargets} ORDER BY target_id`,
        [eventId, dialect.list(targetIds)],
      ),
    lockCounters: (eventId, targetIds) =>
      sql.rows<CounterRecord>(
        counters.columns,
        `${counter.select} WHERE ${ofTargets} ORDER BY target_id ${dialect.forUpdate}`,
        [eventId, dialect.list(targetIds)],
      ),
    lockEvent: (eventId) =>
      sql.rows<CounterRecord>(
        counters.columns,
        `${counter.select} WHERE event_id = ? ORDER BY target_id ${dialect.forUpdate}`,
        [eventId],
      ),
    async addUnits(eventId, units) {
      const sums = summed(units);
      if (sums.length === 0) return;
      const targetIds = dialect.list(sums.map(({ targetId }) => targetId));
      const changed = await sql.run(addUnits, [jsonRows(unitColumns, sums), eventId, targetIds]);
      if (changed < sums.length)
        throw new LostRace('A counter has no room for what it was to take.');
    },
    async resize(eventId, targetId, capacity) {
      const resize = `UPDATE ${counter.at} SET capacity = ? WHERE event_id = ? AND target_id = ?`;
      const values = [capacity, eventId, targetId];
      const changed =
        capacity === null
          ? await sql.run(resize, values)
          : await sql.run(`${resize} AND claimed <= ?`, [...values, capacity]);
      return changed === 1;
    },
    async moveExpiry(eventId, holdId, expiresAt) {
      return sql.run(
        `UPDATE ${claim.at} SET expires_at = ? WHERE event_id = ? AND hold_id = ? AND released_at IS NULL`,
        [expiresAt, eventId, holdId],
      );
    },
    claimsOfHold: (eventId, holdId) =>
      sql.rows<ClaimRecord>(
        claims.columns,
        `${claim.select} WHERE event_id = ? AND hold_id = ? ORDER BY id`,
        [eventId, holdId],
      ),

    lapsedUnits: (eventId, targetIds, now) =>
      sql.rows<Units>(
        unitColumns,
        `SELECT target_id, sum(units) AS units FROM ${claim.at}
         WHERE ${ofTargets} AND released_at IS NULL AND expires_at <= ?
         GROUP BY target_id ORDER BY target_id`,
        [eventId, dialect.list(targetIds), now],
      ),
    lapsedTargets: (now, limit) =>
      sql.rows<Target>(
        targets,
        `SELECT DISTINCT event_id, target_id FROM (
           SELECT event_id, target_id FROM ${claim.at}
           WHERE released_at IS NULL AND expires_at <= ? LIMIT ?) AS lapsed
         ORDER BY event_id, target_id`,
        [now, limit],
      ),
    counterDrift: () =>
      sql.rows<CounterDrift>(
        drifts,
        `SELECT coalesce(c.target_id, k.target_id) AS target_id,
                coalesce(c.claimed, 0) AS claimed, coalesce(k.units, 0) AS claims
         FROM ${counter.at} AS c
         FULL JOIN (SELECT event_id, target_id, sum(units) AS units FROM ${claim.at}
                    WHERE released_at IS NULL GROUP BY event_id, target_id) AS k
           ON k.event_id = c.event_id AND k.target_id = c.target_id
         WHERE c.target_id IS NULL OR c.claimed <> coalesce(k.units, 0)
         ORDER BY 1`,
      ),
  });
}
