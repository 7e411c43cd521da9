import type { Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testClock } from '../src/index.ts';
import { accountsOf, wrongIn } from './support/books.ts';
import { type Crowd, openCrowd } from './support/crowd.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { strange, times } from './support/race.ts';
import { extendAroundExpiry, payAroundExpiry } from './support/races-of-expiry.ts';

describe.each(databases)(
  'around the instant of expiry, several processes on %s',
  (dialect, create) => {
    const clock = testClock();
    let base: TestBase;
    let ticketi: Ticketi;
    let crowd: Crowd;

    beforeAll(async () => {
      base = await create();
      ticketi = await ticketiOn(base.storage(), clock);
      crowd = await openCrowd(
        times(dialect === 'postgres' ? 2 : 0, () => base.storage()),
        times(2, () => ({ dialect, at: base.at, unguarded: false })),
      );
    });
    afterAll(async () => {
      await crowd?.close();
      await ticketi?.close();
      await base?.drop();
    });

    async function sound() {
      expect(wrongIn(await accountsOf(base))).toEqual([]);
      expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
    }

    test.each([
      ['before', 1],
      ['at', 0],
      ['after', -1],
    ] as const)(
      'money that is there %s it buys the tickets or goes back',
      async (when, offsetMillis) => {
        const { paid, returned, wrong, outcomes } = await payAroundExpiry(
          { ticketi, clock, crowd },
          offsetMillis,
          'answers_late',
        );
        expect(wrong).toEqual([]);
        expect(strange(outcomes, 'sold_out', 'order_not_pending')).toEqual([]);
        expect(paid + returned).toBe(12);
        if (when === 'before') expect(paid).toBe(12);
        await sound();
      },
    );

    test.each([
      ['before', 1, 12],
      ['at', 0, 0],
      ['after', -1, 0],
    ] as const)('who begins to pay %s it is in time, or is told', async (_when, offset, paid) => {
      const ends = await payAroundExpiry({ ticketi, clock, crowd }, offset, 'succeeds');
      expect(ends.wrong).toEqual([]);
      expect(strange(ends.outcomes, 'sold_out', 'order_not_pending')).toEqual([]);
      expect(ends).toMatchObject({ paid, returned: 0 });
      await sound();
    });

    test.each([
      ['before', 1, 12],
      ['at', 0, 0],
      ['after', -1, 0],
    ] as const)(
      'a hold that is extended or placed %s it is kept, or somebody else has the place',
      async (_when, offset, kept) => {
        const { taken, wrong, outcomes } = await extendAroundExpiry(
          { ticketi, clock, crowd },
          offset,
        );
        expect(wrong).toEqual([]);
        const fine = ['sold_out', 'hold_expired', 'hold_not_active', 'hold_already_extended'];
        expect(strange(outcomes, ...fine)).toEqual([]);
        expect(taken).toBe(12 - kept);
        await sound();
      },
    );
  },
);
