import type { Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  type BoxOffice,
  payInCash,
  type TestClock,
  testClock,
  ticketsOf,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const anna = { name: 'Anna', email: 'anna@example.com' };
const ben = { name: 'Ben', email: 'ben@example.com' };

describe.each(databases)('the whole story on %s', (_name, create) => {
  let base: TestBase;
  let ticketi: Ticketi;
  let clock: TestClock;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
    clock = testClock();
    ticketi = await ticketiOn(base.storage(), clock);
    office = await aBoxOffice(ticketi, { capacity: 4, codeUses: 1 });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const free = async () => {
    const { ticketTypes } = await ticketi.as({ type: 'anonymous' }).availability.get({
      eventId: office.event.id,
    });
    return ticketTypes.map(({ available }) => available);
  };

  test('a hold takes places, and its expiry gives them back without a worker', async () => {
    const nobody = ticketi.as({ type: 'anonymous' });
    const items = [{ ticketTypeId: office.standard.id, quantity: 3 }];
    const hold = await nobody.holds.create({ eventId: office.event.id, items });
    expect(await free()).toEqual([1, 1]);
    await expect(nobody.holds.create({ eventId: office.event.id, items })).rejects.toMatchObject({
      code: 'sold_out',
      details: { poolId: office.pool.id, available: 1, requested: 3 },
    });

    clock.advance({ minutes: 15 });
    expect(await free()).toEqual([4, 4]);
    const guest = ticketi.as({ type: 'guest', token: hold.accessToken ?? '' });
    expect((await guest.holds.get({ holdId: hold.id })).state).toBe('expired');
    await expect(guest.orders.place({ holdId: hold.id, buyer: anna })).rejects.toMatchObject({
      code: 'hold_expired',
    });
    const again = await nobody.holds.create({ eventId: office.event.id, items });
    expect(await free()).toEqual([1, 1]);
    await ticketi.holds.release({ holdId: again.id });
    expect(await free()).toEqual([4, 4]);
  });

  test('a code is used as often as it may be, and its use comes back with the hold', async () => {
    const nobody = ticketi.as({ type: 'anonymous' });
    const input = {
      eventId: office.event.id,
      items: [{ ticketTypeId: office.standard.id, quantity: 1 }],
      codes: [' early'],
    };
    const hold = await nobody.holds.create(input);
    // 49.00 - 10 % = 44.10; fee 5 % + 0.50 = 2.71 (2.205 rounds up).
    expect(hold.quote).toMatchObject({ subtotal: 4900, discount: 490, fee: 271, total: 4681 });
    await expect(nobody.holds.create(input)).rejects.toMatchObject({ code: 'code_not_valid' });
    await ticketi.holds.release({ holdId: hold.id });
    const after = await nobody.holds.create(input);
    clock.advance({ minutes: 16 });
    const late = await nobody.holds.create(input);
    expect(late.quote.codes).toHaveLength(1);
    await ticketi.holds.release({ holdId: late.id });
    expect((await ticketi.holds.get({ holdId: after.id })).state).toBe('expired');
  });

  test('a ticket is bought, scanned once, resold within the cap, and its old code is worthless', async () => {
    const nobody = ticketi.as({ type: 'anonymous' });
    const hold = await nobody.holds.create({
      eventId: office.event.id,
      items: [{ ticketTypeId: office.standard.id, quantity: 2 }],
      codes: ['EARLY'],
    });
    const seller = ticketi.as({ type: 'guest', token: hold.accessToken ?? '' });
    const placed = await seller.orders.place({ holdId: hold.id, buyer: anna });
    expect(placed).toMatchObject({ state: 'pending', total: 9362 });
    const paid = await seller.orders.pay({ orderId: placed.id, provider: 'sandbox' });
    expect(paid.state).toBe('paid');

    const [first, second] = await ticketsOf(ticketi, placed.id);
    if (first === undefined || second === undefined) throw new Error('two tickets were bought');
    expect(first).toMatchObject({ price: 4410, fee: 271, issue: 1, state: 'valid' });
    const door = ticketi.as({ type: 'user', id: office.ownerId });
    const codeOf = async (ticketId: string) => (await seller.tickets.code({ ticketId })).code;
    const firstCode = await codeOf(first.id);
    const secondCode = await codeOf(second.id);
    const eventId = office.event.id;

    expect(await door.checkin.scan({ eventId, code: firstCode, gate: 'North' })).toMatchObject({
      admitted: true,
      holderName: 'Anna',
    });
    const admittedAt = clock.now();
    clock.advance({ minutes: 3 });
    expect(await door.checkin.scan({ eventId, code: firstCode, gate: 'South' })).toMatchObject({
      admitted: false,
      reason: 'already_in',
      lastAdmittedAt: admittedAt,
      lastAdmittedGate: 'North',
    });
    await expect(seller.resale.list({ ticketId: first.id, price: 4410 })).rejects.toMatchObject({
      code: 'ticket_not_resellable',
      details: { why: 'checked_in' },
    });

    // 110 % of what was paid for it, 44.10, is 48.51.
    await expect(seller.resale.list({ ticketId: second.id, price: 4852 })).rejects.toMatchObject({
      code: 'price_above_cap',
      details: { cap: 4851, price: 4852, currency: 'EUR' },
    });
    const listing = await seller.resale.list({ ticketId: second.id, price: 4851 });
    const bought = await nobody.resale.buy({
      listingId: listing.id,
      buyer: ben,
      payment: { provider: 'sandbox' },
    });
    expect(bought).toMatchObject({ state: 'paid', kind: 'resale', total: 4851 + 243 });
    const buyer = ticketi.as({ type: 'guest', token: bought.accessToken ?? '' });
    const [resold] = await ticketsOf(ticketi, bought.id);
    if (resold === undefined) throw new Error('a ticket was bought');
    expect(resold).toMatchObject({ admissionId: second.id, issue: 2, price: 4851, fee: 243 });

    await expect(seller.tickets.code({ ticketId: second.id })).rejects.toMatchObject({
      code: 'ticket_void',
      details: { why: 'resold' },
    });
    await expect(seller.tickets.code({ ticketId: resold.id })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    expect(await door.checkin.scan({ eventId, code: secondCode })).toMatchObject({
      admitted: false,
      reason: 'revoked',
      why: 'resold',
    });
    const { code } = await buyer.tickets.code({ ticketId: resold.id });
    expect(await door.checkin.scan({ eventId, code })).toMatchObject({
      admitted: true,
      holderName: 'Ben',
    });
    expect(await free()).toEqual([2, 2]);
  });

  test('a manual payment of another amount goes back, and the right one pays', async () => {
    const hold = await ticketi.holds.create({
      eventId: office.event.id,
      items: [{ ticketTypeId: office.vip.id, quantity: 1 }],
    });
    const order = await ticketi.orders.place({ holdId: hold.id, buyer: ben });
    const { payment } = await ticketi.orders.pay({ orderId: order.id });
    const short = { paymentId: payment?.id ?? '', amount: order.total - 1, currency: 'EUR' };
    const returned = await ticketi.payments.confirm(short);
    expect(returned).toMatchObject({ state: 'pending', refunded: order.total - 1 });
    expect(await payInCash(ticketi, order)).toMatchObject({ state: 'paid' });
  });

  test('money balances by account, and the records prove each other', async () => {
    const { id: organizerId } = office.organizer;
    expect(await ticketi.ledger.verify({ organizerId })).toEqual({ balanced: true, findings: [] });
    const { balances } = await ticketi.ledger.balances({ organizerId });
    const amount = (account: string) =>
      balances.find((balance) => balance.account === account)?.amount ?? 0;
    expect(balances.reduce((sum, balance) => sum + balance.amount, 0)).toBe(0);
    // Two at 44.10 with 2.71 each, the resale at 48.51 with 2.43, one VIP at 99.00 with 5.45.
    expect(amount('provider_clearing')).toBe(9362 + 5094 + 10_445);
    expect(amount('organizer_payable')).toBe(-(8820 + 9900));
    expect(amount('platform_fees')).toBe(-(542 + 243 + 243 + 545));
    expect(amount('seller_payable')).toBe(-(4851 - 243));
    expect(amount('buyer_credit')).toBe(0);

    const diagnosis = await ticketi.diagnose();
    expect(diagnosis.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(diagnosis.ok).toBe(true);
  });
});
