import {
  type ClaimRecord,
  type CounterRecord,
  type InventoryWrites,
  LostRace,
  type Units,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { withRows } from '../rows.ts';
import type { Sql } from '../sql.ts';
import { defineTable, statementsOf } from '../table.ts';

export const counters = defineTable<CounterRecord>('counters', {
  targetId: 'text',
  organizerId: 'text',
  eventId: 'text',
  capacity: 'integer',
  claimed: 'integer',
});

export const claims = defineTable<ClaimRecord>('claims', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  targetId: 'text',
  claimantId: 'text',
  units: 'integer',
  claimedAt: 'instant',
  expiresAt: 'instant',
  paidAt: 'instant',
  releasedAt: 'instant',
});

export const unitColumns = columnsOf<Units>({ targetId: 'text', units: 'integer' });

/** A claim that gives units back: what it keeps, or its end. */
interface Reduced {
  readonly id: string;
  readonly was: number;
  readonly keeps: number;
  readonly releasedAt: string | null;
}
const reducedColumns = columnsOf<Reduced>({
  id: 'text',
  was: 'integer',
  keeps: 'integer',
  releasedAt: 'instant',
});

/** More claims than there are. */
const ALL = Number.MAX_SAFE_INTEGER;

type Releasing = Pick<InventoryWrites, 'takeBackLapsed' | 'release' | 'giveBack'>;

/**
 * The verbs that end claims. Each looks only at claims that are not released,
 * under their locks, so no unit comes back twice; then it lowers the counters.
 */
export function releasingOf(dialect: Dialect): (sql: Sql) => Releasing {
  const at = dialect.table(claims.name);
  const claim = statementsOf(dialect, claims);
  const countersAt = dialect.table(counters.name);
  const live = 'released_at IS NULL';
  const ended = (of: string, lock: string) =>
    `UPDATE ${at} SET released_at = ?
     WHERE id IN (SELECT id FROM ${at} WHERE ${of} AND ${live} ORDER BY id ${lock}) AND ${live}
     RETURNING target_id, units`;
  const takeBackLapsed = ended(
    `event_id = ? AND ${dialect.among('target_id')} AND expires_at <= ?`,
    `LIMIT ? ${dialect.forUpdateSkipLocked}`,
  );
  const release = ended(`event_id = ? AND ${dialect.among('claimant_id')}`, dialect.forUpdate);
  const ofClaimant = `${claim.select} WHERE event_id = ? AND claimant_id = ? AND ${live} ORDER BY id ${dialect.forUpdate}`;
  const reduce = withRows<Reduced>(
    dialect,
    reducedColumns,
    (from) => `UPDATE ${at} AS c SET units = d.keeps, released_at = d.released_at FROM ${from}
      WHERE c.event_id = ? AND c.id = d.id AND ${dialect.among('c.id')}
        AND c.units = d.was AND c.${live}`,
  );
  const lock = `SELECT target_id FROM ${countersAt}
    WHERE event_id = ? AND ${dialect.among('target_id')} ORDER BY target_id ${dialect.forUpdate}`;
  const lower = withRows<Units>(
    dialect,
    unitColumns,
    (from) => `UPDATE ${countersAt} AS c SET claimed = c.claimed - d.units FROM ${from}
      WHERE c.event_id = ? AND c.target_id = d.target_id AND ${dialect.among('c.target_id')}`,
  );

  async function lowerCounters(sql: Sql, eventId: string, units: readonly Units[]) {
    if (units.length === 0) return;
    // One row cannot be locked in the wrong order; several can.
    const targetIds = dialect.list(units.map(({ targetId }) => targetId));
    if (units.length > 1) await sql.run(lock, [eventId, targetIds]);
    const lowered = await sql.run(...lower(units, [eventId, targetIds]));
    if (lowered < units.length) throw new Error(`Claims of event ${eventId} have no counter.`);
  }

  return (sql) => ({
    async takeBackLapsed(eventId, targetIds, now, limit = ALL) {
      if (targetIds.length === 0) return [];
      const values = [now, eventId, dialect.list(targetIds), now, limit];
      const freed = summed(await sql.rows<Units>(unitColumns, takeBackLapsed, values));
      await lowerCounters(sql, eventId, freed);
      return freed;
    },
    async release(eventId, claimantIds, now) {
      if (claimantIds.length === 0) return [];
      const values = [now, eventId, dialect.list(claimantIds)];
      const freed = summed(await sql.rows<Units>(unitColumns, release, values));
      await lowerCounters(sql, eventId, freed);
      return freed;
    },
    async giveBack(eventId, claimantId, units, now) {
      const back = summed(units);
      if (back.length === 0) return;
      const lives = await sql.rows<ClaimRecord>(claims.columns, ofClaimant, [eventId, claimantId]);
      const reduced = reduceClaims(lives, back, now);
      if (reduced === undefined) throw new LostRace(`${claimantId} has no such units any more.`);
      const ids = dialect.list(reduced.map(({ id }) => id));
      const changed = await sql.run(...reduce(reduced, [eventId, ids]));
      if (changed < reduced.length) throw new LostRace(`Claims of ${claimantId} were changed.`);
      await lowerCounters(sql, eventId, back);
    },
  });
}

/**
 * Takes the units off the claims, the oldest first. A claim of which nothing
 * would be left is released with the units that it had. Undefined: too few.
 */
function reduceClaims(
  lives: readonly ClaimRecord[],
  back: readonly Units[],
  now: string,
): readonly Reduced[] | undefined {
  const reduced: Reduced[] = [];
  for (const { targetId, units } of back) {
    let rest = units;
    for (const { id, units: was } of lives.filter((claim) => claim.targetId === targetId)) {
      if (rest === 0) break;
      const taken = Math.min(rest, was);
      const whole = taken === was;
      reduced.push({ id, was, keeps: whole ? was : was - taken, releasedAt: whole ? now : null });
      rest -= taken;
    }
    if (rest > 0) return undefined;
  }
  return reduced;
}

/** Units summed by target, in ascending order of targets. */
export function summed(units: readonly Units[]): Units[] {
  const sums = new Map<string, number>();
  for (const { targetId, units: more } of units) {
    sums.set(targetId, (sums.get(targetId) ?? 0) + more);
  }
  return [...sums]
    .map(([targetId, sum]) => ({ targetId, units: sum }))
    .filter(({ units: sum }) => sum !== 0)
    .sort((a, b) => (a.targetId < b.targetId ? -1 : 1));
}
