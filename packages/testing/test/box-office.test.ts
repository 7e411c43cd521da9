import { recomputeTotal, type Surface, type Ticketi } from '@ticketi/core';
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
import { expectSound, expectSums } from './support/pricing.ts';

const buyer = { name: 'Ben', email: 'ben@example.com' };
const cash = { method: 'cash' } as const;
const DAY = 24 * 60;

describe.each(databases)('what members sell and give on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let eventId: string;
  let seller: Surface;
  let manager: Surface;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi, { capacity: 20 });
    eventId = office.event.id;
    const organizerId = office.organizer.id;
    const owner = ticketi.as({ type: 'user', id: office.ownerId });
    await owner.members.add({ organizerId, userId: 'till', role: 'box_office' });
    await owner.members.add({ organizerId, userId: 'mara', role: 'manager' });
    seller = ticketi.as({ type: 'user', id: 'till' });
    manager = ticketi.as({ type: 'user', id: 'mara' });
  });
  afterAll(async () => {
    await expectSound(ticketi);
    await ticketi?.close();
    await base?.drop();
  });

  const items = (quantity = 1) => [{ ticketTypeId: office.standard.id, quantity }];
  const sold = async () => (await ticketi.pools.get({ poolId: office.pool.id })).sold;

  describe('a sale', () => {
    test('is paid at once, the buyer’s own, and the change is worked out', async () => {
      const sale = { eventId, items: items(2), buyer, payment: { ...cash, tendered: 20_000 } };
      const { order, change, tendered } = await seller.orders.sell(sale);
      expect(order).toMatchObject({
        state: 'paid',
        channel: 'box_office',
        userId: null,
        accessToken: null,
        buyer,
        payment: { provider: 'manual', state: 'succeeded' },
      });
      expect([tendered, change]).toEqual([20_000, 20_000 - order.total]);
      expect(await ticketsOf(ticketi, order.id)).toHaveLength(2);
      const { amount, method } = await ticketi.payments.get({ paymentId: order.payment?.id ?? '' });
      expect([amount, method]).toEqual([order.total, 'cash']);
      expect(await sold()).toBe(2);
    });

    test('in cash is rounded to the smallest coin, one by card is not', async () => {
      await manager.prices.setPolicy({ eventId, cashStep: 100 });
      const coins = await seller.orders.sell({ eventId, items: items(), buyer, payment: cash });
      const payment = { method: 'card_terminal', reference: '4711' } as const;
      const card = await seller.orders.sell({ eventId, items: items(), buyer, payment });
      expect(coins.order.total % 100).toBe(0);
      expect(card.order.total).toBe(coins.order.total - coins.order.quote.rounding);
      expect(coins.order.quote.rounding).not.toBe(0);
      const { providerRef } = await ticketi.payments.get({
        paymentId: card.order.payment?.id ?? '',
      });
      expect(providerRef).toMatch(/:4711$/);
    });

    test('happens once under a key', async () => {
      const sale = { eventId, items: items(), buyer, payment: cash };
      const once = { idempotencyKey: 'receipt-1' };
      const [first, again] = [
        await seller.orders.sell(sale, once),
        await seller.orders.sell(sale, once),
      ];
      expect(again).toEqual(first);
      expect(await sold()).toBe(1);
    });

    test('for which too little is handed over holds nothing afterwards', async () => {
      const payment = { ...cash, tendered: 1 };
      await expect(
        seller.orders.sell({ eventId, items: items(3), buyer, payment }),
      ).rejects.toMatchObject({ code: 'not_enough_tendered', details: { tendered: 1 } });
      expect(await ticketi.pools.get({ poolId: office.pool.id })).toMatchObject({ claimed: 0 });
    });

    test('whose answers are missing holds nothing afterwards', async () => {
      await manager.questions.set({ eventId, key: 'size', label: 'Size', required: true });
      const sale = { eventId, items: items(), buyer, payment: cash };
      await expect(seller.orders.sell(sale)).rejects.toMatchObject({ code: 'answers_not_valid' });
      expect(await ticketi.pools.get({ poolId: office.pool.id })).toMatchObject({ claimed: 0 });
      const attendees = [{ answers: { size: 'M' } }];
      expect((await seller.orders.sell({ ...sale, attendees })).order.state).toBe('paid');
    });

    test('counts for the buyer, not for who sells', async () => {
      await manager.events.update({ eventId, maxPerBuyer: 2 });
      const sale = { eventId, items: items(2), payment: cash };
      await seller.orders.sell({ ...sale, buyer });
      await seller.orders.sell({ ...sale, buyer: { name: 'Ada', email: 'ada@example.com' } });
      await expect(seller.orders.sell({ ...sale, buyer })).rejects.toMatchObject({
        code: 'limit_exceeded',
      });
    });
  });

  describe('complimentary tickets', () => {
    test('cost nothing, take places, and say what they would have cost', async () => {
      await manager.taxes.set({
        organizerId: office.organizer.id,
        name: 'VAT',
        percent: '19',
      });
      const gift = { eventId, items: items(2), recipient: buyer, reason: 'Press' };
      const order = await manager.orders.giveAway(gift);
      const price = office.standard.price;
      expect(order).toMatchObject({
        state: 'paid',
        total: 0,
        complimentaryReason: 'Press',
        provider: null,
        userId: null,
        quote: { subtotal: 2 * price, discount: 2 * price, fee: 0, tax: 0, fees: [], taxes: [] },
      });
      expectSums(order);
      expect(recomputeTotal(order.quote)).toEqual({ total: 0, unsound: [] });
      const shown = await ticketi.orders.get({ orderId: order.id });
      expect(shown.quote.trace.map(({ rule }) => rule)).toEqual([
        'list_price',
        'complimentary',
        'total',
      ]);
      const tickets = await ticketsOf(ticketi, order.id);
      expect(tickets.map((ticket) => [ticket.price, ticket.fee])).toEqual([
        [0, 0],
        [0, 0],
      ]);
      expect(await sold()).toBe(2);
      const { balances } = await ticketi.ledger.balances({ organizerId: office.organizer.id });
      expect(balances).toEqual([]);
    });

    test('are not the box office’s to give, nor a buyer’s to take', async () => {
      const complimentary = { reason: 'Me' };
      const { hold, actor } = await aHold(ticketi, office);
      const placing = { holdId: hold.id, buyer, complimentary };
      for (const who of [ticketi.as(actor), seller]) {
        await expect(who.orders.place(placing)).rejects.toMatchObject({
          code: 'members_only',
          details: { field: 'complimentary', roles: ['owner', 'manager'] },
        });
      }
      expect((await manager.orders.place(placing)).total).toBe(0);
    });

    test('are not made of what a holder sells', async () => {
      const paid = await aPaidOrder(ticketi, office, { userId: 'anna' });
      const { id: listingId } = await aListing(ticketi, paid);
      const hold = await ticketi.as({ type: 'anonymous' }).resale.reserve({ listingId });
      await expect(
        manager.orders.place({ holdId: hold.id, buyer, complimentary: { reason: 'VIP' } }),
      ).rejects.toMatchObject({ code: 'hold_not_changeable' });
    });
  });

  describe('an order with a term', () => {
    const place = async (who: Surface, payment: object) => {
      const { hold } = await aHold(ticketi, office);
      return who.orders.place({ holdId: hold.id, buyer, payment });
    };

    test('waits so many days, and is paid or expires like any other', async () => {
      const [paid, lapsed] = [
        await place(seller, { termDays: 14 }),
        await place(seller, { termDays: 14 }),
      ];
      const due = new Date(Date.parse(paid.createdAt) + 14 * DAY * 60_000).toISOString();
      expect([paid.dueAt, paid.expiresAt]).toEqual([due, due]);
      clock.advance({ minutes: 14 * DAY - 1 });
      await ticketi.orders.expire({});
      expect((await payInCash(ticketi, paid)).state).toBe('paid');
      clock.advance({ minutes: 1 });
      expect((await ticketi.orders.get({ orderId: lapsed.id })).state).toBe('expired');
      await ticketi.orders.expire({});
      expect(await ticketi.pools.get({ poolId: office.pool.id })).toMatchObject({ claimed: 1 });
    });

    test('is no buyer’s to give themselves, and only of what is paid by hand', async () => {
      const { hold, actor } = await aHold(ticketi, office);
      const own = ticketi.as(actor).orders;
      await expect(
        own.place({ holdId: hold.id, buyer, payment: { termDays: 14 } }),
      ).rejects.toMatchObject({ code: 'members_only', details: { field: 'payment.termDays' } });
      await expect(
        own.place({ holdId: hold.id, buyer, channel: 'box_office' }),
      ).rejects.toMatchObject({ code: 'members_only', details: { field: 'channel' } });
      await expect(place(seller, { termDays: 14, provider: 'sandbox' })).rejects.toMatchObject({
        code: 'invalid_input',
      });
    });
  });
});
