import { operationsByName, type Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aBoxOffice, aPlacedOrder, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { walkAllWrites } from './support/walk.ts';

const idempotencyKey = 'the-key-of-this-very-test';

describe.each(databases)('idempotency keys on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  test('every operation that writes does so once for a key, and answers the same', async () => {
    const walked = new Set<string>();
    await walkAllWrites(
      ticketi,
      (minutes) => clock.advance({ minutes }),
      async (operation, run) => {
        if (operationsByName.get(operation)?.kind === 'read') return run();
        walked.add(operation);
        const first = await run();
        const after = await base.contents();
        expect(await run(), operation).toEqual(first);
        const again = await base.contents();
        const changed = [...after.keys()].filter(
          (table) => after.get(table)?.join('\n') !== again.get(table)?.join('\n'),
        );
        expect({ operation, changed }).toEqual({ operation, changed: [] });
        return first;
      },
    );
    const writes = [...operationsByName.values()].filter(({ kind }) => kind !== 'read');
    expect(writes.map(({ name }) => name).filter((name) => !walked.has(name))).toEqual([]);
  }, 180_000);

  test('a workflow with other input under the same key is refused', async () => {
    const office = await aBoxOffice(ticketi);
    const { order } = await aPlacedOrder(ticketi, office);
    const { payment } = await ticketi.orders.pay({ orderId: order.id });
    const paid = { paymentId: payment?.id ?? '', amount: order.due, currency: 'EUR' };
    await ticketi.payments.confirm(paid, { idempotencyKey });
    const other = { ...paid, amount: 1 };
    await expect(ticketi.payments.confirm(other, { idempotencyKey })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
  });

  test('a workflow that still runs is refused, here and at another server, and then answered', async () => {
    let answer = () => {};
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let asked = 0;
    const slow = {
      async create({
        reference,
        amount,
        currency,
      }: {
        reference: string;
        amount: number;
        currency: string;
      }) {
        asked += 1;
        await waiting;
        return { state: 'succeeded', providerRef: reference, amount, currency } as const;
      },
      lookUp: () => Promise.reject(new Error('not asked for')),
      refund: () => Promise.reject(new Error('not asked for')),
    };
    const options = { payments: { slow } };
    const one = await ticketiOn(base.storage(), clock, options);
    const other = await ticketiOn(base.storage(), clock, options);
    const office = await aBoxOffice(one);
    const { order } = await aPlacedOrder(one, office);
    const key = { idempotencyKey: 'a key of a slow payment' };
    const input = { orderId: order.id, provider: 'slow' };
    const first = one.orders.pay(input, key);
    while (asked === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const server of [one, other]) {
      await expect(server.orders.pay(input, key)).rejects.toMatchObject({
        code: 'idempotency_in_progress',
        details: { retryAfterSeconds: 1 },
      });
    }
    answer();
    expect(await first).toMatchObject({ state: 'paid' });
    expect(await other.orders.pay(input, key)).toEqual(await first);
    expect(asked).toBe(1);
    await Promise.all([one.close(), other.close()]);
  });

  test('a refusal is not kept: the same key may succeed later', async () => {
    let down = true;
    const moody = {
      async create({
        reference,
        amount,
        currency,
      }: {
        reference: string;
        amount: number;
        currency: string;
      }) {
        if (down) throw new Error('down');
        return { state: 'succeeded', providerRef: reference, amount, currency } as const;
      },
      lookUp: () => Promise.reject(new Error('not asked for')),
      refund: () => Promise.reject(new Error('not asked for')),
    };
    const one = await ticketiOn(base.storage(), clock, { payments: { moody } });
    const office = await aBoxOffice(one);
    const { order } = await aPlacedOrder(one, office);
    const key = { idempotencyKey: 'a key of a moody payment' };
    const input = { orderId: order.id, provider: 'moody' };
    await expect(one.orders.pay(input, key)).rejects.toMatchObject({
      code: 'provider_unreachable',
    });
    down = false;
    expect(await one.orders.pay(input, key)).toMatchObject({ state: 'paid' });
    await one.close();
  });

  test('what has expired is swept, some at a time, and nothing else', async () => {
    clock.advance({ days: 2 });
    const fresh = { idempotencyKey: 'a key that is still good' };
    const made = await ticketi.organizers.create({ name: 'New' }, fresh);
    const swept: number[] = [];
    let done = 1;
    while (done > 0) {
      ({ done } = await ticketi.idempotency.sweep({ limit: 50 }));
      swept.push(done);
    }
    expect(swept.length).toBeGreaterThan(2);
    expect(swept.at(0)).toBe(50);
    expect((await base.contents()).get('idempotency')).toHaveLength(1);
    expect(await ticketi.organizers.create({ name: 'New' }, fresh)).toEqual(made);
  });
});
