import type { Ticketi, TicketiEvent } from '@ticketi/core';
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import { aBoxOffice, aPaidOrder, type BoxOffice, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { workAll } from './support/receiver.ts';
import { wrapped } from './support/wrapped-storage.ts';

describe.each(databases)('subscribers on %s', (_name, create) => {
  let clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;
  const open: Ticketi[] = [];

  async function instance(): Promise<Ticketi> {
    const made = await ticketiOn(base.storage(), clock);
    open.push(made);
    return made;
  }
  beforeEach(async () => {
    clock = testClock();
    base = await create();
    ticketi = await instance();
    office = await aBoxOffice(ticketi);
    clock.advance({ seconds: 1 });
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    await base?.drop();
  });

  test('get what commits after they came, of the types that they want, typed', async () => {
    const [paid, some, all]: [string[], string[], string[]] = [[], [], []];
    ticketi.on('order.paid', (event) => {
      expectTypeOf(event).toEqualTypeOf<TicketiEvent<'order.paid'>>();
      expectTypeOf(event.data.buyer.email).toBeString();
      paid.push(event.data.id);
    });
    ticketi.on(['order.placed', 'ticket.issued'], ({ type }) => some.push(type));
    const end = ticketi.on('*', ({ type }) => all.push(type));
    const { order } = await aPaidOrder(await instance(), office);
    await workAll(ticketi);
    expect(paid).toEqual([order.id]);
    expect(some).toEqual(['order.placed', 'ticket.issued']);
    expect(all).toContain('hold.created');
    expect(all).not.toContain('event.created');
    end();
    const before = all.length;
    await aPaidOrder(ticketi, office);
    await workAll(ticketi);
    expect(paid).toHaveLength(2);
    expect(all).toHaveLength(before);
    expect(await workAll(ticketi)).toBe(0);
  });

  test('that are not durable are told once, and of their errors', async () => {
    const errors: unknown[] = [];
    let calls = 0;
    ticketi.on(
      'order.paid',
      () => {
        calls += 1;
        throw new Error('no');
      },
      { onError: (error) => errors.push(error) },
    );
    await aPaidOrder(ticketi, office);
    await workAll(ticketi);
    clock.advance({ hours: 1 });
    await workAll(ticketi);
    expect(calls).toBe(1);
    expect(errors).toEqual([new Error('no')]);
  });

  test('that are durable go on where the last process stopped', async () => {
    const seen: string[] = [];
    const options = { name: 'mailer' };
    ticketi.on('order.paid', ({ data }) => seen.push(data.id), options);
    await workAll(ticketi);
    const first = await aPaidOrder(ticketi, office);
    await workAll(ticketi);
    await ticketi.close();
    const next = await instance();
    const second = await aPaidOrder(next, office);
    await workAll(next);
    next.on('order.paid', ({ data }) => seen.push(data.id), options);
    await workAll(next);
    expect(seen).toEqual([first.order.id, second.order.id]);
    expect(await next.outbox.subscribers()).toMatchObject({
      items: [{ name: 'webhooks' }, { name: 'mailer', behind: 0 }],
    });
  });

  test('begin at the start, now, or at an instant', async () => {
    await aPaidOrder(ticketi, office);
    clock.advance({ minutes: 1 });
    const at = clock.now();
    await aPaidOrder(ticketi, office);
    await workAll(ticketi);
    clock.advance({ seconds: 1 });
    const seen: Record<string, number> = { start: 0, now: 0, at: 0, offset: 0 };
    const count = (name: string) => () => {
      seen[name] = (seen[name] ?? 0) + 1;
    };
    ticketi.on('order.paid', count('start'), { name: 'start', from: 'start' });
    ticketi.on('order.paid', count('now'), { name: 'now' });
    ticketi.on('order.paid', count('at'), { name: 'at', from: at });
    ticketi.on('order.paid', count('offset'), {
      name: 'offset',
      from: at.replace('.000Z', '+00:00'),
    });
    await workAll(ticketi);
    expect(seen).toEqual({ start: 2, now: 0, at: 1, offset: 1 });
  });

  test('that begin now get what happens before their first turn', async () => {
    const seen: string[] = [];
    ticketi.on('order.paid', ({ data }) => seen.push(data.id), { name: 'mailer' });
    const { order } = await aPaidOrder(await instance(), office);
    await workAll(ticketi);
    expect(seen).toEqual([order.id]);
  });

  test.each([
    ['a name that is too long', { name: 'm'.repeat(101) }, 'name'],
    ['a name that is empty', { name: '' }, 'name'],
    ['a name that no database keeps', { name: 'm\0' }, 'name'],
    ['a beginning without its offset', { name: 'mailer', from: '2027-07-10T00:00:00' }, 'from'],
    ['a beginning that is none', { name: 'mailer', from: 'yesterday' }, 'from'],
  ])('with %s are refused at once', (_what, options, path) => {
    expect(() => ticketi.on('*', () => {}, options)).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        issues: [expect.objectContaining({ path })],
      }),
    );
  });

  test('whose work fails keep nothing from the others, and the error is told', async () => {
    const broken = new Error('the rows of this one cannot be read');
    const storage = wrapped(base.storage(), {
      inside: (tx) => ({
        ...tx,
        outbox: {
          ...tx.outbox,
          failures: {
            ...tx.outbox.failures,
            due: async (name, now, limit) => {
              if (name === 'mailer') throw broken;
              return tx.outbox.failures.due(name, now, limit);
            },
          },
        },
      }),
    });
    const worker = await ticketiOn(storage, clock);
    open.push(worker);
    const seen: string[] = [];
    worker.on('order.paid', ({ data }) => seen.push(`mailer ${data.id}`), { name: 'mailer' });
    worker.on('order.paid', ({ data }) => seen.push(data.id), { name: 'other' });
    const { order } = await aPaidOrder(ticketi, office);
    while ((await ticketi.outbox.number({})).done > 0);
    await expect(worker.outbox.dispatch({})).rejects.toThrow(broken.message);
    expect(seen).toEqual([order.id]);
  });

  test.each<[string, unknown, string]>([
    ['text with a NUL', new Error('a\0b'), 'ab'],
    ['half of a pair', new Error('a\ud83c'), 'a\ufffd'],
    ['a pair at the edge of what is kept', `${'x'.repeat(999)}🎟`, `${'x'.repeat(999)}\ufffd`],
    ['no text', undefined, 'undefined'],
    ['an object without a text', Object.create(null), 'What the handler threw has no text.'],
    ['an error whose text is none', Object.assign(new Error(), { message: 7 }), '7'],
  ])('may throw %s: it is kept, and asked again', async (_what, thrown, error) => {
    let calls = 0;
    ticketi.on(
      'order.paid',
      () => {
        calls += 1;
        throw thrown;
      },
      { name: 'mailer', from: 'start' },
    );
    await aPaidOrder(ticketi, office);
    await workAll(ticketi);
    expect((await ticketi.outbox.failures()).items).toMatchObject([{ attempts: 1, error }]);
    clock.advance({ seconds: 6 });
    await workAll(ticketi);
    expect(calls).toBe(2);
  });

  test('that take longer than their lease come on, also with two processes', async () => {
    const second = await instance();
    const seen: string[] = [];
    const options = { name: 'mailer', from: 'start' } as const;
    // While one process is at a fact for more than a minute, the other begins with it too.
    let meanwhile: (() => Promise<unknown>) | undefined;
    ticketi.on(
      'order.paid',
      async ({ data }) => {
        seen.push(data.id);
        clock.advance({ seconds: 70 });
        await meanwhile?.();
      },
      options,
    );
    second.on(
      'order.paid',
      async ({ data }) => {
        seen.push(data.id);
        await slow.promise;
      },
      options,
    );
    const slow = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    let late: Promise<unknown> = Promise.resolve();
    meanwhile = async () => {
      late = second.outbox.dispatch({});
      await expect.poll(() => seen.length).toBe(2);
      begun.resolve();
    };
    await aPaidOrder(ticketi, office);
    await ticketi.outbox.number({ limit: 1000 });
    const first = await ticketi.outbox.dispatch({});
    await begun.promise;
    expect(first.done).toBeGreaterThan(0);
    meanwhile = undefined;
    // The second's lease is its own; what it found is recorded already.
    expect(await ticketi.outbox.dispatch({})).toEqual({ done: 0 });
    clock.advance({ seconds: 70 });
    slow.resolve();
    await late;
    const { items } = await ticketi.outbox.subscribers();
    expect(items).toContainEqual(expect.objectContaining({ name: 'mailer', behind: 0 }));
    expect(await workAll(ticketi)).toBeGreaterThanOrEqual(0);
    expect(new Set(seen).size).toBe(1);
    expect(seen).toHaveLength(2);
  });

  test('that fail are asked again in order within an event, and hold up no other', async () => {
    const other = await aBoxOffice(ticketi);
    const seen: string[] = [];
    let failing = true;
    ticketi.on(
      ['order.placed', 'order.paid'],
      ({ type, eventId }) => {
        if (failing && eventId === office.event.id) throw new Error('the mail server is away');
        seen.push(`${type} ${eventId === office.event.id ? 'ours' : 'other'}`);
      },
      { name: 'mailer', from: 'start' },
    );
    await aPaidOrder(ticketi, office);
    await aPaidOrder(ticketi, other);
    await workAll(ticketi);
    expect(seen).toEqual(['order.placed other', 'order.paid other']);
    expect((await ticketi.outbox.failures()).items).toMatchObject([
      { subscriber: 'mailer', attempts: 0, error: null },
      { attempts: 1, error: 'the mail server is away', parkedAt: null },
    ]);
    failing = false;
    await aPaidOrder(ticketi, office);
    await workAll(ticketi);
    expect(seen).toHaveLength(2);
    clock.advance({ seconds: 6 });
    await workAll(ticketi);
    expect(seen.slice(2)).toEqual([
      ...['order.placed ours', 'order.paid ours'],
      ...['order.placed ours', 'order.paid ours'],
    ]);
    expect((await ticketi.outbox.failures()).items).toEqual([]);
  });

  test('are parked after eight failures, shown, and asked once more when told to', async () => {
    let [calls, failing] = [0, true];
    ticketi.on(
      'order.paid',
      () => {
        calls += 1;
        if (failing) throw new Error('never');
      },
      { name: 'mailer', from: 'start' },
    );
    await aPaidOrder(ticketi, office);
    for (let hours = 0; hours < 12; hours += 1) {
      await workAll(ticketi);
      clock.advance({ hours: 3 });
    }
    expect(calls).toBe(8);
    const [parked] = (await ticketi.outbox.failures({ subscriber: 'mailer' })).items;
    expect(parked).toMatchObject({ attempts: 8, error: 'never', nextAttemptAt: null });
    expect(parked?.parkedAt).not.toBeNull();
    failing = false;
    expect(await ticketi.outbox.retryParked({ subscriber: 'mailer' })).toEqual({ done: 1 });
    await workAll(ticketi);
    expect(calls).toBe(9);
    expect((await ticketi.outbox.failures()).items).toEqual([]);
  });

  test('of one name in two processes share the work: nothing twice while both live', async () => {
    const second = await instance();
    const seen: string[] = [];
    for (const one of [ticketi, second]) {
      one.on('*', ({ id }) => void seen.push(id), { name: 'mailer', from: 'start' });
    }
    for (let order = 0; order < 3; order += 1) await aPaidOrder(ticketi, office);
    await Promise.all([workAll(ticketi), workAll(second)]);
    await workAll(ticketi);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(20);
    expect(() => ticketi.on('*', () => {}, { name: 'mailer' })).toThrow(RangeError);
  });
});
