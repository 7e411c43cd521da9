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
import { aType, expectSound, expectSums, paidFor, type TypeFacts } from './support/pricing.ts';

const anna = { name: 'Anna', email: 'anna@example.com' };

describe.each(databases)('groups, bundles, products, gifts and add-ons on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi, { capacity: 40 });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const type = (facts: TypeFacts) => aType(ticketi, office, facts);
  const claimed = async (poolId = office.pool.id) => (await ticketi.pools.get({ poolId })).claimed;
  const left = async (ticketTypeId: string) => {
    const { ticketTypes } = await ticketi.availability.get({ eventId: office.event.id });
    const { ticketTypes: explained } = await ticketi.availability.explain({
      eventId: office.event.id,
    });
    const of = (own: { ticketTypeId: string }) => own.ticketTypeId === ticketTypeId;
    const told = ticketTypes.find(of)?.available;
    expect(explained.find(of)?.available).toBe(told);
    return told;
  };
  const buy = (items: { ticketTypeId: string; quantity: number }[], userId = 'u_1') =>
    aPaidOrder(ticketi, office, { userId, items });
  const hold = (items: { ticketTypeId: string; quantity: number }[], userId = 'u_1') =>
    aHold(ticketi, office, { userId, items });

  test('a group is sold as one and makes tickets that sum to its price', async () => {
    const group = await type({ name: 'Four', admissions: 4, price: 10_001, maxPerOrder: 20 });
    expect(group.draws).toEqual([{ poolId: office.pool.id, units: 4 }]);
    expect(await left(group.id)).toBe(10);
    const { order, tickets } = await buy([{ ticketTypeId: group.id, quantity: 2 }]);
    expectSums(order);
    expect(order.quote.lines[0]).toMatchObject({ quantity: 2, admits: 8 });
    expect(tickets.map(({ ticketTypeId }) => ticketTypeId)).toEqual(Array(8).fill(group.id));
    expect(paidFor(tickets)).toBe(order.total);
    const prices = tickets.map(({ price }) => price);
    expect(Math.max(...prices) - Math.min(...prices)).toBeLessThanOrEqual(1);
    expect(await claimed()).toBe(8);
    expect(await left(group.id)).toBe(8);
    await ticketi.tickets.void({ ticketId: tickets[0]?.id ?? '' });
    expect(await claimed()).toBe(7);
    for (const { id: ticketId } of tickets.slice(1)) await ticketi.tickets.void({ ticketId });
    expect(await claimed()).toBe(0);
    await expectSound(ticketi);
  });

  test('tickets have the tax of their fee with the fee, where taxes come on top', async () => {
    const { organizer, event, standard } = office;
    const { id: organizerId } = organizer;
    await ticketi.taxes.set({ organizerId, name: 'VAT', percent: '19' });
    await ticketi.prices.setPolicy({ eventId: event.id, pricesInclude: 'no_tax' });
    const group = await type({ name: 'Four', admissions: 4, price: 10_001 });
    const { order, tickets } = await buy([
      { ticketTypeId: group.id, quantity: 1 },
      { ticketTypeId: standard.id, quantity: 1 },
    ]);
    expectSums(order);
    expect(paidFor(tickets)).toBe(order.total);
    // 49.00 and its 19 %; 5 % of it + 0.50 is a fee of 2.95, with 0.56 of tax.
    const single = tickets.find(({ ticketTypeId }) => ticketTypeId === standard.id);
    expect(single).toMatchObject({ price: 5831, fee: 351 });
  });

  test('a group takes a multiple of its tickets, and fits into an order', async () => {
    const draws = [{ poolId: office.pool.id, units: 6 }];
    await expect(type({ admissions: 4, draws })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(type({ admissions: 20 })).rejects.toMatchObject({ code: 'invalid_input' });
    const table = await type({ admissions: 2, draws });
    const { tickets } = await buy([{ ticketTypeId: table.id, quantity: 1 }]);
    await ticketi.tickets.void({ ticketId: tickets[0]?.id ?? '' });
    expect(await claimed()).toBe(3);
    await expectSound(ticketi);
  });

  test('limits per order, per buyer and in all count the tickets of a group', async () => {
    const group = await type({ admissions: 4, maxPerOrder: 11, maxInAll: 17, maxPerBuyer: 9 });
    const some = (quantity: number) => [{ ticketTypeId: group.id, quantity }];
    const over = (per: string, available: number) => ({
      code: 'limit_exceeded',
      details: { per, ticketTypeId: group.id, available },
    });
    await expect(hold(some(3))).rejects.toMatchObject(over('order', 11));
    expect(await left(group.id)).toBe(4);
    const { tickets } = await buy(some(2));
    await expect(hold(some(1))).rejects.toMatchObject(over('buyer', 1));
    await hold(some(2), 'u_2');
    await expect(hold(some(1), 'u_3')).rejects.toMatchObject(over('ticket_type', 1));
    expect(await left(group.id)).toBe(0);
    for (const { id: ticketId } of tickets.slice(0, 3)) await ticketi.tickets.void({ ticketId });
    expect(await left(group.id)).toBe(1);
    await expect(hold(some(2), 'u_1')).rejects.toMatchObject(over('ticket_type', 4));
    await hold(some(1), 'u_1');
    await expectSound(ticketi);
  });

  test('one ticket of a group is resold, and void gives its share back', async () => {
    const group = await type({ admissions: 4, price: 20_000 });
    const paid = await buy([{ ticketTypeId: group.id, quantity: 1 }], 'seller');
    const listing = await aListing(ticketi, paid);
    expect(listing.price).toBe(5000);
    const buyer = ticketi.as({ type: 'user', id: 'buyer' });
    const order = await buyer.resale.buy({
      listingId: listing.id,
      buyer: anna,
      payment: { provider: 'sandbox' },
    });
    const [resold] = await ticketsOf(ticketi, order.id);
    expect(resold).toMatchObject({ ticketTypeId: group.id, price: 5000 });
    expect(await claimed()).toBe(4);
    await ticketi.tickets.void({ ticketId: resold?.id ?? '' });
    expect(await claimed()).toBe(3);
    await expectSound(ticketi);
  });

  test('a bundle makes tickets of its parts, on their pools and sessions', async () => {
    const eventId = office.event.id;
    const day = await ticketi.sessions.add({
      eventId,
      startsAt: '2097-07-12T18:00',
      endsAt: '2097-07-12T23:00',
    });
    const camp = await ticketi.pools.create({ eventId, name: 'Camp', capacity: 5 });
    const second = await type({ name: 'Sunday', price: 3000, sessionIds: [day.id] });
    const tent = await type({
      name: 'Tent for two',
      price: 2000,
      admissions: 2,
      draws: [{ poolId: camp.id, units: 2 }],
    });
    const mug = await type({ name: 'Mug', kind: 'product', price: 500, draws: [] });
    const bundle = await type({
      name: 'Weekend',
      price: 9001,
      parts: [
        { ticketTypeId: office.standard.id, quantity: 2 },
        { ticketTypeId: second.id, quantity: 2 },
        { ticketTypeId: tent.id },
        { ticketTypeId: mug.id },
      ],
      maxInAll: 10,
    });
    expect(await left(bundle.id)).toBe(2);
    const { order, tickets } = await buy([{ ticketTypeId: bundle.id, quantity: 2 }]);
    expectSums(order);
    const made = Map.groupBy(tickets, ({ ticketTypeId }) => ticketTypeId);
    expect([...made].map(([id, own]) => [id, own.length])).toEqual([
      [office.standard.id, 4],
      [second.id, 4],
      [tent.id, 4],
    ]);
    expect(made.get(second.id)?.every(({ sessionIds }) => sessionIds?.[0] === day.id)).toBe(true);
    // The mugs have their share of the price and no ticket.
    const mugs = order.quote.lines[0]?.tickets?.reduce((sum, { share }) => sum + share, 0) ?? 0;
    expect(mugs).toBeLessThan(18_002);
    expect(tickets.reduce((sum, { price }) => sum + price, 0)).toBe(mugs);
    expect(tickets.reduce((sum, { fee }) => sum + fee, 0)).toBe(order.quote.fee);
    expect([await claimed(), await claimed(camp.id)]).toEqual([8, 4]);
    expect(await left(bundle.id)).toBe(0);
    await expect(hold([{ ticketTypeId: bundle.id, quantity: 1 }])).rejects.toMatchObject({
      code: 'sold_out',
      details: { poolId: camp.id, available: 1, requested: 2 },
    });
    const voided = async (id: string) => {
      const ticketId = made.get(id)?.shift()?.id ?? '';
      await ticketi.tickets.void({ ticketId });
      return [await claimed(), await claimed(camp.id)];
    };
    expect(await voided(office.standard.id)).toEqual([7, 4]);
    expect(await voided(tent.id)).toEqual([7, 3]);
    expect(await left(bundle.id)).toBe(1);
    await expectSound(ticketi);
  });

  test('limits of a part count what bundles hold of it', async () => {
    const part = await type({ name: 'Part', price: 1000, maxPerOrder: 4, maxInAll: 5 });
    const bundle = await type({ name: 'Pair', parts: [{ ticketTypeId: part.id, quantity: 2 }] });
    const items = (pairs: number, singles: number) =>
      [
        { ticketTypeId: bundle.id, quantity: pairs },
        { ticketTypeId: part.id, quantity: singles },
      ].filter(({ quantity }) => quantity > 0);
    expect(await left(bundle.id)).toBe(2);
    await expect(hold(items(2, 1))).rejects.toMatchObject({
      code: 'limit_exceeded',
      details: { per: 'order', ticketTypeId: part.id },
    });
    await expect(hold(items(3, 0))).rejects.toMatchObject({ code: 'limit_exceeded' });
    const { tickets } = await buy(items(1, 2));
    expect(tickets).toHaveLength(4);
    expect([await left(bundle.id), await left(part.id)]).toEqual([0, 1]);
    await ticketi.tickets.void({ ticketId: tickets[0]?.id ?? '' });
    expect([await left(bundle.id), await left(part.id)]).toEqual([1, 2]);
    await expectSound(ticketi);
  });

  test('the event’s limit per buyer counts the tickets of a bundle', async () => {
    await ticketi.events.update({ eventId: office.event.id, maxPerBuyer: 5, maxPerOrder: 4 });
    const parts = [{ ticketTypeId: office.standard.id, quantity: 3 }];
    const bundle = await type({ name: 'Three', parts });
    const items = (quantity: number) => [{ ticketTypeId: bundle.id, quantity }];
    await expect(hold(items(2))).rejects.toMatchObject({
      code: 'limit_exceeded',
      details: { per: 'order', ticketTypeId: null, limit: 4 },
    });
    const { tickets } = await buy(items(1));
    await expect(hold(items(1))).rejects.toMatchObject({
      code: 'limit_exceeded',
      details: { per: 'buyer', ticketTypeId: null, available: 2 },
    });
    await ticketi.tickets.void({ ticketId: tickets[0]?.id ?? '' });
    await hold(items(1));
    await expectSound(ticketi);
  });

  test('a bundle whose part is over is not sold', async () => {
    const eventId = office.event.id;
    const times = { startsAt: '2027-06-02T18:00', endsAt: '2027-06-02T20:00' };
    const session = await ticketi.sessions.add({ eventId, ...times });
    const part = await type({ name: 'Preview', sessionIds: [session.id] });
    const bundle = await type({
      name: 'Both',
      parts: [{ ticketTypeId: part.id }, { ticketTypeId: office.standard.id }],
    });
    const items = [{ ticketTypeId: bundle.id, quantity: 1 }];
    await hold(items);
    const later = await ticketiOn(base.storage(), testClock(session.endsAt));
    try {
      await expect(aHold(later, office, { items })).rejects.toMatchObject({
        code: 'not_on_sale',
        details: { ticketTypeId: part.id, until: session.endsAt },
      });
      const { ticketTypes } = await later.availability.get({ eventId });
      expect(ticketTypes.find(({ ticketTypeId }) => ticketTypeId === bundle.id)?.onSale).toBe(
        false,
      );
    } finally {
      await later.close();
    }
  });

  test('a night of which a bundle is sold is not moved; what no one is admitted by moves', async () => {
    const eventId = office.event.id;
    const { sessions } = await ticketi.sessions.addSeries({
      eventId,
      rule: 'FREQ=DAILY;COUNT=3',
      startsAt: '2097-08-01T19:30',
      durationMinutes: 90,
    });
    const nights = await Promise.all(
      sessions.map(({ id }, index) => type({ name: `Night ${index}`, sessionIds: [id] })),
    );
    const parts = nights.slice(0, 2).map(({ id }) => ({ ticketTypeId: id }));
    const bundle = await type({ name: 'Two nights', parts });
    const stock = await ticketi.pools.create({ eventId, name: 'Shirts', capacity: 9 });
    const draws = [{ poolId: stock.id }];
    const shirt = await type({ name: 'Shirt', kind: 'product', draws });
    const move = async () => {
      const first = sessions[0]?.id ?? '';
      const change = { startTime: '20:30' };
      const { changed, kept } = await ticketi.sessions.updateSeries({
        sessionId: first,
        scope: 'all',
        ...change,
      });
      return [changed, kept].map((own) => own.length);
    };
    await buy([{ ticketTypeId: shirt.id, quantity: 1 }]);
    const { tickets } = await buy([{ ticketTypeId: bundle.id, quantity: 1 }]);
    expect(await move()).toEqual([1, 2]);
    for (const { id: ticketId } of tickets) await ticketi.tickets.void({ ticketId });
    expect(await move()).toEqual([3, 0]);
    await expectSound(ticketi);
  });

  test('bundles of bundles, of gifts or with pools of their own are refused', async () => {
    const pair = await type({ parts: [{ ticketTypeId: office.standard.id, quantity: 2 }] });
    await expect(type({ parts: [{ ticketTypeId: pair.id }] })).rejects.toMatchObject({
      code: 'wrong_part',
      details: { why: 'bundle' },
    });
    const draws = [{ poolId: office.pool.id }];
    const parts = [{ ticketTypeId: office.standard.id }];
    await expect(type({ parts, draws })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('products, gifts and tickets are one order; only tickets are admitted', async () => {
    const { event, organizer, standard } = office;
    const stock = await ticketi.pools.create({ eventId: event.id, name: 'Shirts', capacity: 3 });
    const shirt = await type({
      name: 'Shirt',
      kind: 'product',
      price: 2533,
      draws: [{ poolId: stock.id }],
      taxClass: 'reduced',
    });
    const gift = await type({
      name: 'Gift',
      kind: 'donation',
      draws: [],
      price: 0,
      taxClass: 'none',
      ownPrice: { min: 100, suggested: 1000 },
    });
    for (const [taxClass, percent] of [
      ['standard', '19'],
      ['reduced', '7'],
    ] as const) {
      await ticketi.taxes.set({
        organizerId: organizer.id,
        name: 'VAT',
        taxClass,
        place: 'DE',
        percent,
      });
    }
    const policy = { taxPlace: 'DE', cashStep: 5, cashRounding: 'cash' } as const;
    await ticketi.prices.setPolicy({ eventId: event.id, ...policy });
    const user = ticketi.as({ type: 'user', id: 'u_1' });
    const held = await user.holds.create({
      eventId: event.id,
      items: [
        { ticketTypeId: standard.id, quantity: 2 },
        { ticketTypeId: shirt.id, quantity: 2 },
        { ticketTypeId: gift.id, quantity: 1, amount: 777 },
      ],
      cash: true,
    });
    expectSums(held);
    expect(held.quote.lines.map(({ admits, fee }) => [admits, fee > 0])).toEqual([
      [2, true],
      [0, true],
      [0, false],
    ]);
    expect(held.quote.total % 5).toBe(0);
    expect(held.quote.rounding).not.toBe(0);
    const order = await payInCash(
      ticketi,
      await user.orders.place({ holdId: held.id, buyer: anna }),
    );
    const tickets = await ticketsOf(ticketi, order.id);
    expect(tickets.map(({ ticketTypeId }) => ticketTypeId)).toEqual([standard.id, standard.id]);
    const rest = order.quote.lines.slice(1).reduce((sum, { total }) => sum + total, 0);
    expect(paidFor(tickets) + rest + order.quote.rounding).toBe(order.total);
    expect([await claimed(), await claimed(stock.id)]).toEqual([2, 2]);
    expect([await left(shirt.id), await left(gift.id)]).toEqual([1, null]);
    await expectSound(ticketi);
    expect(await ticketi.ledger.verify({ organizerId: organizer.id })).toEqual({
      balanced: true,
      findings: [],
    });
  });

  test('who names their price pays it; left out it is what is suggested', async () => {
    const own = await type({ name: 'As you like', ownPrice: { min: 0, suggested: 700, max: 900 } });
    const price = async (amount?: number) => {
      const items = [{ ticketTypeId: own.id, quantity: 1, amount }];
      const { quote } = await ticketi.holds.create({ eventId: office.event.id, items });
      return quote.lines.map(({ unitPrice }) => unitPrice);
    };
    expect(await price()).toEqual([700]);
    expect(await price(900)).toEqual([900]);
    await expect(price(901)).rejects.toMatchObject({ code: 'price_not_allowed' });
    await ticketi.fees.set({ eventId: office.event.id, percent: '5' });
    const user = ticketi.as({ type: 'user', id: 'u_1' });
    const items = [
      { ticketTypeId: own.id, quantity: 1, amount: 0 },
      { ticketTypeId: own.id, quantity: 2, amount: 0 },
    ];
    const free = await user.holds.create({ eventId: office.event.id, items });
    expect(free.quote).toMatchObject({ total: 0, lines: [{ quantity: 3 }] });
    const order = await user.orders.place({ holdId: free.id, buyer: anna });
    expect(order.state).toBe('paid');
    expect(await ticketsOf(ticketi, order.id)).toHaveLength(3);
    await expectSound(ticketi);
  });

  test('who gives a type of their own price back may do so after its sale', async () => {
    const own = await type({ ownPrice: { min: 100 } });
    const items = (quantity: number) => [{ ticketTypeId: own.id, quantity, amount: 300 }];
    const user = ticketi.as({ type: 'user', id: 'u_1' });
    const held = await user.holds.create({ eventId: office.event.id, items: items(3) });
    await ticketi.ticketTypes.update({ ticketTypeId: own.id, state: 'off_sale' });
    const change = (quantity: number) =>
      user.holds.change({ holdId: held.id, items: items(quantity) });
    expect((await change(2)).quote.subtotal).toBe(600);
    await expect(change(3)).rejects.toMatchObject({ code: 'not_on_sale' });
    await expectSound(ticketi);
  });

  test('an add-on needs what it comes with, in a bundle as well', async () => {
    const shuttle = await type({
      name: 'Shuttle',
      kind: 'product',
      price: 500,
      draws: [],
      requires: { ticketTypeIds: [office.standard.id], perParent: 2 },
    });
    const bundle = await type({
      name: 'Three',
      parts: [{ ticketTypeId: office.standard.id, quantity: 3 }],
    });
    const items = (own: number, ...others: [string, number][]) => [
      { ticketTypeId: shuttle.id, quantity: own },
      ...others.map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity })),
    ];
    await expect(hold(items(1))).rejects.toMatchObject({ code: 'parent_missing' });
    await expect(hold(items(3, [office.standard.id, 1]))).rejects.toMatchObject({
      code: 'parent_missing',
      details: { allowed: 2, requested: 3 },
    });
    const both = await hold(items(6, [bundle.id, 1]));
    const buyer = ticketi.as(both.actor);
    const holdId = both.hold.id;
    await expect(
      buyer.holds.change({ holdId, items: items(3, [office.standard.id, 1]) }),
    ).rejects.toMatchObject({ code: 'parent_missing' });
    const changed = await buyer.holds.change({ holdId, items: items(2, [office.standard.id, 1]) });
    expect(changed.quote.lines.map(({ admits }) => admits)).toEqual([0, 1]);
    expect(await left(shuttle.id)).toBe(39 * 2 + 13 * 3 * 2);
    await hold([{ ticketTypeId: office.vip.id, quantity: 10 }], 'u_2');
    await ticketi.ticketTypes.update({ ticketTypeId: bundle.id, state: 'off_sale' });
    expect(await left(shuttle.id)).toBe(29 * 2);
    await ticketi.ticketTypes.update({ ticketTypeId: office.standard.id, state: 'off_sale' });
    expect(await left(shuttle.id)).toBe(0);
    await expectSound(ticketi);
  });
});
