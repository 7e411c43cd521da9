import type { Storage, Ticketi } from '@ticketi/core';
import { postgres } from '@ticketi/storage/postgres';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestClock, testClock } from '../src/index.ts';
import { accountsOf, wrongIn } from './support/books.ts';
import { aFair, finish, goOn, granted, holdCarts, REFUSALS } from './support/carts.ts';
import { type Crowd, openCrowd } from './support/crowd.ts';
import { postgresBase, sqliteBase, type TestBase, ticketiOn } from './support/databases.ts';
import { strange, times } from './support/race.ts';
import { unorderedPool } from './support/unordered-postgres.ts';

const SEED = 20_270_601;

describe('carts whose lines share pools, in any order', () => {
  let clock: TestClock;
  let base: TestBase;
  let ticketi: Ticketi;
  let crowd: Crowd | undefined;

  beforeEach(() => {
    clock = testClock();
  });
  afterEach(async () => {
    await crowd?.close();
    crowd = undefined;
    await ticketi?.close();
    await base?.drop();
  });

  async function open(create: () => Promise<TestBase>) {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
    // Deadlocks that wait a second to be found would hide behind each other.
    if (base.dialect === 'postgres') {
      await base.execute(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = ''50ms''', current_database()); END $$",
      );
    }
  }

  async function join(instances: number, processes: number, storage = () => base.storage()) {
    const start = { dialect: base.dialect, at: base.at, unguarded: false } as const;
    crowd = await openCrowd(
      times(instances, storage),
      times(processes, () => start),
    );
    return crowd;
  }

  /** Of the whole database, once its connections are closed and have told. */
  async function deadlocks(): Promise<number> {
    await crowd?.close();
    crowd = undefined;
    const client = new pg.Client({ connectionString: base.at });
    await client.connect();
    const { rows } = await client.query<{ deadlocks: string }>(
      'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
    );
    await client.end();
    return Number(rows[0]?.deadlocks);
  }

  async function sound() {
    expect(wrongIn(await accountsOf(base))).toEqual([]);
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  }

  test.each([
    ['three instances and two processes on PostgreSQL', postgresBase, 3, 2],
    ['four processes on SQLite', sqliteBase, 0, 4],
  ] as const)(
    '500 of them, released, changed, placed, paid and swept at once by %s: done or refused, nothing oversold',
    async (_who, create, instances, processes) => {
      await open(create);
      const racing = await join(instances, processes);
      const fair = await aFair(ticketi, SEED);
      const held = await holdCarts(racing, fair, { seed: SEED, carts: 500, now: clock.now() });
      expect(strange(held.outcomes, ...REFUSALS)).toEqual([]);
      const holds = granted(held).length;
      // Both: some got their places, and the rest found too few.
      expect(holds).toBeGreaterThan(100);
      expect(holds).toBeLessThan(450);
      await sound();

      const went = await goOn(racing, fair, held, { seed: SEED + 1, now: clock.now() });
      expect(strange(went.outcomes, ...REFUSALS)).toEqual([]);
      expect(granted(went, 'orders.place').length).toBeGreaterThan(10);
      expect(granted(went, 'holds.change').length).toBeGreaterThan(10);
      await sound();

      // What was not ordered has lapsed, and is wanted.
      const now = clock.advance({ minutes: 16 });
      const done = await finish(racing, fair, went, { seed: SEED + 2, now });
      expect(strange(done.outcomes, ...REFUSALS)).toEqual([]);
      expect(granted(done, 'orders.pay').length).toBeGreaterThan(10);
      expect(granted(done).length).toBeGreaterThan(10);
      await sound();
      if (base.dialect === 'postgres') expect(await deadlocks()).toBe(0);
    },
  );

  test('control: with half of the locks in the other order, carts deadlock', async () => {
    await open(postgresBase);
    const pools: { end(): Promise<void> }[] = [];
    const racing = await join(4, 0, (): Storage => {
      const pool = unorderedPool(base.at, pools.length % 2 === 0);
      pools.push(pool);
      return postgres({ pool });
    });
    const fair = await aFair(ticketi, SEED);
    // Whether two meet is a matter of luck: three rounds are as good as certain.
    for (const round of [0, 1, 2]) {
      await holdCarts(racing, fair, { seed: SEED + round, carts: 100, now: clock.now() });
    }
    await racing.close();
    crowd = undefined;
    await Promise.all(pools.map((pool) => pool.end()));
    await expect.poll(deadlocks, { timeout: 10_000 }).toBeGreaterThan(0);
    // Each was run again: slow, and still nothing oversold.
    expect(wrongIn(await accountsOf(base))).toEqual([]);
  });
});
