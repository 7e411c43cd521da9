import type { Storage } from '@ticketi/core';
import { postgres } from '@ticketi/storage/postgres';
import { sqlite } from '@ticketi/storage/sqlite';
import Database from 'better-sqlite3';
import pg from 'pg';
import type { TestBase } from './databases.ts';

/** A host that has its own transactions on the database that Ticketi is in. */
export interface Host {
  readonly storage: Storage;
  /** Begins a transaction of the host's, gives Ticketi's storage in it, and ends it as it is told. */
  during(end: 'COMMIT' | 'ROLLBACK', work: (joined: Storage) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export async function hostOn(base: TestBase): Promise<Host> {
  if (base.dialect === 'sqlite') {
    const database = new Database(base.at);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    const storage = sqlite({ database });
    return {
      storage,
      async during(end, work) {
        database.exec('BEGIN IMMEDIATE');
        await work(storage.join(database));
        database.exec(end);
      },
      close: async () => {
        database.close();
      },
    };
  }
  const pool = new pg.Pool({ connectionString: base.at, max: 4 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const storage = postgres({ pool });
  return {
    storage,
    async during(end, work) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await work(storage.join(client));
        await client.query(end);
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}
