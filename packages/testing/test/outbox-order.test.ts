import type { OutboxRecord, Storage } from '@ticketi/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, aPaidOrder, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { workAll } from './support/receiver.ts';

const clock = testClock();
let base: TestBase;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await base?.drop();
});

const eventId = 'evt_01k0000000e008000000000000';

function fact(id: string): OutboxRecord {
  return {
    id: `obx_01k0000000e00800000000000${id}`,
    type: 'order.paid',
    version: 1,
    organizerId: 'org_01k0000000e008000000000000',
    eventId,
    subject: 'ord_01k0000000e008000000000000',
    actor: 'system',
    at: clock.now(),
    data: {},
    sequence: null,
  };
}

/** Lets everybody else have a turn: on SQLite nothing else waits for anything outside. */
const breath = () => new Promise((resolve) => setTimeout(resolve, 1));

describe.each(databases)('the order of facts on %s', (name, create) => {
  let storage: Storage;
  beforeEach(async () => {
    base = await create();
    storage = base.storage();
    open.push(storage);
    await storage.migrate();
  });

  async function instance() {
    const ticketi = await ticketiOn(base.storage(), clock);
    open.push(ticketi);
    return ticketi;
  }

  /** A fact with an early id that commits after one with a later id was read. */
  async function crossing(readMeanwhile: () => Promise<void>): Promise<void> {
    const later = () => storage.write((tx) => tx.outbox.append([fact('2')]));
    if (name === 'sqlite') {
      // One writer at a time: ids cross there when two machines' clocks differ.
      await later();
      await readMeanwhile();
      await storage.write((tx) => tx.outbox.append([fact('1')]));
      return;
    }
    await storage.write(async (tx) => {
      await tx.outbox.append([fact('1')]);
      // So that it has reached the server, in a transaction that is still open.
      await tx.outbox.find('nobody');
      await later();
      await readMeanwhile();
    });
  }

  test('a transaction that commits after one with later ids is read all the same', async () => {
    const ticketi = await instance();
    const [byId, bySequence]: [string[], string[]] = [[], []];
    let position = 0;
    const read = async () => {
      await ticketi.outbox.number({});
      const feed = await ticketi.outbox.read({ after: position });
      position = feed.position;
      bySequence.push(...feed.events.map(({ id }) => id.slice(-1)));
      const { items } = await storage.read((tx) =>
        tx.outbox.list({}, { limit: 100, after: undefined }),
      );
      const seen = items.map(({ id }) => id.slice(-1)).sort();
      byId.push(...seen.filter((id) => id > (byId.at(-1) ?? '')));
    };
    await crossing(read);
    await read();
    expect(bySequence).toEqual(['2', '1']);
    // The negative control: whoever remembers the last id that they saw never sees the other.
    expect(byId).toEqual(['2']);
  });

  test('relays that number at once give each fact one number, and a reader misses none', async () => {
    const [writer, ...relays] = await Promise.all([instance(), instance(), instance()]);
    if (writer === undefined) throw new Error('There is a writer.');
    const office = await aBoxOffice(writer);
    let writing = true;
    const number = async (relay: typeof writer) => {
      for (; writing; await breath()) await relay.outbox.number({ limit: 7 });
    };
    const seen: string[] = [];
    let position = 0;
    const read = async () => {
      const feed = await writer.outbox.read({ after: position, limit: 5 });
      position = feed.position;
      seen.push(...feed.events.map(({ id }) => id));
      return feed.events.length;
    };
    const reading = async () => {
      for (; writing; await breath()) await read();
    };
    const work = Promise.all([...relays.map(number), reading()]);
    await Promise.all(Array.from({ length: 20 }, () => aPaidOrder(writer, office)));
    writing = false;
    await work;
    await writer.outbox.number({ limit: 1000 });
    while ((await read()) > 0);
    const { items } = await storage.read((tx) =>
      tx.outbox.list({}, { limit: 1000, after: undefined }),
    );
    expect(seen.toSorted()).toEqual(items.map(({ id }) => id).toSorted());
    expect(items.map(({ sequence }) => sequence).toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(
      items.map((_item, index) => index + 1),
    );
  });

  test('what one process wrote one after another keeps its order', async () => {
    const ticketi = await instance();
    const office = await aBoxOffice(ticketi);
    await aPaidOrder(ticketi, office);
    await ticketi.outbox.number({ limit: 1000 });
    const { events } = await ticketi.outbox.read({ after: 0, limit: 1000 });
    const ids = events.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    expect(events.findIndex(({ type }) => type === 'order.placed')).toBeLessThan(
      events.findIndex(({ type }) => type === 'order.paid'),
    );
  });

  test('an old fact is swept when every consumer has it, and not before', async () => {
    const ticketi = await instance();
    const count = async () =>
      (await storage.read((tx) => tx.outbox.list({}, { limit: 1000, after: undefined }))).items
        .length;
    await aBoxOffice(ticketi);
    const all = await count();
    await ticketi.outbox.number({ limit: 1000 });
    await ticketi.outbox.claim({ name: 'mailer', from: 'start' });
    clock.advance({ minutes: 29 * 24 * 60 });
    while ((await ticketi.webhooks.enqueue({})).done > 0);
    const handled = { name: 'mailer', handled: [], failed: [], fresh: [] };
    const advance = async (position: number) => {
      clock.advance({ minutes: 2 });
      const claim = await ticketi.outbox.claim({ name: 'mailer' });
      const leasedUntil = claim.leasedUntil ?? '';
      await ticketi.outbox.record({ ...handled, leasedUntil, claimed: claim.position, position });
    };
    await advance(all - 2);
    expect(await ticketi.outbox.sweep({})).toEqual({ done: 0 });
    clock.advance({ minutes: 2 * 24 * 60 });
    expect(await ticketi.outbox.sweep({ limit: 2 })).toEqual({ done: 2 });
    expect(await ticketi.outbox.sweep({})).toEqual({ done: all - 4 });
    expect(await ticketi.outbox.sweep({})).toEqual({ done: 0 });
    await advance(all);
    expect(await ticketi.outbox.sweep({})).toEqual({ done: 2 });
    expect(await count()).toBe(0);
  });

  test('what is parked in front holds up no sweeping of what comes after it', async () => {
    const ticketi = await instance();
    const office = await aBoxOffice(ticketi);
    let failing = true;
    ticketi.on(
      '*',
      () => {
        if (failing) throw new Error('not yet');
      },
      { name: 'mailer', from: 'start' },
    );
    await workAll(ticketi);
    failing = false;
    await aPaidOrder(ticketi, office);
    const { items } = await ticketi.outbox.failures({ limit: 200 });
    expect(items.length).toBeGreaterThan(2);
    await ticketi.outbox.number({});
    const { events } = await ticketi.outbox.read({ after: items.length, limit: 1000 });
    const mailer = { name: 'mailer', handled: [], failed: [], fresh: [] };
    const { leasedUntil, position } = await ticketi.outbox.claim({ name: 'mailer' });
    await ticketi.outbox.record({
      ...mailer,
      leasedUntil: leasedUntil ?? '',
      claimed: position,
      position: position + events.length,
    });
    while ((await ticketi.webhooks.enqueue({})).done > 0);
    clock.advance({ days: 31 });
    let swept = 0;
    for (let done = 1; done > 0; swept += done)
      ({ done } = await ticketi.outbox.sweep({ limit: 2 }));
    expect(swept).toBe(events.length);
  });
});
