import type { Ticketi } from '@ticketi/core';
import { postgres } from '@ticketi/storage/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testClock } from '../src/index.ts';
import { type Crowd, openCrowd } from './support/crowd.ts';
import { postgresBase, type TestBase, ticketiOn } from './support/databases.ts';
import { goesWrong, times } from './support/race.ts';
import { races } from './support/races.ts';
import { dropBackstops, unguardedPool } from './support/unguarded-postgres.ts';

describe('races on PostgreSQL with the guards switched off at the driver', () => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let crowd: Crowd;
  let pools: { end(): Promise<void> }[] = [];

  beforeAll(async () => {
    base = await postgresBase();
    ticketi = await ticketiOn(base.storage(), clock);
    for (const statement of dropBackstops) await base.execute(statement);
    const unguarded = times(3, () => unguardedPool(base.at));
    pools = unguarded;
    crowd = await openCrowd(
      unguarded.map((pool) => postgres({ pool })),
      [],
    );
  });
  afterAll(async () => {
    await crowd?.close();
    await Promise.all(pools.map((pool) => pool.end()));
    await ticketi?.close();
    await base?.drop();
  });

  test.each(races)('does not hold: $name', async (race) => {
    expect(await goesWrong(race, { ticketi, clock, crowd })).toBe(true);
  });
});
