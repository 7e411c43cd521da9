import {
  type ClaimRecord,
  type CounterRecord,
  type InventoryWrites,
  LostRace,
  type Units,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { inEvent, turns } from '../gathering.ts';
import { withRows } from '../rows.ts';
import type { Sql } from '../sql.ts';
import { statementsOf } from '../table.ts';
import { claims, counters, summed, unitColumns } from './claims.ts';

interface Claimant {
  readonly claimantId: string;
}
const claimantColumns = columnsOf<Claimant>({ claimantId: 'text' });

interface OfClaimant extends Claimant {
  readonly eventId: string;
}
interface NewExpiry extends OfClaimant {
  readonly expiresAt: string | null;
  readonly now: string;
}
interface OfTargets {
  readonly eventId: string;
  readonly targetIds: readonly string[];
}
interface MoreUnits {
  readonly eventId: string;
  readonly units: readonly Units[];
}

type Claiming = Pick<InventoryWrites, 'claimsOf' | 'moveExpiry' | 'lockCounters' | 'addUnits'>;

/** The verbs by which claims are made and kept: what the commands of a batch ask together. */
export function claimingOf(dialect: Dialect): (sql: Sql) => Claiming {
  const claim = statementsOf(dialect, claims);
  const counter = statementsOf(dialect, counters);
  // The list says how many there are. Without it PostgreSQL may expect many more, and read all
  // counters of the event to meet them.
  const addUnits = withRows<Units>(
    dialect,
    unitColumns,
    (from) => `UPDATE ${counter.at} AS c SET claimed = c.claimed + d.units FROM ${from}
      WHERE c.event_id = ? AND c.target_id = d.target_id AND ${dialect.among('c.target_id')}
        AND (c.capacity IS NULL OR c.claimed + d.units <= c.capacity)`,
  );

  const claimsOf = inEvent<OfClaimant, ClaimRecord[]>(turns.read, async (sql, eventId, asked) => {
    const rows = await sql.rows<ClaimRecord>(
      claims.columns,
      `${claim.select} WHERE event_id = ? AND ${dialect.among('claimant_id')} ORDER BY id`,
      [eventId, dialect.list(asked.map(({ claimantId }) => claimantId))],
    );
    const byClaimant = Map.groupBy(rows, ({ claimantId }) => claimantId);
    return asked.map(({ claimantId }) => byClaimant.get(claimantId) ?? []);
  });
  const moveExpiry = inEvent<NewExpiry, number>(turns.claim, async (sql, eventId, asked) => {
    const moved = new Map<string, number>();
    for (const [expiresAt, alike] of Map.groupBy(asked, (own) => own.expiresAt)) {
      const rows = await sql.rows<Claimant>(
        claimantColumns,
        `UPDATE ${claim.at} SET expires_at = ?, paid_at = ?
         WHERE event_id = ? AND ${dialect.among('claimant_id')} AND released_at IS NULL
         RETURNING claimant_id`,
        [
          expiresAt,
          expiresAt === null ? (alike[0]?.now ?? null) : null,
          eventId,
          dialect.list(alike.map(({ claimantId }) => claimantId)),
        ],
      );
      for (const { claimantId } of rows) moved.set(claimantId, (moved.get(claimantId) ?? 0) + 1);
    }
    return asked.map(({ claimantId }) => moved.get(claimantId) ?? 0);
  });
  const lockCounters = inEvent<OfTargets, CounterRecord[]>(
    turns.counter,
    async (sql, eventId, asked) => {
      const rows = await sql.rows<CounterRecord>(
        counters.columns,
        `${counter.select} WHERE event_id = ? AND ${dialect.among('target_id')} ORDER BY target_id ${dialect.forUpdate}`,
        [eventId, dialect.list([...new Set(asked.flatMap(({ targetIds }) => targetIds))])],
      );
      return asked.map(({ targetIds }) => {
        const wanted = new Set(targetIds);
        return rows.filter(({ targetId }) => wanted.has(targetId));
      });
    },
  );
  const addToCounters = inEvent<MoreUnits, void>(turns.write, async (sql, eventId, asked) => {
    const sums = summed(asked.flatMap(({ units }) => units));
    if (sums.length > 0) {
      const targetIds = dialect.list(sums.map(({ targetId }) => targetId));
      await sql.send(...addUnits(sums, [eventId, targetIds]), (changed) => {
        if (changed === sums.length) return;
        throw new LostRace('A counter has no room for what it was to take.');
      });
    }
    return asked.map(() => undefined);
  });

  return (sql) => ({
    claimsOf: (eventId, claimantId) => sql.ask(claimsOf, { eventId, claimantId }),
    moveExpiry: (eventId, claimantId, expiresAt, now) =>
      sql.ask(moveExpiry, { eventId, claimantId, expiresAt, now }),
    lockCounters: (eventId, targetIds) => sql.ask(lockCounters, { eventId, targetIds }),
    addUnits: (eventId, units) => sql.ask(addToCounters, { eventId, units }),
  });
}
