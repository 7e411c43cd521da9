import { type PaymentProvider, sandboxProvider, type Ticketi } from '@ticketi/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aBoxOffice, aPlacedOrder, type BoxOffice, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

/** The sandbox as a provider of the host's own, which may be away or refuse. */
function hostsProvider() {
  const sandbox = sandboxProvider();
  const mood: { refund: 'sent' | 'away' | 'pending' | 'senseless'; listed: number } = {
    refund: 'sent',
    listed: 0,
  };
  const away = () => Promise.reject(new Error('down\0 and out'.padEnd(2000, '\ud800')));
  const provider: PaymentProvider = {
    ...sandbox,
    async list() {
      mood.listed += 1;
      return { payments: [], cursor: null };
    },
    async refund(request) {
      if (mood.refund === 'away') return away();
      if (mood.refund === 'senseless') return { state: 'succeeded' } as never;
      const sent = { providerRef: `re_${request.reference}` };
      return { state: mood.refund === 'pending' ? 'pending' : 'succeeded', ...sent };
    },
    async lookUpRefund({ reference }) {
      if (mood.refund === 'away') return away();
      return { state: 'succeeded', providerRef: `re_${reference}` };
    },
  };
  return { mood, provider };
}

describe.each(databases)('workers and their providers on %s', (_name, create) => {
  const opened: Ticketi[] = [];
  let base: TestBase;
  let clock = testClock();
  let host: Ticketi;
  let bank = hostsProvider();
  let office: BoxOffice;

  const open = async (payments: Record<string, PaymentProvider>) => {
    const ticketi = await ticketiOn(base.storage(), clock, { payments });
    opened.push(ticketi);
    return ticketi;
  };
  beforeEach(async () => {
    base = await create();
    clock = testClock();
    bank = hostsProvider();
    host = await open({ bank: bank.provider });
    office = await aBoxOffice(host);
  });
  afterEach(async () => {
    for (const ticketi of opened.splice(0)) await ticketi.close();
    await base.drop();
  });

  async function refundedOrder() {
    const { order } = await aPlacedOrder(host, office);
    await host.orders.pay({ orderId: order.id, provider: 'bank' });
    await host.refunds.create({ orderId: order.id });
    return order.id;
  }
  const refunded = async (orderId: string) => (await host.orders.get({ orderId })).refunded;
  const reportOf = async (ticketi: Ticketi, name: string) => {
    const { jobs } = await ticketi.tick();
    return jobs.find(({ job }) => job === name);
  };
  /** What the database has of the only refund. */
  const stored = async () => {
    const { refunds } = await host.payments.due({ work: 'refunds' });
    clock.advance({ minutes: 5 });
    return refunds[0];
  };

  it('one that does not know a provider takes neither its turn nor its refunds', async () => {
    bank.mood.refund = 'away';
    const orderId = await refundedOrder();
    bank.mood.refund = 'sent';
    for (const payments of [{}, { sandbox: sandboxProvider() }]) {
      const other = await open(payments);
      expect((await other.tick()).jobs.filter(({ error }) => error !== undefined)).toEqual([]);
      expect((await other.payments.due({ work: 'refunds' })).refunds).toEqual([]);
    }
    await host.tick();
    expect([await refunded(orderId), bank.mood.listed]).toEqual([5195, 1]);
    await host.tick();
    await (await open({ bank: bank.provider })).tick();
    expect(bank.mood.listed).toBe(1);
    clock.advance({ minutes: 60 });
    await host.tick();
    expect(bank.mood.listed).toBe(2);
  });

  it('gives its turn up when its work fails', async () => {
    const rename = (from: string, to: string) =>
      base.execute(`ALTER TABLE {t}payments RENAME COLUMN ${from} TO ${to}`);
    await rename('settled_at', 'was_settled_at');
    expect((await reportOf(host, 'payments.reconcile'))?.error).toBeInstanceOf(Error);
    expect(bank.mood.listed).toBe(0);
    await rename('was_settled_at', 'settled_at');
    expect((await reportOf(host, 'payments.reconcile'))?.error).toBeUndefined();
    expect(bank.mood.listed).toBe(1);
  });

  it('keeps why a refund could not be sent, tells it, and sends it later', async () => {
    bank.mood.refund = 'away';
    const orderId = await refundedOrder();
    const why = expect.stringMatching(/^down and out\ufffd{988}$/);
    expect(await stored()).toMatchObject({ state: 'requested', attempt: 1, failure: why });
    const sending = await reportOf(host, 'payments.sendRefunds');
    expect(sending).toMatchObject({ done: 1, error: { message: why } });
    clock.advance({ minutes: 5 });
    const other = await open({});
    await other.tick();
    const told: unknown[] = [];
    const stop = new AbortController();
    await host.work({
      signal: stop.signal,
      onError: (error, job) => {
        told.push([error, job]);
        stop.abort();
      },
    });
    expect(told).toContainEqual([
      expect.objectContaining({ message: why }),
      'payments.sendRefunds',
    ]);
    clock.advance({ minutes: 5 });
    bank.mood.refund = 'senseless';
    expect(await host.payments.sendRefunds()).toMatchObject({ done: 1, failed: 1 });
    clock.advance({ minutes: 5 });
    expect((await stored())?.failure).toContain('providerRef');
    bank.mood.refund = 'sent';
    expect(await host.payments.sendRefunds()).toEqual({ done: 1, failed: 0 });
    expect(await refunded(orderId)).toBe(5195);
    expect((await host.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('keeps it of one on its way as well, and does not take it for one that failed', async () => {
    bank.mood.refund = 'pending';
    const orderId = await refundedOrder();
    bank.mood.refund = 'away';
    clock.advance({ minutes: 5 });
    expect(await host.payments.sendRefunds()).toMatchObject({ done: 1, failed: 1 });
    clock.advance({ minutes: 5 });
    expect(await stored()).toMatchObject({
      state: 'pending',
      attempt: 1,
      failure: expect.stringContaining('down'),
    });
    bank.mood.refund = 'sent';
    expect(await host.payments.sendRefunds()).toEqual({ done: 1, failed: 0 });
    expect(await refunded(orderId)).toBe(5195);
    expect((await host.payments.discrepancies()).items).toEqual([]);
  });

  it('one that lacks the provider says so in the refund', async () => {
    const { order } = await aPlacedOrder(host, office);
    await host.orders.pay({ orderId: order.id, provider: 'bank' });
    const other = await open({});
    await other.refunds.create({ orderId: order.id });
    expect(await stored()).toMatchObject({ failure: expect.stringContaining('bank') });
    await host.tick();
    expect(await refunded(order.id)).toBe(5195);
  });

  it('a pass ends although more falls due while it goes on', async () => {
    for (let n = 0; n < 3; n++) {
      const { order } = await aPlacedOrder(host, office);
      await host.orders.pay({ orderId: order.id, provider: 'bank', method: 'never' });
    }
    let asked = 0;
    const slow = await open({
      bank: {
        ...bank.provider,
        async lookUp({ reference }) {
          asked += 1;
          clock.advance({ minutes: 3 });
          if (asked > 30) throw new Error('Asked without end.');
          return { state: 'pending', providerRef: `ch_${reference}` };
        },
      },
    });
    clock.advance({ minutes: 6 });
    const { jobs } = await slow.tick();
    expect(jobs.filter(({ error }) => error !== undefined)).toEqual([]);
    expect(asked).toBeLessThan(20);
  });

  it('sweeps leases that have lapsed', async () => {
    bank.mood.refund = 'away';
    await refundedOrder();
    await host.tick();
    expect((await base.contents()).get('leases')?.join()).toContain('refund:');
    clock.advance({ minutes: 59 });
    const { done } = await host.idempotency.sweep();
    expect(done).toBeGreaterThan(0);
    const left = (await base.contents()).get('leases') ?? [];
    expect(left).toHaveLength(1);
    expect(left.join()).toContain('job:payments.reconcile');
  });
});
