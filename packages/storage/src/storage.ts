import { CommitUncertain, type Storage } from '@ticketi/core';
import type { Backoff } from './backoff.ts';
import type { Dialect } from './dialect/dialect.ts';
import { joinedStorage } from './joined.ts';
import { migrate, pendingMigrations } from './migrations/run.ts';
import { retryBusy, retryConflicts } from './retry.ts';
import type { Connection, Sql } from './sql.ts';
import { storesOf } from './stores/index.ts';
import { inTransaction, type Opened } from './transaction.ts';

/** A storage whose operations can also run inside a transaction of the host's. */
export interface JoinableStorage<HostTransaction> extends Storage {
  /**
   * The same storage inside the host's open transaction: what it writes is there
   * when the host commits, and gone when it rolls back. A write that throws takes
   * back its own changes (a savepoint) and leaves the host's. Nothing is retried:
   * after a conflict the host runs its own transaction again.
   */
  join(transaction: HostTransaction): Storage;
}

export interface StorageParts<HostTransaction> {
  readonly dialect: Dialect;
  readonly backoff: Backoff;
  /** Loads knex and the driver; called once, at the first transaction. */
  open(): Promise<Opened>;
  /** The connection that the host's transaction runs on. */
  connectionOf(transaction: HostTransaction): Promise<Connection>;
}

export function createStorage<HostTransaction>({
  dialect,
  backoff,
  open,
  connectionOf,
}: StorageParts<HostTransaction>): JoinableStorage<HostTransaction> {
  const stores = storesOf(dialect);
  let opening: Promise<Opened> | undefined;
  let closing: Promise<void> | undefined;

  async function opened(): Promise<Opened> {
    if (closing !== undefined) throw new Error('The storage is closed.');
    opening ??= open();
    try {
      return await opening;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  }

  function transact<T>(mode: 'write' | 'read', work: (sql: Sql) => Promise<T>): Promise<T> {
    return retryConflicts(dialect, backoff, async () => {
      const open = await opened();
      const run = () => retryBusy(dialect, backoff, () => inTransaction(open, dialect, mode, work));
      return mode === 'write' ? open.connections.inTurn(run) : run();
    });
  }

  return {
    dialect: dialect.name,
    joined: false,
    write: (work) => transact('write', (sql) => work(stores(sql))),
    read: (work) => transact('read', (sql) => work(stores(sql))),
    // Migrating is the one write that may be run again when nobody knows whether it committed.
    async migrate() {
      try {
        return await transact('write', migrate);
      } catch (error) {
        if (!(error instanceof CommitUncertain)) throw error;
        return transact('write', migrate);
      }
    },
    async pendingMigrations() {
      const pending = await transact('read', pendingMigrations);
      return pending.map(({ name }) => name);
    },
    check: () => transact('read', (sql) => dialect.check(sql)),
    close() {
      closing ??= Promise.resolve(opening).then((open) => open?.connections.close());
      return closing;
    },
    join: (transaction) =>
      joinedStorage({
        dialect,
        stores,
        open: async () => {
          const { knex } = await opened();
          return { knex, connection: await connectionOf(transaction) };
        },
      }),
  };
}
