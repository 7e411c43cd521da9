import type {
  BlockRecord,
  Capacity,
  ClaimedItems,
  CounterDrift,
  CounterRecord,
  HoldRecord,
  InventoryWrites,
  NextExpiry,
  PoolRecord,
  StrayClaims,
  Units,
  UnitsAt,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { turns } from '../gathering.ts';
import { withRows } from '../rows.ts';
import type { Sql } from '../sql.ts';
import {
  defineTable,
  equals,
  eventsOf,
  type FilterOf,
  insertOf,
  leads,
  statementsOf,
  writesOf,
} from '../table.ts';
import { claimingOf } from './claiming.ts';
import { claims, counters, releasingOf, unitColumns } from './claims.ts';

const pools = defineTable<PoolRecord>('pools', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  sessionId: 'text',
  name: 'text',
  revision: 'integer',
});

const holds = defineTable<HoldRecord>(
  'holds',
  {
    id: 'text',
    organizerId: 'text',
    eventId: 'text',
    state: 'text',
    userId: 'text',
    items: 'json',
    listingId: 'text',
    quote: 'json',
    buyerKey: 'text',
    asked: 'json',
    limits: 'json',
    expiresAt: 'instant',
    extendedAt: 'instant',
    createdAt: 'instant',
    revision: 'integer',
  },
  turns.hold,
);

const blocks = defineTable<BlockRecord>('blocks', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  poolId: 'text',
  sessionId: 'text',
  seats: 'json',
  units: 'integer',
  released: 'integer',
  reason: 'text',
  codeId: 'text',
  state: 'text',
  createdAt: 'instant',
  releasedAt: 'instant',
  revision: 'integer',
});

const drifts = columnsOf<CounterDrift>({
  targetId: 'text',
  claimed: 'integer',
  claims: 'integer',
});

const unitsAt = columnsOf<UnitsAt>({
  targetId: 'text',
  held: 'integer',
  sold: 'integer',
  blocked: 'integer',
  lapsed: 'integer',
});

const nextExpiries = columnsOf<NextExpiry>({
  targetId: 'text',
  expiresAt: 'instant',
  units: 'integer',
});

const strays = columnsOf<StrayClaims>({
  claimantId: 'text',
  state: 'text',
  claims: 'integer',
});

const capacityColumns = columnsOf<Capacity>({ targetId: 'text', capacity: 'integer' });

const claimedItems = columnsOf<ClaimedItems>({ targetId: 'text', items: 'json' });

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
  const blockVerbs = writesOf<BlockRecord, FilterOf<InventoryWrites['blocks']>>(dialect, blocks, {
    codeId: equals('code_id'),
    eventId: leads('event_id'),
    state: equals('state'),
  });
  const blocksAt = dialect.table(blocks.name);
  const releasing = releasingOf(dialect);
  const claiming = claimingOf(dialect);
  const insertClaims = insertOf(dialect, claims);
  const openCounters = insertOf(dialect, counters);
  const pool = statementsOf(dialect, pools);
  const hold = statementsOf(dialect, holds);
  const claim = statementsOf(dialect, claims);
  const counter = statementsOf(dialect, counters);
  const ofTargets = `event_id = ? AND ${dialect.among('target_id')}`;
  const unpaidUnits = (expires: '<=' | '>') =>
    `SELECT target_id, sum(units) AS units FROM ${claim.at}
     WHERE ${ofTargets} AND released_at IS NULL AND expires_at ${expires} ?
     GROUP BY target_id ORDER BY target_id`;
  // WHERE true: without it SQLite takes ON for the condition of a join. ORDER BY besides the order
  // of the rows: what is inserted first is locked first, and no plan may choose otherwise.
  const ensureCounters = counter.insert(` WHERE true ORDER BY d.target_id
    ON CONFLICT (event_id, target_id) DO NOTHING`);
  const follow = withRows<Capacity>(
    dialect,
    capacityColumns,
    (from) => `UPDATE ${counter.at} AS c
      SET capacity = CASE WHEN d.capacity < c.claimed THEN c.claimed ELSE d.capacity END
      FROM ${from}
      WHERE c.event_id = ? AND c.target_id = d.target_id AND ${dialect.among('c.target_id')}`,
  );

  const holdEvents = eventsOf(dialect, holds);
  return (sql) => ({
    pools: {
      ...poolVerbs(sql),
      ofEvent: (eventId) =>
        sql.rows<PoolRecord>(pools.columns, `${pool.select} WHERE event_id = ? ORDER BY id`, [
          eventId,
        ]),
    },
    holds: { ...holdVerbs(sql), eventsOf: holdEvents(sql) },
    blocks: blockVerbs(sql),
    claims: { insert: insertClaims(sql) },
    openCounters: openCounters(sql),
    ...releasing(sql),
    ...claiming(sql),

    counters: (eventId, targetIds) =>
      sql.rows<CounterRecord>(
        counters.columns,
        `${counter.select} WHERE ${ofTargets} ORDER BY target_id`,
        [eventId, dialect.list(targetIds)],
      ),
    claimedItems: (eventId, targetIds, now) =>
      sql.rows<ClaimedItems>(
        claimedItems,
        `SELECT DISTINCT c.target_id, CAST(h.items AS text) AS items
         FROM ${claim.at} AS c LEFT JOIN ${hold.at} AS h ON h.id = c.claimant_id
         WHERE c.event_id = ? AND ${dialect.among('c.target_id')} AND c.released_at IS NULL
           AND (c.expires_at IS NULL OR c.expires_at > ?)
         ORDER BY c.target_id, 2`,
        [eventId, dialect.list(targetIds), now],
      ),
    lockEvent: (eventId) =>
      sql.rows<CounterRecord>(
        counters.columns,
        `${counter.select} WHERE event_id = ? ORDER BY target_id ${dialect.forUpdate}`,
        [eventId],
      ),
    async ensureCounters(rows) {
      if (rows.length === 0) return;
      const ascending = [...rows].sort((a, b) => (a.targetId < b.targetId ? -1 : 1));
      await sql.run(...ensureCounters(ascending));
    },
    async followCapacities(eventId, capacities) {
      if (capacities.length === 0) return;
      const targetIds = dialect.list(capacities.map(({ targetId }) => targetId));
      await sql.run(...follow(capacities, [eventId, targetIds]));
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
    lapsedUnits: (eventId, targetIds, now) =>
      sql.rows<Units>(unitColumns, unpaidUnits('<='), [eventId, dialect.list(targetIds), now]),
    heldUnits: (eventId, targetIds, now) =>
      sql.rows<Units>(unitColumns, unpaidUnits('>'), [eventId, dialect.list(targetIds), now]),
    // A claim that nobody paid and that never lapses is a block's. One that was paid later than the
    // instant has lost the expiry that it had then: it counts as held.
    unitsAt: (eventId, targetIds, at) => {
      const of = (kind: string) =>
        `sum(CASE WHEN kind = '${kind}' THEN units ELSE 0 END) AS ${kind}`;
      return sql.rows<UnitsAt>(
        unitsAt,
        `SELECT target_id, ${['held', 'sold', 'blocked', 'lapsed'].map(of).join(', ')} FROM (
           SELECT target_id, units,
                  CASE WHEN paid_at <= ? THEN 'sold'
                       WHEN paid_at IS NULL AND expires_at IS NULL THEN 'blocked'
                       WHEN expires_at <= ? THEN 'lapsed'
                       ELSE 'held' END AS kind
           FROM ${claim.at}
           WHERE ${ofTargets} AND claimed_at <= ? AND (released_at IS NULL OR released_at > ?)
         ) AS claimed GROUP BY target_id ORDER BY target_id`,
        [at, at, eventId, dialect.list(targetIds), at, at],
      );
    },
    nextExpiries: (eventId, targetIds, at) =>
      sql.rows<NextExpiry>(
        nextExpiries,
        `SELECT c.target_id, c.expires_at, sum(c.units) AS units
         FROM (SELECT target_id, min(expires_at) AS expires_at FROM ${claim.at}
               WHERE ${ofTargets} AND released_at IS NULL AND expires_at > ?
               GROUP BY target_id) AS first
         JOIN ${claim.at} AS c ON c.event_id = ? AND c.target_id = first.target_id
           AND c.expires_at = first.expires_at AND c.released_at IS NULL
         GROUP BY c.target_id, c.expires_at ORDER BY c.target_id`,
        [eventId, dialect.list(targetIds), at, eventId],
      ),
    blockedUnits: (eventId) =>
      sql.rows<Units>(
        unitColumns,
        `SELECT pool_id AS target_id, sum(units - released) AS units FROM ${blocksAt}
         WHERE event_id = ? AND state = 'active' AND pool_id IS NOT NULL GROUP BY pool_id ORDER BY pool_id`,
        [eventId],
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
    strayClaims: () =>
      sql.rows<StrayClaims>(
        strays,
        `SELECT claimant_id, state, count(*) AS claims FROM (
           SELECT c.claimant_id,
                  CASE WHEN b.id IS NOT NULL THEN b.state
                       WHEN h.id IS NULL THEN 'missing'
                       WHEN h.state = 'ordered' THEN coalesce(o.state, 'missing')
                       ELSE h.state END AS state
           FROM ${claim.at} AS c
           LEFT JOIN ${dialect.table(holds.name)} AS h ON h.id = c.claimant_id
           LEFT JOIN ${blocksAt} AS b ON b.id = c.claimant_id
           LEFT JOIN ${dialect.table('orders')} AS o ON o.hold_id = h.id
           WHERE c.released_at IS NULL) AS live
         WHERE state NOT IN ('active', 'pending', 'paid')
         GROUP BY claimant_id, state ORDER BY claimant_id`,
      ),
  });
}
