import type { Knex } from 'knex';
import { type Backoff, jittered } from './backoff.ts';
import type { Connections } from './connections/connections.ts';
import {
  lentDatabase,
  openFile,
  ownDatabase,
  type SqliteDatabase,
} from './connections/sqlite-database.ts';
import { sqliteDialect } from './dialect/sqlite.ts';
import { loadKnex } from './knex.ts';
import type { Connection } from './sql.ts';
import { createStorage, type JoinableStorage } from './storage.ts';

export type { Backoff } from './backoff.ts';
export type { SqliteDatabase } from './connections/sqlite-database.ts';
export type { JoinableStorage } from './storage.ts';

/**
 * Where the tables are:
 * - a file's name; it is made when it is missing. `:memory:` lives as long as the storage.
 * - `database`: the host's own open `better-sqlite3` database. Ticketi turns
 *   foreign keys on, leaves the journal as it is, and never closes it. Host and
 *   Ticketi take turns on it: see `join` for both in one transaction.
 * - `database` as a function that opens one for Ticketi alone, as with a native
 *   binding or a key; it is called again after a connection was given up.
 */
export type SqliteSource = string | { readonly database: SqliteDatabase | (() => SqliteDatabase) };

/** The host's open transaction: of its knex, or begun by hand on its database. */
export type SqliteTransaction = Knex.Transaction | SqliteDatabase;

export type SqliteStorage = JoinableStorage<SqliteTransaction>;

/**
 * Ticketi's tables in a SQLite database, through `better-sqlite3`, which the
 * host installs. Journal in WAL, `synchronous=FULL`: what is answered is on the
 * disk. Several processes may share a file; who finds it busy waits, up to a
 * minute, and throws a `conflict` beyond that.
 *
 * Nothing is opened before the first call. `prefix` begins the name of every
 * table, so that they can lie beside others.
 */
export function sqlite(
  source: SqliteSource,
  prefix = 'ticketi_',
  backoff: Backoff = jittered,
): SqliteStorage {
  const dialect = sqliteDialect(prefix);
  return createStorage<SqliteTransaction>({
    dialect,
    backoff,
    async open() {
      return { knex: await loadKnex(dialect.knexClient), connections: await connectionsOf(source) };
    },
    connectionOf,
  });
}

async function connectionsOf(source: SqliteSource): Promise<Connections> {
  if (source === ':memory:') return lentDatabase(await openFile(source), true);
  if (typeof source === 'string') return ownDatabase(() => openFile(source));
  const { database } = source;
  if (typeof database === 'function') return ownDatabase(async () => database());
  return lentDatabase(database, false);
}

async function connectionOf(transaction: SqliteTransaction): Promise<Connection> {
  if ('pragma' in transaction) {
    if (!transaction.inTransaction) throw new TypeError('The database is in no transaction.');
    return transaction;
  }
  if (transaction.isCompleted()) throw new TypeError('The transaction has ended already.');
  return transaction.client.acquireConnection();
}
