import type { Knex } from 'knex';
import { type Backoff, jittered } from './backoff.ts';
import type { Connections } from './connections/connections.ts';
import {
  knexConnections,
  ownPool,
  type PgClient,
  type PgPool,
  poolConnections,
} from './connections/pool.ts';
import { postgresDialect } from './dialect/postgres.ts';
import { loadKnex } from './knex.ts';
import type { Connection } from './sql.ts';
import { createStorage, type JoinableStorage } from './storage.ts';

export type { Backoff } from './backoff.ts';
export type { PgClient, PgPool, PgPoolClient } from './connections/pool.ts';
export { dropSchema } from './drop-schema.ts';
export type { JoinableStorage } from './storage.ts';

/**
 * Where the tables are:
 * - `connectionString`: Ticketi opens a pool of its own and closes it with the storage.
 * - `pool`: the host's `pg.Pool`, shared as it is; the host closes it.
 * - `knex`: the host's knex for PostgreSQL, whose connections are shared.
 */
export type PostgresSource =
  | { readonly connectionString: string }
  | { readonly pool: PgPool }
  | { readonly knex: Knex };

/** The host's open transaction: of its knex, or a `pg` client inside BEGIN. */
export type PostgresTransaction = Knex.Transaction | PgClient;

export type PostgresStorage = JoinableStorage<PostgresTransaction>;

/**
 * Ticketi's tables in a PostgreSQL database (15 or later), through `pg`, which
 * the host installs. They lie in `schema`, which `migrate` makes if it may.
 *
 * Writes run READ COMMITTED under row locks, reads on one snapshot, whatever the
 * defaults of the session. Through an address of its own it pipelines statements
 * and keeps its inserts prepared; where a pooler gives each transaction another
 * session, that is noticed and given up, so PgBouncer in
 * transaction mode is fine. A conflict (40001, 40P01, a lost race) is tried
 * again up to 12 times; beyond that it throws a `conflict`. When the connection
 * breaks during COMMIT it throws `CommitUncertain`.
 *
 * Nothing is opened before the first call.
 */
export function postgres(
  source: PostgresSource,
  schema = 'ticketi',
  backoff: Backoff = jittered,
): PostgresStorage {
  const dialect = postgresDialect(schema);
  return createStorage<PostgresTransaction>({
    dialect,
    backoff,
    async open() {
      return { knex: await loadKnex(dialect.knexClient), connections: await connectionsOf(source) };
    },
    connectionOf,
  });
}

async function connectionsOf(source: PostgresSource): Promise<Connections> {
  if ('connectionString' in source) return ownPool(source.connectionString);
  if ('pool' in source) return poolConnections(source.pool, async () => {});
  return knexConnections(source.knex);
}

async function connectionOf(transaction: PostgresTransaction): Promise<Connection> {
  if (!('isCompleted' in transaction)) return transaction;
  if (transaction.isCompleted()) throw new TypeError('The transaction has ended already.');
  return transaction.client.acquireConnection();
}
