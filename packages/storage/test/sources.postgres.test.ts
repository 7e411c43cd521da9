import type { Storage } from '@ticketi/core';
import knex, { type Knex } from 'knex';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../tests/support/postgres.ts';
import { postgres } from '../src/postgres.ts';
import { hostPool } from './support/host-pool.ts';
import { event, eventId, idOf, organizer, organizerId, seed } from './support/records.ts';

let database: TestDatabase;
let pool: pg.Pool;
let hostKnex: Knex;

beforeAll(async () => {
  database = await createDatabase();
  pool = hostPool(database.url);
  hostKnex = knex({
    client: 'pg',
    connection: database.url,
    // A host's habits, which must not reach our rows.
    postProcessResponse: () => 'not for us',
    wrapIdentifier: (name, wrap) => wrap(`not_${name}`),
  });
});
afterAll(async () => {
  await hostKnex.destroy();
  await pool.end();
  await database.drop();
});

const sources: readonly (readonly [string, () => Storage])[] = [
  ['an address', () => postgres({ connectionString: database.url }, 'by_address')],
  ['a pool of the host', () => postgres({ pool }, 'by_pool')],
  ['a knex of the host', () => postgres({ knex: hostKnex }, 'by_knex')],
  ['a schema whose name needs quotes', () => postgres({ pool }, 'Box "Office"')],
];

describe.each(sources)('tables from %s', (_name, open) => {
  test('are made, written and read', async () => {
    const storage = open();
    expect(await storage.migrate()).toMatchObject({ applied: ['0001_initial'] });
    await storage.write(seed);
    expect(await storage.read((tx) => tx.events.events.find(eventId))).toEqual(event);
    await expect(storage.write(seed)).rejects.toMatchObject({ code: '23505' });
    expect(
      await storage.read((tx) => tx.events.events.list({}, { limit: 5, after: undefined })),
    ).toEqual({ items: [event], nextCursor: null });
    await storage.close();
    await storage.close();
  });
});

test("closing a storage leaves the host's pool and knex open", async () => {
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  expect(await hostKnex.raw('SELECT 1 AS one')).toBe('not for us');
});

test('two schemas of one database know nothing of each other', async () => {
  const other = postgres({ pool }, 'other');
  await other.migrate();
  expect(await other.read((tx) => tx.events.events.find(eventId))).toBeUndefined();
});

test('a knex for another database is refused', async () => {
  const sqlite = knex({ client: 'better-sqlite3', useNullAsDefault: true });
  await expect(postgres({ knex: sqlite }).migrate()).rejects.toThrow(
    'does not speak to PostgreSQL',
  );
});

test('a pool of pg.native is refused', async () => {
  // Its driver is no part of this workspace: what it is known by is the property that it adds.
  const own = hostPool(database.url);
  const native = postgres({
    pool: { connect: async () => Object.assign(await own.connect(), { native: {} }) },
  });
  await expect(native.read(async () => {})).rejects.toThrow(/pg\.native/);
  await own.end();
});

test('a server that cannot be reached says why, and may be there later', async () => {
  const nowhere = postgres({ connectionString: 'postgres://127.0.0.1:1/none' });
  await expect(nowhere.read(async () => 1)).rejects.toMatchObject({
    code: 'storage_unavailable',
    details: { reason: 'ECONNREFUSED' },
  });
  await nowhere.close();
});

test('nothing is set on a connection that outlives its transaction', async () => {
  const single = hostPool(database.url, { max: 1 });
  const settings = "SELECT name, setting FROM pg_settings WHERE source = 'session' ORDER BY name";
  const before = (await single.query(settings)).rows;
  const storage = postgres({ pool: single }, 'by_pool');
  await storage.migrate();
  await storage.write((tx) => tx.organizers.organizers.findForUpdate([organizerId]));
  await storage.read((tx) => tx.organizers.organizers.find(organizerId));
  await storage.check();
  expect((await single.query(settings)).rows).toEqual(before);
  expect((await single.query('SELECT name FROM pg_prepared_statements')).rows).toEqual([]);
  expect(
    (
      await single.query(
        "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()",
      )
    ).rows,
  ).toEqual([]);
  await single.end();
});

describe("inside the host's transaction", () => {
  const storage = () => postgres({ pool }, 'by_pool');
  const id = idOf('org', 7);
  const add = (joined: Storage, name: string) =>
    joined.write((tx) => tx.organizers.organizers.insert([{ ...organizer, id, name }]));
  const find = (on: Storage) => on.read((tx) => tx.organizers.organizers.find(id));

  test('what is written is there when the host commits, and not before', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    const joined = storage().join(client);
    expect([joined.joined, joined.dialect]).toEqual([true, 'postgres']);
    await add(joined, 'joined');
    expect(await find(joined)).toMatchObject({ name: 'joined' });
    expect(await find(storage())).toBeUndefined();
    await joined.close();
    await client.query('COMMIT');
    client.release();
    expect(await find(storage())).toMatchObject({ name: 'joined' });
  });

  test("a knex transaction of the host's can be joined, and rolled back", async () => {
    const trx = await hostKnex.transaction();
    const joined = storage().join(trx);
    const was = await find(joined);
    if (was === undefined) throw new Error('no organizer');
    await joined.write((tx) => tx.organizers.organizers.save({ ...was, name: 'changed' }, was));
    expect(await find(joined)).toMatchObject({ name: 'changed' });
    await trx.rollback();
    expect(await find(storage())).toMatchObject({ name: 'joined' });
    await expect(find(joined)).rejects.toThrow('has ended already');
  });

  test("work that throws takes back its own, and leaves the host's", async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('CREATE TABLE IF NOT EXISTS host (n int)');
    await client.query('INSERT INTO host VALUES (1)');
    const joined = storage().join(client);
    await expect(add(joined, 'twice')).rejects.toMatchObject({ code: '23505' });
    const [failed, rest] = await Promise.allSettled([
      joined.write(async (tx) => {
        await tx.organizers.organizers.insert([{ ...organizer, id: idOf('org', 8) }]);
        throw new Error('no');
      }),
      joined.write((tx) => tx.organizers.organizers.insert([{ ...organizer, id: idOf('org', 9) }])),
    ]);
    expect([failed?.status, rest?.status]).toEqual(['rejected', 'fulfilled']);
    await client.query('COMMIT');
    client.release();
    expect((await pool.query('SELECT n FROM host')).rows).toEqual([{ n: 1 }]);
    const kept = await storage().read((tx) =>
      tx.organizers.organizers.findMany([idOf('org', 8), idOf('org', 9)]),
    );
    expect(kept.map((row) => row.id)).toEqual([idOf('org', 9)]);
  });

  test('nothing is run again: a lost race is a retryable conflict at once', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    let runs = 0;
    const stale = storage()
      .join(client)
      .write(async (tx) => {
        runs += 1;
        await tx.organizers.organizers.save(organizer, { ...organizer, revision: 99 });
      });
    await expect(stale).rejects.toMatchObject({ code: 'conflict', retryable: true });
    expect(runs).toBe(1);
    await client.query('ROLLBACK');
    client.release();
  });

  test('migrating is left to the storage itself', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    const upToDate = storage().join(client);
    expect(await upToDate.migrate()).toEqual({ applied: [], version: 1 });
    const fresh = postgres({ pool }, 'never_made').join(client);
    expect(await fresh.pendingMigrations()).toEqual(['0001_initial']);
    await expect(fresh.migrate()).rejects.toMatchObject({ code: 'migrations_pending' });
    await client.query('ROLLBACK');
    client.release();
  });

  test('a client that is in no transaction is refused', async () => {
    const client = await pool.connect();
    await expect(add(storage().join(client), 'nowhere')).rejects.toMatchObject({ code: '25P01' });
    client.release();
  });
});
