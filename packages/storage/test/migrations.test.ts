import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Storage } from '@ticketi/core';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../tests/support/postgres.ts';
import { migrations } from '../src/migrations/index.ts';
import { postgres } from '../src/postgres.ts';
import { sqlite } from '../src/sqlite.ts';
import { hostPool } from './support/host-pool.ts';
import { eventId, seed } from './support/records.ts';
import { rewritingDatabase } from './support/rewriting-database.ts';
import { rewriting } from './support/rewriting-pool.ts';
import { postgresSchema, sqliteSchema } from './support/schema.ts';

const migrator = fileURLToPath(new URL('./support/migrator.ts', import.meta.url));

/** An empty place for tables, and ways to look at it. */
interface Place {
  readonly at: string;
  open(): Storage;
  /** The same, but a statement that begins so fails. */
  openFailing(beginning: string): Storage;
  run(statement: string): Promise<void>;
  schema(): Promise<string>;
}

const cleanUps: (() => unknown)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
});
function opened<S extends Storage>(storage: S): S {
  cleanUps.push(() => storage.close());
  return storage;
}

function sqlitePlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'ticketi-migrations-'));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  const at = join(folder, 'test.db');
  return Promise.resolve({
    at,
    open: () => opened(sqlite(at)),
    openFailing: (beginning) =>
      opened(
        sqlite({
          database: () =>
            rewritingDatabase(at, (text) => (text.startsWith(beginning) ? 'NONSENSE' : text)),
        }),
      ),
    async run(statement) {
      const database = new Database(at);
      database.exec(statement.replaceAll('@', 'ticketi_'));
      database.close();
    },
    schema: async () => sqliteSchema(at),
  });
}

async function postgresPlace(): Promise<Place> {
  const database: TestDatabase = await createDatabase();
  cleanUps.push(() => database.drop());
  const pool = hostPool(database.url);
  cleanUps.push(() => pool.end());
  return {
    at: database.url,
    open: () => opened(postgres({ connectionString: database.url })),
    openFailing: (beginning) =>
      opened(
        postgres({
          pool: rewriting(pool, (text) => (text.startsWith(beginning) ? 'NONSENSE' : text)),
        }),
      ),
    run: async (statement) => void (await pool.query(statement.replaceAll('@', 'ticketi.'))),
    schema: () => postgresSchema(database.url),
  };
}

const places = [
  ['sqlite', sqlitePlace],
  ['postgres', postgresPlace],
] as const;

test('migrations count up from one, and are named by their number', () => {
  expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, at) => at + 1));
  for (const { number, name } of migrations) {
    expect(name).toMatch(new RegExp(`^${String(number).padStart(4, '0')}_[a-z_]+$`));
  }
});

describe.each(places)('migrating %s', (dialect, make) => {
  let place: Place;
  beforeEach(async () => {
    place = await make();
  });

  test('makes the tables once, keeps what is in them, and says what it did', async () => {
    const storage = place.open();
    const names = migrations.map(({ name }) => name);
    expect(await storage.pendingMigrations()).toEqual(names);
    expect(await storage.migrate()).toEqual({ applied: names, version: migrations.length });
    await storage.write(seed);
    expect(await storage.pendingMigrations()).toEqual([]);
    expect(await storage.migrate()).toEqual({ applied: [], version: migrations.length });
    expect(await storage.read((tx) => tx.events.events.find(eventId))).toBeDefined();
  });

  test('makes the same tables as ever', async () => {
    await place.open().migrate();
    await expect(await place.schema()).toMatchFileSnapshot(`./snapshots/${dialect}.txt`);
  });

  test('four processes at once: one does it, and all find it done', async () => {
    const children = Array.from({ length: 4 }, () => fork(migrator, [dialect, place.at]));
    await Promise.all(children.map((child) => once(child, 'message')));
    const reports = children.map((child) => once(child, 'message'));
    const ends = children.map((child) => once(child, 'exit'));
    for (const child of children) child.send('go');
    const heard = (await Promise.all(reports)).map(([report]) => report);
    expect(await Promise.all(ends)).toEqual(children.map(() => [0, null]));
    expect(heard.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
    expect(heard.map(({ version }) => version)).toEqual(children.map(() => migrations.length));
  });

  test('leaves nothing when it fails in the middle', async () => {
    const empty = await place.schema();
    const failing = place.openFailing('CREATE INDEX');
    await expect(failing.migrate()).rejects.toThrow('NONSENSE');
    expect(await place.schema()).toBe(empty);
    await place.open().migrate();
  });

  test('refuses a database of a newer version, and says what to do', async () => {
    const storage = place.open();
    await storage.migrate();
    await place.run(
      "INSERT INTO @migrations VALUES (999, '0999_from_afar', '2030-01-01T00:00:00.000Z')",
    );
    for (const refused of [storage.migrate(), storage.pendingMigrations()]) {
      await expect(refused).rejects.toMatchObject({
        code: 'database_too_new',
        kind: 'conflict',
        details: { version: 999, known: migrations.length },
        message: expect.stringContaining('999'),
        hint: expect.stringContaining('newer'),
      });
    }
  });
});

test('a role that may not create schemas can use one that is there', async () => {
  const place = await postgresPlace();
  const role = `ticketi_tester_${process.pid}`;
  await place.run(`DROP ROLE IF EXISTS ${role}; CREATE ROLE ${role} LOGIN`);
  await place.run(`CREATE SCHEMA ticketi AUTHORIZATION ${role}`);
  const url = new URL(place.at);
  url.username = role;
  expect(await opened(postgres({ connectionString: url.href })).migrate()).toMatchObject({
    version: migrations.length,
  });
  const admin = new pg.Client(place.at);
  await admin.connect();
  cleanUps.push(async () => {
    await admin.query(`DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`);
    await admin.end();
  });
});
