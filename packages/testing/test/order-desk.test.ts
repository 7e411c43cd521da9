import type { Surface, Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, aPaidOrder, aPlacedOrder, type BoxOffice, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

describe.each(databases)('orders at the desk on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let owner: Surface;
  let eventId: string;
  let organizerId: string;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi, { capacity: 50 });
    owner = ticketi.as({ type: 'user', id: office.ownerId });
    eventId = office.event.id;
    organizerId = office.organizer.id;
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const named = (name: string, email = 'x@example.com') => ({ buyer: { name, email } });

  describe('a search', () => {
    const found = async (input: Parameters<Surface['orders']['list']>[0]) =>
      (await owner.orders.list({ eventId, ...input })).items.map(({ buyer }) => buyer.name).sort();

    test('finds a part of a name, an address or an id, in any letters', async () => {
      const zoe = await aPlacedOrder(ticketi, office, named('ZOË Müller'));
      await aPlacedOrder(ticketi, office, named('Ben_100%', 'Ben@Example.org'));
      await aPlacedOrder(ticketi, office, named('Ben 100!'));
      expect(await found({ query: 'zoë' })).toEqual(['ZOË Müller']);
      expect(await found({ query: 'MÜLL' })).toEqual(['ZOË Müller']);
      // The same letters, decomposed.
      expect(await found({ query: 'zoe\u0308' })).toEqual(['ZOË Müller']);
      expect(await found({ query: 'ben@EXAMPLE' })).toEqual(['Ben_100%']);
      expect(await found({ query: 'n_1' })).toEqual(['Ben_100%']);
      expect(await found({ query: '%' })).toEqual(['Ben_100%']);
      expect(await found({ query: '!' })).toEqual(['Ben 100!']);
      expect(await found({ query: zoe.order.id })).toEqual(['ZOË Müller']);
      expect(await found({ query: zoe.order.id.slice(-8).toUpperCase() })).toEqual(['ZOË Müller']);
      expect(await found({ query: 'nobody' })).toEqual([]);
    });

    test('filters by what an order is now', async () => {
      await aPaidOrder(ticketi, office, named('Paid'));
      await aPlacedOrder(ticketi, office, named('Lapsed'));
      await aPlacedOrder(ticketi, office, named('Swept'));
      clock.advance({ minutes: 31 });
      const later = clock.now();
      await aPlacedOrder(ticketi, office, named('Waiting'));
      const { order } = await aPlacedOrder(ticketi, office, named('Cancelled'));
      await owner.orders.cancel({ orderId: order.id });
      const items = [{ ticketTypeId: office.standard.id, quantity: 1 }];
      const who = { name: 'Given', email: 'given@example.com' };
      await owner.orders.giveAway({ eventId, items, recipient: who, reason: 'Press' });
      const sold = { name: 'Sold', email: 'sold@example.com' };
      await owner.orders.sell({ eventId, items, buyer: sold, payment: { method: 'cash' } });

      expect(await found({ state: 'pending' })).toEqual(['Waiting']);
      expect(await found({ state: 'expired' })).toEqual(['Lapsed', 'Swept']);
      await ticketi.orders.expire({});
      expect(await found({ state: 'expired' })).toEqual(['Lapsed', 'Swept']);
      expect(await found({ state: 'paid' })).toEqual(['Given', 'Paid', 'Sold']);
      expect(await found({ state: 'cancelled' })).toEqual(['Cancelled']);
      expect(await found({ channel: 'box_office' })).toEqual(['Sold']);
      expect(await found({ complimentary: true })).toEqual(['Given']);
      expect(await found({ state: 'paid', complimentary: false })).toEqual(['Paid', 'Sold']);
      expect(await found({ createdUntil: later })).toEqual(['Lapsed', 'Paid', 'Swept']);
      expect(await found({ paidFrom: later, query: 'sold@' })).toEqual(['Sold']);
      expect(await found({ paidUntil: later })).toEqual(['Paid']);
    });

    test('pages through what it finds, and through nothing of another organizer', async () => {
      const other = await aBoxOffice(ticketi);
      await aPlacedOrder(ticketi, other, named('Ada'));
      for (const name of ['Ada 1', 'Bob', 'Ada 2', 'Ada 3']) {
        await aPlacedOrder(ticketi, office, named(name));
      }
      const names: string[] = [];
      const input = { organizerId, query: 'ada', limit: 1 };
      for await (const { buyer } of owner.orders.iterate(input)) names.push(buyer.name);
      expect(names).toEqual(['Ada 3', 'Ada 2', 'Ada 1']);
      const till = ticketi.as({ type: 'user', id: 'till' });
      await owner.members.add({ organizerId, userId: 'till', role: 'box_office' });
      await expect(
        till.orders.list({ organizerId: other.organizer.id, query: 'ada' }),
      ).rejects.toMatchObject({ code: 'not_allowed' });
    });
  });

  describe('notes', () => {
    test('are for members, in order and with their author', async () => {
      const { order, actor } = await aPlacedOrder(ticketi, office);
      const orderId = order.id;
      await owner.members.add({ organizerId, userId: 'till', role: 'box_office' });
      const till = ticketi.as({ type: 'user', id: 'till' });
      await owner.orders.addNote({ orderId, text: ' Called. ' });
      await till.orders.addNote({ orderId, text: 'Comes late.' });
      const { notes } = await till.orders.get({ orderId });
      expect(notes).toMatchObject([
        { orderId, text: 'Called.', author: `user:${office.ownerId}`, createdAt: clock.now() },
        { orderId, text: 'Comes late.', author: 'user:till' },
      ]);
      const own = await ticketi.as(actor).orders.get({ orderId });
      expect(own.notes).toBeNull();
      const told = await ticketi.outbox.list({ organizerId, type: 'order.note_added' });
      expect(told.items).toHaveLength(2);
      expect(JSON.stringify(told)).not.toContain('Called');
    });
  });

  describe('the links to a guest’s orders', () => {
    const ask = (email: string, at: object = { eventId }) =>
      ticketi.as({ type: 'anonymous' }).orders.sendAccess({ email, ...at });
    const asked = async () =>
      (await ticketi.outbox.list({ organizerId, type: 'order.access_requested' })).items;

    test('are told to the host without a token, and to who asks nothing', async () => {
      const email = `a.${eventId}@example.com`;
      const open = await aPlacedOrder(ticketi, office, named('Ada', email));
      const paid = await aPaidOrder(ticketi, office, named('Ada', email));
      const gone = await aPlacedOrder(ticketi, office, named('Ada', email));
      await owner.orders.cancel({ orderId: gone.order.id });
      await aPaidOrder(ticketi, office, { ...named('Ada', email), userId: 'ada' });
      const answers = [
        await ask(email.toUpperCase()),
        await ask(email, { organizerId }),
        await ask(`nobody.${email}`),
        await ask(email, { eventId: 'evt_01k0000000e008000000000000' }),
      ];
      expect(answers).toEqual(Array(4).fill({ accepted: true }));
      const events = await asked();
      const orders = [paid.order, open.order].map(({ id }) => ({ id, eventId }));
      expect(events.map(({ subject, data }) => [subject, data])).toEqual([
        [paid.order.id, { email, orders }],
        [paid.order.id, { email, orders }],
      ]);
      // What the mailer does, as the system.
      const { accessToken } = await ticketi.orders.get({ orderId: events[0]?.subject ?? '' });
      const guest = ticketi.as({ type: 'guest', token: accessToken ?? '' });
      expect((await guest.orders.get({ orderId: paid.order.id })).state).toBe('paid');
      expect(JSON.stringify([...(await base.contents())])).not.toContain(
        accessToken?.split('.')[1],
      );
    });

    test('are sent three times in an hour, whatever else is asked', async () => {
      const email = `b.${eventId}@example.com`;
      await aPlacedOrder(ticketi, office, named('Ada', email));
      for (let asking = 0; asking < 5; asking += 1) {
        expect(await ask(email)).toEqual({ accepted: true });
        clock.advance({ minutes: 1 });
      }
      expect(await asked()).toHaveLength(3);
      clock.advance({ minutes: 54 });
      await ask(email);
      expect(await asked()).toHaveLength(3);
      clock.advance({ minutes: 1 });
      await aPlacedOrder(ticketi, office, named('Ada', email));
      await ask(email);
      expect(await asked()).toHaveLength(4);
    });

    test('leave nothing behind for long', async () => {
      for (let n = 0; n < 5; n += 1) await ask(`${n}.${eventId}@example.com`);
      clock.advance({ minutes: 60 });
      await ask(`last.${eventId}@example.com`);
      expect((await base.contents()).get('access_requests')).toHaveLength(1);
    });
  });
});
