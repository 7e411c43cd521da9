import { CommitUncertain, type Storage, StorageUnavailable } from '@ticketi/core';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { postgres } from '../src/postgres.ts';
import { postgresDatabase, type TestStorage } from './support/databases.ts';
import { hostPool } from './support/host-pool.ts';
import { organizer, organizerId, seed } from './support/records.ts';
import { rewriting } from './support/rewriting-pool.ts';

let made: TestStorage;
let admin: pg.Client;
let pool: pg.Pool;
let storage: Storage;
/** The server's process of the connection that wrote last. */
let backend = 0;

beforeAll(async () => {
  made = await postgresDatabase();
  await made.storage.write(seed);
  admin = new pg.Client({ connectionString: made.at });
  await admin.connect();
  // At COMMIT: an organizer named `slow` takes ten seconds, and others are refused by name.
  await admin.query(`
    CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.name = 'slow' THEN PERFORM pg_sleep(10); END IF;
      IF NEW.name = 'refused' THEN RAISE EXCEPTION 'refused at commit'; END IF;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER at_commit AFTER UPDATE ON ticketi.organizers
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION at_commit()`);
});
afterAll(async () => {
  await admin.end();
  await made.drop();
});

beforeEach(() => {
  pool = hostPool(made.at, { max: 1 });
  pool.on('connect', (client) => {
    backend = Reflect.get(client, 'processID');
  });
  storage = postgres({ pool });
});
afterEach(() => pool.end());

const sleep = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));
const kill = () => admin.query('SELECT pg_terminate_backend($1)', [backend]);

let runs = 0;
const rename = (name: string, before: () => Promise<unknown> = async () => {}) => {
  runs = 0;
  return storage.write(async ({ organizers }) => {
    runs += 1;
    const [was] = await organizers.organizers.findForUpdate([organizerId]);
    if (was !== undefined) await organizers.organizers.save({ ...was, name }, was);
    await before();
  });
};
const name = async () =>
  (await made.storage.read((tx) => tx.organizers.organizers.find(organizerId)))?.name;

test('a connection that breaks during COMMIT leaves the commit in doubt; it is not run again', async () => {
  const writing = rename('slow');
  const outcome = writing.catch((reason: unknown) => reason);
  await expect
    .poll(async () => {
      const { rows } = await admin.query(
        "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND query = 'COMMIT' AND state = 'active'",
        [backend],
      );
      return rows.length;
    })
    .toBe(1);
  await kill();
  const error = await outcome;
  expect(error).toBeInstanceOf(CommitUncertain);
  expect(error).toHaveProperty('cause.code', '57P01');
  expect(runs).toBe(1);
  expect(await name()).toBe(organizer.name);
});

test('a connection that broke just before COMMIT leaves it in doubt too', async () => {
  const writing = rename('never', async () => {
    await kill();
    await sleep(100);
  });
  await expect(writing).rejects.toBeInstanceOf(CommitUncertain);
  expect(runs).toBe(1);
  expect(await name()).toBe(organizer.name);
});

test('a connection that breaks in the middle of the work throws that, and another one takes over', async () => {
  const writing = storage.write(async ({ organizers }) => {
    await organizers.organizers.find(organizerId);
    await kill();
    await organizers.organizers.find(organizerId);
  });
  const error: unknown = await writing.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StorageUnavailable);
  // The pool has one place: it is free again only when the broken connection has left it.
  await rename('afterwards');
  expect(await name()).toBe('afterwards');
  await rename(organizer.name);
});

test('a connection that breaks while nobody uses it is replaced', async () => {
  await rename(organizer.name);
  await kill();
  await sleep(100);
  await rename('afterwards');
  expect(await name()).toBe('afterwards');
  await rename(organizer.name);
});

test('a commit that the server refuses was rolled back, and says why', async () => {
  await expect(rename('refused')).rejects.toMatchObject({
    code: 'P0001',
    message: expect.stringContaining('refused at commit'),
  });
  expect(await name()).toBe(organizer.name);
  await rename(organizer.name);
});

test('a read whose connection breaks at its end has its answer', async () => {
  const read = await storage.read(async ({ organizers }) => {
    const row = await organizers.organizers.find(organizerId);
    await kill();
    await sleep(100);
    return row?.name;
  });
  expect(read).toBe(organizer.name);
  await rename(organizer.name);
});

test('work does not run when BEGIN fails', async () => {
  const broken = rewriting(pool, (text) =>
    text.startsWith('BEGIN') ? 'BEGIN ISOLATION LEVEL NONSENSE' : text,
  );
  let ran = false;
  const write = postgres({ pool: broken }).write(async () => {
    ran = true;
  });
  await expect(write).rejects.toMatchObject({ code: '42601' });
  expect(ran).toBe(false);
  await rename(organizer.name);
});
