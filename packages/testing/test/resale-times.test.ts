import type { Ticketi } from '@ticketi/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aListing,
  aPaidOrder,
  type BoxOffice,
  type BoxOfficeOptions,
  type TestClock,
  testClock,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const ben = { name: 'Ben', email: 'ben@example.com' };
const payment = { provider: 'sandbox' };

describe.each(databases)('resale and time on %s', (_name, create) => {
  let base: TestBase;
  let clock: TestClock;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let eventId: string;

  beforeAll(async () => {
    base = await create();
  });
  beforeEach(async () => {
    clock = testClock();
    ticketi = await ticketiOn(base.storage(), clock);
    await opened();
  });
  afterEach(async () => {
    const { organizer } = office;
    const { findings } = await ticketi.ledger.verify({ organizerId: organizer.id });
    expect(findings).toEqual([]);
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
    await ticketi.close();
  });
  afterAll(() => base?.drop());

  /** Another office, with the policy of the test. */
  async function opened(options: BoxOfficeOptions = {}) {
    office = await aBoxOffice(ticketi, options);
    eventId = office.event.id;
  }

  const as = (id: string) => ticketi.as({ type: 'user', id });
  const session = () => office.event.sessions[0]?.id ?? '';
  const stateOf = async (listingId: string) => (await ticketi.resale.get({ listingId })).state;
  const later = (minutes: number) =>
    new Date(Date.parse(clock.now()) + minutes * 60_000).toISOString();
  const closed = (state: string) => ({ code: 'listing_closed', details: { state } });

  async function seller(quantity = 1, userId = 'ada') {
    const paid = await aPaidOrder(ticketi, office, { userId, quantity });
    return { paid, ids: paid.tickets.map(({ id }) => id), orderId: paid.order.id };
  }

  describe('how long a ticket was held', () => {
    const policy = { minHeldMinutes: 60 };

    test('goes on when it gets a new code', async () => {
      await opened({ resale: policy });
      const { ids } = await seller();
      clock.advance({ minutes: 59 });
      const { id: ticketId } = await as('ada').tickets.reissue({ ticketId: ids[0] ?? '' });
      const list = () => as('ada').resale.list({ ticketId, price: 4000 });
      await expect(list()).rejects.toMatchObject({
        code: 'held_too_short',
        details: { from: later(1) },
      });
      clock.advance({ minutes: 1 });
      expect((await as('ada').resale.terms({ ticketId })).mayList).toBe(true);
      expect((await list()).state).toBe('open');
    });

    test('begins with its holder, also when that one has a new code by then', async () => {
      await opened({ resale: policy });
      const { ids } = await seller();
      clock.advance({ minutes: 60 });
      const { id: transferId } = await as('ada').transfers.offer({
        ticketIds: ids,
        to: { userId: 'ben' },
      });
      const { acceptedTicketIds } = await as('ben').transfers.accept({ transferId, holder: ben });
      clock.advance({ minutes: 30 });
      const [accepted = ''] = acceptedTicketIds ?? [];
      const { id: ticketId } = await as('ben').tickets.reissue({ ticketId: accepted });
      const list = () => as('ben').resale.list({ ticketId, price: 4000 });
      await expect(list()).rejects.toMatchObject({ details: { from: later(30) } });
      clock.advance({ minutes: 30 });
      expect((await list()).state).toBe('open');
    });
  });

  describe('a listing that is over and that nobody has written down', () => {
    const soon = { resale: { closesAt: '2h before start' } };

    test('does not keep its ticket from being passed on, and is never sold', async () => {
      await opened(soon);
      const { paid, ids } = await seller();
      const { id: listingId, expiresAt } = await aListing(ticketi, paid);
      clock.set(expiresAt);
      const offer = await as('ada').transfers.offer({ ticketIds: ids, to: { userId: 'gil' } });
      expect(await ticketi.resale.get({ listingId })).toMatchObject({
        state: 'expired',
        closedAt: expiresAt,
      });
      await expect(as('ben').resale.reserve({ listingId })).rejects.toMatchObject(
        closed('expired'),
      );
      const holder = { name: 'Gil', email: 'gil@example.com' };
      await as('gil').transfers.accept({ transferId: offer.id, holder });
      await ticketi.resale.expire({});
      const facts = await ticketi.outbox.list({
        organizerId: office.organizer.id,
        type: 'listing.expired',
      });
      expect(facts.items.map(({ subject }) => subject)).toEqual([listingId]);
    });

    test('keeps it while somebody has it reserved, who may pay', async () => {
      await opened(soon);
      const { paid, ids } = await seller();
      const { id: listingId, expiresAt } = await aListing(ticketi, paid);
      clock.set('2097-07-10T13:55:00.000Z');
      const hold = await as('ben').resale.reserve({ listingId });
      clock.set(expiresAt);
      const offer = () => as('ada').transfers.offer({ ticketIds: ids, to: { userId: 'gil' } });
      await expect(offer()).rejects.toMatchObject({
        code: 'ticket_not_transferable',
        details: { why: 'listed' },
      });
      const order = await as('ben').orders.place({ holdId: hold.id, buyer: ben, payment });
      expect((await as('ben').orders.pay({ orderId: order.id })).state).toBe('paid');
      await expect(offer()).rejects.toMatchObject({ details: { why: 'void' } });
    });

    test('is not sold to money that comes when its ticket was offered', async () => {
      await opened(soon);
      const { paid, ids } = await seller();
      const { id: listingId, expiresAt } = await aListing(ticketi, paid);
      clock.set('2097-07-10T13:55:00.000Z');
      const hold = await as('ben').resale.reserve({ listingId });
      const order = await as('ben').orders.place({ holdId: hold.id, buyer: ben, payment });
      const begun = await as('ben').payments.begin({ orderId: order.id, provider: 'sandbox' });
      // What Ben reserved and ordered is over too.
      clock.set(expiresAt);
      clock.advance({ minutes: 60 });
      const { id: transferId } = await as('ada').transfers.offer({
        ticketIds: ids,
        to: { userId: 'gil' },
      });
      await ticketi.payments.record({
        paymentId: begun.id,
        result: { state: 'succeeded', providerRef: 'ch', amount: order.total, currency: 'EUR' },
      });
      expect((await ticketi.orders.get({ orderId: order.id })).state).toBe('expired');
      expect(await stateOf(listingId)).toBe('expired');
      expect((await as('gil').transfers.get({ transferId })).state).toBe('open');
    });

    test('counts against the limits as long as somebody has it reserved', async () => {
      await opened({ resale: { closesAt: '2h before start', maxOpen: 1, maxInAll: 1 } });
      const { paid, ids } = await seller(2);
      const { id: listingId, expiresAt } = await aListing(ticketi, paid);
      clock.set('2097-07-10T13:55:00.000Z');
      const hold = await as('ben').resale.reserve({ listingId });
      clock.set(expiresAt);
      await ticketi.resale.setPolicy({ eventId, maxOpen: 1 });
      const [, second = ''] = ids;
      const list = () => as('ada').resale.list({ ticketId: second, price: 4000 });
      const beyond = { code: 'resale_limit_exceeded', details: { limit: 'open', listed: 1 } };
      await expect(list()).rejects.toMatchObject(beyond);
      expect((await as('ada').resale.terms({ ticketId: second })).listed).toEqual({
        open: 1,
        sold: 0,
      });
      await as('ben').holds.release({ holdId: hold.id });
      expect((await list()).state).toBe('open');
    });

    test('is written down also behind many that are reserved', async () => {
      await opened(soon);
      const { ids } = await seller(3);
      const list = (ticketId = '') => as('ada').resale.list({ ticketId, price: 4000 });
      const [first, second, last] = [await list(ids[0]), await list(ids[1]), await list(ids[2])];
      clock.set('2097-07-10T13:55:00.000Z');
      await as('ben').resale.reserve({ listingId: first.id });
      await as('ben').resale.reserve({ listingId: second.id });
      clock.set(first.expiresAt);
      // All that other tests left.
      while ((await ticketi.resale.expire({ limit: 2 })).expired > 0);
      expect((await ticketi.resale.get({ listingId: last.id })).closedAt).toBe(first.expiresAt);
      expect(await stateOf(first.id)).toBe('reserved');
    });
  });

  describe('a session that moves', () => {
    const soon = { resale: { closesAt: '2h before start' } };
    const earlier = { startsAt: '2097-07-09T16:00:00.000Z', endsAt: '2097-07-09T22:00:00.000Z' };
    const move = (times: object) => ticketi.sessions.update({ sessionId: session(), ...times });

    test('to an earlier time takes the end of its listings with it', async () => {
      await opened(soon);
      const { paid } = await seller();
      const { id: listingId } = await aListing(ticketi, paid);
      await move({ doorsAt: null, ...earlier });
      expect((await ticketi.resale.get({ listingId })).expiresAt).toBe('2097-07-09T14:00:00.000Z');
      clock.set('2097-07-09T14:00:00.000Z');
      expect((await ticketi.resale.browse({ eventId })).items).toEqual([]);
      await expect(as('ben').resale.reserve({ listingId })).rejects.toMatchObject(
        closed('expired'),
      );
      while ((await ticketi.resale.expire({})).expired > 0);
      expect((await ticketi.resale.get({ listingId })).closedAt).toBe('2097-07-09T14:00:00.000Z');
    });

    test('to a later time does not prolong them', async () => {
      await opened(soon);
      const { paid } = await seller();
      const { id: listingId, expiresAt } = await aListing(ticketi, paid);
      await move({ startsAt: '2097-07-10T20:00:00.000Z', endsAt: '2097-07-11T03:00:00.000Z' });
      expect((await ticketi.resale.get({ listingId })).expiresAt).toBe(expiresAt);
    });

    test('so that it is over leaves nothing to be bought, also not what was reserved', async () => {
      await opened();
      // Another session, so that the event itself goes on.
      await ticketi.sessions.add({
        eventId,
        startsAt: '2097-08-01T16:00:00.000Z',
        endsAt: '2097-08-01T22:00:00.000Z',
      });
      const type = await ticketi.ticketTypes.create({
        eventId,
        name: 'First night',
        price: 3000,
        draws: [{ poolId: office.pool.id }],
        sessionIds: [session()],
      });
      const hold = await as('ada').holds.create({
        eventId,
        items: [{ ticketTypeId: type.id, quantity: 2 }],
      });
      const order = await as('ada').orders.place({
        holdId: hold.id,
        buyer: { name: 'Ada', email: 'ada@example.com' },
        payment,
      });
      await as('ada').orders.pay({ orderId: order.id });
      const { items } = await ticketi.tickets.list({ orderId: order.id });
      const list = (ticketId = '') => as('ada').resale.list({ ticketId, price: 3000 });
      const [reserved, open] = [await list(items[0]?.id), await list(items[1]?.id)];
      clock.set('2097-07-09T21:55:00.000Z');
      const bens = await as('ben').resale.reserve({ listingId: reserved.id });
      await move({ doorsAt: null, ...earlier });
      clock.set('2097-07-09T22:00:00.000Z');
      await expect(as('ben').resale.reserve({ listingId: open.id })).rejects.toMatchObject(
        closed('expired'),
      );
      await expect(
        as('ben').orders.place({ holdId: bens.id, buyer: ben, payment }),
      ).rejects.toMatchObject(closed('expired'));
    });

    test('and one that is added before all others ends listings too', async () => {
      await opened(soon);
      const { paid } = await seller();
      const { id: listingId } = await aListing(ticketi, paid);
      await ticketi.sessions.add({ eventId, ...earlier });
      expect((await ticketi.resale.get({ listingId })).expiresAt).toBe('2097-07-09T14:00:00.000Z');
    });
  });

  describe('a group that is sold whole', () => {
    const SECOND = { startsAt: '2097-08-01T16:00:00.000Z', endsAt: '2097-08-01T22:00:00.000Z' };
    const OVER = '2097-07-10T14:00:00.000Z';

    async function night(name: string, sessionId: string) {
      const draws = [{ poolId: office.pool.id }];
      const sessionIds = [sessionId];
      return ticketi.ticketTypes.create({ eventId, name, price: 3000, draws, sessionIds });
    }

    /** A ticket of each of two nights, listed together. */
    async function nights(sold: 'whole' | 'singly' = 'whole') {
      await opened({ resale: { closesAt: '2h before start', maxOpen: 2 } });
      const second = await ticketi.sessions.add({ eventId, ...SECOND });
      const types = [await night('First', session()), await night('Second', second.id)];
      const items = types.map(({ id }) => ({ ticketTypeId: id, quantity: 1 }));
      const hold = await as('ada').holds.create({ eventId, items });
      const buyer = { name: 'Ada', email: 'ada@example.com' };
      const order = await as('ada').orders.place({ holdId: hold.id, buyer, payment });
      await as('ada').orders.pay({ orderId: order.id });
      const tickets = (await ticketi.tickets.list({ orderId: order.id })).items;
      const idOf = (name: string) => tickets.find((ticket) => ticket.name === name)?.id ?? '';
      const [early, late] = [idOf('First'), idOf('Second')];
      const { listings } = await as('ada').resale.listGroup({
        ticketIds: [late, early],
        price: 6000,
        sold,
      });
      const [ofLate = '', ofEarly = ''] = listings.map(({ id }) => id);
      return { early, late, ofEarly, ofLate, second: second.id };
    }

    const endOf = async (listingId: string) => (await ticketi.resale.get({ listingId })).expiresAt;

    test('ends with its first ticket, and then keeps none from anything', async () => {
      const { early, late, ofEarly, ofLate } = await nights();
      expect([await endOf(ofEarly), await endOf(ofLate)]).toEqual([OVER, OVER]);
      clock.set(OVER);
      expect((await ticketi.resale.browse({ eventId })).items).toEqual([]);
      await as('ada').transfers.offer({ ticketIds: [early], to: { userId: 'gil' } });
      expect([await stateOf(ofEarly), await stateOf(ofLate)]).toEqual(['expired', 'expired']);
      const { listed } = await as('ada').resale.terms({ ticketId: late });
      expect(listed).toEqual({ open: 0, sold: 0 });
      await expect(
        as('ben').resale.reserve({ listingId: ofLate, whole: true }),
      ).rejects.toMatchObject(closed('expired'));
      const again = await as('ada').resale.list({ ticketId: late, price: 3000 });
      expect(again).toMatchObject({ state: 'open', expiresAt: '2097-08-01T14:00:00.000Z' });
      await as('ada').resale.withdraw({ listingId: again.id });
      await as('ada').transfers.offer({ ticketIds: [late], to: { userId: 'gil' } });
      while ((await ticketi.resale.expire({})).expired > 0);
      expect(await stateOf(ofLate)).toBe('expired');
    });

    test('is passed on together when it is over', async () => {
      const { early, late, ofEarly, ofLate } = await nights();
      clock.set(OVER);
      await as('ada').transfers.offer({ ticketIds: [late, early], to: { userId: 'gil' } });
      const ended = await Promise.all(
        [ofEarly, ofLate].map((listingId) => ticketi.resale.get({ listingId })),
      );
      expect(ended).toMatchObject([{ closedAt: OVER }, { closedAt: OVER }]);
    });

    test('ends earlier with a session that moves, whole', async () => {
      const { ofEarly, ofLate, second } = await nights();
      await ticketi.sessions.update({
        sessionId: second,
        startsAt: '2097-07-08T16:00:00.000Z',
        endsAt: '2097-07-08T22:00:00.000Z',
      });
      const moved = '2097-07-08T14:00:00.000Z';
      expect([await endOf(ofEarly), await endOf(ofLate)]).toEqual([moved, moved]);
    });

    test('or else ticket by ticket, where it is sold singly', async () => {
      const { ofEarly, ofLate } = await nights('singly');
      expect([await endOf(ofEarly), await endOf(ofLate)]).toEqual([
        OVER,
        '2097-08-01T14:00:00.000Z',
      ]);
    });

    test('is withdrawn also where a clock that is ahead has written one of it down', async () => {
      const { early, ofEarly, ofLate } = await nights();
      const ahead = testClock();
      ahead.set(OVER);
      const other = await ticketiOn(base.storage(), ahead);
      const ada = other.as({ type: 'user', id: 'ada' });
      await ada.transfers.offer({ ticketIds: [early], to: { userId: 'gil' } });
      await other.close();
      await expect(as('ada').resale.withdraw({ listingId: ofEarly })).rejects.toMatchObject(
        closed('expired'),
      );
      expect((await as('ada').resale.withdraw({ listingId: ofLate })).state).toBe('withdrawn');
      expect(await stateOf(ofEarly)).toBe('expired');
    });
  });
});
