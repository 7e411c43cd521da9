import { LostRace, type Storage } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databases, type TestStorage } from './support/databases.ts';
import { claim, counter, eventId, hold, idOf, later, now, seed } from './support/records.ts';

const [pool1, pool2] = [idOf('pol', 1), idOf('pol', 2)];
const justBefore = '2027-07-10T18:14:59.999Z';

describe.each(databases)('inventory on %s', (_name, create) => {
  let made: TestStorage;
  let storage: Storage;
  /** Holds and claims of this test have numbers of their own. */
  let first = 0;

  beforeAll(async () => {
    made = await create();
    storage = made.storage;
    await storage.write(async (tx) => {
      await seed(tx);
      await tx.inventory.openCounters([counter(1), counter(2, { capacity: null })]);
    });
  });
  afterAll(() => made.drop());

  beforeEach(async () => {
    const before = Array.from({ length: 100 }, (_, n) => idOf('hld', first + n));
    await storage.write(({ inventory }) => inventory.release(eventId, before, now));
    first += 100;
    expect(await claimed()).toEqual([0, 0]);
  });

  const claimed = () =>
    storage.read(async ({ inventory }) =>
      (await inventory.counters(eventId, [pool1, pool2])).map((row) => row.claimed),
    );

  /** A hold with one claim of each of these numbers of units, on pools 1, 2... */
  async function take(n: number, units: readonly number[], expiresAt: string | null = later) {
    await storage.write(async ({ inventory }) => {
      const claims = units.map((many, at) =>
        claim(10 * (first + n) + at, {
          claimantId: idOf('hld', first + n),
          targetId: idOf('pol', at + 1),
          units: many,
          expiresAt,
        }),
      );
      await inventory.holds.insert([hold(first + n)]);
      await inventory.claims.insert(claims);
      await inventory.addUnits(eventId, claims);
    });
    return idOf('hld', first + n);
  }

  test('adds units to several targets at once, summed by target', async () => {
    await storage.write(({ inventory }) =>
      inventory.addUnits(eventId, [
        { targetId: pool2, units: 5 },
        { targetId: pool1, units: 2 },
        { targetId: pool1, units: 3 },
      ]),
    );
    expect(await claimed()).toEqual([5, 5]);
    const back = [pool1, pool2].map((targetId) => ({ targetId, units: -5 }));
    await storage.write(({ inventory }) => inventory.addUnits(eventId, back));
  });

  test('adds nothing anywhere when one target has no room', async () => {
    await take(1, [99]);
    let runs = 0;
    const add = storage.write(async ({ inventory }) => {
      runs += 1;
      await inventory.addUnits(eventId, [
        { targetId: pool1, units: 2 },
        { targetId: pool2, units: 2 },
      ]);
    });
    await expect(add).rejects.toMatchObject({ code: 'conflict', retryable: true });
    await expect(add).rejects.toHaveProperty('cause', expect.any(LostRace));
    expect(runs).toBe(12);
    expect(await claimed()).toEqual([99, 0]);
  });

  test('a capacity cannot go below what is claimed', async () => {
    await take(1, [40]);
    const resize = (capacity: number | null) =>
      storage.write(({ inventory }) => inventory.resize(eventId, pool1, capacity));
    expect(await resize(39)).toBe(false);
    expect(await resize(40)).toBe(true);
    expect(await resize(null)).toBe(true);
    expect(await resize(100)).toBe(true);
    expect(
      await storage.write(({ inventory }) => inventory.resize(eventId, idOf('pol', 9), 1)),
    ).toBe(false);
  });

  test('counts lapsed claims as free from the instant of their expiry on', async () => {
    await take(1, [3, 2]);
    await take(2, [4], '2027-07-10T19:00:00.000Z');
    await take(3, [5], null);
    const lapsed = (at: string) =>
      storage.read(({ inventory }) => inventory.lapsedUnits(eventId, [pool1, pool2], at));
    expect(await lapsed(justBefore)).toEqual([]);
    expect(await lapsed(later)).toEqual([
      { targetId: pool1, units: 3 },
      { targetId: pool2, units: 2 },
    ]);
  });

  test('takes back what lapsed, once, and only on the targets that are named', async () => {
    await take(1, [3, 2]);
    await take(2, [4], null);
    const takeBack = (targets: string[]) =>
      storage.write(async ({ inventory }) => {
        await inventory.lockCounters(eventId, targets);
        return inventory.takeBackLapsed(eventId, targets, later);
      });
    expect(await takeBack([pool1])).toEqual([{ targetId: pool1, units: 3 }]);
    expect(await takeBack([pool1, pool2])).toEqual([{ targetId: pool2, units: 2 }]);
    expect(await takeBack([pool1, pool2])).toEqual([]);
    expect(await claimed()).toEqual([4, 0]);
  });

  test('two takers of the same lapsed claims free them once', async () => {
    await take(1, [3]);
    const freed = await Promise.all(
      [1, 2, 3].map(() =>
        storage.write(({ inventory }) => inventory.takeBackLapsed(eventId, [pool1], later)),
      ),
    );
    expect(freed.flat()).toEqual([{ targetId: pool1, units: 3 }]);
    expect(await claimed()).toEqual([0, 0]);
  });

  test('releases each hold once, summed by target', async () => {
    const holds = [await take(1, [3, 2]), await take(2, [4])];
    const release = () =>
      storage.write(({ inventory }) => inventory.release(eventId, holds, justBefore));
    expect(await release()).toEqual([
      { targetId: pool1, units: 7 },
      { targetId: pool2, units: 2 },
    ]);
    expect(await release()).toEqual([]);
    expect(await claimed()).toEqual([0, 0]);
  });

  test('gives back part of a claim and releases the rest later', async () => {
    const holdId = await take(1, [3, 2], null);
    const giveBack = (units: number) =>
      storage.write(({ inventory }) =>
        inventory.giveBack(eventId, holdId, [{ targetId: pool1, units }], now),
      );
    await giveBack(1);
    expect(await claimed()).toEqual([2, 2]);
    await giveBack(2);
    expect(await claimed()).toEqual([0, 2]);
    await expect(giveBack(1)).rejects.toMatchObject({ code: 'conflict' });
    const claims = await storage.write(({ inventory }) => inventory.claimsOf(eventId, holdId));
    expect(claims.map(({ units, releasedAt }) => [units, releasedAt])).toEqual([
      [2, now],
      [2, null],
    ]);
  });

  test('moves the expiry of claims that are not released, and says how many', async () => {
    const holdId = await take(1, [3, 2]);
    await storage.write(({ inventory }) => inventory.takeBackLapsed(eventId, [pool2], later));
    const pay = () =>
      storage.write(({ inventory }) => inventory.moveExpiry(eventId, holdId, null, now));
    expect(await pay()).toBe(1);
    const lapsed = await storage.write(({ inventory }) =>
      inventory.takeBackLapsed(eventId, [pool1, pool2], '2028-01-01T00:00:00.000Z'),
    );
    expect(lapsed).toEqual([]);
    expect(await claimed()).toEqual([3, 0]);
  });

  test('finds the targets of lapsed claims', async () => {
    await take(1, [3, 2]);
    await take(2, [1]);
    const find = (at: string, limit: number) =>
      storage.write(({ inventory }) => inventory.lapsedTargets(at, limit));
    expect(await find(justBefore, 10)).toEqual([]);
    expect(await find(later, 10)).toEqual([
      { eventId, targetId: pool1 },
      { eventId, targetId: pool2 },
    ]);
    expect(await find(later, 1)).toHaveLength(1);
  });

  test('finds counters that are not the sum of their claims, and claims without a counter', async () => {
    await take(1, [3]);
    const drift = () => storage.read(({ inventory }) => inventory.counterDrift());
    expect(await drift()).toEqual([]);
    await storage.write(async ({ inventory }) => {
      await inventory.addUnits(eventId, [{ targetId: pool1, units: 1 }]);
      await inventory.claims.insert([
        claim(10 * first + 5, { claimantId: idOf('hld', first + 1), targetId: idOf('pol', 7) }),
      ]);
    });
    expect(await drift()).toEqual([
      { targetId: pool1, claimed: 4, claims: 3 },
      { targetId: idOf('pol', 7), claimed: 0, claims: 1 },
    ]);
  });
});
