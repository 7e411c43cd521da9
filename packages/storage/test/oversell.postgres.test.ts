import type pg from 'pg';
import { beforeEach, expect, test } from 'vitest';
import { postgres } from '../src/postgres.ts';
import { CAPACITY, claimOne, openPool, sold, unguarded } from './support/claiming.ts';
import { postgresDatabase, type TestStorage } from './support/databases.ts';
import { hostPool } from './support/host-pool.ts';
import { eventId, idOf } from './support/records.ts';
import { rewriting } from './support/rewriting-pool.ts';

const BUYERS = 200;

let made: TestStorage;
let pool: pg.Pool;

beforeEach(async () => {
  made = await postgresDatabase();
  await openPool(made.storage);
  pool = hostPool(made.at, { max: 25 });
  return async () => {
    await pool.end();
    await made.drop();
  };
});

let n = 0;
const fresh = () => ++n;
const buyers = <T>(buy: () => Promise<T>) =>
  Promise.all(Array.from({ length: BUYERS }, () => buy()));

test(`${BUYERS} transactions at once sell ${CAPACITY} units, not one more`, async () => {
  const storage = postgres({ pool });
  const answers = await buyers(() => claimOne(storage, fresh));
  expect(answers.filter((answer) => answer === 'claimed')).toHaveLength(CAPACITY);
  expect(await sold(storage)).toEqual({ counter: CAPACITY, claims: CAPACITY });
});

test('without the lock the guard of the update alone keeps the pool from overselling', async () => {
  const unlocked = rewriting(pool, (text) => text.replace(/FOR NO KEY UPDATE$/, ''));
  const storage = postgres({ pool: unlocked }, 'ticketi', async () => {});
  const answers = await Promise.allSettled(
    Array.from({ length: BUYERS }, () => claimOne(storage, fresh)),
  );
  const claimed = answers.filter(
    (answer) => answer.status === 'fulfilled' && answer.value === 'claimed',
  );
  expect(claimed).toHaveLength(CAPACITY);
  expect(await sold(storage)).toEqual({ counter: CAPACITY, claims: CAPACITY });
});

test('without lock and guard the check of the table refuses what is too much', async () => {
  const storage = postgres({ pool: rewriting(pool, unguarded) });
  await Promise.allSettled(Array.from({ length: BUYERS }, () => claimOne(storage, fresh)));
  expect(await sold(storage)).toEqual({ counter: CAPACITY, claims: CAPACITY });
});

test('control: without lock, guard and check the same buyers oversell', async () => {
  await pool.query('ALTER TABLE ticketi.counters DROP CONSTRAINT counters_check');
  const storage = postgres({ pool: rewriting(pool, unguarded) });
  await buyers(() => claimOne(storage, fresh));
  expect((await sold(storage)).claims).toBeGreaterThan(CAPACITY);
});

test('two that release the same hold at once lower the counter once', async () => {
  const storage = postgres({ pool });
  n = 1000;
  await claimOne(storage, fresh);
  const freed = await Promise.all(
    Array.from({ length: 20 }, () =>
      storage.write(({ inventory }) =>
        inventory.release(eventId, [idOf('hld', n)], '2027-07-10T18:01:00.000Z'),
      ),
    ),
  );
  expect(freed.flat()).toEqual([{ targetId: idOf('pol', 1), units: 1 }]);
  expect(await sold(storage)).toEqual({ counter: 0, claims: 0 });
});

test('a lapsed claim that another transaction is about to pay is passed over, not waited for', async () => {
  const storage = postgres({ pool });
  n = 2000;
  await claimOne(storage, fresh);
  await claimOne(storage, fresh);
  const paying = idOf('hld', n);
  const late = '2027-07-10T19:00:00.000Z';
  await storage.write(async ({ inventory }) => {
    expect(await inventory.moveExpiry(eventId, paying, null, late)).toBe(1);
    const freed = await storage.write((other) =>
      other.inventory.takeBackLapsed(eventId, [idOf('pol', 1)], late),
    );
    expect(freed).toEqual([{ targetId: idOf('pol', 1), units: 1 }]);
  });
  expect(await sold(storage)).toEqual({ counter: 1, claims: 1 });
});
