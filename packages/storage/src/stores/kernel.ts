import type { IdempotencyRecord, WriteTx } from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';
import { defineTable, statementsOf } from '../table.ts';

const answers = defineTable<IdempotencyRecord>('idempotency', {
  id: 'text',
  inputHash: 'text',
  output: 'json',
  createdAt: 'instant',
  expiresAt: 'instant',
});

export function idempotencyStore(dialect: Dialect): (sql: Sql) => WriteTx['idempotency'] {
  const answer = statementsOf(dialect, answers);
  // WHERE true: without it SQLite takes ON for the condition of a join.
  const keep = answer.insert(` WHERE true
    ON CONFLICT (id) DO UPDATE SET
      input_hash = excluded.input_hash, output = excluded.output,
      created_at = excluded.created_at, expires_at = excluded.expires_at
    WHERE ${answer.at}.expires_at <= ?`);

  return (sql) => ({
    async find(ids, now) {
      if (ids.length === 0) return [];
      return sql.rows<IdempotencyRecord>(
        answers.columns,
        `${answer.select} WHERE ${dialect.among('id')} AND expires_at > ?`,
        [dialect.list(ids), now],
      );
    },
    async insert(rows, now) {
      if (rows.length === 0) return 0;
      return sql.run(...keep(rows, [now]));
    },
    // What somebody else deletes or answers anew in the same moment is passed over.
    sweep: (now, limit) =>
      sql.run(
        `DELETE FROM ${answer.at} WHERE expires_at <= ? AND id IN (
           SELECT id FROM ${answer.at} WHERE expires_at <= ? ORDER BY expires_at LIMIT ? ${dialect.forUpdateSkipLocked})`,
        [now, now, limit],
      ),
  });
}

interface LeaseRow {
  readonly name: string;
  readonly until: string;
}

const leases = defineTable<LeaseRow>('leases', { name: 'text', until: 'instant' });
const leaseNames = columnsOf<{ name: string }>({ name: 'text' });

export function leaseStore(dialect: Dialect): (sql: Sql) => WriteTx['leases'] {
  const lease = statementsOf(dialect, leases);
  const take = lease.insert(` WHERE true
    ON CONFLICT (name) DO UPDATE SET until = excluded.until
    WHERE ${lease.at}.until <= ?
    RETURNING name`);

  return (sql) => ({
    async take(names, until, now) {
      if (names.length === 0) return [];
      // In one order, as everybody locks them.
      const rows = [...new Set(names)].sort().map((name) => ({ name, until }));
      const taken = await sql.rows<{ name: string }>(leaseNames, ...take(rows, [now]));
      return taken.map(({ name }) => name).sort();
    },
    async drop(names, until) {
      if (names.length === 0) return;
      await sql.run(`DELETE FROM ${lease.at} WHERE ${dialect.among('name')} AND until = ?`, [
        dialect.list(names),
        until,
      ]);
    },
    // No index: one would cost each lease, and those that are live are few. What somebody takes
    // in the same moment is passed over.
    sweep: (now, limit) =>
      sql.run(
        `DELETE FROM ${lease.at} WHERE until <= ? AND name IN (
           SELECT name FROM ${lease.at} WHERE until <= ? LIMIT ? ${dialect.forUpdateSkipLocked})`,
        [now, now, limit],
      ),
  });
}

const secretColumns = columnsOf<{ secret: string }>({ secret: 'text' });

/** One row at most, under one id. */
export function secretStore(dialect: Dialect): (sql: Sql) => WriteTx['secrets'] {
  const at = dialect.table('secrets');
  return (sql) => {
    const find = async () => {
      const [row] = await sql.rows<{ secret: string }>(
        secretColumns,
        `SELECT secret FROM ${at} WHERE id = 'secret'`,
      );
      return row?.secret;
    };
    return {
      find,
      async keep(secret, now) {
        await sql.run(
          `INSERT INTO ${at} (id, secret, created_at) VALUES ('secret', ?, ?) ON CONFLICT (id) DO NOTHING`,
          [secret, now],
        );
        return (await find()) ?? secret;
      },
    };
  };
}
