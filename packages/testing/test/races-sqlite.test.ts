import type { Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testClock } from '../src/index.ts';
import { type Crowd, openCrowd } from './support/crowd.ts';
import { sqliteBase, type TestBase, ticketiOn } from './support/databases.ts';
import { goesWrong, times } from './support/race.ts';
import { guardedRaces, races } from './support/races.ts';

describe.each([
  ['on one file', false],
  ['with the guards switched off at the driver', true],
])('races of four SQLite processes %s', (_where, unguarded) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let crowd: Crowd;

  beforeAll(async () => {
    base = await sqliteBase();
    ticketi = await ticketiOn(base.storage(), clock);
    crowd = await openCrowd(
      [],
      times(4, () => ({ dialect: 'sqlite', at: base.at, unguarded })),
    );
  });
  afterAll(async () => {
    await crowd?.close();
    await ticketi?.close();
    await base?.drop();
  });

  if (unguarded) {
    test.each(guardedRaces)('does not hold: $name', async (race) => {
      expect(await goesWrong(race, { ticketi, clock, crowd })).toBe(true);
    });
  } else {
    test.each(races)('$name', async ({ run, expected }) => {
      expect(await run({ ticketi, clock, crowd })).toEqual({ count: expected, strange: [] });
      expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
    });
  }
});
