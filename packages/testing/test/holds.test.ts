import type { Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aHold,
  aListing,
  aPaidOrder,
  type BoxOffice,
  payInCash,
  testClock,
  ticketsOf,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const anna = { name: 'Anna', email: 'anna@example.com' };
const user = (id: string) => ({ type: 'user', id }) as const;

describe.each(databases)('holds and blocks on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi, { capacity: 10, codeUses: 1 });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const pool = async (id = office.pool.id) => {
    const { items } = await ticketi.pools.list({ eventId: office.event.id });
    return items.find((own) => own.id === id);
  };
  const items = (standard: number, vip = 0) =>
    [
      { ticketTypeId: office.standard.id, quantity: standard },
      { ticketTypeId: office.vip.id, quantity: vip },
    ].filter(({ quantity }) => quantity > 0);
  const held = async (standard: number, vip = 0, codes: string[] = []) => {
    const { hold, actor } = await aHold(ticketi, office, {
      userId: 'u_1',
      items: items(standard, vip),
      codes,
    });
    return { holdId: hold.id, hold, buyer: ticketi.as(actor) };
  };
  const sound = async () => {
    const { checks } = await ticketi.diagnose();
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  };

  test('a hold is extended once, by five minutes, with all that it claims', async () => {
    const { holdId, hold, buyer } = await held(4, 0, ['EARLY']);
    clock.advance({ minutes: 14 });
    const extended = await buyer.holds.extend({ holdId });
    expect(Date.parse(extended.expiresAt) - Date.parse(hold.expiresAt)).toBe(5 * 60_000);
    expect(extended.extendedAt).toBe(clock.now());
    await expect(buyer.holds.extend({ holdId })).rejects.toMatchObject({
      code: 'hold_already_extended',
      details: { extendedAt: clock.now() },
    });
    clock.advance({ minutes: 5 });
    await expect(held(7)).rejects.toMatchObject({ code: 'sold_out', details: { available: 6 } });
    await expect(held(1, 0, ['EARLY'])).rejects.toMatchObject({ code: 'code_not_valid' });
    clock.advance({ minutes: 1 });
    await held(10);
    await expect(buyer.orders.place({ holdId, buyer: anna })).rejects.toMatchObject({
      code: 'hold_expired',
    });
    await sound();
  });

  test('a hold that is over is not extended', async () => {
    const { holdId, buyer } = await held(1);
    clock.advance({ minutes: 15 });
    await expect(buyer.holds.extend({ holdId })).rejects.toMatchObject({ code: 'hold_expired' });
    const second = await held(1);
    await second.buyer.holds.release({ holdId: second.holdId });
    await expect(second.buyer.holds.extend({ holdId: second.holdId })).rejects.toMatchObject({
      code: 'hold_not_active',
    });
  });

  test('a hold grows, shrinks and swaps its types, keeping its expiry', async () => {
    const { holdId, hold, buyer } = await held(4);
    const change = (standard: number, vip = 0) =>
      buyer.holds.change({ holdId, items: items(standard, vip) });
    clock.advance({ minutes: 3 });
    const grown = await change(6, 1);
    expect(grown).toMatchObject({ expiresAt: hold.expiresAt, items: items(6, 1) });
    expect((await pool())?.held).toBe(7);
    await change(1, 1);
    expect((await pool())?.held).toBe(2);
    await change(0, 10);
    expect((await pool())?.held).toBe(10);
    await change(10);
    await change(2);
    const order = await buyer.orders.place({ holdId, buyer: anna });
    expect((await pool())?.held).toBe(2);
    await payInCash(ticketi, order);
    expect(await ticketsOf(ticketi, order.id)).toHaveLength(2);
    expect(await pool()).toMatchObject({ held: 0, sold: 2, available: 8 });
    await sound();
  });

  test('a change that finds no room changes nothing', async () => {
    const { holdId, buyer } = await held(4);
    await held(5);
    const before = await base.contents();
    await expect(buyer.holds.change({ holdId, items: items(4, 2) })).rejects.toMatchObject({
      code: 'sold_out',
      details: { available: 1 },
    });
    expect(await base.contents()).toEqual(before);
    await buyer.holds.change({ holdId, items: items(4, 1) });
    await sound();
  });

  test('a change takes back what others let lapse', async () => {
    await held(6);
    clock.advance({ minutes: 10 });
    const { holdId, buyer } = await held(4);
    clock.advance({ minutes: 5 });
    await buyer.holds.change({ holdId, items: items(10) });
    await sound();
  });

  test('what stays keeps its price; what is added has that of today', async () => {
    const { holdId, buyer } = await held(3);
    await ticketi.ticketTypes.update({ ticketTypeId: office.standard.id, price: 6000 });
    const prices = async (standard: number) => {
      const { quote } = await buyer.holds.change({ holdId, items: items(standard) });
      return quote.lines.map(({ quantity, unitPrice }) => [quantity, unitPrice]);
    };
    expect(await prices(2)).toEqual([[2, 4900]]);
    expect(await prices(4)).toEqual([
      [2, 4900],
      [2, 6000],
    ]);
    expect(await prices(3)).toEqual([
      [2, 4900],
      [1, 6000],
    ]);
    const order = await payInCash(ticketi, await buyer.orders.place({ holdId, buyer: anna }));
    const tickets = await ticketsOf(ticketi, order.id);
    expect(tickets.map(({ price }) => price)).toEqual([4900, 4900, 6000]);
    await sound();
  });

  test('a code is kept, dropped and taken up again with its use', async () => {
    const { holdId, buyer } = await held(1, 0, ['EARLY']);
    const used = async () =>
      (await ticketi.codes.list({ eventId: office.event.id })).items[0]?.used;
    const kept = await buyer.holds.change({ holdId, items: items(2) });
    expect(kept.quote.discount).toBe(980);
    expect(await used()).toBe(1);
    const without = await buyer.holds.change({ holdId, items: items(2), codes: [] });
    expect(without.quote.discount).toBe(0);
    expect(await used()).toBe(0);
    await buyer.holds.change({ holdId, items: items(2), codes: ['early'] });
    await expect(held(1, 0, ['EARLY'])).rejects.toMatchObject({ code: 'code_not_valid' });
    await sound();
  });

  test('tickets of a type that is no longer on sale can be given back, not added', async () => {
    const { holdId, buyer } = await held(3);
    await ticketi.ticketTypes.update({ ticketTypeId: office.standard.id, state: 'off_sale' });
    await buyer.holds.change({ holdId, items: items(2, 1) });
    await expect(buyer.holds.change({ holdId, items: items(3) })).rejects.toMatchObject({
      code: 'not_on_sale',
    });
  });

  test('limits follow a change both ways', async () => {
    await ticketi.events.update({ eventId: office.event.id, maxPerBuyer: 4 });
    await ticketi.ticketTypes.update({ ticketTypeId: office.standard.id, maxInAll: 3 });
    const { holdId, buyer } = await held(2);
    await held(2 - 1, 1);
    const change = (standard: number, vip = 0) =>
      buyer.holds.change({ holdId, items: items(standard, vip) });
    await expect(change(2, 1)).rejects.toMatchObject({ details: { per: 'buyer', available: 0 } });
    await expect(change(3)).rejects.toMatchObject({ code: 'limit_exceeded' });
    await change(0, 2);
    await change(1, 1);
    await sound();
  });

  test('what is over, ordered or a reserved listing is not changed', async () => {
    const { holdId, buyer } = await held(1);
    await buyer.orders.place({ holdId, buyer: anna });
    await expect(buyer.holds.change({ holdId, items: items(2) })).rejects.toMatchObject({
      code: 'hold_not_active',
    });
    const late = await held(1);
    clock.advance({ minutes: 15 });
    await expect(
      late.buyer.holds.change({ holdId: late.holdId, items: items(2) }),
    ).rejects.toMatchObject({ code: 'hold_expired' });
    const listing = await aListing(ticketi, await aPaidOrder(ticketi, office, { userId: 's' }));
    const reserving = ticketi.as(user('r'));
    const reserved = await reserving.resale.reserve({ listingId: listing.id });
    await expect(
      reserving.holds.change({ holdId: reserved.id, items: items(1) }),
    ).rejects.toMatchObject({ code: 'hold_not_changeable' });
    await reserving.holds.extend({ holdId: reserved.id });
    await sound();
  });

  test('a block takes units out of sale, all or nothing, until they are released', async () => {
    const eventId = office.event.id;
    const poolId = office.pool.id;
    await held(3);
    const create = (units: number) =>
      ticketi.blocks.create({ eventId, poolId, units, reason: 'Guest list' });
    await expect(create(8)).rejects.toMatchObject({ code: 'sold_out', details: { available: 7 } });
    const block = await create(6);
    expect(await pool()).toMatchObject({ held: 3, sold: 0, blocked: 6, claimed: 9, available: 1 });
    await expect(held(2)).rejects.toMatchObject({ code: 'sold_out' });
    clock.advance({ minutes: 15 });
    expect(await pool()).toMatchObject({ held: 0, blocked: 6, available: 4 });

    const { id: blockId } = block;
    expect(await ticketi.blocks.release({ blockId, units: 2 })).toMatchObject({
      units: 4,
      released: 2,
      state: 'active',
    });
    await expect(ticketi.blocks.release({ blockId, units: 5 })).rejects.toMatchObject({
      code: 'block_too_small',
      details: { left: 4, requested: 5 },
    });
    expect(await ticketi.blocks.release({ blockId })).toMatchObject({
      units: 0,
      state: 'released',
      releasedAt: clock.now(),
    });
    await expect(ticketi.blocks.release({ blockId })).rejects.toMatchObject({
      code: 'block_released',
    });
    expect(await pool()).toMatchObject({ blocked: 0, available: 10 });
    const { items: listed } = await ticketi.blocks.list({ eventId });
    expect(listed.map(({ id, released }) => [id, released])).toEqual([[blockId, 6]]);
    await sound();
  });

  test('a pool cannot be made smaller than what is set aside of it', async () => {
    const { event, pool: own } = office;
    await ticketi.blocks.create({ eventId: event.id, poolId: own.id, units: 6, reason: 'Crew' });
    await expect(ticketi.pools.update({ poolId: own.id, capacity: 5 })).rejects.toMatchObject({
      code: 'capacity_below_claimed',
    });
    expect(await ticketi.pools.update({ poolId: own.id, capacity: 6 })).toMatchObject({
      blocked: 6,
      available: 0,
    });
  });

  test('a sweep frees one event at a time, so many claims in a call', async () => {
    while ((await ticketi.holds.sweep()).more);
    const other = await aBoxOffice(ticketi, { ownerId: 'other' });
    for (let turn = 0; turn < 3; turn += 1) await held(1);
    await aHold(ticketi, other, { quantity: 2 });
    clock.advance({ minutes: 15 });
    const freed = new Map<string | null, number[]>();
    let more = true;
    while (more) {
      const swept = await ticketi.holds.sweep({ limit: 2 });
      freed.set(swept.eventId, [...(freed.get(swept.eventId) ?? []), swept.units]);
      more = swept.more;
    }
    expect(freed.get(office.event.id)?.every((units) => units <= 2)).toBe(true);
    expect(freed.get(office.event.id)?.reduce((sum, units) => sum + units, 0)).toBe(3);
    expect(freed.get(other.event.id)).toEqual([2]);
    expect(await ticketi.holds.sweep()).toEqual({ eventId: null, units: 0, more: false });
    await sound();
  });

  test('the sale of a ticket type ends with the last of its own sessions', async () => {
    const { event, pool: own } = office;
    const times = { startsAt: '2027-06-02T18:00', endsAt: '2027-06-02T20:00' };
    const session = await ticketi.sessions.add({ eventId: event.id, ...times });
    const early = await ticketi.ticketTypes.create({
      eventId: event.id,
      name: 'Preview',
      price: 1000,
      draws: [{ poolId: own.id }],
      sessionIds: [session.id],
    });
    const preview = { items: [{ ticketTypeId: early.id, quantity: 1 }] };
    const onSale = async () => {
      const { ticketTypes } = await ticketi.availability.get({ eventId: event.id });
      return ticketTypes.map((type) => type.onSale);
    };
    const far = testClock(session.endsAt);
    const later = await ticketiOn(base.storage(), far);
    try {
      const { hold } = await aHold(ticketi, office, preview);
      expect(await onSale()).toEqual([true, true, true]);
      await expect(aHold(later, office, preview)).rejects.toMatchObject({
        code: 'not_on_sale',
        details: { ticketTypeId: early.id, until: session.endsAt },
      });
      await aHold(later, office);
      expect(hold.items).toEqual(preview.items);
      const { ticketTypes } = await later.availability.get({ eventId: event.id });
      expect(ticketTypes.map((type) => [type.name, type.onSale])).toEqual([
        ['Standard', true],
        ['VIP', true],
        ['Preview', false],
      ]);
    } finally {
      await later.close();
    }
  });

  test('a pool is shown alone as it is in the list', async () => {
    await held(2);
    const { items: listed } = await ticketi.pools.list({ eventId: office.event.id });
    expect([await ticketi.pools.get({ poolId: office.pool.id })]).toEqual(listed);
  });
});
