import { systemClock, type Ticketi, type TicketiOptions } from '@ticketi/core';
import { verifyWebhook } from '@ticketi/core/webhooks';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, aPaidOrder, type BoxOffice, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { aReceiver, type Receiver, workAll } from './support/receiver.ts';

const allowed: TicketiOptions['webhooks'] = {
  allowPrivateAddresses: true,
  timeoutMilliseconds: 300,
};

describe.each(databases)('webhooks on %s', (_name, create) => {
  let clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let receiver: Receiver;
  const others: Ticketi[] = [];

  beforeEach(async () => {
    clock = testClock();
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock, { webhooks: allowed });
    office = await aBoxOffice(ticketi);
    receiver = await aReceiver();
  });
  afterEach(async () => {
    for (const other of others.splice(0)) await other.close();
    await ticketi?.close();
    await receiver?.close();
    await base?.drop();
  });

  const anEndpoint = (more: object = {}) =>
    ticketi.webhooks.createEndpoint({
      organizerId: office.organizer.id,
      url: receiver.url,
      ...more,
    });
  const deliveries = async (more: object = {}) =>
    (
      await ticketi.webhooks.deliveries({
        organizerId: office.organizer.id,
        limit: 200,
        ...more,
      })
    ).items;
  const now = () => Date.parse(clock.now());

  test('carry each fact once, in order, signed, with the form of its type', async () => {
    const { id: endpointId, secret } = await anEndpoint({ types: ['order.placed', 'order.paid'] });
    const { order } = await aPaidOrder(ticketi, office);
    await workAll(ticketi);
    expect(receiver.received.map(({ event }) => event.type)).toEqual([
      'order.placed',
      'order.paid',
    ]);
    for (const { body, headers } of receiver.received) {
      const event = await verifyWebhook(body, headers, secret, { now });
      expect(event).toMatchObject({
        version: 1,
        organizerId: office.organizer.id,
        eventId: office.event.id,
        data: { id: order.id },
      });
      expect(Object.keys(event)).toEqual(Object.keys(JSON.parse(body)));
    }
    expect(await deliveries()).toMatchObject([
      { endpointId, type: 'order.paid', state: 'delivered', attempts: 1, status: 204, error: null },
      { type: 'order.placed', state: 'delivered' },
    ]);
    expect(await workAll(ticketi)).toBe(0);
    expect(receiver.received).toHaveLength(2);
  });

  test('are verified by the library of Standard Webhooks, and what it signs by ours', async () => {
    const today = await ticketiOn(base.storage(), systemClock, { webhooks: allowed });
    others.push(today);
    const endpoint = await today.webhooks.createEndpoint({
      organizerId: office.organizer.id,
      url: receiver.url,
    });
    expect(await today.webhooks.sendTest({ endpointId: endpoint.id })).toMatchObject({
      delivered: true,
      status: 204,
    });
    const [sent] = receiver.received;
    const library = new Webhook(endpoint.secret);
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(sent?.headers ?? {})) headers[name] = String(value);
    expect(library.verify(sent?.body ?? '', headers)).toEqual(JSON.parse(sent?.body ?? ''));
    expect(() => library.verify(`${sent?.body} `, headers)).toThrow('No matching signature');
  });

  test('say what they say with both secrets for a day after a rotation', async () => {
    const { id: endpointId, secret: old } = await anEndpoint();
    const { secret: fresh, secretExpiresAt } = await ticketi.webhooks.rotateSecret({ endpointId });
    expect(fresh).not.toBe(old);
    expect(secretExpiresAt).toBe('2027-06-02T12:00:00.000Z');
    const signatures = async () => {
      await ticketi.webhooks.sendTest({ endpointId });
      const { body, headers } = receiver.received.at(-1) ?? { body: '', headers: {} };
      const fits = async (secret: string) =>
        verifyWebhook(body, headers, secret, { now }).then(
          () => true,
          () => false,
        );
      return [await fits(old), await fits(fresh)];
    };
    expect(await signatures()).toEqual([true, true]);
    clock.advance({ hours: 24 });
    expect(await signatures()).toEqual([false, true]);
  });

  test('are tried ten times in three days, then given up, and sent again when asked for', async () => {
    const { id: endpointId } = await anEndpoint({ types: ['order.paid'] });
    receiver.answering = (_one, response) => response.writeHead(500).end('no\u0000t now');
    await aPaidOrder(ticketi, office);
    await workAll(ticketi);
    const [first] = await deliveries();
    expect(first).toMatchObject({
      state: 'pending',
      attempts: 1,
      status: 500,
      error: 'status',
      response: 'not now',
    });
    const waits: number[] = [];
    for (let last = first; last?.nextAttemptAt; [last] = await deliveries()) {
      const seconds = (Date.parse(last.nextAttemptAt) - now()) / 1000;
      waits.push(seconds);
      clock.set(last.nextAttemptAt);
      await workAll(ticketi);
    }
    const planned = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
    expect(waits).toHaveLength(planned.length);
    for (const [index, seconds] of waits.entries()) {
      expect(seconds).toBeGreaterThanOrEqual(planned[index] ?? 0);
      expect(seconds).toBeLessThanOrEqual((planned[index] ?? 0) * 1.1);
    }
    expect(receiver.received).toHaveLength(10);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
    const [given] = await deliveries();
    expect(given).toMatchObject({ state: 'exhausted', attempts: 10, nextAttemptAt: null });

    receiver.answering = () => {};
    await ticketi.webhooks.retry({ deliveryId: given?.id ?? '' });
    await workAll(ticketi);
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    expect(await ticketi.webhooks.get({ endpointId })).toMatchObject({ state: 'enabled' });
  });

  test('wait as long as a receiver asks for', async () => {
    await anEndpoint({ types: ['order.paid'] });
    receiver.answering = (_one, response) =>
      response.writeHead(429, { 'retry-after': '120' }).end();
    await aPaidOrder(ticketi, office);
    await workAll(ticketi);
    const [delivery] = await deliveries();
    expect(Date.parse(delivery?.nextAttemptAt ?? '') - now()).toBe(120_000);
  });

  test.each([
    ['a redirect', 'redirect', 302],
    ['no answer in time', 'timeout', null],
    ['a connection that breaks', 'connection', null],
  ])('are not delivered by %s', async (_what, error, status) => {
    await anEndpoint({ types: ['order.paid'] });
    receiver.answering = async (_one, response) => {
      if (error === 'redirect') response.writeHead(302, { location: receiver.url }).end();
      if (error === 'connection') response.destroy();
      if (error === 'timeout') await new Promise((resolve) => setTimeout(resolve, 600));
    };
    await aPaidOrder(ticketi, office);
    await workAll(ticketi);
    expect(await deliveries()).toMatchObject([{ state: 'pending', error, status, attempts: 1 }]);
    expect(receiver.received).toHaveLength(1);
    receiver.answering = () => {};
    clock.advance({ seconds: 6 });
    await workAll(ticketi);
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  });

  test('end with 410, and begin again when a member enables and replays', async () => {
    const { id: endpointId } = await anEndpoint({ types: ['order.placed', 'order.paid'] });
    const since = clock.now();
    receiver.answering = (_one, response) => response.writeHead(410).end();
    await aPaidOrder(ticketi, office);
    await workAll(ticketi);
    expect(await ticketi.webhooks.get({ endpointId })).toMatchObject({
      state: 'disabled',
      disabledReason: 'gone',
    });
    expect(await deliveries({ state: 'pending' })).toEqual([]);
    const { items } = await ticketi.outbox.list({
      organizerId: office.organizer.id,
      type: 'webhook_endpoint.disabled',
    });
    expect(items).toMatchObject([{ subject: endpointId, data: { disabledReason: 'gone' } }]);
    clock.advance({ minutes: 1 });
    await aPaidOrder(ticketi, office);
    await workAll(ticketi);
    expect(receiver.received).toHaveLength(1);
    await expect(ticketi.webhooks.replay({ endpointId, from: since })).rejects.toMatchObject({
      code: 'endpoint_disabled',
    });

    receiver.answering = () => {};
    await ticketi.webhooks.update({ endpointId, state: 'enabled' });
    expect(await ticketi.webhooks.replay({ endpointId, from: since })).toEqual({ enqueued: 4 });
    await workAll(ticketi);
    expect(receiver.received.slice(1).map(({ event }) => event.type)).toEqual([
      'order.placed',
      'order.paid',
      'order.placed',
      'order.paid',
    ]);
    const last = receiver.received.at(-1)?.id ?? '';
    expect(await ticketi.webhooks.replay({ endpointId, from: last })).toEqual({ enqueued: 1 });
    await workAll(ticketi);
    expect(receiver.received.at(-1)?.id).toBe(last);
    expect(receiver.received).toHaveLength(6);
  });

  test('end when nothing has arrived for five days', async () => {
    const { id: endpointId } = await anEndpoint({ types: ['order.paid'] });
    receiver.answering = (_one, response) => response.writeHead(500).end();
    for (let day = 0; day <= 5; day += 1) {
      expect(await ticketi.webhooks.get({ endpointId })).toMatchObject({ state: 'enabled' });
      await aPaidOrder(ticketi, office);
      await workAll(ticketi);
      clock.advance({ days: 1 });
    }
    expect(await ticketi.webhooks.get({ endpointId })).toMatchObject({
      state: 'disabled',
      disabledReason: 'failing',
    });
  });

  test('do not wait behind endpoints that are down, however much waits for those', async () => {
    const dead = await aReceiver();
    await dead.close();
    for (let endpoint = 0; endpoint < 32; endpoint += 1) await anEndpoint({ url: dead.url });
    clock.advance({ seconds: 1 });
    const { id: endpointId } = await anEndpoint();
    const work = async () => {
      while ((await ticketi.outbox.number({})).done > 0);
      while ((await ticketi.webhooks.enqueue({})).done > 0);
    };
    const failed = async (attempts: number) =>
      (await deliveries()).filter(({ error, attempts: tried }) => error && tried >= attempts);
    await aPaidOrder(ticketi, office);
    await work();
    for (let pass = 0; pass < 3; pass += 1) await ticketi.webhooks.deliver({});
    expect(await deliveries({ endpointId, state: 'pending' })).toEqual([]);

    // Those that are down rest, also when more comes for them.
    await aPaidOrder(ticketi, office);
    await work();
    const before = receiver.received.length;
    const { done } = await ticketi.webhooks.deliver({});
    expect(done).toBe(receiver.received.length - before);
    expect(done).toBeGreaterThan(0);
    expect(await ticketi.webhooks.deliver({})).toEqual({ done: 0 });
    expect(await failed(2)).toEqual([]);
  });

  test('rest when nobody answers, as long as nobody has, at most a quarter of an hour', async () => {
    const { id: endpointId } = await anEndpoint();
    for (let order = 0; order < 3; order += 1) await aPaidOrder(ticketi, office);
    receiver.answering = (_one, response) => response.destroy();
    await workAll(ticketi);
    const begun = now();
    const tried: number[] = [0];
    for (let seen = receiver.received.length; tried.length < 11; seen = receiver.received.length) {
      clock.advance({ seconds: 5 });
      await ticketi.webhooks.deliver({});
      if (receiver.received.length > seen) tried.push((now() - begun) / 1000);
    }
    const rests = tried.slice(1).map((at, index) => at - (tried[index] ?? 0));
    expect(rests[0]).toBe(5);
    expect(rests).toEqual(rests.toSorted((a, b) => a - b));
    expect(Math.max(...rests)).toBe(900);

    // Whoever knows that it answers again need not wait.
    receiver.answering = () => {};
    const [waiting] = await deliveries({ endpointId, state: 'pending' });
    const before = receiver.received.length;
    await ticketi.webhooks.retry({ deliveryId: waiting?.id ?? '' });
    await workAll(ticketi);
    expect(receiver.received.length).toBeGreaterThan(before);
  });

  test('go to another address at once', async () => {
    const { id: endpointId } = await anEndpoint({ types: ['order.placed', 'order.paid'] });
    await aPaidOrder(ticketi, office);
    receiver.answering = (_one, response) => response.destroy();
    await workAll(ticketi);
    expect(receiver.received).toHaveLength(1);
    receiver.answering = () => {};
    await ticketi.webhooks.update({ endpointId, url: `${receiver.url}/new` });
    await workAll(ticketi);
    expect(receiver.received).toHaveLength(2);
  });

  test('go to fifty endpoints of an organizer at most, also when several are made at once', async () => {
    clock.advance({ seconds: 1 });
    const made: string[] = [];
    for (let endpoint = 0; endpoint < 48; endpoint += 1) made.push((await anEndpoint()).id);
    const both = await Promise.allSettled([1, 2, 3, 4].map(() => anEndpoint()));
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'too_many_endpoints', details: { most: 50 } },
    });
    await ticketi.webhooks.remove({ endpointId: made[0] ?? '' });
    await anEndpoint();

    // Each of the facts of now goes to each of them: that many in one call would be too many.
    while ((await ticketi.outbox.number({})).done > 0);
    const begun: number[] = [];
    for (let done = 1; done > 0; begun.push(done)) ({ done } = await ticketi.webhooks.enqueue({}));
    expect(begun.length).toBeGreaterThan(2);
    expect(await ticketi.webhooks.enqueue({})).toEqual({ done: 0 });
  });

  test('of other organizers, of other types and of before stay away', async () => {
    await aPaidOrder(ticketi, office);
    clock.advance({ seconds: 1 });
    await anEndpoint({ types: ['order.paid'] });
    const other = await aBoxOffice(ticketi);
    await aPaidOrder(ticketi, other);
    await workAll(ticketi);
    expect(receiver.received).toEqual([]);
  });

  test('are sent by one worker each, however many there are', async () => {
    await anEndpoint();
    for (let order = 0; order < 5; order += 1) await aPaidOrder(ticketi, office);
    const second = await ticketiOn(base.storage(), clock, { webhooks: allowed });
    others.push(second);
    await Promise.all([workAll(ticketi), workAll(second)]);
    await workAll(ticketi);
    const sent = receiver.received.map(({ id }) => id);
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent).toHaveLength((await deliveries()).length);
    // Those of the event one after another, in the order in which they were numbered.
    const ofEvent = receiver.received.filter(({ event }) => event.eventId === office.event.id);
    const order = ofEvent.map(({ id }) => id);
    expect(order).toEqual(order.toSorted());
  });

  test('that a worker took and never sent are sent by another when its lease has ended', async () => {
    await anEndpoint({ types: ['order.paid'] });
    await aPaidOrder(ticketi, office);
    await ticketi.outbox.number({});
    await ticketi.webhooks.enqueue({});
    const { parcels } = await ticketi.webhooks.claim({});
    expect(parcels).toHaveLength(1);
    expect(await ticketi.webhooks.deliver({})).toEqual({ done: 0 });
    clock.advance({ seconds: 61 });
    expect(await ticketi.webhooks.deliver({})).toEqual({ done: 1 });
    // The first one comes back late: what is delivered stays delivered.
    await ticketi.webhooks.record({
      endpointId: parcels[0]?.endpointId ?? '',
      leasedUntil: parcels[0]?.leasedUntil ?? '',
      attempts: [
        {
          deliveryId: parcels[0]?.letters[0]?.deliveryId ?? '',
          status: 500,
          error: 'status',
          response: null,
          retryAfterSeconds: null,
          milliseconds: 1,
        },
      ],
    });
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 1 }]);
  });

  test('whose secret cannot be opened fail and say so, and the others are sent', async () => {
    const other = await ticketiOn(base.storage(), clock, {
      webhooks: allowed,
      keys: { secret: new Uint8Array(32).fill(99) },
    });
    others.push(other);
    const { id: sealed } = await other.webhooks.createEndpoint({
      organizerId: office.organizer.id,
      url: receiver.url,
    });
    const { id: fine } = await anEndpoint();
    clock.advance({ seconds: 1 });
    await aPaidOrder(ticketi, office);
    await workAll(ticketi);
    expect(await deliveries({ endpointId: fine, state: 'pending' })).toEqual([]);
    const failed = (await deliveries({ endpointId: sealed })).filter(
      ({ attempts }) => attempts > 0,
    );
    expect(failed).not.toEqual([]);
    for (const one of failed) expect(one).toMatchObject({ status: null, error: 'wrong_secret' });
    const before = receiver.received.length;
    clock.advance({ minutes: 10 });
    await workAll(other);
    expect(receiver.received.length).toBeGreaterThan(before);
  });

  test('the secret is shown once, and lies sealed', async () => {
    const { id: endpointId, secret } = await anEndpoint();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const shown = [
      await ticketi.webhooks.get({ endpointId }),
      await ticketi.webhooks.list({ organizerId: office.organizer.id }),
      await ticketi.webhooks.update({ endpointId, description: 'Ours' }),
    ];
    const everything = [...(await base.contents()).values()].flat().join('\n');
    for (const text of [JSON.stringify(shown), everything]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(secret.slice('whsec_'.length));
    }
  });
});
