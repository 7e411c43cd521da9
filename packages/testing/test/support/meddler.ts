import type { Storage } from '@ticketi/core';
import { postgres } from '@ticketi/storage/postgres';
import { sqlite } from '@ticketi/storage/sqlite';
import Database from 'better-sqlite3';
import pg from 'pg';
import type { TestBase } from './databases.ts';

type DatabaseRow = Readonly<Record<string, unknown>>;

/** Somebody who changes rows behind the library's back, with no key or check in the way. */
export interface Meddler {
  /** Changes something, gives Ticketi's storage a look at it, and takes it back. */
  during(statement: string, look: (joined: Storage) => Promise<void>): Promise<void>;
  rows(query: string): Promise<readonly DatabaseRow[]>;
  close(): Promise<void>;
}

/** `{t}` before a table's name stands for its schema or prefix. */
export async function meddlerOn(base: TestBase): Promise<Meddler> {
  return base.dialect === 'sqlite' ? onSqlite(base) : onPostgres(base);
}

function onSqlite({ at }: TestBase): Meddler {
  const database = new Database(at);
  database.pragma('foreign_keys = OFF');
  database.pragma('ignore_check_constraints = ON');
  const storage = sqlite({ database });
  const named = (statement: string) => statement.replaceAll('{t}', 'ticketi_');
  return {
    async during(statement, look) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const { changes } = database.prepare(named(statement)).run();
        if (changes === 0) throw new Error(`Nothing was changed by ${statement}`);
        await look(storage.join(database));
      } finally {
        database.exec('ROLLBACK');
      }
    },
    async rows(query) {
      return database.prepare<[], DatabaseRow>(named(query)).all();
    },
    close: async () => {
      database.close();
    },
  };
}

async function onPostgres(base: TestBase): Promise<Meddler> {
  const pool = new pg.Pool({ connectionString: base.at, max: 1 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const storage = postgres({ pool });
  const named = (statement: string) => statement.replaceAll('{t}', 'ticketi.');
  // Foreign keys are switched off with the triggers; checks have to go.
  await pool.query(`DO $$ DECLARE c record; BEGIN
    FOR c IN SELECT conname, conrelid::regclass AS at FROM pg_constraint
      WHERE contype = 'c' AND connamespace = 'ticketi'::regnamespace
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.at, c.conname); END LOOP; END $$`);
  return {
    async during(statement, look) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await client.query('SET LOCAL session_replication_role = replica');
        const { rowCount } = await client.query(named(statement));
        if (rowCount === 0) throw new Error(`Nothing was changed by ${statement}`);
        await look(storage.join(client));
      } finally {
        await client.query('ROLLBACK');
        client.release();
      }
    },
    rows: async (query) => (await pool.query<DatabaseRow>(named(query))).rows,
    close: () => pool.end(),
  };
}
