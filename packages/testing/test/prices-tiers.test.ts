import type { Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aHold,
  aPaidOrder,
  aPlacedOrder,
  type BoxOffice,
  payInCash,
  testClock,
  ticketsOf,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { aType, expectSound, expectSums, pricesIn, type TypeFacts } from './support/pricing.ts';

const anna = { name: 'Anna', email: 'anna@example.com' };

describe.each(databases)('tiers and steps on %s', (_name, create) => {
  let clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
  });
  beforeEach(async () => {
    await ticketi?.close();
    clock = testClock();
    ticketi = await ticketiOn(base.storage(), clock);
    office = await aBoxOffice(ticketi, { capacity: 100, fee: { percent: '0', fixed: 0 } });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const early = { name: 'Early bird', price: 3000, quantity: 5 };
  const regular = { name: 'Regular', price: 4000, quantity: 5 };
  const tiered = (facts: TypeFacts = {}) =>
    aType(ticketi, office, { tiers: [early, regular], ...facts });
  const held = async (ticketTypeId: string, quantity: number, userId = 'u_1') => {
    const { hold, actor } = await aHold(ticketi, office, {
      userId,
      items: [{ ticketTypeId, quantity }],
    });
    expectSums(hold);
    return { holdId: hold.id, hold, buyer: ticketi.as(actor), prices: pricesIn(hold.quote) };
  };

  test('a tier that sells out inside an order splits the line, then the next one is sold', async () => {
    const { id } = await tiered();
    expect((await held(id, 3)).prices).toEqual([[3, 3000, 'Early bird']]);
    expect((await held(id, 4)).prices).toEqual([
      [2, 3000, 'Early bird'],
      [2, 4000, 'Regular'],
    ]);
    const last = await held(id, 5);
    expect(last.prices).toEqual([
      [3, 4000, 'Regular'],
      [2, 5000],
    ]);
    const order = await payInCash(
      ticketi,
      await last.buyer.orders.place({ holdId: last.holdId, buyer: anna }),
    );
    const tickets = await ticketsOf(ticketi, order.id);
    expect(tickets.map(({ price }) => price)).toEqual([4000, 4000, 4000, 5000, 5000]);
    await expectSound(ticketi);
  });

  test('one order may run through all tiers', async () => {
    const { id } = await tiered({ maxPerOrder: 20 });
    expect((await held(id, 13)).prices).toEqual([
      [5, 3000, 'Early bird'],
      [5, 4000, 'Regular'],
      [3, 5000],
    ]);
    await expectSound(ticketi);
  });

  test('a tier ends at its instant, whether or not it is sold out', async () => {
    const tiers = [
      { ...early, until: '2027-06-01T15:00' },
      { ...regular, quantity: null, until: '2027-06-01T16:00' },
    ];
    const { id, tiers: made } = await tiered({ tiers });
    expect(made.map(({ until }) => until)).toEqual([
      '2027-06-01T13:00:00.000Z',
      '2027-06-01T14:00:00.000Z',
    ]);
    expect((await held(id, 2)).prices).toEqual([[2, 3000, 'Early bird']]);
    clock.advance({ minutes: 59, seconds: 59 });
    expect((await held(id, 1)).prices).toEqual([[1, 3000, 'Early bird']]);
    clock.advance({ seconds: 1 });
    expect((await held(id, 2)).prices).toEqual([[2, 4000, 'Regular']]);
    clock.advance({ hours: 1 });
    expect((await held(id, 2)).prices).toEqual([[2, 5000]]);
    await expectSound(ticketi);
  });

  test('what is released, lapses or is cancelled is sold at the early price again', async () => {
    const { id } = await tiered();
    const first = await held(id, 5);
    expect((await held(id, 1)).prices).toEqual([[1, 4000, 'Regular']]);
    await first.buyer.holds.release({ holdId: first.holdId });
    const second = await held(id, 4);
    expect(second.prices).toEqual([[4, 3000, 'Early bird']]);
    // Nobody sweeps: the next hold takes back what lapsed.
    clock.advance({ minutes: 15 });
    const third = await held(id, 6);
    expect(third.prices).toEqual([
      [5, 3000, 'Early bird'],
      [1, 4000, 'Regular'],
    ]);
    const order = await third.buyer.orders.place({ holdId: third.holdId, buyer: anna });
    await ticketi.orders.cancel({ orderId: order.id });
    const fourth = await held(id, 5);
    expect(fourth.prices).toEqual([[5, 3000, 'Early bird']]);
    await fourth.buyer.orders.place({ holdId: fourth.holdId, buyer: anna });
    clock.advance({ minutes: 30 });
    expect((await held(id, 1)).prices).toEqual([[1, 3000, 'Early bird']]);
    await ticketi.orders.expire();
    await expectSound(ticketi);
  });

  test('quotes count what lapsed as free, and a sweep changes nothing of it', async () => {
    const { id } = await tiered();
    await held(id, 5);
    const items = [{ ticketTypeId: id, quantity: 1 }];
    const now = async () => pricesIn(await ticketi.quotes.get({ eventId: office.event.id, items }));
    expect(await now()).toEqual([[1, 4000, 'Regular']]);
    clock.advance({ minutes: 15 });
    expect(await now()).toEqual([[1, 3000, 'Early bird']]);
    while ((await ticketi.holds.sweep()).more);
    expect(await now()).toEqual([[1, 3000, 'Early bird']]);
    await expectSound(ticketi);
  });

  test('a voided ticket gives its place back and not the price of its tier', async () => {
    const { id } = await tiered();
    const items = [{ ticketTypeId: id, quantity: 5 }];
    const { tickets } = await aPaidOrder(ticketi, office, { userId: 'u_1', items });
    await ticketi.tickets.void({ ticketId: tickets[0]?.id ?? '' });
    expect((await ticketi.pools.get({ poolId: office.pool.id })).claimed).toBe(4);
    expect((await held(id, 1)).prices).toEqual([[1, 4000, 'Regular']]);
    await expectSound(ticketi);
  });

  test('a change keeps units at their price and tier; those on top have that of today', async () => {
    const { id } = await tiered();
    const mine = await held(id, 3);
    await held(id, 1, 'u_2');
    const change = async (quantity: number) => {
      const items = [{ ticketTypeId: id, quantity }];
      const changed = await mine.buyer.holds.change({ holdId: mine.holdId, items });
      expectSums(changed);
      return pricesIn(changed.quote);
    };
    expect(await change(6)).toEqual([
      [4, 3000, 'Early bird'],
      [2, 4000, 'Regular'],
    ]);
    expect(await change(5)).toEqual([
      [4, 3000, 'Early bird'],
      [1, 4000, 'Regular'],
    ]);
    await ticketi.prices.set({ ticketTypeId: id, tiers: [{ ...early, price: 3500 }], price: 6000 });
    expect(await change(6)).toEqual([
      [4, 3000, 'Early bird'],
      [1, 4000, 'Regular'],
      [1, 6000],
    ]);
    expect(await change(2)).toEqual([[2, 3000, 'Early bird']]);
    // What was given back is sold again, at the tier's new price.
    expect((await held(id, 3)).prices).toEqual([
      [2, 3500, 'Early bird'],
      [1, 6000],
    ]);
    expect(await change(3)).toEqual([
      [2, 3000, 'Early bird'],
      [1, 6000],
    ]);
    await expectSound(ticketi);
  });

  test('a change takes the early price that others let lapse', async () => {
    const { id } = await tiered();
    await held(id, 4);
    clock.advance({ minutes: 10 });
    const mine = await held(id, 1);
    clock.advance({ minutes: 5 });
    const items = [{ ticketTypeId: id, quantity: 4 }];
    const { quote } = await mine.buyer.holds.change({ holdId: mine.holdId, items });
    expect(pricesIn(quote)).toEqual([[4, 3000, 'Early bird']]);
    await expectSound(ticketi);
  });

  test('the price that a hold has never moves, whatever becomes of the catalogue', async () => {
    const { id } = await tiered({ maxPerOrder: 20 });
    const { hold, holdId, buyer } = await held(id, 7);
    const { event, organizer } = office;
    await ticketi.prices.set({ ticketTypeId: id, tiers: [], price: 9000, taxClass: 'reduced' });
    await ticketi.fees.set({ eventId: event.id, percent: '20' });
    await ticketi.taxes.set({
      organizerId: organizer.id,
      name: 'VAT',
      taxClass: 'reduced',
      place: 'DE',
      percent: '7',
    });
    await ticketi.prices.setPolicy({ eventId: event.id, taxPlace: 'DE', pricesInclude: 'no_tax' });
    await ticketi.discounts.set({
      eventId: event.id,
      name: 'Two for one',
      rule: { type: 'n_for_m', n: 2, m: 1 },
    });
    expect((await buyer.holds.get({ holdId })).quote).toEqual(hold.quote);
    await buyer.holds.extend({ holdId });
    const order = await buyer.orders.place({ holdId, buyer: anna });
    expect(order.quote).toEqual(hold.quote);
    const paid = await payInCash(ticketi, order);
    expect(paid.total).toBe(5 * 3000 + 2 * 4000);
    const tickets = await ticketsOf(ticketi, order.id);
    expect(tickets.reduce((sum, { price }) => sum + price, 0)).toBe(paid.total);
    await expectSound(ticketi);
  });

  test('a tier made smaller than its sales sells no more of them, and one made larger does', async () => {
    const { id } = await tiered();
    await held(id, 4);
    await ticketi.prices.set({ ticketTypeId: id, tiers: [{ ...early, quantity: 2 }] });
    expect((await held(id, 1)).prices).toEqual([[1, 5000]]);
    await ticketi.prices.set({ ticketTypeId: id, tiers: [{ ...early, quantity: 6 }] });
    expect((await held(id, 3)).prices).toEqual([
      [2, 3000, 'Early bird'],
      [1, 5000],
    ]);
    await expectSound(ticketi);
  });

  test('a late payment goes back when its tier was sold to others meanwhile', async () => {
    const { id } = await tiered();
    const items = [{ ticketTypeId: id, quantity: 3 }];
    const { order } = await aPlacedOrder(ticketi, office, { userId: 'u_1', items });
    const { payment } = await ticketi.orders.pay({ orderId: order.id });
    clock.advance({ minutes: 30 });
    await held(id, 3, 'u_2');
    const record = () =>
      ticketi.payments.record({
        paymentId: payment?.id ?? '',
        result: { state: 'succeeded', providerRef: 'bank:1', amount: 9000, currency: 'EUR' },
      });
    expect((await record()).refund).toMatchObject({ amount: 9000 });
    expect(await ticketsOf(ticketi, order.id)).toEqual([]);
    await expectSound(ticketi);
  });

  test('a late payment buys what it was for when its tier has come back', async () => {
    const { id } = await tiered();
    const items = [{ ticketTypeId: id, quantity: 3 }];
    const { order } = await aPlacedOrder(ticketi, office, { userId: 'u_1', items });
    const { payment } = await ticketi.orders.pay({ orderId: order.id });
    clock.advance({ minutes: 30 });
    const other = await held(id, 5, 'u_2');
    await other.buyer.holds.release({ holdId: other.holdId });
    const { refund } = await ticketi.payments.record({
      paymentId: payment?.id ?? '',
      result: { state: 'succeeded', providerRef: 'bank:1', amount: 9000, currency: 'EUR' },
    });
    expect(refund).toBeNull();
    expect(await ticketsOf(ticketi, order.id)).toHaveLength(3);
    expect((await held(id, 3)).prices).toEqual([
      [2, 3000, 'Early bird'],
      [1, 4000, 'Regular'],
    ]);
    await expectSound(ticketi);
  });

  test('steps of demand follow what is sold and held, what lapses not', async () => {
    const { id } = await tiered({
      tiers: [],
      maxPerOrder: 100,
      dynamic: {
        floor: 4000,
        ceiling: 9000,
        demand: [
          { soldShare: '50', change: { type: 'percent', percent: '20' } },
          { soldShare: '80', change: { type: 'price', price: 8000 } },
        ],
      },
    });
    expect((await held(id, 49)).prices).toEqual([[49, 5000]]);
    expect((await held(id, 1)).prices).toEqual([[1, 5000]]);
    expect((await held(id, 30)).prices).toEqual([[30, 6000]]);
    const steep = await held(id, 1);
    expect(steep.prices).toEqual([[1, 8000]]);
    clock.advance({ minutes: 15 });
    expect((await held(id, 1)).prices).toEqual([[1, 5000]]);
    await expectSound(ticketi);
  });

  test('a limit in all is what demand is measured by, where there is one', async () => {
    const { id } = await tiered({
      maxInAll: 4,
      dynamic: {
        floor: 0,
        ceiling: 9000,
        demand: [{ soldShare: '50', change: { type: 'amount', amount: 100 } }],
      },
    });
    expect((await held(id, 1)).prices).toEqual([[1, 3000, 'Early bird']]);
    expect((await held(id, 1)).prices).toEqual([[1, 3000, 'Early bird']]);
    expect((await held(id, 1)).prices).toEqual([[1, 3100, 'Early bird']]);
    await expect(held(id, 2)).rejects.toMatchObject({ code: 'limit_exceeded' });
    await expectSound(ticketi);
  });

  test('a tiered type in a full pool is refused, with what is left', async () => {
    const { id } = await tiered({ maxPerOrder: 100 });
    await held(office.standard.id, 10);
    await ticketi.pools.update({ poolId: office.pool.id, capacity: 12 });
    await expect(held(id, 3)).rejects.toMatchObject({
      code: 'sold_out',
      details: { poolId: office.pool.id, available: 2, requested: 3 },
    });
    expect((await held(id, 2)).prices).toEqual([[2, 3000, 'Early bird']]);
    await expectSound(ticketi);
  });

  test('an event that is cancelled gives the sales of its tiers back', async () => {
    const { id } = await tiered();
    await held(id, 4);
    const items = [{ ticketTypeId: id, quantity: 2 }];
    await aPlacedOrder(ticketi, office, { userId: 'u_2', items });
    await ticketi.events.cancel({ eventId: office.event.id });
    const counters = (await base.contents()).get('counters') ?? [];
    const own = counters.filter((row) => row.includes('tir_') && row.includes(office.event.id));
    expect(own).toHaveLength(2);
    expect(own.every((row) => /"claimed":0\b/.test(row))).toBe(true);
    await expectSound(ticketi);
  });
});
