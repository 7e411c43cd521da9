import { type Actor, type Storage, sandboxProvider, type Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aGiftCard,
  aListing,
  aPaidOrder,
  aPlacedOrder,
  type BoxOffice,
  testClock,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { wrapped } from './support/wrapped-storage.ts';

type Row = Awaited<ReturnType<Ticketi['refundRuns']['report']>>['items'][number];

const anonymous: Actor = { type: 'anonymous' };

describe.each(databases)('the refund run of a cancelled event on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;

  beforeAll(async () => {
    base = await create();
    ticketi = await open(base.storage());
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  function open(storage: Storage) {
    return ticketiOn(storage, clock, { payments: { sandbox: sandboxProvider() } });
  }

  /** One of each: in cash, by card, in part by gift card, resold, free, and refunded before. */
  async function aSale() {
    const office = await aBoxOffice(ticketi, { fee: { percent: '0', fixed: 100 } });
    const owner = ticketi.as({ type: 'user', id: office.ownerId });
    const cash = await aPaidOrder(ticketi, office, { quantity: 2 });
    const { order: online } = await aPlacedOrder(ticketi, office);
    await ticketi.orders.pay({ orderId: online.id, provider: 'sandbox' });
    const card = await aGiftCard(ticketi, office, { amount: 6000 });
    const credited = await aPaidOrder(ticketi, office, { quantity: 2, giftCards: [card.code] });
    const seller = await aPaidOrder(ticketi, office, { userId: 'seller' });
    const listing = await aListing(ticketi, seller, { price: 4500 });
    const resold = await ticketi.as(anonymous).resale.buy({
      listingId: listing.id,
      buyer: { name: 'Ben', email: 'ben@example.com' },
      payment: { provider: 'sandbox' },
    });
    const free = await aFreeOrder(owner, office);
    const before = await aPaidOrder(ticketi, office, { quantity: 2 });
    await owner.refunds.create({ orderId: before.order.id });
    const partly = await aPaidOrder(ticketi, office, { quantity: 2 });
    const [first] = partly.tickets;
    await owner.refunds.create({ orderId: partly.order.id, ticketIds: [first?.id ?? ''] });
    await owner.checkin.scan({
      eventId: office.event.id,
      code: (await ticketi.tickets.code({ ticketId: cash.tickets[0]?.id ?? '' })).code,
    });
    const orders = {
      cash: cash.order.id,
      online: online.id,
      credited: credited.order.id,
      seller: seller.order.id,
      resold: resold.id,
      free: free.id,
      before: before.order.id,
      partly: partly.order.id,
    };
    return { office, owner, orders, card };
  }

  async function aFreeOrder(owner: Pick<Ticketi, 'ticketTypes'>, { event, pool }: BoxOffice) {
    const { id } = await owner.ticketTypes.create({
      eventId: event.id,
      name: 'Free',
      price: 0,
      draws: [{ poolId: pool.id }],
    });
    const fees = await ticketi.fees.list({ eventId: event.id });
    for (const fee of fees.items) await ticketi.fees.remove({ feeId: fee.id });
    const items = [{ ticketTypeId: id, quantity: 1 }];
    return (await aPlacedOrder(ticketi, { event, standard: { id } as never }, { items })).order;
  }

  async function runOf(eventId: string) {
    const { items } = await ticketi.refundRuns.list({ eventId });
    const [run] = items;
    if (run === undefined) throw new Error('The event has no refund run.');
    return run;
  }

  /** Works until nothing is left, as a worker does. */
  async function workOn(handle: Ticketi = ticketi, limit = 3) {
    for (;;) {
      const { open: left } = await handle.refundRuns.work({ limit });
      if (left === 0) return;
    }
  }

  /** What is left of money and places when all is done; what differs by run is left out. */
  async function endOf({ office, orders, card }: Awaited<ReturnType<typeof aSale>>) {
    const eventId = office.event.id;
    const { balances } = await ticketi.ledger.balances({ organizerId: office.organizer.id });
    const { items: pools } = await ticketi.pools.list({ eventId });
    const { items: tickets } = await ticketi.tickets.list({ eventId, limit: 200 });
    const money: Record<string, unknown> = {};
    for (const [name, orderId] of Object.entries(orders)) {
      const { givenBack, refunded, refundState } = await ticketi.orders.get({ orderId });
      money[name] = { givenBack, refunded, refundState };
    }
    const run = await runOf(eventId);
    return {
      balances: Object.fromEntries(balances.map(({ account, amount }) => [account, amount])),
      claimed: pools[0]?.claimed,
      valid: tickets.filter(({ state }) => state === 'valid').length,
      money,
      card: (await ticketi.giftCards.get({ giftCardId: card.id })).balance,
      run: { state: run.state, orders: run.orders, amount: run.amount, outcomes: run.outcomes },
    };
  }

  const back = (amount: number, state = 'full') => ({
    givenBack: amount,
    refunded: amount,
    refundState: state,
  });
  const end = {
    balances: {
      provider_clearing: 0,
      platform_fees: 0,
      organizer_payable: 6000,
      seller_payable: 0,
      buyer_credit: 0,
      gift_cards: -6000,
    },
    claimed: 0,
    valid: 0,
    money: {
      cash: back(10_000),
      online: back(5000),
      credited: back(10_000),
      seller: back(5000),
      resold: back(4725),
      free: back(0, 'none'),
      before: back(9800),
      partly: back(9800),
    },
    card: 6000,
    run: {
      state: 'done',
      orders: { total: 8, done: 8, failed: 0 },
      outcomes: expect.arrayContaining([
        { state: 'already_refunded', orders: 1, amount: 0 },
        { state: 'nothing_paid', orders: 1, amount: 0 },
        { state: 'refunded', orders: 6, amount: 39_625 },
      ]),
      amount: 39_625,
    },
  };

  async function sound() {
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  }

  test('gives every buyer back what they paid, and reports each order', async () => {
    const sale = await aSale();
    const { owner, office, orders } = sale;
    const eventId = office.event.id;
    await expect(owner.refundRuns.start({ eventId })).rejects.toMatchObject({
      code: 'wrong_event_state',
    });
    await owner.events.cancel({ eventId, reason: 'Storm' });
    const { id: runId } = await runOf(eventId);
    expect(await owner.refundRuns.start({ eventId })).toMatchObject({ id: runId, reason: 'Storm' });
    const first = await ticketi.refundRuns.work({ limit: 3 });
    expect(first).toEqual({ done: 3, failed: 0, open: 1 });
    expect(await owner.refundRuns.get({ runId })).toMatchObject({
      state: 'running',
      orders: { total: 8, done: 3, failed: 0 },
    });
    await workOn();
    expect(await endOf(sale)).toEqual(end);
    const rows: Row[] = [];
    for await (const row of pages((cursor) =>
      owner.refundRuns.report({ runId, limit: 3, cursor }),
    )) {
      rows.push(row);
    }
    const outcomeOf = (id: string) => rows.find(({ orderId }) => orderId === id);
    expect(rows).toHaveLength(8);
    expect(outcomeOf(orders.online)).toMatchObject({
      state: 'refunded',
      amount: 5000,
      money: 'succeeded',
      provider: 'sandbox',
      buyer: { email: 'buyer@example.com' },
    });
    expect(outcomeOf(orders.before)).toMatchObject({
      state: 'already_refunded',
      money: 'none',
      provider: null,
    });
    // What the organizer has to hand back: Ticketi moves no cash.
    expect(outcomeOf(orders.cash)).toMatchObject({ money: 'succeeded', provider: 'manual' });
    expect(outcomeOf(orders.partly)?.ticketIds).toHaveLength(1);
    expect(await ticketi.refundRuns.work({})).toEqual({ done: 0, failed: 0, open: 0 });
    await sound();
  });

  test('as credit: each order has a gift card, and those that paid have theirs back', async () => {
    const sale = await aSale();
    const { owner, office } = sale;
    const eventId = office.event.id;
    await owner.events.cancel({ eventId, refund: false });
    expect((await ticketi.refundRuns.list({ eventId })).items).toEqual([]);
    await owner.refundRuns.start({ eventId, to: 'credit', feesKept: true });
    await workOn();
    const { run, balances, money } = await endOf(sale);
    expect(run.outcomes).toContainEqual(expect.objectContaining({ state: 'to_card', orders: 6 }));
    // Six tickets keep their fee of 1.00; the one of a resale goes back with it.
    expect(balances).toMatchObject({ buyer_credit: 0, seller_payable: 0, platform_fees: -600 });
    expect(money).toMatchObject({ resold: back(4725), seller: back(4900, 'partial') });
    await sound();
  });

  test.each(['ticketIds', 'items'] as const)(
    'is not waited for by who bought a resold ticket: it goes back whole, by %s too',
    async (named) => {
      const office = await aBoxOffice(ticketi, { fee: { percent: '0', fixed: 100 } });
      const owner = ticketi.as({ type: 'user', id: office.ownerId });
      // The resold ticket comes from the second line of its first sale.
      const items = [office.vip, office.standard].map(({ id }) => ({
        ticketTypeId: id,
        quantity: 1,
      }));
      const seller = await aPaidOrder(ticketi, office, { userId: 'seller', items });
      const tickets = seller.tickets.filter(
        ({ ticketTypeId }) => ticketTypeId === office.standard.id,
      );
      const listing = await aListing(ticketi, { ...seller, tickets }, { price: 4500 });
      const resold = await ticketi.as({ type: 'user', id: 'ben' }).resale.buy({
        listingId: listing.id,
        buyer: { name: 'Ben', email: 'ben@example.com' },
        payment: { provider: 'sandbox' },
      });
      await owner.events.cancel({ eventId: office.event.id, refund: false });
      const [ticket] = (await ticketi.tickets.list({ orderId: resold.id })).items;
      const wanted =
        named === 'items'
          ? { items: [{ ticketTypeId: office.standard.id, quantity: 1 }] }
          : { ticketIds: [ticket?.id ?? ''] };
      const ben = ticketi.as({ type: 'user', id: 'ben' });
      const refund = await ben.refunds.create({ orderId: resold.id, ...wanted });
      expect(refund).toMatchObject({ amount: 4725, ticketIds: [ticket?.id] });
      expect(await ben.orders.get({ orderId: resold.id })).toMatchObject(back(4725));
      await sound();
    },
  );

  test('as credit: each buyer reads the code of their gift card, and buys with it', async () => {
    const office = await aBoxOffice(ticketi, { fee: { percent: '0', fixed: 100 } });
    const owner = ticketi.as({ type: 'user', id: office.ownerId });
    const [ada, guest] = [
      await aPaidOrder(ticketi, office, { userId: 'ada' }),
      await aPaidOrder(ticketi, office, { quantity: 2 }),
    ];
    const eventId = office.event.id;
    await owner.events.cancel({ eventId, refund: false });
    await owner.refundRuns.start({ eventId, to: 'credit' });
    await workOn();
    const next = await anEventOf(owner, office);
    for (const { actor, order } of [ada, guest]) {
      const { items } = await ticketi
        .as(actor)
        .refunds.list({ organizerId: office.organizer.id, orderId: order.id });
      expect(items).toMatchObject([{ amount: order.total, kind: 'event_cancelled' }]);
      const code = items[0]?.code ?? '';
      const again = await aPlacedOrder(ticketi, next, { giftCards: [code] });
      expect(again.order).toMatchObject({ state: 'paid', credited: 4900 });
      const plain = code.slice(3).replaceAll('-', '');
      expect(plain).toHaveLength(16);
      for (const rows of (await base.contents()).values()) {
        expect(JSON.stringify(rows)).not.toContain(plain);
      }
    }
    await sound();
  });

  /** Another event of the organizer, with tickets for 49.00. */
  async function anEventOf(
    owner: Pick<Ticketi, 'events' | 'pools' | 'ticketTypes'>,
    { organizer }: BoxOffice,
  ) {
    const { id: eventId } = await owner.events.create({
      organizerId: organizer.id,
      name: 'Winter Fest',
      timezone: 'Europe/Berlin',
      currency: 'EUR',
      sessions: [{ startsAt: '2097-12-10T18:00', endsAt: '2097-12-11T02:00' }],
    });
    const pool = await owner.pools.create({ eventId, name: 'Hall', capacity: 10 });
    const draws = [{ poolId: pool.id }];
    const standard = await owner.ticketTypes.create({ eventId, name: 'One', price: 4900, draws });
    return { event: await owner.events.publish({ eventId }), standard };
  }

  /** A storage whose nth write fails, before it begins or after it has committed. */
  function failing(storage: Storage, nth: number, when: 'before' | 'after') {
    let writes = 0;
    const state = { hit: false };
    const broken = wrapped(storage, {
      async around(run) {
        writes += 1;
        if (writes !== nth) return run();
        state.hit = true;
        if (when === 'after') await run();
        throw new Error('The process died here.');
      },
    });
    return { broken, state };
  }

  test.each(['before', 'after'] as const)(
    'that dies %s any of its writes ends as if it had not',
    async (when) => {
      for (let nth = 1; ; nth += 1) {
        const sale = await aSale();
        await sale.owner.events.cancel({ eventId: sale.office.event.id });
        const { broken, state } = failing(base.storage(), nth, when);
        const dying = await ticketiOn(broken, clock, {
          payments: { sandbox: sandboxProvider() },
          migrate: false,
        });
        await workOn(dying, 4).catch(() => undefined);
        await dying.close();
        clock.advance({ minutes: 6 });
        await workOn();
        await ticketi.payments.reconcile({ limit: 1000 });
        expect(await endOf(sale)).toEqual(end);
        await sound();
        if (!state.hit) break;
        // Between the first orders and the last ones nothing is new.
        if (nth === 6) nth = 14;
      }
    },
    240_000,
  );

  test('says what failed, and tries it again', async () => {
    const office = await aBoxOffice(ticketi, { fee: { percent: '0', fixed: 100 } });
    const owner = ticketi.as({ type: 'user', id: office.ownerId });
    const { order } = await aPaidOrder(ticketi, office);
    await owner.events.cancel({ eventId: office.event.id });
    const { id: runId } = await runOf(office.event.id);
    // Somebody has tampered with the order: more went back than its provider had received.
    await base.execute(`UPDATE {t}orders SET credited = 1 WHERE id = '${order.id}'`);
    await workOn();
    const failed = await owner.refundRuns.report({ runId, state: 'failed' });
    expect(failed.items).toMatchObject([{ orderId: order.id, amount: 0, money: 'none' }]);
    expect(failed.items[0]?.reason).toMatch(/^refund_above_paid: /);
    expect(await owner.refundRuns.get({ runId })).toMatchObject({
      state: 'done',
      orders: { total: 1, done: 0, failed: 1 },
    });
    await base.execute(`UPDATE {t}orders SET credited = 0 WHERE id = '${order.id}'`);
    expect(await owner.refundRuns.retry({ runId })).toMatchObject({ state: 'running' });
    await workOn();
    expect(await owner.refundRuns.get({ runId })).toMatchObject({
      state: 'done',
      orders: { total: 1, done: 1, failed: 0 },
    });
    expect(await owner.refundRuns.retry({ runId })).toMatchObject({ state: 'done' });
    await sound();
  });

  test('is not opened again beside a newer one of its event, which tries all orders', async () => {
    const office = await aBoxOffice(ticketi, { fee: { percent: '0', fixed: 100 } });
    const owner = ticketi.as({ type: 'user', id: office.ownerId });
    const eventId = office.event.id;
    const { order } = await aPaidOrder(ticketi, office);
    await owner.events.cancel({ eventId });
    const { id: runId } = await runOf(eventId);
    await base.execute(`UPDATE {t}orders SET credited = 1 WHERE id = '${order.id}'`);
    await workOn();
    await base.execute(`UPDATE {t}orders SET credited = 0 WHERE id = '${order.id}'`);
    const newer = await owner.refundRuns.start({ eventId });
    expect(newer.id).not.toBe(runId);
    expect(await owner.refundRuns.retry({ runId })).toMatchObject({ id: newer.id });
    await workOn();
    expect(await owner.refundRuns.get({ runId: newer.id })).toMatchObject({
      state: 'done',
      orders: { total: 1, done: 1, failed: 0 },
    });
    // Started and tried again at once, one of them is the open one, and both say which.
    const other = await aPaidOrderThatFailed();
    const [started, retried] = await Promise.all([
      owner.refundRuns.start({ eventId: other.eventId }),
      owner.refundRuns.retry({ runId: other.runId }),
    ]);
    expect(retried.id).toBe(started.id);
    await base.execute(`UPDATE {t}orders SET credited = 0 WHERE id = '${other.orderId}'`);
    await workOn();
    await sound();
  });

  /** An event whose run has failed to give its one order back. */
  async function aPaidOrderThatFailed() {
    const office = await aBoxOffice(ticketi);
    const eventId = office.event.id;
    const { order } = await aPaidOrder(ticketi, office);
    await base.execute(`UPDATE {t}orders SET credited = 1 WHERE id = '${order.id}'`);
    await ticketi.events.cancel({ eventId });
    await workOn();
    return { eventId, orderId: order.id, runId: (await runOf(eventId)).id };
  }

  test('does not wait for the runs of others, however many are stuck before it', async () => {
    const cancelled = async () => {
      const office = await aBoxOffice(ticketi);
      await aPaidOrder(ticketi, office);
      await ticketi.events.cancel({ eventId: office.event.id });
    };
    for (let n = 0; n < 20; n += 1) await cancelled();
    // A worker took all there was, and is heard of no more.
    expect((await ticketi.refundRuns.claim({ limit: 1000 })).orders).toHaveLength(20);
    await cancelled();
    expect(await ticketi.refundRuns.work({ limit: 10 })).toMatchObject({ done: 1, open: 21 });
    clock.advance({ minutes: 6 });
    await workOn(ticketi, 100);
    await sound();
  });

  test('is shared by workers that come at once: each order once', async () => {
    const office = await aBoxOffice(ticketi, { capacity: null });
    const owner = ticketi.as({ type: 'user', id: office.ownerId });
    for (let n = 0; n < 12; n += 1) await aPaidOrder(ticketi, office);
    await owner.events.cancel({ eventId: office.event.id });
    const workers = await Promise.all([1, 2, 3].map(() => open(base.storage())));
    const done = await Promise.all(workers.map((worker) => worker.refundRuns.work({ limit: 4 })));
    expect(done.map((one) => one.done)).toEqual([4, 4, 4]);
    await workOn();
    await Promise.all(workers.map((worker) => worker.close()));
    const { orders, state } = await runOf(office.event.id);
    expect({ orders, state }).toEqual({
      orders: { total: 12, done: 12, failed: 0 },
      state: 'done',
    });
    await sound();
  });
});

async function* pages<Item>(
  read: (cursor?: string) => Promise<{ items: Item[]; nextCursor: string | null }>,
) {
  let cursor: string | undefined;
  for (;;) {
    const { items, nextCursor } = await read(cursor);
    yield* items;
    if (nextCursor === null) return;
    cursor = nextCursor;
  }
}
