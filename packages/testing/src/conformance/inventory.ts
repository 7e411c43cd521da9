import { type ClaimRecord, LostRace, type WriteTx } from '@ticketi/core';
import { aClaim, aCounter, aHold, insertOwner, newId, now, soon } from './records.ts';
import { type Part, tried } from './suite.ts';

const before = '2027-07-10T18:14:59.999Z';

/** Counters and claims: the guard, and units that come back once. */
export function inventory({ it, expect, storage, opened, subject }: Part): void {
  /** Two targets of one event, with room for 10 and without limit, and a hold of 3 and 2 units. */
  async function aStand(expiresAt: string | null = soon) {
    return storage().write(async (tx) => {
      const owner = await insertOwner(tx);
      const [limited, unlimited] = [aCounter(owner, 10), aCounter(owner, null)];
      const hold = aHold(owner);
      const claims = [
        aClaim(hold, limited.targetId, 3, expiresAt),
        aClaim(hold, unlimited.targetId, 2, expiresAt),
      ];
      await tx.inventory.openCounters([limited, unlimited]);
      await add(tx, hold, claims);
      const { eventId } = owner;
      return { owner, eventId, hold, claims, a: limited.targetId, b: unlimited.targetId };
    });
  }
  async function add(tx: WriteTx, hold: ReturnType<typeof aHold>, claims: readonly ClaimRecord[]) {
    await tx.inventory.holds.insert([hold]);
    await tx.inventory.claims.insert(claims);
    await tx.inventory.addUnits(hold.eventId, claims);
  }
  const claimed = async (eventId: string, ...targets: string[]) => {
    const rows = await storage().read((tx) => tx.inventory.counters(eventId, targets));
    return targets.map((target) => rows.find(({ targetId }) => targetId === target)?.claimed);
  };
  const drift = (targets: readonly string[]) => async (tx: WriteTx) =>
    (await tx.inventory.counterDrift()).filter(({ targetId }) => targets.includes(targetId));

  it('adds units up to the capacity and not beyond, summed by target', async () => {
    const { eventId, a, b } = await aStand();
    const seven = [
      { targetId: a, units: 4 },
      { targetId: b, units: 1_000_000 },
      { targetId: a, units: 3 },
    ];
    await storage().write((tx) => tx.inventory.addUnits(eventId, seven));
    expect(await claimed(eventId, a, b)).toEqual([10, 1_000_002]);
    const more = [
      { targetId: b, units: 1 },
      { targetId: a, units: 1 },
    ];
    const outcome = await tried(storage(), (tx) => tx.inventory.addUnits(eventId, more));
    expect(outcome).toBeInstanceOf(LostRace);
    expect(await claimed(eventId, a, b)).toEqual([10, 1_000_002]);
  });

  it('lets no two transactions at once take the same last units', async () => {
    const { eventId, a } = await aStand();
    const storages = [storage(), opened().another?.() ?? storage()];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, turn) =>
        storages[turn % 2]?.write((tx) =>
          tx.inventory.addUnits(eventId, [{ targetId: a, units: 2 }]),
        ),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await claimed(eventId, a)).toEqual([9]);
  });

  it('locks the counters asked for, or all of the event, in ascending order', async () => {
    const { eventId, a, b } = await aStand();
    const [some, all, none] = await storage().write(async (tx) => [
      await tx.inventory.lockCounters(eventId, [b, newId('pol'), a]),
      await tx.inventory.lockEvent(eventId),
      await tx.inventory.lockCounters(newId('evt'), [a]),
    ]);
    expect(some?.map(({ targetId }) => targetId)).toEqual([a, b].sort());
    expect(all).toEqual(some);
    expect(none).toEqual([]);
  });

  it('opens counters that are not there yet and leaves those that are', async () => {
    const { owner, eventId, a } = await aStand();
    const fresh = aCounter(owner, 2);
    const rows = [fresh, { ...aCounter(owner, 99), targetId: a }];
    await storage().write((tx) => tx.inventory.ensureCounters(rows));
    await storage().write((tx) => tx.inventory.ensureCounters([...rows].reverse()));
    await storage().write((tx) => tx.inventory.ensureCounters([]));
    const found = await storage().read((tx) => tx.inventory.counters(eventId, [a, fresh.targetId]));
    expect(found.find(({ targetId }) => targetId === a)).toMatchObject({
      capacity: 10,
      claimed: 3,
    });
    expect(found.find(({ targetId }) => targetId === fresh.targetId)).toEqual(fresh);
  });

  it('opens a counter once when several want it at the same time', async () => {
    const { owner, eventId } = await aStand();
    const rows = [aCounter(owner, 3), aCounter(owner, 3)];
    const storages = [storage(), opened().another?.() ?? storage()];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, turn) =>
        storages[turn % 2]?.write(async (tx) => {
          await tx.inventory.ensureCounters(turn % 3 === 0 ? rows : [...rows].reverse());
          const units = rows.map(({ targetId }) => ({ targetId, units: 1 }));
          await tx.inventory.lockCounters(
            eventId,
            units.map(({ targetId }) => targetId),
          );
          await tx.inventory.addUnits(eventId, units);
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await claimed(eventId, ...rows.map(({ targetId }) => targetId))).toEqual([3, 3]);
  });

  it('lets capacities follow, but not below what is claimed', async () => {
    const { owner, eventId, a } = await aStand();
    const free = aCounter(owner, 5);
    const capacities = [
      { targetId: free.targetId, capacity: 2 },
      { targetId: a, capacity: 1 },
    ];
    await storage().write(async (tx) => {
      await tx.inventory.openCounters([free]);
      await tx.inventory.followCapacities(eventId, capacities);
      await tx.inventory.followCapacities(eventId, []);
    });
    const found = await storage().read((tx) => tx.inventory.counters(eventId, [a, free.targetId]));
    expect(found.find(({ targetId }) => targetId === a)?.capacity).toBe(3);
    expect(found.find(({ targetId }) => targetId === free.targetId)?.capacity).toBe(2);
  });

  it('finds live claims whose claimant is not there, or over', async () => {
    const { owner, hold, a } = await aStand();
    const gone = newId('hld');
    const stray = { ...aClaim({ ...hold, id: gone }, a, 1) };
    const over = aHold(owner, { state: 'released' });
    const found = await tried(storage(), async (tx) => {
      await add(tx, over, [stray, aClaim(over, a, 1)]);
      const all = await tx.inventory.strayClaims();
      return all.filter(({ claimantId }) => [gone, over.id, hold.id].includes(claimantId));
    });
    expect(found).toEqual(
      [
        { claimantId: gone, state: 'missing', claims: 1 },
        { claimantId: over.id, state: 'released', claims: 1 },
      ].sort((x, y) => (x.claimantId < y.claimantId ? -1 : 1)),
    );
  });

  it('releases the claims of a hold once', async () => {
    const { eventId, hold, a, b } = await aStand();
    const first = await storage().write((tx) => tx.inventory.release(eventId, [hold.id], now));
    const second = await storage().write((tx) => tx.inventory.release(eventId, [hold.id], now));
    expect([...first].sort((x, y) => y.units - x.units)).toEqual([
      { targetId: a, units: 3 },
      { targetId: b, units: 2 },
    ]);
    expect(second).toEqual([]);
    expect(await claimed(eventId, a, b)).toEqual([0, 0]);
    const claims = await storage().write((tx) => tx.inventory.claimsOf(eventId, hold.id));
    expect(claims.map(({ releasedAt }) => releasedAt)).toEqual([now, now]);
  });

  it('releases a claim once when several ask at the same time', async () => {
    const { eventId, hold, a } = await aStand();
    const storages = [storage(), opened().another?.() ?? storage()];
    const freed = await Promise.all(
      Array.from({ length: 8 }, (_, turn) =>
        storages[turn % 2]?.write((tx) => tx.inventory.release(eventId, [hold.id], now)),
      ),
    );
    expect(freed.filter((units) => units?.length === 2)).toHaveLength(1);
    expect(await claimed(eventId, a)).toEqual([0]);
  });

  it('gives back part of a claim, then the rest, and never more than there is', async () => {
    const { eventId, hold, a, b } = await aStand(null);
    const give = (units: number) => (tx: WriteTx) =>
      tx.inventory.giveBack(eventId, hold.id, [{ targetId: a, units }], now);
    await storage().write(give(1));
    expect(await claimed(eventId, a, b)).toEqual([2, 2]);
    expect(await tried(storage(), give(3))).toBeInstanceOf(LostRace);
    await storage().write(give(2));
    expect(await claimed(eventId, a, b)).toEqual([0, 2]);
    expect(await tried(storage(), give(1))).toBeInstanceOf(LostRace);
    expect(await storage().write(drift([a, b]))).toEqual([]);
  });

  it('counts a claim as lapsed from the moment of its expiry, and a paid one never', async () => {
    const { eventId, hold, a, b } = await aStand();
    const lapsed = (at: string) =>
      storage().read((tx) => tx.inventory.lapsedUnits(eventId, [a, b], at));
    expect(await lapsed(before)).toEqual([]);
    expect((await lapsed(soon)).map(({ units }) => units).sort()).toEqual([2, 3]);
    const moved = await storage().write((tx) =>
      tx.inventory.moveExpiry(eventId, hold.id, null, now),
    );
    expect(moved).toBe(2);
    expect(await lapsed('2099-01-01T00:00:00.000Z')).toEqual([]);
  });

  it('takes back what lapsed on the targets asked for, once, and lowers their counters', async () => {
    const { eventId, a, b } = await aStand();
    const take = (targets: readonly string[], at: string) =>
      storage().write((tx) => tx.inventory.takeBackLapsed(eventId, targets, at));
    expect(await take([a, b], before)).toEqual([]);
    expect(await take([a], soon)).toEqual([{ targetId: a, units: 3 }]);
    expect(await claimed(eventId, a, b)).toEqual([0, 2]);
    expect(await take([a, b], soon)).toEqual([{ targetId: b, units: 2 }]);
    expect(await take([a, b], soon)).toEqual([]);
    expect(await storage().write(drift([a, b]))).toEqual([]);
  });

  it('moves the expiry of claims that are live, and tells how many', async () => {
    const { eventId, hold, a, b } = await aStand();
    await storage().write((tx) => tx.inventory.takeBackLapsed(eventId, [a], soon));
    const moved = await storage().write((tx) =>
      tx.inventory.moveExpiry(eventId, hold.id, null, now),
    );
    expect(moved).toBe(1);
    const claims = await storage().write((tx) => tx.inventory.claimsOf(eventId, hold.id));
    const ofTarget = (target: string) => claims.find(({ targetId }) => targetId === target);
    expect(ofTarget(a)).toMatchObject({ expiresAt: soon, releasedAt: soon });
    expect(ofTarget(b)).toMatchObject({ expiresAt: null, releasedAt: null });
  });

  it('passes over claims that another transaction is keeping', async () => {
    const another = opened().another?.();
    if (another === undefined || !subject.parallelWrites) return;
    const { eventId, hold, a, b } = await aStand();
    await another.write(async (tx) => {
      await tx.inventory.moveExpiry(eventId, hold.id, null, now);
      const taken = await storage().write((own) =>
        own.inventory.takeBackLapsed(eventId, [a, b], soon),
      );
      expect(taken).toEqual([]);
    });
    expect(await claimed(eventId, a, b)).toEqual([3, 2]);
  });

  it('sets a capacity, but not below what is claimed', async () => {
    const { eventId, a } = await aStand();
    const resize = (capacity: number | null) =>
      storage().write((tx) => tx.inventory.resize(eventId, a, capacity));
    expect(await resize(2)).toBe(false);
    expect(await resize(3)).toBe(true);
    expect(await resize(null)).toBe(true);
    expect(await resize(0)).toBe(false);
    const [counter] = await storage().read((tx) => tx.inventory.counters(eventId, [a]));
    expect(counter).toMatchObject({ capacity: null, claimed: 3 });
  });

  it('names the targets on which something lapsed, at most so many claims', async () => {
    const early = '1990-01-01T00:00:00.000Z';
    const { eventId, a, b } = await aStand(early);
    const sweep = (limit: number) =>
      storage().write((tx) => tx.inventory.lapsedTargets(early, limit));
    expect(await sweep(100)).toEqual([a, b].sort().map((targetId) => ({ eventId, targetId })));
    expect(await sweep(1)).toHaveLength(1);
    await storage().write((tx) => tx.inventory.takeBackLapsed(eventId, [a, b], early));
    expect(await sweep(100)).toEqual([]);
  });

  it('finds counters that are not the sum of their claims', async () => {
    const { eventId, a } = await aStand();
    const found = await tried(storage(), async (tx) => {
      await tx.inventory.addUnits(eventId, [{ targetId: a, units: 1 }]);
      return drift([a])(tx);
    });
    expect(found).toEqual([{ targetId: a, claimed: 4, claims: 3 }]);
  });
}
