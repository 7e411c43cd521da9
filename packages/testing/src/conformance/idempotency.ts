import type { IdempotencyRecord } from '@ticketi/core';
import { newId, now, soon } from './records.ts';
import type { Part } from './suite.ts';

/** Answers that are kept under a key, and the installation's secret. */
export function idempotency({ it, expect, storage, opened }: Part): void {
  const answer = (change: Partial<IdempotencyRecord> = {}): IdempotencyRecord => ({
    id: `key of ${newId('org')}`,
    inputHash: 'hash',
    output: { text: 'ünïcode 🎟', none: null, list: [1, 'two', false], z: 1, a: 2 },
    createdAt: now,
    expiresAt: soon,
    ...change,
  });

  it('keeps an answer until it expires', async () => {
    const kept = answer();
    expect(await storage().write((tx) => tx.idempotency.insert([kept], now))).toBe(1);
    const find = (at: string) => storage().write((tx) => tx.idempotency.find([kept.id], at));
    const [found] = await find('2027-07-10T18:14:59.999Z');
    expect(found).toEqual(kept);
    expect(JSON.stringify(found?.output)).toBe(JSON.stringify(kept.output));
    expect(await find(soon)).toEqual([]);
  });

  it('keeps the first answer of a key, and a new one after it expired', async () => {
    const first = answer();
    const second = answer({ id: first.id, inputHash: 'other', output: null, expiresAt: now });
    await storage().write((tx) => tx.idempotency.insert([first], now));
    const insert = (at: string) => storage().write((tx) => tx.idempotency.insert([second], at));
    expect(await insert(now)).toBe(0);
    const find = () =>
      storage().write((tx) => tx.idempotency.find([first.id], '2000-01-01T00:00:00.000Z'));
    expect(await find()).toEqual([first]);
    expect(await insert(soon)).toBe(1);
    expect(await find()).toEqual([second]);
  });

  it('counts how many of several it kept', async () => {
    const [taken, fresh] = [answer(), answer()];
    await storage().write((tx) => tx.idempotency.insert([taken], now));
    const count = await storage().write((tx) => tx.idempotency.insert([taken, fresh], now));
    expect(count).toBe(1);
    expect(await storage().write((tx) => tx.idempotency.insert([], now))).toBe(0);
    expect(await storage().write((tx) => tx.idempotency.find([], now))).toEqual([]);
  });

  it('keeps one answer of several that come at once', async () => {
    const { id } = answer();
    const storages = [storage(), opened().another?.() ?? storage()];
    const counts = await Promise.all(
      Array.from({ length: 10 }, (_, turn) =>
        storages[turn % 2]?.write((tx) =>
          tx.idempotency.insert([answer({ id, output: turn })], now),
        ),
      ),
    );
    expect(counts.filter((count) => count === 1)).toHaveLength(1);
    expect(counts.filter((count) => count === 0)).toHaveLength(9);
  });

  it('keeps one secret, the first', async () => {
    const first = await storage().write((tx) => tx.secrets.keep('first secret', now));
    expect(await storage().write((tx) => tx.secrets.keep('second secret', now))).toBe(first);
    expect(await storage().write((tx) => tx.secrets.find())).toBe(first);
  });
}
