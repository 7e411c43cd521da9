import type { Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, aHold, aPaidOrder, type BoxOffice, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const anonymous = { type: 'anonymous' } as const;
const stranger = { type: 'user', id: 'stranger' } as const;

describe.each(databases)('availability on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let eventId: string;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi, { capacity: 20 });
    eventId = office.event.id;
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const owner = () => ticketi.as({ type: 'user', id: office.ownerId });
  const get = (maxAgeMillis: number, as: Parameters<Ticketi['as']>[0] = anonymous) =>
    ticketi.as(as).availability.get({ eventId, maxAgeMillis });
  const block = (units: number) =>
    ticketi.blocks.create({ eventId, poolId: office.pool.id, units, reason: 'Guest list' });
  const standardAt = async (at?: string) => {
    const answer = await owner().availability.explain(
      at === undefined ? { eventId } : { eventId, at },
    );
    const type = answer.ticketTypes.find(({ name }) => name === 'Standard');
    return { ...answer, type };
  };

  test('one call tells an organizer all of an event, and a buyer what buyers need', async () => {
    await aHold(ticketi, office, { quantity: 2 });
    await aPaidOrder(ticketi, office, { quantity: 3 });
    await block(4);
    const mine = await owner().availability.get({ eventId });
    expect(mine.pools).toEqual([
      expect.objectContaining({ held: 2, sold: 3, blocked: 4, available: 11, capacity: 20 }),
    ]);
    const { pools, ...buyers } = mine;
    expect(await get(0)).toEqual({ ...buyers, pools: null });
    expect(await get(0, stranger)).toEqual({ ...buyers, pools: null });
  });

  test('a display may be answered from a picture, no older than it says', async () => {
    const available = async (maxAgeMillis: number) => {
      const { ticketTypes, cached, at } = await get(maxAgeMillis);
      return { available: ticketTypes[0]?.available, cached, at };
    };
    const began = clock.now();
    expect(await available(500)).toEqual({ available: 20, cached: false, at: began });
    await aHold(ticketi, office, { quantity: 5 });
    clock.advance({ milliseconds: 500 });
    expect(await available(500)).toEqual({ available: 20, cached: true, at: began });
    expect(await available(499)).toMatchObject({ available: 15, cached: false });
    expect(await available(0)).toMatchObject({ available: 15, cached: false });
    await expect(get(1001)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('a picture shows members no more than everybody, and they see all when they ask exactly', async () => {
    await get(1000);
    const { id } = office.organizer;
    const member = { type: 'user', id: office.ownerId } as const;
    expect((await get(1000, member)).pools).toBeNull();
    expect((await get(0, member)).pools).toHaveLength(1);
    expect(id).toBe(office.event.organizerId);
  });

  test('a private event has no picture: its members get an exact answer, others none', async () => {
    await ticketi.events.update({ eventId, visibility: 'private' });
    const member = { type: 'user', id: office.ownerId } as const;
    const missing = { code: 'not_found' };
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await get(1000, member)).toMatchObject({
        cached: false,
        pools: [expect.objectContaining({ available: 20 })],
      });
      await expect(get(1000)).rejects.toMatchObject(missing);
      await expect(get(1000, stranger)).rejects.toMatchObject(missing);
    }
    const together = await Promise.allSettled([get(1000, member), get(1000), get(1000, stranger)]);
    expect(together.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  test('an explanation says which pool limits a type, how it is used and what would change it', async () => {
    const { hold } = await aHold(ticketi, office, { quantity: 2 });
    clock.advance({ minutes: 2 });
    await aHold(ticketi, office, { quantity: 1 });
    await aPaidOrder(ticketi, office, { quantity: 3 });
    const { id: blockId } = await block(4);
    const saleUntil = '2097-07-01T10:00:00.000Z';
    await ticketi.ticketTypes.update({ ticketTypeId: office.standard.id, saleUntil });
    const { pools, type, unknown } = await standardAt();
    expect(pools).toEqual([
      expect.objectContaining({ held: 3, sold: 3, blocked: 4, lapsed: 0, available: 10 }),
    ]);
    expect(unknown).toEqual([]);
    expect(type).toMatchObject({
      onSale: true,
      available: 10,
      limitedBy: { kind: 'pool', id: office.pool.id },
      changes: [
        { kind: 'hold_expires', at: hold.expiresAt, units: 2, id: office.pool.id },
        { kind: 'sale_closes', at: saleUntil, units: null },
        { kind: 'block_release', at: null, units: 4, id: blockId },
      ],
    });
    expect(type?.sentences).toEqual([
      'Standard: 10 can be had. Floor limits it, of 20: 3 held, 3 sold, 4 blocked.',
      `The next hold expires at ${hold.expiresAt}, which frees 2 units.`,
      `Sales end at ${saleUntil}.`,
      `Releasing the block ${blockId} (Guest list) would free 4 units.`,
    ]);
    clock.advance({ minutes: 13 });
    expect((await standardAt()).pools[0]).toMatchObject({ held: 1, lapsed: 2, available: 12 });
  });

  test('it says when the limit of the type, the sale window or the event is what limits', async () => {
    await ticketi.ticketTypes.update({ ticketTypeId: office.standard.id, maxInAll: 5 });
    await aHold(ticketi, office, { quantity: 2 });
    expect((await standardAt()).type).toMatchObject({
      available: 3,
      limitedBy: { kind: 'ticket_type', id: office.standard.id },
      sentences: [
        'Standard: 3 can be had. At most 5 of this type in all: 2 held, 0 sold.',
        expect.stringContaining('which frees 2 tickets.'),
      ],
    });
    const saleFrom = '2097-01-01T00:00:00.000Z';
    await ticketi.ticketTypes.update({ ticketTypeId: office.standard.id, saleFrom });
    expect((await standardAt()).type).toMatchObject({
      onSale: false,
      limitedBy: { kind: 'sale', text: `Not on sale yet: sales begin at ${saleFrom}.` },
    });
    await ticketi.pools.update({ poolId: office.pool.id, capacity: null });
    const { ticketTypes } = await owner().availability.explain({ eventId });
    const vip = ticketTypes.find(({ name }) => name === 'VIP');
    expect(vip).toMatchObject({
      available: null,
      limitedBy: { kind: 'none' },
      sentences: ['VIP: any number can be had. Nothing limits it.'],
    });
  });

  test('it explains another instant, past or future, and says what it cannot tell', async () => {
    const before = clock.now();
    clock.advance({ minutes: 1 });
    const { hold } = await aHold(ticketi, office, { quantity: 2 });
    const { id: blockId } = await block(4);
    const withHold = clock.now();
    clock.advance({ minutes: 1 });
    await aPaidOrder(ticketi, office, { quantity: 3 });
    await ticketi.blocks.release({ blockId });
    const usage = async (at: string) => {
      const { pools, unknown } = await standardAt(at);
      return { usage: pools[0], told: unknown.length === 0 };
    };
    const shown = (units: object, told: boolean) => ({
      usage: expect.objectContaining({ held: 0, sold: 0, blocked: 0, lapsed: 0, ...units }),
      told,
    });
    expect(await usage(before)).toEqual(shown({ available: 20 }, false));
    expect(await usage(withHold)).toEqual(shown({ held: 2, blocked: 4, available: 14 }, false));
    expect(await usage(clock.now())).toEqual(shown({ held: 2, sold: 3, available: 15 }, true));
    expect(await usage(hold.expiresAt)).toEqual(
      shown({ sold: 3, lapsed: 2, available: 17 }, false),
    );
  });
});
