import { LostRace, type Storage, TicketiError, type WriteTx } from '@ticketi/core';
import type { Knex } from 'knex';
import type { Dialect } from './dialect/dialect.ts';
import { newestVersion, pendingMigrations } from './migrations/run.ts';
import { conflict } from './retry.ts';
import { type Connection, createSql, type DrivenSql, type Sql } from './sql.ts';
import { causeOf } from './transaction.ts';

export interface JoinedParts {
  readonly dialect: Dialect;
  readonly stores: (sql: Sql) => WriteTx;
  /** knex, and the connection of the host's transaction. */
  open(): Promise<{ knex: Knex; connection: Connection }>;
}

/**
 * The last transaction of ours on a connection of a host's. They go one after
 * another, as savepoints nest: of two at once, one would end inside the other.
 */
const lastOn = new WeakMap<Connection, Promise<unknown>>();

/** A storage inside a transaction of the host's; see `JoinableStorage.join`. */
export function joinedStorage({ dialect, stores, open }: JoinedParts): Storage {
  async function within<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const { knex, connection } = await open();
    const before = lastOn.get(connection);
    const run = async () => {
      await before?.catch(() => {});
      return inSavepoint(createSql(knex, dialect, connection), work);
    };
    const mine = run();
    lastOn.set(connection, mine);
    return mine;
  }

  const pending = async () => (await within(pendingMigrations)).map(({ name }) => name);

  return {
    dialect: dialect.name,
    joined: true,
    write: (work) => within((sql) => work(stores(sql))),
    read: (work) => within((sql) => work(stores(sql))),
    async migrate() {
      const missing = await pending();
      if (missing.length > 0) {
        throw new TicketiError({
          code: 'migrations_pending',
          kind: 'conflict',
          message: 'The tables are not up to date, and a joined transaction does not change them.',
          hint: 'Call migrate() on the storage itself before.',
          details: { pending: missing },
        });
      }
      return { applied: [], version: newestVersion };
    },
    pendingMigrations: pending,
    check: () => within((sql) => dialect.check(sql)),
    // The connection is the host's.
    close: async () => {},
  };
}

async function inSavepoint<T>(sql: DrivenSql, work: (sql: Sql) => Promise<T>): Promise<T> {
  await sql.control('SAVEPOINT ticketi');
  try {
    const result = await work(sql);
    await sql.settle();
    await sql.control('RELEASE SAVEPOINT ticketi');
    return result;
  } catch (error) {
    await sql.settle().catch(() => {});
    const cause = causeOf(error, sql);
    await takeBack(sql);
    throw cause instanceof LostRace ? conflict(cause) : cause;
  } finally {
    sql.end();
  }
}

/** When even this fails the host's transaction is lost, and its next statement says so. */
async function takeBack(sql: DrivenSql): Promise<void> {
  try {
    await sql.control('ROLLBACK TO SAVEPOINT ticketi');
    await sql.control('RELEASE SAVEPOINT ticketi');
  } catch {
    // What went wrong first is what the caller has to hear.
  }
}
