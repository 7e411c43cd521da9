import type { Storage } from '@ticketi/core';
import { claim, counter, eventId, hold, idOf, seed } from './records.ts';

export const CAPACITY = 50;
const pool = idOf('pol', 1);

/** An event with one pool of `CAPACITY` units. */
export async function openPool(storage: Storage): Promise<void> {
  await storage.write(async (tx) => {
    await seed(tx);
    await tx.inventory.openCounters([counter(1, { capacity: CAPACITY })]);
  });
}

/** Takes one unit as a hold does: under the counter's lock, with time to think. */
export function claimOne(storage: Storage, fresh: () => number): Promise<'claimed' | 'sold_out'> {
  return storage.write(async ({ inventory }) => {
    const [row] = await inventory.lockCounters(eventId, [pool]);
    if (row === undefined || row.capacity === null) throw new Error('no counter');
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (row.claimed >= row.capacity) return 'sold_out';
    const n = fresh();
    await inventory.holds.insert([hold(n)]);
    await inventory.claims.insert([claim(n)]);
    await inventory.addUnits(eventId, [{ targetId: pool, units: 1 }]);
    return 'claimed';
  });
}

/** How many units the pool gave away, by its counter and by its claims. */
export async function sold(storage: Storage): Promise<{ counter: number; claims: number }> {
  return storage.read(async ({ inventory }) => {
    const [row] = await inventory.counters(eventId, [pool]);
    const counter = row?.claimed ?? 0;
    const [drift] = await inventory.counterDrift();
    return { counter, claims: drift === undefined ? counter : drift.claims };
  });
}

/** The statements that keep a pool from being oversold, without what keeps it. */
export function unguarded(statement: string): string {
  return statement
    .replace(/FOR NO KEY UPDATE.*$/, '')
    .replace(/AND \(c\.capacity IS NULL OR .*\)/, '');
}
