import { CommitUncertain } from '@ticketi/core';
import type { Knex } from 'knex';
import type { Connections } from './connections/connections.ts';
import type { Dialect } from './dialect/dialect.ts';
import { createSql, type Sql } from './sql.ts';

/** What a storage opens once: its connections, and knex, which writes and sends the statements. */
export interface Opened {
  readonly knex: Knex;
  readonly connections: Connections;
}

/**
 * Runs `work` in a transaction of its own, once. Driven here and not by
 * `knex.transaction`, which runs the work even when BEGIN failed, begins SQLite
 * transactions DEFERRED, and keeps a connection whose COMMIT failed.
 */
export async function inTransaction<T>(
  { knex, connections }: Opened,
  dialect: Dialect,
  mode: 'write' | 'read',
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  const connection = await connections.acquire();
  const sql = createSql(knex, dialect, connection);

  try {
    await sql.run(dialect.begin[mode]);
  } catch (error) {
    // A busy file has begun nothing, and its connection is as good as before.
    if (dialect.isBusy(error)) await connections.release(connection);
    else await connections.discard(connection, error);
    throw error;
  }

  let result: T;
  try {
    result = await work(sql);
    sql.assertSound();
  } catch (error) {
    const rollback = sql.run('ROLLBACK');
    sql.end();
    await rollback.then(
      () => connections.release(connection),
      (failure: unknown) => connections.discard(connection, failure),
    );
    throw error;
  }

  const commit = sql.run('COMMIT');
  sql.end();
  try {
    await commit;
  } catch (error) {
    await connections.discard(connection, error);
    // Nothing was written, so nothing is in doubt: what was read is true.
    if (mode === 'read') return result;
    if (dialect.afterFailedCommit(error) === 'rolled_back') throw error;
    throw new CommitUncertain(
      'The connection broke while it committed: the change may be there, or not.',
      { cause: error },
    );
  }
  await connections.release(connection);
  return result;
}
