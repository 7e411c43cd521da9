import { type Order, sandboxProvider, type Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, aPaidOrder, type BoxOffice, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const steps = [
  { until: '48h before start', percent: '50' },
  { until: '2027-06-20T00:00', percent: '100' },
];

describe.each(databases)('what a buyer may give back on %s', (_name, create) => {
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
    ticketi = await ticketiOn(base.storage(), clock, { payments: { sandbox: sandboxProvider() } });
    office = await aBoxOffice(ticketi, {
      fee: { percent: '0', fixed: 100 },
      event: { sessions: [{ startsAt: '2027-07-10T18:00', endsAt: '2027-07-11T02:00' }] },
    });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const owner = () => ticketi.as({ type: 'user', id: office.ownerId });
  const refused = (why: string) => ({ code: 'refund_not_allowed', details: { why } });
  const bought = (userId = 'berta') => aPaidOrder(ticketi, office, { userId, quantity: 2 });
  const berta = () => ticketi.as({ type: 'user', id: 'berta' });
  const refund = ({ id: orderId }: Order) => berta().refunds.create({ orderId });
  const quoted = async ({ id: orderId }: Order) =>
    (await berta().quotes.refund({ orderId, policy: 'event' })).amount;

  test('is nothing, unless a policy says so; what members may is more', async () => {
    const { order } = await bought();
    await expect(refund(order)).rejects.toMatchObject(refused('no_self_service'));
    expect(await owner().refunds.getPolicy({ eventId: office.event.id })).toMatchObject({
      selfService: false,
      since: null,
    });
    expect((await owner().refunds.create({ orderId: order.id })).amount).toBe(10_000);
  });

  test('goes by the first step that is not over, without fees, as was quoted', async () => {
    await owner().refunds.setPolicy({ eventId: office.event.id, steps });
    const [early, late, last] = [await bought(), await bought(), await bought()];
    expect(await quoted(early.order)).toBe(9800);
    expect(await refund(early.order)).toMatchObject({
      amount: 9800,
      percent: '100',
      feesKept: true,
    });
    clock.advance({ days: 25 });
    expect(await quoted(late.order)).toBe(4900);
    expect(await refund(late.order)).toMatchObject({ amount: 4900, percent: '50' });
    clock.advance({ days: 14 });
    await expect(quoted(last.order)).rejects.toMatchObject({
      ...refused('too_late'),
      details: { until: '2027-07-08T16:00:00.000Z' },
    });
    await expect(refund(last.order)).rejects.toMatchObject(refused('too_late'));
    // A member is held to it as well, unless they say that they are not.
    const orderId = last.order.id;
    await expect(owner().refunds.create({ orderId })).rejects.toMatchObject(refused('too_late'));
    const all = await owner().refunds.create({ orderId, ignorePolicy: true });
    expect(all.amount).toBe(10_000);
    const checks = (await ticketi.diagnose()).checks.filter(({ ok }) => !ok);
    expect(checks).toEqual([]);
  });

  test('is what held when they bought', async () => {
    const { eventId } = { eventId: office.event.id };
    const before = await bought();
    await owner().refunds.setPolicy({ eventId, feesKept: false });
    const first = await bought();
    clock.advance({ minutes: 1 });
    await owner().refunds.setPolicy({ eventId, selfService: false });
    clock.advance({ minutes: 1 });
    const second = await bought();
    expect((await refund(before.order)).amount).toBe(10_000);
    expect((await refund(first.order)).amount).toBe(10_000);
    await expect(refund(second.order)).rejects.toMatchObject(refused('no_self_service'));
  });

  test('ends before the first session of what goes back, whatever else the order has', async () => {
    const eventId = office.event.id;
    const [until, percent] = ['48h before start', '100'];
    await owner().refunds.setPolicy({ eventId, steps: [{ until, percent }] });
    const [first] = office.event.sessions;
    const second = await owner().sessions.add({
      eventId,
      startsAt: '2027-07-20T18:00',
      endsAt: '2027-07-21T02:00',
    });
    const { poolId } = { poolId: office.pool.id };
    const make = (name: string, more: object) =>
      owner().ticketTypes.create({ eventId, name, price: 3000, draws: [{ poolId }], ...more });
    const early = await make('Early', { sessionIds: [first?.id] });
    const late = await make('Late', { sessionIds: [second.id] });
    const mug = await make('Mug', { kind: 'product', draws: [] });
    const parts = [early, late].map(({ id }) => ({ ticketTypeId: id, quantity: 1 }));
    const both = await make('Both', { parts, draws: [] });
    const one = ({ id }: { id: string }) => ({ ticketTypeId: id, quantity: 1 });
    const buy = async (...types: { id: string }[]) => {
      const bought = await aPaidOrder(ticketi, office, { userId: 'berta', items: types.map(one) });
      return { ...bought, orderId: bought.order.id };
    };
    const bundled = await buy(both, late);
    const parted = await buy(early, late);
    const ofEarly = parted.tickets.filter(({ ticketTypeId }) => ticketTypeId === early.id);
    const wares = await buy(mug);
    const mixed = await buy(late, mug);
    const ticketIds = ofEarly.map(({ id }) => id);
    await berta().refunds.create({ orderId: parted.orderId, ticketIds });
    // A day before the first session, and eleven before the second.
    clock.set('2027-07-09T18:00:00.000Z');
    const quote = (orderId: string, ...types: { id: string }[]) =>
      berta().quotes.refund({
        orderId,
        policy: 'event',
        ...(types.length === 0 ? {} : { items: types.map(one) }),
      });
    const tooLate = refused('too_late');
    await expect(quote(bundled.orderId, both, late)).rejects.toMatchObject(tooLate);
    await expect(quote(bundled.orderId, both)).rejects.toMatchObject(tooLate);
    await expect(quote(bundled.orderId)).rejects.toMatchObject(tooLate);
    expect((await quote(bundled.orderId, late)).amount).toBe(3000);
    expect((await quote(parted.orderId)).amount).toBe(3000);
    expect((await quote(mixed.orderId, mug)).amount).toBe(3000);
    await expect(quote(wares.orderId)).rejects.toMatchObject(tooLate);
  });

  test('has a minimum, and goes where the policy says', async () => {
    const eventId = office.event.id;
    await owner().refunds.setPolicy({ eventId, minimum: 9801, to: 'credit' });
    const { order, tickets } = await bought();
    await expect(refund(order)).rejects.toMatchObject(refused('credit_only'));
    const input = { orderId: order.id, to: 'credit' as const };
    await expect(berta().refunds.create(input)).rejects.toMatchObject(refused('below_minimum'));
    clock.advance({ minutes: 1 });
    await owner().refunds.setPolicy({ eventId, to: 'original' });
    clock.advance({ minutes: 1 });
    const later = await bought();
    await expect(
      berta().refunds.create({ ...input, orderId: later.order.id }),
    ).rejects.toMatchObject(refused('original_only'));
    expect(tickets).toHaveLength(2);
  });

  test('is no amount, no repricing and nobody else’s order', async () => {
    await owner().refunds.setPolicy({ eventId: office.event.id });
    const { order } = await bought();
    const orderId = order.id;
    for (const more of [
      { amount: 1 },
      { feesKept: false },
      { policy: 'reprice' as const },
      { ignorePolicy: true },
      { kind: 'goodwill' as const },
    ]) {
      await expect(berta().refunds.create({ orderId, ...more })).rejects.toMatchObject(
        refused('members_only'),
      );
    }
    const stranger = ticketi.as({ type: 'user', id: 'stranger' });
    await expect(stranger.refunds.create({ orderId })).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });

  test('reads times in the event’s zone, and refuses those that are none', async () => {
    const set = (until: string) =>
      owner().refunds.setPolicy({ eventId: office.event.id, steps: [{ until, percent: '10' }] });
    await expect(set('2027-10-31T02:30')).rejects.toMatchObject({ code: 'ambiguous_time' });
    await expect(set('2027-13-31T02:30')).rejects.toMatchObject({ code: 'invalid_time' });
    await expect(set('tomorrow')).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(
      owner().refunds.setPolicy({
        eventId: office.event.id,
        steps: [{ until: '0h before start', percent: '100.5' }],
      }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
