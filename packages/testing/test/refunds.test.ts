import { type Order, sandboxProvider, type Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aGiftCard,
  aListing,
  aPaidOrder,
  aPlacedOrder,
  type BoxOffice,
  testClock,
  ticketsOf,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

describe.each(databases)('refunds of paid orders on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock, { payments: { sandbox: sandboxProvider() } });
  });
  beforeEach(async () => {
    // One ticket is 50.00, of which 1.00 is the fee.
    office = await aBoxOffice(ticketi, { capacity: 20, fee: { percent: '0', fixed: 100 } });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const owner = () => ticketi.as({ type: 'user', id: office.ownerId });
  const orderNow = ({ id }: Order) => ticketi.orders.get({ orderId: id });
  const claimed = async () =>
    (await ticketi.pools.list({ eventId: office.event.id })).items[0]?.claimed;
  async function balances() {
    const organizerId = office.organizer.id;
    const { balances: all } = await ticketi.ledger.balances({ organizerId });
    return Object.fromEntries(all.map(({ account, amount }) => [account, amount]));
  }
  async function sound() {
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  }

  test('a ticket: it is void, its place free, the money sent, the books say so', async () => {
    const { order, tickets } = await aPaidOrder(ticketi, office, { quantity: 3 });
    const [first] = tickets;
    const orderId = order.id;
    const refund = await owner().refunds.create({ orderId, ticketIds: [first?.id ?? ''] });
    expect(refund).toMatchObject({
      amount: 5000,
      platformFee: 100,
      lines: [{ line: 0, quantity: 1, amount: 5000 }],
      ticketIds: [first?.id],
      kind: 'requested',
      code: null,
      means: [{ to: 'provider', amount: 5000 }],
    });
    expect(await orderNow(order)).toMatchObject({
      state: 'paid',
      givenBack: 5000,
      refunded: 5000,
      refundState: 'partial',
    });
    expect(await ticketi.tickets.get({ ticketId: first?.id ?? '' })).toMatchObject({
      state: 'void',
      voidReason: 'refunded',
    });
    expect(await claimed()).toBe(2);
    expect(await balances()).toEqual({
      provider_clearing: 10_000,
      platform_fees: -200,
      organizer_payable: -9800,
      buyer_credit: 0,
    });
    await expect(
      owner().refunds.create({ orderId, ticketIds: [first?.id ?? ''] }),
    ).rejects.toMatchObject({ code: 'not_refundable', details: { why: 'refunded' } });
    const rest = await owner().refunds.create({ orderId });
    expect(rest.amount).toBe(10_000);
    expect((await orderNow(order)).refundState).toBe('full');
    expect(await balances()).toEqual({
      provider_clearing: 0,
      platform_fees: 0,
      organizer_payable: 0,
      buyer_credit: 0,
    });
    await expect(owner().refunds.create({ orderId })).rejects.toMatchObject({
      code: 'nothing_to_refund',
    });
    await sound();
  });
});
