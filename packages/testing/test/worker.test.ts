import type { PaymentProvider, Ticketi } from '@ticketi/core';
import { sandboxProvider } from '@ticketi/core';
import { afterEach, describe, expect, it } from 'vitest';
import {
  aBoxOffice,
  aHold,
  aPlacedOrder,
  type BoxOffice,
  type Placed,
  testClock,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { times } from './support/race.ts';

/** The sandbox, which counts how often each payment is asked about. */
function counting() {
  const asked = new Map<string, number>();
  const sandbox = sandboxProvider();
  const provider: PaymentProvider = {
    ...sandbox,
    async lookUp(request) {
      asked.set(request.reference, (asked.get(request.reference) ?? 0) + 1);
      return sandbox.lookUp(request);
    },
  };
  return { asked, provider };
}

describe.each(databases)('the worker on %s', (_name, create) => {
  const opened: { ticketis: Ticketi[]; base?: TestBase } = { ticketis: [] };
  afterEach(async () => {
    for (const ticketi of opened.ticketis.splice(0)) await ticketi.close();
    await opened.base?.drop();
  });

  async function several(count: number) {
    const base = await create();
    const clock = testClock();
    const { asked, provider } = counting();
    const ticketis: Ticketi[] = [];
    for (const _ of times(count, () => undefined)) {
      ticketis.push(await ticketiOn(base.storage(), clock, { payments: { sandbox: provider } }));
    }
    Object.assign(opened, { base, ticketis: [...ticketis] });
    const [ticketi] = ticketis;
    if (ticketi === undefined) throw new Error('There is no Ticketi.');
    const office = await aBoxOffice(ticketi, { capacity: 200 });
    return { ticketi, ticketis, clock, asked, office };
  }

  const free = async (ticketi: Ticketi, { event, standard }: BoxOffice) => {
    const { ticketTypes } = await ticketi.availability.get({ eventId: event.id });
    return ticketTypes.find(({ ticketTypeId }) => ticketTypeId === standard.id)?.available;
  };
  const doneBy = (report: Awaited<ReturnType<Ticketi['tick']>>, name: string) =>
    report.jobs.find(({ job }) => job === name)?.done;

  it('does in one pass all that is due, and in the next nothing', async () => {
    const { ticketi, clock, office } = await several(1);
    const before = await free(ticketi, office);
    await aHold(ticketi, office, { quantity: 2 });
    // More orders than one call takes.
    for (const _ of times(130, () => undefined)) await aPlacedOrder(ticketi, office);
    const early = await ticketi.tick();
    expect([doneBy(early, 'orders.expire'), doneBy(early, 'holds.sweep')]).toEqual([0, 0]);

    clock.advance({ minutes: 31 });
    const report = await ticketi.tick();
    expect(report.jobs.filter(({ error }) => error !== undefined)).toEqual([]);
    expect(doneBy(report, 'orders.expire')).toBe(130);
    expect(doneBy(report, 'holds.sweep')).toBeGreaterThan(0);
    expect(await free(ticketi, office)).toBe(before);
    const { items } = await ticketi.outbox.list({
      organizerId: office.organizer.id,
      type: 'order.expired',
      limit: 100,
    });
    expect(items).toHaveLength(100);
    const again = await ticketi.tick();
    expect(again.jobs.every(({ done }) => done === 0)).toBe(true);
  });

  it('makes orders paid whose provider answers late', async () => {
    const { ticketi, clock, office } = await several(1);
    const { order, actor } = await aPlacedOrder(ticketi, office);
    const pay = { orderId: order.id, provider: 'sandbox', method: 'answers_late' };
    expect((await ticketi.as(actor).orders.pay(pay)).state).toBe('pending');
    clock.advance({ minutes: 6 });
    await ticketi.tick();
    expect((await ticketi.orders.get({ orderId: order.id })).state).toBe('paid');
  });

  it('goes on with the other jobs when one fails', async () => {
    const { clock, office, ticketis } = await several(1);
    const [ticketi] = ticketis;
    if (ticketi === undefined || opened.base === undefined) throw new Error('Nothing is open.');
    await aPlacedOrder(ticketi, office);
    clock.advance({ minutes: 31 });
    await opened.base.execute('ALTER TABLE {t}orders RENAME COLUMN expires_at TO ends_at');
    const report = await ticketi.tick();
    expect(report.jobs.find(({ job }) => job === 'orders.expire')?.error).toBeInstanceOf(Error);
    expect(doneBy(report, 'holds.sweep')).toBeGreaterThan(0);
  });

  it('several workers share the work, and none of it is done twice', async () => {
    const { ticketi, ticketis, clock, asked, office } = await several(3);
    // What is compared with the provider's records once an hour is asked about as well.
    await ticketi.tick();
    const orders: Placed[] = [];
    for (const _ of times(40, () => undefined)) orders.push(await aPlacedOrder(ticketi, office));
    for (const { order, actor } of orders.slice(0, 20)) {
      const pay = { orderId: order.id, provider: 'sandbox', method: 'answers_late' };
      await ticketi.as(actor).orders.pay(pay);
    }
    clock.advance({ minutes: 10 });
    await Promise.all(ticketis.map((worker) => worker.tick()));
    clock.advance({ minutes: 21 });
    await Promise.all(ticketis.map((worker) => worker.tick()));

    expect([...asked.values()].sort()).toEqual(times(20, () => 1));
    const facts = async (type: string) => {
      const { items } = await ticketi.outbox.list({
        organizerId: office.organizer.id,
        type,
        limit: 100,
      });
      return items.map(({ subject }) => subject).sort();
    };
    const ids = (some: typeof orders) => some.map(({ order }) => order.id).sort();
    expect(await facts('order.paid')).toEqual(ids(orders.slice(0, 20)));
    expect(await facts('order.expired')).toEqual(ids(orders.slice(20)));
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('works until it is told to stop, and again until Ticketi is closed', async () => {
    const { ticketi, clock, office } = await several(1);
    await aPlacedOrder(ticketi, office);
    clock.advance({ minutes: 31 });
    const stop = new AbortController();
    const done: [string, number][] = [];
    await ticketi.work({
      signal: stop.signal,
      onDone: (job, count) => {
        done.push([job, count]);
        if (job === 'orders.expire') stop.abort();
        throw new Error('A hook that throws stops nothing.');
      },
    });
    expect(done).toContainEqual(['orders.expire', 1]);

    const working = ticketi.work();
    await ticketi.close();
    opened.ticketis.length = 0;
    await working;
  });
});
