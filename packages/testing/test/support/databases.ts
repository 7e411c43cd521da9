import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Clock,
  createTicketi,
  type Storage,
  sandboxProvider,
  type Ticketi,
  type TicketiOptions,
} from '@ticketi/core';
import { postgres } from '@ticketi/storage/postgres';
import { sqlite } from '@ticketi/storage/sqlite';
import Database from 'better-sqlite3';
import pg from 'pg';
import { createDatabase } from '../../../../tests/support/postgres.ts';
import { testWallets } from './wallet-keys.ts';

/** Rows of every table as text, by table. */
export type Contents = ReadonlyMap<string, readonly string[]>;

/** A database of a test file, looked at from outside of Ticketi as well. */
export interface TestBase {
  readonly dialect: 'sqlite' | 'postgres';
  /** A storage of its own connections on this database; the test closes it. */
  storage(): Storage;
  /** Every row of every table, as text. */
  contents(): Promise<Contents>;
  /** Runs a statement; `{t}` before a table's name stands for its schema or prefix. */
  execute(statement: string): Promise<void>;
  /** The file's name, or the address. */
  readonly at: string;
  drop(): Promise<void>;
}

/** For `describe.each`. */
export const databases: readonly (readonly [
  name: 'sqlite' | 'postgres',
  create: () => Promise<TestBase>,
])[] = [
  ['sqlite', sqliteBase],
  ['postgres', () => postgresBase()],
];

/** The secret of every instance: processes and instances on one database share it. */
/** Signs the sandbox's webhooks. */
export const WEBHOOK_SECRET = 'the secret of webhooks';

export const secret = Buffer.alloc(32, 7);

/** Ticketi on a storage, with the sandbox provider. */
export function ticketiOn(
  storage: Storage,
  clock: Clock,
  options: Partial<TicketiOptions> = {},
): Promise<Ticketi> {
  return createTicketi({
    storage,
    clock,
    keys: { secret },
    payments: { sandbox: sandboxProvider({ secret: WEBHOOK_SECRET }) },
    wallet: testWallets,
    ...options,
  });
}

export async function sqliteBase(): Promise<TestBase> {
  const folder = mkdtempSync(join(tmpdir(), 'ticketi-'));
  const at = join(folder, 'test.db');
  return {
    dialect: 'sqlite',
    at,
    storage: () => sqlite(at),
    async contents() {
      const database = new Database(at, { readonly: true });
      try {
        const names = database
          .prepare("select name from sqlite_schema where type = 'table' and name like 'ticketi_%'")
          .pluck()
          .all();
        return new Map(
          names.map(String).map((name) => {
            const rows = database.prepare(`select * from "${name}"`).all();
            return [name.slice('ticketi_'.length), rows.map((row) => JSON.stringify(row)).sort()];
          }),
        );
      } finally {
        database.close();
      }
    },
    async execute(statement) {
      const database = new Database(at);
      try {
        database.exec(statement.replaceAll('{t}', 'ticketi_'));
      } finally {
        database.close();
      }
    },
    async drop() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param server an address where databases may be created; by default the run's */
export async function postgresBase(server?: string): Promise<TestBase> {
  const database = await createDatabase(server);
  const pool = new pg.Pool({ connectionString: database.url, max: 1 });
  // A connection may still be closing when its database is dropped.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    dialect: 'postgres',
    at: database.url,
    storage: () => postgres({ connectionString: database.url }),
    async contents() {
      const tables = await pool.query<{ name: string }>(
        "select table_name as name from information_schema.tables where table_schema = 'ticketi' order by 1",
      );
      const contents = new Map<string, string[]>();
      for (const { name } of tables.rows) {
        const { rows } = await pool.query<{ text: string }>(
          `select row_to_json(t)::text as text from ticketi."${name}" as t`,
        );
        contents.set(name, rows.map(({ text }) => text).sort());
      }
      return contents;
    },
    async execute(statement) {
      await pool.query(statement.replaceAll('{t}', 'ticketi.'));
    },
    async drop() {
      await pool.end();
      await database.drop();
    },
  };
}
