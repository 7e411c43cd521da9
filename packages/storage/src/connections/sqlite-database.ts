import { needDriver } from '../driver-error.ts';
import type { Connections } from './connections.ts';
import { keepPrepared } from './prepared.ts';
import { createSingle } from './single.ts';

/** What is asked of a better-sqlite3 `Database`, a host's own or one that wraps it. */
export interface SqliteDatabase {
  readonly inTransaction: boolean;
  prepare(statement: string): object;
  exec(statement: string): unknown;
  pragma(statement: string): unknown;
  close(): unknown;
}

/**
 * How long SQLite itself waits for another process, with this one standing
 * still. Beyond it the transaction waits without that, and tries again.
 */
const BUSY_MILLIS = 10;

/** Ours: opened when first needed, closed with the storage. */
export function ownDatabase(open: () => Promise<SqliteDatabase>): Connections {
  return createSingle({
    async open() {
      const database = await open();
      try {
        database.pragma(`busy_timeout = ${BUSY_MILLIS}`);
        database.pragma('journal_mode = WAL');
        database.pragma('synchronous = FULL');
        database.pragma('foreign_keys = ON');
      } catch (error) {
        database.close();
        throw error;
      }
      return database;
    },
    discard(database) {
      database.close();
      return true;
    },
    close: (database) => void database.close(),
  });
}

/** A host's, or one in memory: it cannot be opened again. Its journal is the host's choice. */
export function lentDatabase(database: SqliteDatabase, close: boolean): Connections {
  return createSingle({
    async open() {
      database.pragma(`busy_timeout = ${BUSY_MILLIS}`);
      database.pragma('foreign_keys = ON');
      return database;
    },
    discard() {
      if (database.inTransaction) database.exec('ROLLBACK');
      return false;
    },
    close() {
      if (close) database.close();
    },
  });
}

export async function openFile(filename: string): Promise<SqliteDatabase> {
  const { default: Database } = await needDriver('better-sqlite3', () => import('better-sqlite3'));
  return keepPrepared<object, SqliteDatabase>(new Database(filename));
}
