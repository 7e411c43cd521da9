import { type Storage, TicketiError } from '@ticketi/core';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PgPool } from '../src/postgres.ts';
import { postgres } from '../src/postgres.ts';
import { postgresDatabase, type TestStorage } from './support/databases.ts';
import { hostPool } from './support/host-pool.ts';
import { organizer, organizerId, seed } from './support/records.ts';
import { rewriting } from './support/rewriting-pool.ts';

let made: TestStorage;
let storage: Storage;
let pool: pg.Pool;

beforeAll(async () => {
  made = await postgresDatabase();
  storage = made.storage;
  await storage.write(seed);
  await storage.write((tx) => tx.organizers.organizers.insert([second]));
  pool = hostPool(made.at);
});
afterAll(async () => {
  await pool.end();
  await made.drop();
});

const second = { ...organizer, id: 'org_01k0000000e008000000000002' };

/** Resolves for all callers when `count` of them have arrived; later ones pass. */
function meeting(count: number): () => Promise<void> {
  let arrived = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    arrived += 1;
    if (arrived >= count) open();
    return all;
  };
}

test('a deadlock (40P01) is solved by running its victim again', async () => {
  const bothHaveOne = meeting(2);
  let runs = 0;
  const lockInTurn = (ids: readonly string[]) =>
    storage.write(async ({ organizers }) => {
      runs += 1;
      for (const id of ids) {
        await organizers.organizers.findForUpdate([id]);
        await bothHaveOne();
      }
    });
  await Promise.all([lockInTurn([organizerId, second.id]), lockInTurn([second.id, organizerId])]);
  // Two, and the victim again; on a busy machine it may fall victim once more.
  expect(runs).toBeGreaterThanOrEqual(3);
});

test('the verbs lock in ascending order of ids, so that no deadlock comes about', async () => {
  let runs = 0;
  await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      storage.write(async ({ organizers }) => {
        runs += 1;
        const ids = [organizerId, second.id];
        const rows = await organizers.organizers.findForUpdate(n % 2 === 0 ? ids : ids.reverse());
        expect(rows.map(({ id }) => id)).toEqual([organizerId, second.id].sort());
      }),
    ),
  );
  expect(runs).toBe(40);
});

/** Every transaction SERIALIZABLE: then the server itself refuses what does not serialize. */
const serializable = (client: PgPool) =>
  rewriting(client, (text) =>
    text.startsWith('BEGIN') ? 'BEGIN ISOLATION LEVEL SERIALIZABLE' : text,
  );

test('a serialization failure (40001) is solved by running the work again', async () => {
  const strict = postgres({ pool: serializable(pool) });
  const bothHaveRead = meeting(2);
  let runs = 0;
  const rename = () =>
    strict.write(async ({ organizers }) => {
      runs += 1;
      const [was] = await organizers.organizers.findMany([organizerId]);
      await bothHaveRead();
      if (was === undefined) throw new Error('no organizer');
      // Forgets what it read, so that only the server can see the conflict.
      const [row] = await organizers.organizers.findForUpdate([organizerId]);
      if (row !== undefined) await organizers.organizers.save({ ...row, name: 'x' }, row);
    });
  await Promise.all([rename(), rename()]);
  // Two, and the victim again; on a busy machine it may fall victim once more.
  expect(runs).toBeGreaterThanOrEqual(3);
});

test('a conflict that never ends is given up after 12 runs', async () => {
  const always = rewriting(pool, (text) =>
    text === 'COMMIT' ? "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$" : text,
  );
  let runs = 0;
  const write = postgres({ pool: always }).write(async () => {
    runs += 1;
  });
  const error: unknown = await write.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TicketiError);
  expect(error).toMatchObject({ code: 'conflict', retryable: true, cause: { code: '40001' } });
  expect(runs).toBe(12);
});

test('another error of the server is not tried again', async () => {
  let runs = 0;
  const write = storage.write(async ({ organizers }) => {
    runs += 1;
    await organizers.organizers.insert([organizer]);
  });
  await expect(write).rejects.toMatchObject({ code: '23505' });
  expect(runs).toBe(1);
});

test('writes are READ COMMITTED and reads one snapshot, whatever the session says', async () => {
  const odd = hostPool(made.at, {
    options: '-c default_transaction_isolation=serializable -c default_transaction_read_only=off',
  });
  const begun: string[] = [];
  const recording = rewriting(odd, (text) => {
    if (text.startsWith('BEGIN')) begun.push(text);
    return text;
  });
  const inOdd = postgres({ pool: recording });
  await inOdd.write(async () => {});
  await inOdd.read(async () => {});
  const checks = await inOdd.check();
  expect(begun.slice(0, 2)).toEqual([
    'BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL enable_seqscan = off',
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  ]);
  expect(checks.find(({ name }) => name === 'isolation')?.ok).toBe(true);
  await odd.end();
});
