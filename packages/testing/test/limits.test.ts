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

const anonymous = { type: 'anonymous' } as const;
const anna = { name: 'Anna', email: 'anna@example.com' };

describe.each(databases)('limits on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi);
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const setEvent = (limits: { maxPerOrder?: number | null; maxPerBuyer?: number | null }) =>
    ticketi.events.update({ eventId: office.event.id, ...limits });
  const setType = (limits: { maxPerBuyer?: number | null; maxInAll?: number | null }) =>
    ticketi.ticketTypes.update({ ticketTypeId: office.standard.id, ...limits });
  const hold = (quantity: number, buyer: { userId?: string; email?: string } = {}) =>
    ticketi
      .as(buyer.userId === undefined ? anonymous : { type: 'user', id: buyer.userId })
      .holds.create({
        eventId: office.event.id,
        items: [{ ticketTypeId: office.standard.id, quantity }],
        ...(buyer.email === undefined ? {} : { buyer: { email: buyer.email } }),
      });
  const vip = (quantity: number, userId: string) =>
    aHold(ticketi, office, { userId, items: [{ ticketTypeId: office.vip.id, quantity }] });
  const exceeded = (details: object) => ({ code: 'limit_exceeded', details });
  const sound = async () => {
    const { checks } = await ticketi.diagnose();
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  };

  test('the event limits the tickets of one order, whatever their types', async () => {
    await setEvent({ maxPerOrder: 3 });
    const items = [
      { ticketTypeId: office.standard.id, quantity: 2 },
      { ticketTypeId: office.vip.id, quantity: 2 },
    ];
    await expect(aHold(ticketi, office, { items })).rejects.toMatchObject(
      exceeded({
        limit: 3,
        per: 'order',
        ticketTypeId: null,
        eventId: office.event.id,
        available: 3,
      }),
    );
    await setEvent({ maxPerOrder: null });
    await aHold(ticketi, office, { items });
  });

  test('a buyer has so many tickets of the event at most, over all types and holds', async () => {
    await setEvent({ maxPerBuyer: 4 });
    await hold(3, { userId: 'u_1' });
    await expect(vip(2, 'u_1')).rejects.toMatchObject(
      exceeded({
        limit: 4,
        per: 'buyer',
        ticketTypeId: null,
        eventId: office.event.id,
        available: 1,
      }),
    );
    await vip(1, 'u_1');
    await vip(4, 'u_2');
    await sound();
  });

  test('a buyer has so many tickets of a type at most', async () => {
    await setType({ maxPerBuyer: 2 });
    await hold(2, { userId: 'u_1' });
    await expect(hold(1, { userId: 'u_1' })).rejects.toMatchObject(
      exceeded({
        limit: 2,
        per: 'buyer',
        ticketTypeId: office.standard.id,
        eventId: office.event.id,
        available: 0,
      }),
    );
    await vip(10, 'u_1');
  });

  test('a type has so many tickets in all, held ones included, and availability says so', async () => {
    await setType({ maxInAll: 5 });
    const available = async () => {
      const { ticketTypes } = await ticketi.availability.get({ eventId: office.event.id });
      return ticketTypes.map((type) => type.available);
    };
    expect(await available()).toEqual([5, 100]);
    await hold(4);
    expect(await available()).toEqual([1, 96]);
    await expect(hold(2)).rejects.toMatchObject(
      exceeded({
        limit: 5,
        per: 'ticket_type',
        ticketTypeId: office.standard.id,
        eventId: office.event.id,
        available: 1,
      }),
    );
    clock.advance({ minutes: 15 });
    expect(await available()).toEqual([5, 100]);
    await hold(5);
    expect(await available()).toEqual([0, 95]);
    await sound();
  });

  test('what lapses, is released, cancelled or voided counts no more', async () => {
    await setEvent({ maxPerBuyer: 2 });
    await setType({ maxPerBuyer: 2, maxInAll: 2 });
    const buyer = { userId: 'u_1' };
    await hold(2, buyer);
    clock.advance({ minutes: 15 });
    const second = await hold(2, buyer);
    await ticketi.holds.release({ holdId: second.id });
    const placed = await aPlacedOrder(ticketi, office, { ...buyer, quantity: 2 });
    await ticketi.orders.cancel({ orderId: placed.order.id });
    const paid = await aPaidOrder(ticketi, office, { ...buyer, quantity: 2 });
    await expect(hold(1, buyer)).rejects.toMatchObject({ code: 'limit_exceeded' });
    await ticketi.tickets.void({ ticketId: paid.tickets[0]?.id ?? '' });
    await expect(hold(2, buyer)).rejects.toMatchObject({ details: { available: 1 } });
    await hold(1, buyer);
    await sound();
  });

  test('a guest who gave an address is the same buyer under each spelling of it', async () => {
    await setEvent({ maxPerBuyer: 2 });
    await hold(2, { email: 'Anna+fest@Example.com' });
    await expect(hold(1, { email: 'anna@example.com' })).rejects.toMatchObject({
      code: 'limit_exceeded',
    });
    await hold(2, { email: 'anne@example.com' });
    const rows = [...(await base.contents())].flatMap(([, texts]) => texts);
    expect(rows.filter((text) => /an+[ae]@example|anna\+fest/i.test(text))).toEqual([]);
  });

  test('a guest who gave none is checked when the order is placed, and keeps the hold', async () => {
    await setEvent({ maxPerBuyer: 2 });
    await aPlacedOrder(ticketi, office, { buyer: anna, quantity: 2 });
    const held = await aHold(ticketi, office, { quantity: 1 });
    const guest = ticketi.as(held.actor);
    const place = (email: string) =>
      guest.orders.place({ holdId: held.hold.id, buyer: { name: 'A', email } });
    const before = await base.contents();
    await expect(place('ANNA+2@example.com')).rejects.toMatchObject(
      exceeded({
        limit: 2,
        per: 'buyer',
        ticketTypeId: null,
        eventId: office.event.id,
        available: 0,
      }),
    );
    expect(await base.contents()).toEqual(before);
    expect((await guest.holds.get({ holdId: held.hold.id })).state).toBe('active');
    await place('another@example.com');
    await sound();
  });

  test('the address at placing counts too, and the same one counts once', async () => {
    await setEvent({ maxPerBuyer: 2 });
    const first = await hold(2, { email: 'one@example.com' });
    const guest = (token: string | null) => ticketi.as({ type: 'guest', token: token ?? '' });
    const place = (own: { id: string; accessToken: string | null }, email: string) =>
      guest(own.accessToken).orders.place({ holdId: own.id, buyer: { name: 'A', email } });
    const order = await place(first, 'one+again@example.com');
    await payInCash(ticketi, order);

    const second = await hold(2, { email: 'two@example.com' });
    await expect(place(second, 'one@example.com')).rejects.toMatchObject({
      code: 'limit_exceeded',
    });
    await place(second, 'three@example.com');
    for (const email of ['two@example.com', 'three@example.com']) {
      await expect(hold(1, { email })).rejects.toMatchObject({ code: 'limit_exceeded' });
    }
    clock.advance({ minutes: 30 });
    await ticketi.orders.expire();
    await hold(2, { email: 'two@example.com' });
    await hold(2, { email: 'three@example.com' });
    await sound();
  });

  test('a limit may be lowered below what a buyer has: they keep it and get no more', async () => {
    await setEvent({ maxPerBuyer: 6 });
    await setType({ maxInAll: 8 });
    const mine = await aPaidOrder(ticketi, office, { userId: 'u_1', quantity: 4 });
    await setEvent({ maxPerBuyer: 2 });
    await setType({ maxInAll: 3 });
    for (const userId of ['u_1', 'u_2']) {
      await expect(hold(1, { userId })).rejects.toMatchObject({ details: { available: 0 } });
    }
    for (const ticket of mine.tickets.slice(0, 2)) {
      await ticketi.tickets.void({ ticketId: ticket.id });
    }
    await expect(hold(1, { userId: 'u_1' })).rejects.toMatchObject({
      details: { limit: 2, available: 0 },
    });
    await hold(1, { userId: 'u_2' });
    await setEvent({ maxPerBuyer: 5 });
    await setType({ maxInAll: 10 });
    await hold(3, { userId: 'u_1' });
    await expect(hold(1, { userId: 'u_1' })).rejects.toMatchObject({ details: { limit: 5 } });
    await setEvent({ maxPerBuyer: null });
    await hold(1, { userId: 'u_1' });
    await sound();
  });

  test('a lowered limit leaves nothing of what lapsed to who has more already', async () => {
    await setEvent({ maxPerBuyer: 6 });
    const buyer = { userId: 'u_1' };
    await aPaidOrder(ticketi, office, { ...buyer, quantity: 4 });
    await hold(2, buyer);
    await setEvent({ maxPerBuyer: 4 });
    clock.advance({ minutes: 15 });
    await expect(hold(1, buyer)).rejects.toMatchObject({ details: { limit: 4, available: 0 } });
    await sound();
  });

  test('a resale leaves the limit with who bought the place first', async () => {
    await setEvent({ maxPerBuyer: 1 });
    const paid = await aPaidOrder(ticketi, office, { userId: 'seller' });
    const seller = ticketi.as(paid.actor);
    const ticketId = paid.tickets[0]?.id ?? '';
    const listing = await seller.resale.list({ ticketId, price: 4900 });
    const buyer = ticketi.as({ type: 'user', id: 'buyer' });
    await buyer.resale.buy({
      listingId: listing.id,
      buyer: anna,
      payment: { provider: 'sandbox' },
    });
    await expect(hold(1, { userId: 'seller' })).rejects.toMatchObject({ code: 'limit_exceeded' });
    await hold(1, { userId: 'buyer' });
    const { items } = await ticketi.tickets.list({ eventId: office.event.id, state: 'valid' });
    const resold = items.find(({ holder }) => holder.userId === 'buyer');
    await ticketi.tickets.void({ ticketId: resold?.id ?? '' });
    await hold(1, { userId: 'seller' });
    await sound();
  });

  test('a late payment is sent back when the buyer has used the limit up meanwhile', async () => {
    await setEvent({ maxPerBuyer: 1 });
    const placed = await aPlacedOrder(ticketi, office, { userId: 'u_1' });
    const { payment } = await ticketi.orders.pay({ orderId: placed.order.id });
    clock.advance({ minutes: 30 });
    await hold(1, { userId: 'u_1' });
    const { total: amount, currency } = placed.order;
    const late = () =>
      ticketi.payments.record({
        paymentId: payment?.id ?? '',
        result: { state: 'succeeded', providerRef: 'bank:1', amount, currency },
      });
    expect((await late()).refund).toMatchObject({ amount });
    const { items } = await ticketi.tickets.list({ eventId: office.event.id });
    expect(items).toEqual([]);
    await sound();
  });
});
