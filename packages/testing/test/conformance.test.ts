import { postgres } from '@ticketi/storage/postgres';
import { sqlite } from '@ticketi/storage/sqlite';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Opened, storageConformance } from '../src/index.ts';
import { postgresBase, sqliteBase, type TestBase } from './support/databases.ts';

const tools = { describe, it, expect, beforeAll, afterAll };
const newer =
  "INSERT INTO {t}migrations (number, name, applied_at) VALUES (999999, 'x', '2027-01-01T00:00:00Z')";

/** Which database an opened storage is on. */
const bases = new WeakMap<Opened, TestBase>();

storageConformance(
  {
    name: 'SQLite in memory',
    parallelWrites: false,
    async open() {
      const storage = sqlite(':memory:');
      await storage.migrate();
      return { storage, close: () => storage.close() };
    },
  },
  tools,
);

storageConformance(
  {
    name: 'SQLite in a file',
    parallelWrites: false,
    async open() {
      const base = await sqliteBase();
      const storage = sqlite(base.at);
      await storage.migrate();
      const others = [sqlite(base.at)];
      const opened: Opened = {
        storage,
        another: () => others[0] ?? storage,
        async joined(work, end) {
          const host = new Database(base.at);
          host.exec('BEGIN IMMEDIATE');
          await work(storage.join(host)).finally(() => host.exec(end));
          host.close();
        },
        async close() {
          await Promise.all([storage, ...others].map((each) => each.close()));
          await base.drop();
        },
      };
      bases.set(opened, base);
      return opened;
    },
    makeNewer: async (opened) => bases.get(opened)?.execute(newer),
  },
  tools,
);

storageConformance(
  {
    name: 'PostgreSQL',
    parallelWrites: true,
    async open() {
      const base = await postgresBase();
      const storage = postgres({ connectionString: base.at });
      await storage.migrate();
      const other = postgres({ connectionString: base.at });
      const opened: Opened = {
        storage,
        another: () => other,
        async joined(work, end) {
          const host = new pg.Client({ connectionString: base.at });
          await host.connect();
          await host.query('BEGIN');
          await work(storage.join(host)).finally(() => host.query(end));
          await host.end();
        },
        async close() {
          await Promise.all([storage.close(), other.close()]);
          await base.drop();
        },
      };
      bases.set(opened, base);
      return opened;
    },
    makeNewer: async (opened) => bases.get(opened)?.execute(newer),
  },
  tools,
);
