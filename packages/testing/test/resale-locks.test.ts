import type { Ticketi, WriteTx } from '@ticketi/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aGiftCard,
  aPaidOrder,
  type BoxOffice,
  type TestClock,
  testClock,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { wrapped } from './support/wrapped-storage.ts';

/** What is locked, in the order of docs/decisions/0009-lock-order.md. */
const ORDER: string[] = ['orders', 'tickets', 'transfers', 'listings', 'cards', 'counters'];

const ada = { name: 'Ada', email: 'ada@example.com' };

describe.each(databases)('what resale asks of %s', (name, create) => {
  let base: TestBase;
  let clock: TestClock;
  let ticketi: Ticketi;
  let office: BoxOffice;
  /** Every verb that was called in a writing transaction, as `store.verb`, with its first argument. */
  let asked: { readonly verb: string; readonly of: unknown }[] = [];
  /** What happens once, behind the first answer of a verb, before its transaction goes on. */
  let between: { readonly verb: string; readonly run: () => Promise<unknown> } | undefined;

  beforeEach(async () => {
    base = await create();
    clock = testClock();
    const storage = wrapped(base.storage(), { inside: recorded });
    ticketi = await ticketiOn(storage, clock);
    office = await aBoxOffice(ticketi);
    asked = [];
  });
  afterEach(async () => {
    await ticketi.close();
    await base.drop();
  });

  function recorded(tx: WriteTx): WriteTx {
    const { orders, tickets, transfers, resale, giftCards, inventory } = tx;
    const seen = { orders, tickets, transfers, resale, giftCards, inventory };
    const rooms = Object.entries(seen).map(([name, room]) => [name, watched(name, room)]);
    return Object.create(tx, Object.getOwnPropertyDescriptors(Object.fromEntries(rooms)));
  }

  function watched<Store extends object>(name: string, store: Store): Store {
    return new Proxy(store, {
      get(target, key) {
        const own: unknown = Reflect.get(target, key);
        if (typeof own === 'object' && own !== null) return watched(String(key), own);
        if (typeof own !== 'function') return own;
        return (...given: unknown[]) => {
          const verb = `${name}.${String(key)}`;
          asked.push({ verb, of: given[0] });
          const answer: unknown = own.apply(target, given);
          if (between?.verb !== verb) return answer;
          const { run } = between;
          between = undefined;
          return Promise.resolve(answer).then((rows) => run().then(() => rows));
        };
      },
    });
  }

  /** The kinds of rows that were locked for the first time, one after the other. */
  function locked(): string[] {
    const had = new Set<string>();
    return asked.flatMap(({ verb, of }) => {
      const [store = '', name] = verb.split('.');
      if (name === 'lockCounters') return ['counters'];
      if (name !== 'findForUpdate' || !Array.isArray(of)) return [];
      const fresh = of.filter((id) => !had.has(`${store} ${id}`));
      for (const id of fresh) had.add(`${store} ${id}`);
      return fresh.length === 0 ? [] : [store];
    });
  }

  test('giving a ticket back locks in the one order, whatever its order and its tickets are in', async () => {
    const eventId = office.event.id;
    await ticketi.refunds.setPolicy({ eventId });
    const card = await aGiftCard(ticketi, office, { amount: 14_000 });
    const user = ticketi.as({ type: 'user', id: 'ada' });
    const items = [{ ticketTypeId: office.standard.id, quantity: 3 }];
    const hold = await user.holds.create({ eventId, items });
    const order = await user.orders.place({
      holdId: hold.id,
      buyer: ada,
      payment: { provider: 'sandbox', giftCards: [card.code] },
    });
    await user.orders.pay({ orderId: order.id });
    const tickets = await ticketi.tickets.list({ orderId: order.id });
    const [ticketId = '', other = ''] = tickets.items.map(({ id }) => id);
    // An offer that is over, and that nobody has written down.
    await user.transfers.offer({ ticketIds: [ticketId], to: { userId: 'ben' }, days: 1 });
    clock.advance({ days: 2 });
    await user.resale.listGroup({ ticketIds: [ticketId, other], price: 8000, sold: 'whole' });
    asked = [];
    await user.resale.return({ ticketId });
    const kinds = locked();
    expect([...new Set(kinds)].sort()).toEqual([...ORDER].sort());
    const turns = kinds.map((kind) => ORDER.indexOf(kind));
    expect(turns).toEqual([...turns].sort((a, b) => a - b));
  });

  test('a group is listed with as many questions, whatever its size', async () => {
    const user = ticketi.as({ type: 'user', id: 'ada' });
    const { event, standard } = office;
    await ticketi.resale.setPolicy({ eventId: event.id, primaryFirst: true, cap: null });
    await ticketi.ticketTypes.update({ ticketTypeId: standard.id, state: 'off_sale' });
    async function questionsFor(quantity: number) {
      await ticketi.ticketTypes.update({ ticketTypeId: standard.id, state: 'on_sale' });
      const { tickets } = await aPaidOrder(ticketi, office, { userId: 'ada', quantity });
      await ticketi.ticketTypes.update({ ticketTypeId: standard.id, state: 'off_sale' });
      asked = [];
      await user.resale.listGroup({
        ticketIds: tickets.map(({ id }) => id),
        price: 4000,
        sold: 'singly',
      });
      return asked.map(({ verb }) => verb).sort();
    }
    const two = await questionsFor(2);
    expect(two).toContain('listings.insert');
    expect(await questionsFor(9)).toEqual(two);
  });

  test('listings are looked through only when the times of sessions change', async () => {
    const { id: eventId } = office.event;
    const { sessions } = await ticketi.sessions.addSeries({
      eventId,
      rule: 'FREQ=DAILY;COUNT=2',
      startsAt: '2097-03-19T20:00',
      durationMinutes: 60,
    });
    const sessionId = sessions[0]?.id ?? '';
    async function looksThrough(change: () => Promise<unknown>) {
      asked = [];
      await change();
      return asked.some(({ verb }) => verb === 'listings.openOfEvent');
    }
    const update = (change: object) =>
      looksThrough(() => ticketi.sessions.update({ sessionId, ...change }));
    const updateAll = (change: object) =>
      looksThrough(() => ticketi.sessions.updateSeries({ sessionId, scope: 'all', ...change }));
    expect(await update({ name: 'Gala' })).toBe(false);
    expect(await updateAll({ name: 'Gala' })).toBe(false);
    expect(await updateAll({ startTime: '20:00' })).toBe(false);
    expect(await updateAll({ startTime: '19:00' })).toBe(true);
    expect(await update({ doorsAt: '2097-03-19T18:00' })).toBe(true);
    expect(await update({ startsAt: '2097-03-19T18:30' })).toBe(true);
    expect(await update({ endsAt: '2097-03-19T22:30' })).toBe(true);
  });

  // SQLite has one writer at a time: nobody comes between.
  test.runIf(name === 'postgres')(
    'a listing that is written down as over meanwhile does not keep its ticket from anything',
    async () => {
      const user = ticketi.as({ type: 'user', id: 'ada' });
      await ticketi.resale.setPolicy({ eventId: office.event.id, closesAt: '2h before start' });
      const { tickets } = await aPaidOrder(ticketi, office, { userId: 'ada', quantity: 2 });
      const [first = '', second = ''] = tickets.map(({ id }) => id);
      const listing = await user.resale.list({ ticketId: first, price: 4000 });
      await user.resale.list({ ticketId: second, price: 4000 });
      const worker = await ticketiOn(base.storage(), clock);
      const expired: unknown[] = [];
      const expire = {
        verb: 'listings.openOfTickets',
        run: async () => expired.push(await worker.resale.expire({ limit: 1 })),
      };
      clock.set(listing.expiresAt);
      between = expire;
      const offer = await user.transfers.offer({ ticketIds: [first], to: { userId: 'gil' } });
      expect(offer.state).toBe('open');
      expect(expired).toEqual([{ expired: 1 }]);
      await ticketi.resale.setPolicy({ eventId: office.event.id, closesAt: null });
      between = expire;
      expect((await user.resale.list({ ticketId: second, price: 4000 })).state).toBe('open');
      expect(expired).toEqual([{ expired: 1 }, { expired: 1 }]);
      await worker.close();
    },
  );
});
