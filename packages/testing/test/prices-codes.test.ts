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
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { aType, claimedIn, expectSound, expectSums, pricesIn } from './support/pricing.ts';

const anna = { name: 'Anna', email: 'anna@example.com' };
const percent = { type: 'percent', percent: '10' } as const;

describe.each(databases)('codes on %s', (_name, create) => {
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
    office = await aBoxOffice(ticketi, { capacity: 20, fee: { percent: '0', fixed: 0 } });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  type CodeInput = Omit<Parameters<Ticketi['codes']['create']>[0], 'eventId'>;
  const code = (input: CodeInput) => ticketi.codes.create({ ...input, eventId: office.event.id });
  const hold = (quantity: number, codes: string[], userId?: string) =>
    aHold(ticketi, office, {
      items: [{ ticketTypeId: office.standard.id, quantity }],
      codes,
      ...(userId === undefined ? {} : { userId }),
    });
  const pool = () => ticketi.pools.get({ poolId: office.pool.id });
  const club = (quantity: number) =>
    code({ code: 'CLUB', reserve: { ticketTypeId: office.standard.id, quantity } });
  const spent = (name: string) => ({ code: 'code_not_valid', details: { code: name } });

  describe('uses per buyer', () => {
    beforeEach(() => code({ code: 'MINE', discount: percent, maxPerBuyer: 1 }));

    test('a user has so many orders with it, and has them back with what lapses', async () => {
      await hold(1, ['MINE'], 'u_1');
      await expect(hold(1, ['mine'], 'u_1')).rejects.toMatchObject(spent('MINE'));
      await hold(1, ['MINE'], 'u_2');
      clock.advance({ minutes: 15 });
      const { hold: held } = await hold(1, ['MINE'], 'u_1');
      await ticketi.holds.release({ holdId: held.id });
      const { order } = await aPaidOrder(ticketi, office, { userId: 'u_1', codes: ['MINE'] });
      expect(order.quote.discount).toBe(490);
      await expect(hold(1, ['MINE'], 'u_1')).rejects.toMatchObject(spent('MINE'));
      await hold(1, [], 'u_1');
      await expectSound(ticketi);
    });

    test('a guest is held to it by their address, at the hold or when they place it', async () => {
      const input = {
        eventId: office.event.id,
        items: [{ ticketTypeId: office.standard.id, quantity: 1 }],
        codes: ['MINE'],
      };
      const anonymous = ticketi.as({ type: 'anonymous' });
      const named = { ...input, buyer: { email: 'Anna+1@example.com' } };
      await anonymous.holds.create(named);
      await expect(anonymous.holds.create(named)).rejects.toMatchObject(spent('MINE'));
      const { hold: held, actor } = await hold(1, ['MINE']);
      const guest = ticketi.as(actor);
      const before = await claimedIn(base);
      await expect(guest.orders.place({ holdId: held.id, buyer: anna })).rejects.toMatchObject(
        spent('MINE'),
      );
      expect(await claimedIn(base)).toEqual(before);
      await guest.orders.place({ holdId: held.id, buyer: { name: 'B', email: 'b@example.com' } });
      const again = await hold(1, ['MINE']);
      await expect(
        ticketi.as(again.actor).orders.place({
          holdId: again.hold.id,
          buyer: { name: 'B', email: 'B@example.com' },
        }),
      ).rejects.toMatchObject(spent('MINE'));
      await expectSound(ticketi);
    });

    test('a code that a user adds to a hold later counts as well', async () => {
      await hold(1, ['MINE'], 'u_1');
      const later = await hold(1, [], 'u_1');
      const items = [{ ticketTypeId: office.standard.id, quantity: 1 }];
      const change = (codes: string[]) =>
        ticketi.as(later.actor).holds.change({ holdId: later.hold.id, items, codes });
      await expect(change(['MINE'])).rejects.toMatchObject(spent('MINE'));
      const other = await hold(1, [], 'u_2');
      const buyer = ticketi.as(other.actor);
      await buyer.holds.change({ holdId: other.hold.id, items, codes: ['MINE'] });
      await expect(hold(1, ['MINE'], 'u_2')).rejects.toMatchObject(spent('MINE'));
      await buyer.holds.change({ holdId: other.hold.id, items, codes: [] });
      await hold(1, ['MINE'], 'u_2');
      await expectSound(ticketi);
    });
  });

  describe('places set aside', () => {
    test('more than a pool has leaves nothing behind, no row of a counter either', async () => {
      const before = await base.contents();
      await expect(club(21)).rejects.toMatchObject({ code: 'sold_out' });
      expect(await base.contents()).toEqual(before);
    });

    test('they are sold with the code only, and never more than there are', async () => {
      const { id: codeId } = await club(5);
      expect(await pool()).toMatchObject({ blocked: 5, available: 15 });
      await expect(hold(16, [])).rejects.toMatchObject({ code: 'limit_exceeded' });
      await hold(10, []);
      await hold(5, []);
      await expect(hold(1, [])).rejects.toMatchObject({ details: { available: 0 } });
      const { hold: held } = await hold(3, ['club']);
      expect(pricesIn(held.quote)).toEqual([[3, 4900]]);
      await expect(hold(3, ['CLUB'])).rejects.toMatchObject({
        code: 'sold_out',
        details: { poolId: `${codeId}.reserve`, available: 2, requested: 3 },
      });
      await hold(2, ['CLUB']);
      expect(await pool()).toMatchObject({ blocked: 5, held: 15, available: 0 });
      await expectSound(ticketi);
    });

    test('a hold that lapses and a ticket that is void give their place back to the code', async () => {
      await club(5);
      await hold(5, ['CLUB']);
      clock.advance({ minutes: 15 });
      const items = [{ ticketTypeId: office.standard.id, quantity: 4 }];
      const { tickets } = await aPaidOrder(ticketi, office, { items, codes: ['CLUB'] });
      await hold(1, ['CLUB']);
      await expect(hold(1, ['CLUB'])).rejects.toMatchObject({ code: 'sold_out' });
      await ticketi.tickets.void({ ticketId: tickets[0]?.id ?? '' });
      expect(await pool()).toMatchObject({ blocked: 5, claimed: 5, available: 15 });
      await hold(1, ['CLUB']);
      await expect(hold(1, ['CLUB'])).rejects.toMatchObject({ code: 'sold_out' });
      await expectSound(ticketi);
    });

    test('disabling frees what is not sold, and enabling sets it aside again', async () => {
      const { id: codeId } = await club(5);
      const items = [{ ticketTypeId: office.standard.id, quantity: 2 }];
      const { tickets } = await aPaidOrder(ticketi, office, { items, codes: ['CLUB'] });
      const lapsing = await hold(1, ['CLUB']);
      expect(lapsing.hold.quote.codes).toHaveLength(1);
      clock.advance({ minutes: 15 });
      await ticketi.codes.update({ codeId, state: 'disabled' });
      expect(await pool()).toMatchObject({ blocked: 2, available: 18 });
      await expect(hold(1, ['CLUB'])).rejects.toMatchObject({ code: 'code_not_valid' });
      await ticketi.codes.update({ codeId, state: 'active' });
      expect(await pool()).toMatchObject({ blocked: 5, available: 15 });
      await hold(3, ['CLUB']);
      await expect(hold(1, ['CLUB'])).rejects.toMatchObject({ code: 'sold_out' });
      for (const { id: ticketId } of tickets) await ticketi.tickets.void({ ticketId });
      clock.advance({ minutes: 15 });
      await ticketi.codes.update({ codeId, state: 'disabled' });
      expect(await pool()).toMatchObject({ blocked: 0, available: 20 });
      await hold(10, []);
      await hold(8, []);
      await expect(ticketi.codes.update({ codeId, state: 'active' })).rejects.toMatchObject({
        code: 'sold_out',
        details: { available: 2, requested: 5 },
      });
      expect(await pool()).toMatchObject({ blocked: 0, available: 2 });
      await expectSound(ticketi);
    });

    test('its blocks cannot be released, and explain and availability stay true', async () => {
      await club(5);
      const { items } = await ticketi.blocks.list({ eventId: office.event.id });
      const blockId = items[0]?.id ?? '';
      await expect(ticketi.blocks.release({ blockId })).rejects.toMatchObject({
        code: 'block_of_code',
      });
      await hold(2, ['CLUB']);
      const eventId = office.event.id;
      const { pools, ticketTypes } = await ticketi.availability.explain({ eventId });
      expect(pools[0]).toMatchObject({ capacity: 20, held: 0, blocked: 5, available: 15 });
      expect(ticketTypes[0]).toMatchObject({ available: 15 });
      const left = async (codes: string[]) => {
        const { ticketTypes: types } = await ticketi.availability.get({ eventId, codes });
        return types.map(({ available }) => available);
      };
      expect(await left([])).toEqual([15, 15]);
      expect(await left(['club'])).toEqual([3, 15]);
      expect(await left(['wrong'])).toEqual([15, 15]);
      await expectSound(ticketi);
    });

    test('a hold that takes the code up or drops it moves between both', async () => {
      await club(5);
      const { hold: held, actor } = await hold(3, []);
      const items = [{ ticketTypeId: office.standard.id, quantity: 3 }];
      const change = (codes: string[]) =>
        ticketi.as(actor).holds.change({ holdId: held.id, items, codes });
      await change(['CLUB']);
      expect(await pool()).toMatchObject({ blocked: 5, held: 0, available: 15 });
      await expect(hold(3, ['CLUB'])).rejects.toMatchObject({ details: { available: 2 } });
      await change([]);
      expect(await pool()).toMatchObject({ blocked: 5, held: 3, available: 12 });
      await hold(5, ['CLUB']);
      await expect(change(['CLUB'])).rejects.toMatchObject({ code: 'sold_out' });
      await expectSound(ticketi);
    });

    test('a late payment has its place of the code back, or its money', async () => {
      await club(2);
      const items = [{ ticketTypeId: office.standard.id, quantity: 2 }];
      const late = async () => {
        const { order } = await aPlacedOrder(ticketi, office, { items, codes: ['CLUB'] });
        const { payment } = await ticketi.orders.pay({ orderId: order.id });
        clock.advance({ minutes: 30 });
        return () =>
          ticketi.payments.record({
            paymentId: payment?.id ?? '',
            result: { state: 'succeeded', providerRef: 'bank:1', amount: 9800, currency: 'EUR' },
          });
      };
      const first = await late();
      const { hold: other } = await hold(1, ['CLUB']);
      expect((await first()).refund).toMatchObject({ amount: 9800 });
      await ticketi.holds.release({ holdId: other.id });
      const second = await late();
      expect((await second()).refund).toBeNull();
      await expect(hold(1, ['CLUB'])).rejects.toMatchObject({ code: 'sold_out' });
      expect(await pool()).toMatchObject({ blocked: 2, available: 18 });
      await expectSound(ticketi);
    });

    test('a code that asks for more than is free writes nothing', async () => {
      await hold(10, []);
      await hold(6, []);
      const before = await base.contents();
      await expect(club(5)).rejects.toMatchObject({
        code: 'sold_out',
        details: { poolId: office.pool.id, available: 4, requested: 5 },
      });
      expect(await base.contents()).toEqual(before);
    });

    test('of groups, each ticket that is void gives its own share back', async () => {
      const group = await aType(ticketi, office, { admissions: 4, maxPerOrder: 20 });
      await code({ code: 'TEAM', reserve: { ticketTypeId: group.id, quantity: 2 } });
      expect(await pool()).toMatchObject({ blocked: 8, available: 12 });
      const items = [{ ticketTypeId: group.id, quantity: 1 }];
      const options = { items, codes: ['TEAM'] };
      const { tickets } = await aPaidOrder(ticketi, office, options);
      expect(tickets).toHaveLength(4);
      await aHold(ticketi, office, options);
      await ticketi.tickets.void({ ticketId: tickets[0]?.id ?? '' });
      // One place of four: not enough for another group.
      await expect(aHold(ticketi, office, options)).rejects.toMatchObject({
        details: { available: 1, requested: 4 },
      });
      for (const { id: ticketId } of tickets.slice(1)) await ticketi.tickets.void({ ticketId });
      await aHold(ticketi, office, options);
      await expectSound(ticketi);
    });
  });

  test('a lot of 10,000 codes is made in seconds, all different, 5 bits a character', async () => {
    const begun = performance.now();
    const eventId = office.event.id;
    const input = { eventId, batch: 'Flyer', prefix: 'FLY-', discount: percent, maxUses: 1 };
    const { codes } = await ticketi.codes.createMany({ ...input, count: 10_000 });
    expect(performance.now() - begun).toBeLessThan(15_000);
    expect(new Set(codes.map((name) => name.toUpperCase())).size).toBe(10_000);
    expect(codes.every((name) => /^FLY-[0-9A-HJKMNP-TV-Z]{12}$/.test(name))).toBe(true);
    // Each of the 32 characters is as likely at each place: 312.5 of 10,000, and hardly ever 400.
    for (let at = 4; at < 16; at += 1) {
      const counts = Map.groupBy(codes, (name) => name[at]);
      expect(counts.size).toBe(32);
      for (const [, own] of counts) expect(own.length).toBeLessThan(420);
    }
    await expect(ticketi.codes.createMany({ ...input, count: 1 })).rejects.toMatchObject({
      code: 'batch_exists',
      details: { batch: 'Flyer' },
    });
    const [one = ''] = codes;
    await hold(1, [one]);
    await expect(hold(1, [one])).rejects.toMatchObject({ code: 'code_not_valid' });
    const page = await ticketi.codes.list({ eventId, batch: 'Flyer', limit: 100 });
    expect(page.items).toHaveLength(100);
    await expectSound(ticketi);
  });

  test('a cart with one bad line or code claims nothing', async () => {
    const { event, standard } = office;
    await club(5);
    await code({ code: 'MINE', discount: percent, maxPerBuyer: 1 });
    await code({ code: 'BIG', discount: percent, minTickets: 4 });
    const tiers = [{ name: 'Early', price: 100, quantity: 2 }];
    const tiered = await aType(ticketi, office, { tiers, maxInAll: 3, maxPerBuyer: 2 });
    const hidden = await aType(ticketi, office, { name: 'Secret', hidden: true });
    const addOn = await aType(ticketi, office, {
      name: 'Shuttle',
      kind: 'product',
      requires: { ticketTypeIds: [standard.id] },
    });
    const gift = await aType(ticketi, office, {
      name: 'Gift',
      kind: 'donation',
      ownPrice: { min: 100, max: 500 },
      draws: [],
    });
    await hold(1, ['MINE'], 'u_1');
    const good = { ticketTypeId: standard.id, quantity: 1 };
    const early = { ticketTypeId: tiered.id, quantity: 2 };
    const carts: [object[], string[], string][] = [
      [[early, { ...good, quantity: 30 }], [], 'limit_exceeded'],
      [[early, { ...good, quantity: 6 }], ['CLUB'], 'sold_out'],
      [[{ ...early, quantity: 3 }, good], [], 'limit_exceeded'],
      [[early, good, { ticketTypeId: hidden.id, quantity: 1 }], [], 'unknown_ticket_type'],
      [[early, good], ['NOPE'], 'code_not_valid'],
      [[early, good], ['MINE'], 'code_not_valid'],
      [[early, good], ['BIG'], 'code_minimum'],
      [[early, good, { ticketTypeId: addOn.id, quantity: 2 }], [], 'parent_missing'],
      [[good, { ticketTypeId: gift.id, quantity: 1, amount: 501 }], [], 'price_not_allowed'],
      [[{ ...good, amount: 1 }, early], [], 'price_not_allowed'],
    ];
    const user = ticketi.as({ type: 'user', id: 'u_1' });
    const before = await claimedIn(base);
    const wrong: string[] = [];
    for (const [items, codes, expected] of carts) {
      const refused = await user
        .call('holds.create', { eventId: event.id, items, codes })
        .catch((error: { code?: string }) => error);
      const told = String(Reflect.get(Object(refused), 'code'));
      if (told !== expected) wrong.push(`${told} instead of ${expected}`);
    }
    expect(wrong).toEqual([]);
    expect(await claimedIn(base)).toEqual(before);
    // All at once, in one batch with a good one.
    const together = await Promise.allSettled([
      ...carts.map(([items, codes]) =>
        user.call('holds.create', { eventId: event.id, items, codes }),
      ),
      hold(1, [], 'u_2'),
    ]);
    expect(together.map(({ status }) => status).filter((one) => one === 'fulfilled')).toHaveLength(
      1,
    );
    const after = await claimedIn(base);
    expect(after.claims.length).toBe(before.claims.length + 1);
    await expectSound(ticketi);
  });

  test('a code may be a key, a discount and a reserve at once', async () => {
    const secret = await aType(ticketi, office, { name: 'Secret', hidden: true, price: 8000 });
    await code({
      code: 'ALL',
      discount: percent,
      unlocks: [secret.id],
      ticketTypeIds: [secret.id],
      reserve: { ticketTypeId: secret.id, quantity: 2 },
    });
    const items = [{ ticketTypeId: secret.id, quantity: 2 }];
    await expect(aHold(ticketi, office, { items })).rejects.toMatchObject({
      code: 'unknown_ticket_type',
    });
    const placed = await aPlacedOrder(ticketi, office, { items, codes: ['all'] });
    expectSums(placed.order);
    expect(placed.order.total).toBe(14_400);
    await payInCash(ticketi, placed.order);
    expect(await pool()).toMatchObject({ blocked: 2, available: 18 });
    await expectSound(ticketi);
  });
});
