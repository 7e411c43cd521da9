import { CommitUncertain, StorageUnavailable } from '@ticketi/core';
import type { Knex } from 'knex';
import type { Connections } from './connections/connections.ts';
import type { Dialect } from './dialect/dialect.ts';
import { createSql, type DrivenSql, type Sql } from './sql.ts';

/** What a storage opens once: its connections, and knex, which builds lists with filters. */
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
  const connection = await connections.acquire().catch((error: unknown) => {
    throw unavailable(dialect, error);
  });
  const sql = createSql(knex, dialect, connection, connections.sessions);

  try {
    await sql.begin(dialect.begin[mode]);
  } catch (error) {
    // A busy file has begun nothing, and its connection is as good as before.
    if (dialect.isBusy(error)) await connections.release(connection);
    else await connections.discard(connection, error);
    throw unavailable(dialect, error);
  }

  let result: T;
  try {
    result = await work(sql);
    await sql.settle();
  } catch (error) {
    // What is still on its way fails or is done before the rollback, which ends both.
    await sql.settle().catch(() => {});
    const rollback = sql.control('ROLLBACK');
    sql.end();
    await rollback.then(
      () => connections.release(connection),
      (failure: unknown) => connections.discard(connection, failure),
    );
    const cause = causeOf(error, sql);
    throw cause === sql.firstFailure() ? unavailable(dialect, cause) : cause;
  }

  const commit = sql.control('COMMIT');
  sql.end();
  if (mode === 'read') {
    // Nothing was written, so nothing is in doubt: what was read is true, and need not wait.
    void commit.then(
      () => connections.release(connection),
      (error: unknown) => connections.discard(connection, error),
    );
    return result;
  }
  try {
    await commit;
  } catch (error) {
    await connections.discard(connection, error);
    if (dialect.afterFailedCommit(error) === 'rolled_back') throw error;
    throw new CommitUncertain(
      'The connection broke while it committed: the change may be there, or not.',
      { cause: error },
    );
  }
  await connections.release(connection);
  return result;
}

/** Of several failures the first, which the others only follow; what the work threw by itself stays. */
export function causeOf(error: unknown, sql: DrivenSql): unknown {
  return sql.dialect.isAborted(error) ? (sql.firstFailure() ?? error) : error;
}

/** The error as whoever called hears it: not the story that its connection died of. */
function unavailable(dialect: Dialect, error: unknown): unknown {
  const reason = dialect.whyAway(error);
  return reason === undefined ? error : new StorageUnavailable(reason, { cause: error });
}
