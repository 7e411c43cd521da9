import type { Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testClock } from '../src/index.ts';
import { type Crowd, openCrowd } from './support/crowd.ts';
import { postgresBase, type TestBase, ticketiOn } from './support/databases.ts';
import type { Start } from './support/participant.ts';
import { times } from './support/race.ts';
import { races } from './support/races.ts';

describe('races on PostgreSQL between three instances and two processes', () => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let crowd: Crowd;

  beforeAll(async () => {
    base = await postgresBase();
    ticketi = await ticketiOn(base.storage(), clock);
    const start: Start = { dialect: 'postgres', at: base.at, unguarded: false };
    crowd = await openCrowd(
      times(3, () => base.storage()),
      times(2, () => start),
    );
  });
  afterAll(async () => {
    await crowd?.close();
    await ticketi?.close();
    await base?.drop();
  });

  test.each(races)('$name', async ({ run, expected }) => {
    expect(await run({ ticketi, clock, crowd })).toEqual({ count: expected, strange: [] });
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});
