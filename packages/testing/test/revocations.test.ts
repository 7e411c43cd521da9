import type { RevocationRecord, Storage, Ticketi } from '@ticketi/core';
import { createVerifier } from '@ticketi/core/verify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, aPaidOrder, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const clock = testClock();
let base: TestBase;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await base?.drop();
});

/** Lets everybody else have a turn: on SQLite nothing else waits for anything outside. */
const breath = () => new Promise((resolve) => setTimeout(resolve, 1));

describe.each(databases)('the revocation list on %s', (name, create) => {
  let storage: Storage;
  beforeEach(async () => {
    base = await create();
    storage = base.storage();
    open.push(storage);
    await storage.migrate();
  });

  async function instance(): Promise<Ticketi> {
    const ticketi = await ticketiOn(base.storage(), clock);
    open.push(ticketi);
    return ticketi;
  }

  async function ticketsOf(ticketi: Ticketi, quantity: number) {
    const office = await aBoxOffice(ticketi);
    const orders = await Promise.all(
      Array.from({ length: quantity / 2 }, () => aPaidOrder(ticketi, office, { quantity: 2 })),
    );
    const ids = orders.flatMap(({ tickets }) => tickets.map(({ id }) => id)).sort();
    return { office, eventId: office.event.id, ids };
  }

  /** A device: it remembers a number, and what it was ever told. */
  function device(ticketi: Ticketi, eventId: string, limit = 1000) {
    const told: string[] = [];
    const list = createVerifier({ keys: { keys: [] } });
    return {
      told,
      sequence: () => list.sequence,
      async ask() {
        let from: { after: number; unnumberedAfter?: string | null } | null = {
          after: list.sequence,
        };
        while (from !== null) {
          const delta: Awaited<ReturnType<Ticketi['tickets']['revocations']>> =
            await ticketi.tickets.revocations({ eventId, limit, ...from });
          list.revoke(delta.items);
          told.push(...delta.items.map(({ ticketId }) => ticketId));
          expect(list.sequence).toBe(delta.sequence);
          from = delta.next;
        }
      },
    };
  }

  test('has what is revoked at once, and then with its number', async () => {
    const ticketi = await instance();
    const { eventId, ids } = await ticketsOf(ticketi, 4);
    const [a = '', b = '', c = ''] = ids;
    await ticketi.tickets.void({ ticketId: b });
    const ask = (input: object = {}) => ticketi.tickets.revocations({ eventId, ...input });
    expect(await ask()).toMatchObject({
      items: [{ ticketId: b, issue: 1, reason: 'cancelled', sequence: null }],
      sequence: 0,
      next: null,
    });
    expect(await ticketi.tickets.numberRevocations({})).toEqual({ done: 1 });
    await ticketi.tickets.void({ ticketId: a });
    await ticketi.tickets.void({ ticketId: c });
    await ticketi.tickets.numberRevocations({});
    const { items, sequence } = await ask();
    expect(items.map((item) => [item.ticketId, item.sequence])).toEqual([
      [b, 1],
      [a, 2],
      [c, 3],
    ]);
    expect(sequence).toBe(3);
    expect((await ask({ after: 2 })).items.map(({ ticketId }) => ticketId)).toEqual([c]);
    expect(await ask({ after: 3 })).toEqual({ items: [], sequence: 3, next: null });
    expect(await ticketi.tickets.numberRevocations({})).toEqual({ done: 0 });
  });

  test('is read in pages, also where nothing has a number', async () => {
    const ticketi = await instance();
    const { eventId, ids } = await ticketsOf(ticketi, 8);
    for (const ticketId of ids) await ticketi.tickets.void({ ticketId });
    const [first, second] = [device(ticketi, eventId, 3), device(ticketi, eventId, 3)];
    await first.ask();
    expect([first.told.toSorted(), first.sequence()]).toEqual([ids, 0]);
    expect(await ticketi.tickets.numberRevocations({ limit: 5 })).toEqual({ done: 5 });
    await second.ask();
    expect([second.told.toSorted(), second.sequence()]).toEqual([ids, 5]);
  });

  test('numbers the lists of events apart, and the doctor finds a gap', async () => {
    const ticketi = await instance();
    const events = [await ticketsOf(ticketi, 2), await ticketsOf(ticketi, 2)];
    for (const { ids } of events) {
      for (const ticketId of ids) await ticketi.tickets.void({ ticketId });
    }
    expect(await ticketi.tickets.numberRevocations({})).toEqual({ done: 4 });
    for (const { eventId } of events) {
      const { items } = await ticketi.tickets.revocations({ eventId });
      expect(items.map(({ sequence }) => sequence)).toEqual([1, 2]);
    }
    const numbers = async () =>
      (await ticketi.doctor.check()).checks.find((one) => one.name === 'revocation_numbers');
    expect(await numbers()).toMatchObject({ ok: true });
    await base.execute('UPDATE {t}revocations SET sequence = 3 WHERE sequence = 2');
    expect(await numbers()).toMatchObject({ ok: false });
  });

  /** A revocation that is written before another one and commits after that was read. */
  async function crossing(
    [early, late]: readonly [RevocationRecord, RevocationRecord],
    readMeanwhile: () => Promise<void>,
  ): Promise<void> {
    const later = () => storage.write((tx) => tx.tickets.revocations.insert([late]));
    if (name === 'sqlite') {
      // One writer at a time: there is no earlier transaction that is still open.
      await later();
      await readMeanwhile();
      await storage.write((tx) => tx.tickets.revocations.insert([early]));
      return;
    }
    await storage.write(async (tx) => {
      await tx.tickets.revocations.insert([early]);
      // So that it has reached the server, in a transaction that is still open.
      await tx.tickets.revocations.find('nobody');
      await later();
      await readMeanwhile();
    });
  }

  /** Two devices look on: one as it should, one that remembers the highest id that it saw. */
  async function lookOn(numberAtWriting: boolean) {
    const ticketi = await instance();
    const { office, eventId, ids } = await ticketsOf(ticketi, 2);
    const [first = '', second = ''] = ids;
    const revocation = (id: string, sequence: number): RevocationRecord => ({
      id,
      organizerId: office.organizer.id,
      eventId,
      reason: 'cancelled',
      issue: 1,
      revokedAt: clock.now(),
      sequence: numberAtWriting ? sequence : null,
    });
    const told: string[] = [];
    let after = 0;
    await crossing([revocation(first, 1), revocation(second, 2)], async () => {
      if (!numberAtWriting) await ticketi.tickets.numberRevocations({});
      const delta = await ticketi.tickets.revocations({ eventId, after });
      told.push(...delta.items.map(({ ticketId }) => ticketId));
      after = delta.sequence;
    });
    if (!numberAtWriting) await ticketi.tickets.numberRevocations({});
    const delta = await ticketi.tickets.revocations({ eventId, after });
    told.push(...delta.items.map(({ ticketId }) => ticketId));
    return { told, expected: [second, first] };
  }

  test('misses none whose transaction commits after one that was read', async () => {
    const { told, expected } = await lookOn(false);
    expect(told).toEqual(expected);
  });

  test('would miss it if the number came with the writing: the negative control', async () => {
    const { told, expected } = await lookOn(true);
    expect(told).toEqual(expected.slice(0, 1));
  });

  test('misses none while many void, several number and devices read', async () => {
    const [writer, other, ...relays] = await Promise.all(
      Array.from({ length: 4 }, () => instance()),
    );
    if (writer === undefined || other === undefined) throw new Error('There are writers.');
    const { eventId, ids } = await ticketsOf(writer, 60);
    const devices = [device(writer, eventId, 7), device(other, eventId, 3)];
    let writing = true;
    const number = async (relay: Ticketi) => {
      for (; writing; await breath()) await relay.tickets.numberRevocations({ limit: 5 });
    };
    const look = async (one: ReturnType<typeof device>) => {
      for (; writing; await breath()) await one.ask();
    };
    const work = Promise.all([...relays.map(number), ...devices.map(look)]);
    await Promise.all(
      ids.map((ticketId, index) => (index % 2 ? writer : other).tickets.void({ ticketId })),
    );
    writing = false;
    await work;
    while ((await writer.tickets.numberRevocations({})).done > 0);
    for (const one of devices) {
      await one.ask();
      expect(new Set(one.told)).toEqual(new Set(ids));
      expect(one.sequence()).toBe(ids.length);
    }
    const { checks } = await writer.doctor.check();
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});
