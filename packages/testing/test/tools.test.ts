import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Order, systemClock } from '@ticketi/core';
import { describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aListing,
  aPaidOrder,
  seededBytes,
  seededIds,
  testClock,
} from '../src/index.ts';
import { postgresBase, sqliteBase, type TestBase, ticketiOn } from './support/databases.ts';

describe('the test clock', () => {
  test('stands still until it is moved', () => {
    const clock = testClock('2027-07-10T20:00:00+02:00');
    expect([clock.now(), clock.now()]).toEqual([
      '2027-07-10T18:00:00.000Z',
      '2027-07-10T18:00:00.000Z',
    ]);
    expect(clock.advance({ days: 1, hours: 2, minutes: 3, seconds: 4, milliseconds: 5 })).toBe(
      '2027-07-11T20:03:04.005Z',
    );
    clock.set('2027-12-31T23:59:59.999Z');
    expect(clock.now()).toBe('2027-12-31T23:59:59.999Z');
  });

  test('does not go back, and takes nothing but instants', () => {
    const clock = testClock('2027-07-10T18:00:00.000Z');
    expect(() => clock.advance({ minutes: -1 })).toThrow('does not go back to 2027-07-10T17:59');
    expect(() => clock.set('2027-07-10T17:59:59.999Z')).toThrow(RangeError);
    expect(() => clock.set('soon')).toThrow('soon is not an instant');
    expect(() => testClock('never')).toThrow(RangeError);
    expect(clock.now()).toBe('2027-07-10T18:00:00.000Z');
  });
});

describe('seeded ids', () => {
  const tenOf = (seed: number) => {
    const ids = seededIds(seed, testClock());
    return Array.from({ length: 10 }, () => ids.next('ord'));
  };

  test('are the same for the same seed, and others for another', () => {
    expect(tenOf(42)).toEqual(tenOf(42));
    expect(tenOf(42)).not.toEqual(tenOf(43));
    expect(new Set([...tenOf(42), ...tenOf(43)]).size).toBe(20);
    expect([...tenOf(7)].sort()).toEqual(tenOf(7));
  });

  test('spread their bytes evenly', () => {
    const bytes = new Uint8Array(256_000);
    seededBytes(1)(bytes);
    const counts = new Map<number, number>();
    for (const byte of bytes) counts.set(byte, (counts.get(byte) ?? 0) + 1);
    expect(Math.min(...counts.values())).toBeGreaterThan(800);
    expect(Math.max(...counts.values())).toBeLessThan(1200);
  });
});

test('a seeded run is the same on both databases, to the letter', async () => {
  async function run(create: () => Promise<TestBase>): Promise<readonly unknown[]> {
    const base = await create();
    const clock = testClock();
    const ticketi = await ticketiOn(base.storage(), clock, { ids: seededIds(42, clock) });
    try {
      const office = await aBoxOffice(ticketi);
      clock.advance({ minutes: 1 });
      const paid = await aPaidOrder(ticketi, office, { quantity: 3, codes: ['EARLY'] });
      const listing = await aListing(ticketi, paid);
      const orders: Order[] = [];
      for await (const order of ticketi.orders.iterate({ eventId: office.event.id })) {
        orders.push(order);
      }
      const outbox = await ticketi.outbox.list({ organizerId: office.organizer.id });
      return [office, paid, listing, orders, outbox].map((answer) => JSON.stringify(answer));
    } finally {
      await ticketi.close();
      await base.drop();
    }
  }
  const [first, second] = await Promise.all([run(sqliteBase), run(postgresBase)]);
  expect(first).toEqual(second);
  expect(first[0]).toContain(`"createdAt":"${testClock().now()}"`);
  expect(first[0]).not.toContain(systemClock.now().slice(0, 10));
});

test('the package loads without vitest and without a driver', async () => {
  const entry = new URL('../src/index.ts', import.meta.url).href;
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ resolve(name, context, next) { loaded.push(name); return next(name, context); } });
    await import(${JSON.stringify(entry)});
    console.log(loaded.filter((name) => /vitest|better-sqlite3|^pg|knex/.test(name)).join());
  `;
  const args = ['--conditions=ticketi-source', '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout.trim()).toBe('');
});
