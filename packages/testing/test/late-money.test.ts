import type { Actor, Order, Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aHold,
  aListing,
  aPaidOrder,
  aPlacedOrder,
  type BoxOffice,
  payInCash,
  testClock,
  ticketsOf,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const anonymous: Actor = { type: 'anonymous' };
const late = { provider: 'sandbox', method: 'answers_late' };

describe.each(databases)('money that comes late on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi, { capacity: 2, codeUses: 1 });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  /** An order whose payment the provider has not settled, past its time. */
  async function overdue(options: { quantity?: number; codes?: string[] } = {}) {
    const placed = await aPlacedOrder(ticketi, office, options);
    const { payment } = await ticketi.orders.pay({ orderId: placed.order.id, ...late });
    clock.advance({ minutes: 30 });
    return { order: placed.order, paymentId: payment?.id ?? '' };
  }

  async function sound(order: Order, tickets: number, refunded: number) {
    const now = await ticketi.orders.get({ orderId: order.id });
    expect(now.refunded).toBe(refunded);
    const valid = (await ticketsOf(ticketi, order.id)).filter(({ state }) => state === 'valid');
    expect(valid).toHaveLength(tickets);
    const { balances } = await ticketi.ledger.balances({ organizerId: order.organizerId });
    expect(balances.find(({ account }) => account === 'buyer_credit')?.amount ?? 0).toBe(0);
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  }

  test.each([
    ['before it was written down', false],
    ['after it was swept', true],
  ])('gets its tickets %s that it expired, while there is room', async (_when, swept) => {
    const { order, paymentId } = await overdue({ codes: ['EARLY'] });
    expect((await ticketi.orders.get({ orderId: order.id })).state).toBe('expired');
    if (swept) {
      await ticketi.orders.expire({});
      await ticketi.holds.sweep({});
    }
    expect((await ticketi.payments.check({ paymentId })).state).toBe('paid');
    await sound(order, 1, 0);
    await expect(aHold(ticketi, office, { codes: ['EARLY'] })).rejects.toMatchObject({
      code: 'code_not_valid',
    });
  });

  test('goes back in full when a part of its places is taken', async () => {
    const { order, paymentId } = await overdue({ quantity: 2 });
    const { hold } = await aHold(ticketi, office);
    const after = await ticketi.payments.check({ paymentId });
    expect(after).toMatchObject({ state: 'expired', refunded: order.total });
    await sound(order, 0, order.total);
    // It took nothing: what nobody else has is free.
    await ticketi.holds.release({ holdId: hold.id });
    await aHold(ticketi, office, { quantity: 2 });
  });

  test('goes back when another order has the one use of its code', async () => {
    const { order, paymentId } = await overdue({ codes: ['EARLY'] });
    await aHold(ticketi, office, { codes: ['EARLY'] });
    await ticketi.payments.check({ paymentId });
    await sound(order, 0, order.total);
  });

  test('goes back when the order was cancelled or the event was', async () => {
    const first = await overdue();
    await ticketi.orders.cancel({ orderId: first.order.id });
    await ticketi.payments.check({ paymentId: first.paymentId });
    await sound(first.order, 0, first.order.total);
    const second = await overdue();
    await ticketi.events.cancel({ eventId: office.event.id });
    await ticketi.payments.check({ paymentId: second.paymentId });
    await sound(second.order, 0, second.order.total);
  });

  test('goes back to the buyer of a listing that another one bought meanwhile', async () => {
    const seller = await aPaidOrder(ticketi, office);
    const { id: listingId } = await aListing(ticketi, seller);
    const buyer = { name: 'Ben', email: 'ben@example.com' };
    const slow = await ticketi.as(anonymous).resale.buy({ listingId, buyer, payment: late });
    clock.advance({ minutes: 30 });
    const quick = await ticketi.as(anonymous).resale.buy({
      listingId,
      buyer: { name: 'Cleo', email: 'cleo@example.com' },
      payment: { provider: 'sandbox' },
    });
    await ticketi.payments.check({ paymentId: slow.payment?.id ?? '' });
    await sound(slow, 0, slow.total);
    await sound(quick, 1, 0);
    expect((await ticketsOf(ticketi, seller.order.id)).map(({ state }) => state)).toEqual(['void']);
  });

  test('goes back when the seller asks another price since', async () => {
    const seller = await aPaidOrder(ticketi, office);
    const { id: listingId, price } = await aListing(ticketi, seller);
    const buyer = { name: 'Ben', email: 'ben@example.com' };
    const slow = await ticketi.as(anonymous).resale.buy({ listingId, buyer, payment: late });
    clock.advance({ minutes: 30 });
    await ticketi.as(seller.actor).resale.setPrice({ listingId, price: price - 100 });
    await ticketi.payments.check({ paymentId: slow.payment?.id ?? '' });
    await sound(slow, 0, slow.total);
    expect(await ticketi.resale.get({ listingId })).toMatchObject({ state: 'open' });
  });

  test('goes back when the ticket was used or void before the buyer had paid', async () => {
    const seller = await aPaidOrder(ticketi, office, { quantity: 2 });
    const [used, gone] = seller.tickets;
    if (used === undefined || gone === undefined) throw new Error('two tickets were bought');
    const buyer = { name: 'Ben', email: 'ben@example.com' };
    const buy = async (ticketId: string) => {
      const listing = await ticketi.as(seller.actor).resale.list({ ticketId, price: 1000 });
      const input = { listingId: listing.id, buyer, payment: late };
      return ticketi.as(anonymous).resale.buy(input);
    };
    const [first, second] = [await buy(used.id), await buy(gone.id)];
    await ticketi.tickets.void({ ticketId: gone.id });
    const { code } = await ticketi.tickets.code({ ticketId: used.id });
    const scan = () => ticketi.checkin.scan({ eventId: office.event.id, code });
    expect(await scan()).toMatchObject({ admitted: false, reason: 'resale_in_progress' });
    clock.advance({ minutes: 30 });
    expect(await scan()).toMatchObject({ admitted: true });
    for (const order of [first, second]) {
      await ticketi.payments.check({ paymentId: order.payment?.id ?? '' });
      await sound(order, 0, order.total);
    }
  });

  test('comes once: what a provider says again changes nothing', async () => {
    const { order, paymentId } = await overdue();
    for (let turn = 0; turn < 3; turn += 1) await ticketi.payments.check({ paymentId });
    await sound(order, 1, 0);
    await payInCash(ticketi, await ticketi.orders.get({ orderId: order.id }));
    await sound(order, 1, 0);
  });
});
