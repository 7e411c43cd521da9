import type { Actor, Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aHold,
  aPaidOrder,
  type BoxOffice,
  payInCash,
  testClock,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const anonymous: Actor = { type: 'anonymous' };
const user = (id: string): Actor => ({ type: 'user', id });
const buyer = (name: string) => ({ name, email: `${name.toLowerCase()}@example.com` });

describe.each(databases)('the waitlist on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi, { capacity: 4 });
    await ticketi.waitlist.setPolicy({ eventId: office.event.id });
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const eventId = () => office.event.id;
  const typeId = () => office.standard.id;
  const items = (quantity = 1, ticketTypeId = typeId()) => [{ ticketTypeId, quantity }];
  const guest = (token: string | null): Actor => ({ type: 'guest', token: token ?? '' });
  const buy = (quantity = 1, actor: Actor = anonymous) =>
    ticketi.as(actor).holds.create({ eventId: eventId(), items: items(quantity) });
  const join = (
    name: string,
    { actor = anonymous, ...wish }: { actor?: Actor; quantity?: number; minQuantity?: number } = {},
  ) =>
    ticketi.as(actor).waitlist.join({
      eventId: eventId(),
      ticketTypeIds: [typeId()],
      buyer: buyer(name),
      ...wish,
    });
  const pass = () => ticketi.waitlist.offer({ eventId: eventId() });
  const entry = (entryId: string) => ticketi.waitlist.get({ entryId });
  const free = async (holdId: string) => ticketi.holds.release({ holdId });
  const available = async () =>
    (await ticketi.as(anonymous).availability.get({ eventId: eventId() })).ticketTypes[0];
  /** Sells all four, and gives the holds. */
  const sellOut = async () => [await buy(1), await buy(1), await buy(2)] as const;
  async function sound() {
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  }

  test('is joined when there is nothing to buy, and not before', async () => {
    await expect(join('Ada')).rejects.toMatchObject({
      code: 'not_sold_out',
      details: { ticketTypeId: typeId(), available: 4 },
    });
    await sellOut();
    const ada = await join('Ada');
    expect(ada).toMatchObject({ state: 'waiting', quantity: 1, minQuantity: 1, userId: null });
    await expect(join('Ada')).rejects.toMatchObject({ code: 'already_waiting' });
    const seen = await ticketi.as(guest(ada.accessToken)).waitlist.get({ entryId: ada.id });
    expect(seen.position).toEqual({ number: 1, ticketsBefore: 0 });
    await expect(ticketi.as(anonymous).waitlist.get({ entryId: ada.id })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await sound();
  });

  test('gets what comes free before the public, as one offer whose code works once', async () => {
    const [first] = await sellOut();
    const ada = await join('Ada');
    const ben = await join('Ben', { actor: user('ben') });
    await free(first.id);
    expect(await available()).toMatchObject({ available: 0, waiting: true });
    const explained = await ticketi.availability.explain({ eventId: eventId() });
    expect(explained.ticketTypes[0]).toMatchObject({
      available: 0,
      limitedBy: {
        kind: 'waitlist',
        text: 'The waitlist comes first: 1 of 1 are kept for who waits.',
      },
    });
    await expect(buy()).rejects.toMatchObject({
      code: 'sold_out',
      details: { available: 0, waiting: true },
    });
    expect(await pass()).toEqual({ offered: 1, settled: 0, ended: 0 });
    expect((await entry(ben.id)).position).toEqual({ number: 1, ticketsBefore: 0 });
    const { offer } = await entry(ada.id);
    expect(offer).toMatchObject({ state: 'open', quantity: 1, holdId: null });
    const { code } = await ticketi.waitlist.getOffer({ offerId: offer?.id ?? '' });
    const hold = await ticketi.as(anonymous).waitlist.claim({ code: code ?? '' });
    expect(hold).toMatchObject({ state: 'active', items: items() });
    await expect(ticketi.as(anonymous).waitlist.claim({ code: code ?? '' })).rejects.toMatchObject({
      code: 'offer_code_used',
    });
    await expect(
      ticketi.as(anonymous).waitlist.claim({ code: `${offer?.id}.wrong` }),
    ).rejects.toMatchObject({ code: 'offer_code_not_valid' });

    const order = await ticketi
      .as(guest(hold.accessToken))
      .orders.place({ holdId: hold.id, buyer: buyer('Ada') });
    expect((await entry(ada.id)).state).toBe('accepted');
    expect(await pass()).toEqual({ offered: 0, settled: 1, ended: 0 });
    expect(await payInCash(ticketi, order)).toMatchObject({ state: 'paid' });
    const types = (
      await ticketi.outbox.list({ organizerId: office.organizer.id, limit: 100 })
    ).items
      .map(({ type }) => type)
      .filter((type) => type.startsWith('waitlist.'));
    expect(types.toReversed()).toEqual([
      'waitlist.joined',
      'waitlist.joined',
      'waitlist.offered',
      'waitlist.claimed',
      'waitlist.accepted',
    ]);
    await sound();
  });

  test('passes an offer on that nobody takes, after twelve hours', async () => {
    const [first] = await sellOut();
    await free(first.id).catch(() => undefined);
    // One is free again before anybody waits: it is anybody's.
    await buy();
    clock.advance({ minutes: 16 });
    const paid = await aPaidOrder(ticketi, office, { quantity: 4 });
    const ada = await join('Ada');
    const ben = await join('Ben');
    await ticketi.tickets.void({ ticketId: paid.tickets[0]?.id ?? '' });
    expect(await pass()).toMatchObject({ offered: 1 });
    clock.advance({ minutes: 719 });
    expect(await pass()).toMatchObject({ offered: 0, settled: 0 });
    clock.advance({ minutes: 1 });
    expect((await entry(ada.id)).offer).toMatchObject({ state: 'expired' });
    await expect(buy()).rejects.toMatchObject({ details: { waiting: true } });
    expect(await pass()).toEqual({ offered: 1, settled: 1, ended: 0 });
    expect(await entry(ada.id)).toMatchObject({ state: 'ended', endedFor: 'missed' });
    expect(await entry(ben.id)).toMatchObject({ state: 'offered' });
    await sound();
  });

  test('opens to the public when the last one has left', async () => {
    const [first] = await sellOut();
    const ada = await join('Ada', { actor: user('ada') });
    await free(first.id);
    await expect(buy()).rejects.toMatchObject({ code: 'sold_out' });
    await expect(ticketi.as(user('eve')).waitlist.leave({ entryId: ada.id })).rejects.toMatchObject(
      { code: 'not_allowed' },
    );
    await ticketi.as(user('ada')).waitlist.leave({ entryId: ada.id });
    expect(await available()).toMatchObject({ available: 1, waiting: false });
    await buy();
    await sound();
  });

  test('keeps from the public what somebody who waits can have, and no more', async () => {
    const [first, , third] = await sellOut();
    const four = await join('Fours', { quantity: 4 });
    await free(first.id);
    // Who wants four or nothing does not stand in the way of one.
    expect(await available()).toMatchObject({ available: 1, waiting: true });
    const taken = await buy();
    const one = await join('One');
    const some = await join('Some', { quantity: 3, minQuantity: 2 });
    await free(third.id);
    expect(await available()).toMatchObject({ available: 0 });
    expect(await pass()).toMatchObject({ offered: 1 });
    expect((await entry(one.id)).offer).toMatchObject({ quantity: 1 });
    // One is left, of which none of them can make use.
    expect(await available()).toMatchObject({ available: 1 });
    await free(taken.id);
    expect(await available()).toMatchObject({ available: 0 });
    expect(await pass()).toMatchObject({ offered: 1 });
    expect((await entry(some.id)).offer).toMatchObject({ quantity: 2 });
    expect((await entry(four.id)).state).toBe('waiting');
    await sound();
  });

  test('goes by priority, then by time, and says so honestly', async () => {
    const [first] = await sellOut();
    const ada = await join('Ada', { quantity: 2, minQuantity: 1 });
    const ben = await join('Ben');
    expect((await entry(ben.id)).position).toEqual({ number: 2, ticketsBefore: 2 });
    await ticketi.waitlist.setPriority({ entryId: ben.id, priority: 5 });
    expect((await entry(ben.id)).position).toEqual({ number: 1, ticketsBefore: 0 });
    expect((await entry(ada.id)).position).toEqual({ number: 2, ticketsBefore: 1 });
    await free(first.id);
    await pass();
    expect((await entry(ben.id)).state).toBe('offered');
    expect((await entry(ada.id)).state).toBe('waiting');
  });

  test('takes another type where the first is sold out, and lets the host’s members go first', async () => {
    const pool = await ticketi.pools.create({ eventId: eventId(), name: 'Balcony', capacity: 1 });
    const balcony = await ticketi.ticketTypes.create({
      eventId: eventId(),
      name: 'Balcony',
      price: 1000,
      draws: [{ poolId: pool.id }],
    });
    await ticketi.waitlist.setPolicy({
      eventId: eventId(),
      priorities: [{ attribute: 'member', priority: 10 }],
    });
    await sellOut();
    const last = await ticketi
      .as(anonymous)
      .holds.create({ eventId: eventId(), items: items(1, balcony.id) });
    const ada = await join('Ada');
    const both = await ticketi
      .as({ type: 'user', id: 'ben', attributes: ['member'] })
      .waitlist.join({
        eventId: eventId(),
        ticketTypeIds: [typeId(), balcony.id],
        buyer: buyer('Ben'),
      });
    expect(both).toMatchObject({ priority: 10 });
    await free(last.id);
    expect(await pass()).toMatchObject({ offered: 1 });
    expect((await entry(both.id)).offer).toMatchObject({ ticketTypeId: balcony.id });
    expect((await entry(ada.id)).state).toBe('waiting');
    await sound();
  });

  test('goes on behind the others where the policy lets offers be missed or declined', async () => {
    await ticketi.waitlist.setPolicy({ eventId: eventId(), misses: 2, offerMinutes: 60 });
    const [first] = await sellOut();
    const ada = await join('Ada');
    clock.advance({ seconds: 1 });
    const ben = await join('Ben');
    await free(first.id);
    await pass();
    clock.advance({ seconds: 1 });
    await ticketi.as(guest(ada.accessToken)).waitlist.decline({ entryId: ada.id });
    expect((await entry(ada.id)).position).toEqual({ number: 2, ticketsBefore: 1 });
    await pass();
    expect((await entry(ben.id)).state).toBe('offered');
    await expect(ticketi.waitlist.decline({ entryId: ada.id })).rejects.toMatchObject({
      code: 'offer_not_open',
    });
    await sound();
  });

  test('ends for a buyer whose limit leaves them nothing, so that they stand in nobody’s way', async () => {
    await ticketi.ticketTypes.update({ ticketTypeId: typeId(), maxPerBuyer: 2 });
    const mine = await buy(2, user('ada'));
    await buy(1);
    const other = await buy(1);
    const ada = await join('Ada', { actor: user('ada') });
    await free(other.id);
    expect(await pass()).toEqual({ offered: 0, settled: 0, ended: 1 });
    expect(await entry(ada.id)).toMatchObject({ state: 'ended', endedFor: 'limit' });
    await buy(1);
    await free(mine.id);
    await sound();
  });

  test('drops only the type that a limit keeps from a buyer, and ends with the last one', async () => {
    await ticketi.ticketTypes.update({ ticketTypeId: typeId(), maxPerBuyer: 2 });
    const pool = await ticketi.pools.create({ eventId: eventId(), name: 'Yard', capacity: 1 });
    const yard = await ticketi.ticketTypes.create({
      eventId: eventId(),
      name: 'Yard',
      price: 1000,
      draws: [{ poolId: pool.id }],
    });
    await buy(2, user('ada'));
    await buy(1);
    const other = await buy(1);
    const last = await ticketi
      .as(anonymous)
      .holds.create({ eventId: eventId(), items: items(1, yard.id) });
    const ada = await ticketi.as(user('ada')).waitlist.join({
      eventId: eventId(),
      ticketTypeIds: [typeId(), yard.id],
      buyer: buyer('Ada'),
    });
    await free(other.id);
    expect(await pass()).toEqual({ offered: 0, settled: 0, ended: 0 });
    expect(await entry(ada.id)).toMatchObject({ state: 'waiting' });
    // What she cannot have is anybody's again.
    await buy(1);
    await free(last.id);
    expect(await pass()).toEqual({ offered: 1, settled: 0, ended: 0 });
    expect((await entry(ada.id)).offer).toMatchObject({ ticketTypeId: yard.id });
    await sound();
  });

  test('ends page by page when its type is over', async () => {
    await sellOut();
    const names = ['Ada', 'Ben', 'Carl'];
    const joined: Awaited<ReturnType<typeof join>>[] = [];
    for (const name of names) joined.push(await join(name));
    const saleUntil = new Date(Date.parse(clock.now()) + 60_000).toISOString();
    await ticketi.ticketTypes.update({ ticketTypeId: typeId(), saleUntil });
    clock.advance({ minutes: 2 });
    const ended: number[] = [];
    for (const _ of names) {
      ended.push((await ticketi.waitlist.offer({ eventId: eventId(), limit: 1 })).ended);
      await sound();
    }
    expect(ended).toEqual([1, 1, 1]);
    for (const { id } of joined) {
      expect(await entry(id)).toMatchObject({ state: 'ended', endedFor: 'over' });
    }
  });

  test('lasts no longer than any hold once the hold of an offer grows', async () => {
    const [first, second] = await sellOut();
    const ada = await join('Ada');
    await free(first.id);
    await pass();
    const offerId = (await entry(ada.id)).offer?.id ?? '';
    const { code } = await ticketi.waitlist.getOffer({ offerId });
    const hold = await ticketi.as(anonymous).waitlist.claim({ code: code ?? '' });
    await free(second.id);
    const theirs = ticketi.as(guest(hold.accessToken)).holds;
    const grown = await theirs.change({ holdId: hold.id, items: items(2) });
    expect(Date.parse(grown.expiresAt) - Date.parse(clock.now())).toBe(15 * 60_000);
    clock.advance({ minutes: 16 });
    // All that it had is free again, with what the others held.
    expect(await available()).toMatchObject({ available: 4 });
    await sound();
  });

  test('lasts no longer than any hold once the hold of an offer is for another type of its places', async () => {
    const twin = await ticketi.ticketTypes.create({
      eventId: eventId(),
      name: 'Twin',
      price: 1000,
      draws: [{ poolId: office.pool.id }],
    });
    const [first, second] = await sellOut();
    const ada = await join('Ada', { quantity: 2 });
    const ben = await ticketi.as(anonymous).waitlist.join({
      eventId: eventId(),
      ticketTypeIds: [twin.id],
      buyer: buyer('Ben'),
    });
    await free(first.id);
    await free(second.id);
    await pass();
    const offerId = (await entry(ada.id)).offer?.id ?? '';
    const { code } = await ticketi.waitlist.getOffer({ offerId });
    const hold = await ticketi.as(anonymous).waitlist.claim({ code: code ?? '' });
    const theirs = ticketi.as(guest(hold.accessToken)).holds;
    // What stays, and what is less, lasts as long as it did.
    const same = await theirs.change({ holdId: hold.id, items: items(2) });
    expect(same.expiresAt).toBe(hold.expiresAt);
    const moved = await theirs.change({ holdId: hold.id, items: items(2, twin.id) });
    expect(Date.parse(moved.expiresAt) - Date.parse(clock.now())).toBe(15 * 60_000);
    expect(await pass()).toMatchObject({ offered: 0 });
    // What the change gives back is the waitlist's, though it was of a type that nobody waits for.
    await theirs.change({ holdId: hold.id, items: items(1) });
    await expect(buy()).rejects.toMatchObject({ code: 'sold_out', details: { waiting: true } });
    expect(await pass()).toMatchObject({ offered: 1 });
    expect((await entry(ben.id)).offer).toMatchObject({ ticketTypeId: twin.id, quantity: 1 });
    expect(await available()).toMatchObject({ available: 0 });
    await sound();
  });

  test('gives whoever joined with somebody else’s address nothing that can be bought', async () => {
    const holds = await sellOut();
    const [first] = holds;
    const sold = holds.map(({ id }) => id);
    // Mallory names Ada's address, as often as they like: Ada waits once.
    const named = await join('Ada');
    const again = { name: 'Mallory', email: 'ADA@Example.com' };
    const twice = { eventId: eventId(), ticketTypeIds: [typeId()], buyer: again };
    await expect(ticketi.as(anonymous).waitlist.join(twice)).rejects.toMatchObject({
      code: 'already_waiting',
    });
    await free(first.id);
    await pass();
    const mallory = ticketi.as(guest(named.accessToken));
    const seen = await mallory.waitlist.get({ entryId: named.id });
    const offerId = seen.offer?.id ?? '';
    expect(seen.offer).toMatchObject({ state: 'open', holdId: null });
    const { code, entry: addressee } = await ticketi.waitlist.getOffer({ offerId });
    expect(addressee.email).toBe('ada@example.com');
    const secrets = [code ?? '', code?.split('.')[1] ?? ''];
    for (const secret of secrets) expect(JSON.stringify(seen)).not.toContain(secret);
    // Neither what sends the code, nor the places themselves, though they knew the ids.
    await expect(mallory.waitlist.getOffer({ offerId })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    await expect(mallory.waitlist.claim({ code: `${offerId}.guessed` })).rejects.toMatchObject({
      code: 'offer_code_not_valid',
    });
    const { items: told } = await ticketi.outbox.list({
      organizerId: office.organizer.id,
      limit: 100,
    });
    const made = told.find(
      ({ type, subject }) => type === 'hold.created' && !sold.includes(subject),
    );
    const holdId = made?.subject ?? '';
    await expect(mallory.holds.get({ holdId })).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(mallory.orders.place({ holdId, buyer: buyer('Mallory') })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    // Ada has the message, and with it the places; Mallory does not get them afterwards either.
    const hold = await ticketi.as(anonymous).waitlist.claim({ code: code ?? '' });
    expect(hold.id).toBe(holdId);
    await mallory.waitlist.get({ entryId: named.id });
    await expect(mallory.holds.get({ holdId })).rejects.toMatchObject({ code: 'not_allowed' });
    await ticketi
      .as(guest(hold.accessToken))
      .orders.place({ holdId: hold.id, buyer: buyer('Ada') });
    expect((await entry(named.id)).state).toBe('accepted');
    await sound();
  });

  test('ends with the event', async () => {
    const [first] = await sellOut();
    const ada = await join('Ada');
    const ben = await join('Ben');
    await free(first.id);
    await pass();
    await ticketi.events.cancel({ eventId: eventId() });
    expect(await entry(ada.id)).toMatchObject({ state: 'ended', endedFor: 'cancelled' });
    expect(await entry(ben.id)).toMatchObject({ state: 'ended', endedFor: 'cancelled' });
    await sound();
  });

  test('tells of an offer that was bought, also when the event is cancelled before anybody looked', async () => {
    const [first] = await sellOut();
    const ada = await join('Ada');
    await free(first.id);
    await pass();
    const { offer } = await entry(ada.id);
    const { code } = await ticketi.waitlist.getOffer({ offerId: offer?.id ?? '' });
    const hold = await ticketi.as(anonymous).waitlist.claim({ code: code ?? '' });
    const order = await ticketi
      .as(guest(hold.accessToken))
      .orders.place({ holdId: hold.id, buyer: buyer('Ada') });
    await payInCash(ticketi, order);
    await ticketi.events.cancel({ eventId: eventId() });
    expect((await entry(ada.id)).state).toBe('accepted');
    const { items } = await ticketi.outbox.list({ organizerId: office.organizer.id, limit: 100 });
    const told = items.map(({ type }) => type).filter((type) => type.startsWith('waitlist.'));
    expect(told).toContain('waitlist.accepted');
    expect(told).not.toContain('waitlist.left');
    await sound();
  });

  test('is kept by holds that are changed, and not by what members sell or give away', async () => {
    const [first, second] = await sellOut();
    await join('Ada');
    await free(first.id);
    await expect(
      ticketi.as(guest(second.accessToken)).holds.change({ holdId: second.id, items: items(2) }),
    ).rejects.toMatchObject({ code: 'sold_out', details: { waiting: true } });
    const given = await ticketi.orders.giveAway({
      eventId: eventId(),
      items: items(1),
      recipient: buyer('Press'),
      reason: 'Press',
    });
    expect(given.state).toBe('paid');
    expect(await pass()).toEqual({ offered: 0, settled: 0, ended: 0 });
  });

  test('lets holds give back and grow elsewhere, however much is kept', async () => {
    const eventType = (name: string, poolId: string) =>
      ticketi.ticketTypes.create({ eventId: eventId(), name, price: 1000, draws: [{ poolId }] });
    const twin = await eventType('Twin', office.pool.id);
    const pool = await ticketi.pools.create({ eventId: eventId(), name: 'Yard', capacity: 9 });
    const yard = await eventType('Yard', pool.id);
    const [first, , both] = await sellOut();
    await ticketi.as(anonymous).waitlist.join({
      eventId: eventId(),
      ticketTypeIds: [typeId(), twin.id],
      buyer: buyer('Ada'),
    });
    // One is free, and two are kept: one for each of the types.
    await free(first.id);
    const theirs = ticketi.as(guest(both.accessToken)).holds;
    const change = (quantity: number, yards: number) =>
      theirs.change({
        holdId: both.id,
        items: [...items(quantity), ...(yards > 0 ? items(yards, yard.id) : [])],
      });
    expect(await change(2, 3)).toMatchObject({ items: [{ quantity: 2 }, { quantity: 3 }] });
    expect(await change(1, 4)).toMatchObject({ items: [{ quantity: 1 }, { quantity: 4 }] });
    expect(await change(1, 0)).toMatchObject({ items: [{ quantity: 1 }] });
    await sound();
  });

  test('lists and counts who waits for members', async () => {
    await sellOut();
    await join('Ada', { quantity: 2 });
    await join('Ben', { actor: user('the ben who waits') });
    const owner = ticketi.as(user(office.ownerId));
    const listed = await owner.waitlist.list({ eventId: eventId() });
    expect(listed.items.map(({ name }) => name)).toEqual(['Ben', 'Ada']);
    expect((await ticketi.as(user('the ben who waits')).waitlist.list({})).items).toHaveLength(1);
    expect(await owner.waitlist.statistics({ eventId: eventId() })).toEqual({
      eventId: eventId(),
      states: [{ state: 'waiting', entries: 2, tickets: 3 }],
      ticketTypes: [{ ticketTypeId: typeId(), entries: 2, tickets: 3 }],
    });
  });

  test('is worked off by the worker', async () => {
    const [first] = await sellOut();
    const ada = await join('Ada');
    await free(first.id);
    await ticketi.tick();
    expect((await entry(ada.id)).state).toBe('offered');
  });

  test('cannot be joined where nobody opened it, or for more than it allows', async () => {
    await sellOut();
    await expect(join('Ada', { quantity: 11 })).rejects.toMatchObject({ code: 'limit_exceeded' });
    await ticketi.waitlist.setPolicy({ eventId: eventId(), open: false });
    await expect(join('Ada')).rejects.toMatchObject({ code: 'waitlist_closed' });
    expect(await ticketi.as(anonymous).waitlist.getPolicy({ eventId: eventId() })).toMatchObject({
      open: false,
    });
    await aHold(ticketi, office).catch(() => undefined);
  });

  test('ends when no session is to come any more, and offers end when it begins', async () => {
    await sellOut();
    clock.advance({ minutes: 20 });
    const [, , both] = await sellOut();
    const ada = await join('Ada');
    const ben = await join('Ben');
    await free(both.id);
    const [session] = office.event.sessions;
    const start = Date.parse(session?.startsAt ?? '');
    const before = start - Date.parse(clock.now()) - 60 * 60_000;
    clock.advance({ seconds: Math.max(0, before / 1000) });
    await pass();
    expect((await entry(ada.id)).offer?.expiresAt).toBe(session?.startsAt);
    const other = await ticketi.as(user('carl')).waitlist.list({});
    expect(other.items).toEqual([]);
    clock.advance({ minutes: 61 });
    await pass();
    expect((await entry(ben.id)).state).not.toBe('waiting');
    await sound();
  });
});
