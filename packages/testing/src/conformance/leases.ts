import { later, newId, now, soon } from './records.ts';
import type { Part } from './suite.ts';

/** Pieces of work that one worker at a time has. */
export function leases({ it, expect, storage, opened }: Part): void {
  const take = (names: readonly string[], until: string, at: string) =>
    storage().write((tx) => tx.leases.take(names, until, at));

  it('leases a name once until it lapses', async () => {
    const [a, b] = [newId('pay'), newId('pay')].sort() as [string, string];
    expect(await take([b, a, b], soon, now)).toEqual([a, b]);
    expect(await take([a], later, now)).toEqual([]);
    expect(await take([a], later, soon)).toEqual([a]);
    expect(await take([], soon, now)).toEqual([]);
  });

  it('gives up a lease, and not the one that somebody has taken since', async () => {
    const name = newId('pay');
    await take([name], soon, now);
    await storage().write((tx) => tx.leases.drop([name], soon));
    expect(await take([name], later, now)).toEqual([name]);
    await storage().write((tx) => tx.leases.drop([name], soon));
    expect(await take([name], soon, now)).toEqual([]);
  });

  it('forgets what lapsed', async () => {
    const [over, live] = [newId('pay'), newId('pay')];
    await take([over], soon, now);
    await take([live], later, now);
    expect(await storage().write((tx) => tx.leases.sweep(soon, 1000))).toBeGreaterThanOrEqual(1);
    expect(await take([over, live], later, soon)).toEqual([over]);
  });

  it('gives each name to one of several who ask at once', async () => {
    const names = Array.from({ length: 20 }, () => newId('pay'));
    const storages = [storage(), opened().another?.() ?? storage()];
    const taken = await Promise.all(
      Array.from({ length: 8 }, (_, turn) =>
        storages[turn % 2]?.write((tx) =>
          tx.leases.take(turn % 3 === 0 ? names.toReversed() : names, soon, now),
        ),
      ),
    );
    expect(taken.flat().sort()).toEqual(names.toSorted());
  });
}
