import { createTicketi, sandboxProvider, type Ticketi } from '@ticketi/core';
import { sqlite } from '@ticketi/storage/sqlite';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, aListing, aPaidOrder, type BoxOffice, testClock } from '../src/index.ts';
import { databases, secret, type TestBase, ticketiOn } from './support/databases.ts';

const anonymous = { type: 'anonymous' } as const;
const bob = { name: 'Bob', email: 'bob@example.com' };

describe.each(databases)('at the edges on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let other: Ticketi;
  let office: BoxOffice;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
    other = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi);
  });
  afterAll(async () => {
    await ticketi?.close();
    await other?.close();
    await base?.drop();
  });

  test('a scan id stands for one code', async () => {
    const { tickets } = await aPaidOrder(ticketi, office);
    const { code } = await ticketi.tickets.code({ ticketId: tickets[0]?.id ?? '' });
    const scan = { eventId: office.event.id, scanId: '7' };
    const first = await ticketi.checkin.scan({ ...scan, code });
    expect(first.admitted).toBe(true);
    expect(await ticketi.checkin.scan({ ...scan, code })).toEqual(first);
    await expect(ticketi.checkin.scan({ ...scan, code: 'FORGED' })).rejects.toMatchObject({
      code: 'scan_id_reused',
      kind: 'mismatch',
    });
  });

  test('a scan that is sent several times at once has one answer', async () => {
    const scan = { eventId: office.event.id, scanId: 'same', code: 'HELLO' };
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) => (at % 2 ? ticketi : other).checkin.scan(scan)),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  });

  test('a slug goes to one event of several that ask for it at once', async () => {
    const organizerId = office.organizer.id;
    const event = { organizerId, name: 'Twins', timezone: 'Europe/Berlin', currency: 'EUR' };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) => (at % 2 ? ticketi : other).events.create(event)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = outcomes.flatMap((own) => (own.status === 'rejected' ? [own.reason.code] : []));
    expect(new Set(codes)).toEqual(new Set(['slug_taken']));
  });

  test.each([
    ['a NUL', '["\\u0000"]'],
    ['no id', '["zzz"]'],
    ['too many keys', `["evt_${'0'.repeat(26)}","evt_${'0'.repeat(26)}"]`],
    ['no list', '{}'],
  ])('a cursor with %s is refused', async (_case, text) => {
    const cursor = Buffer.from(text).toString('base64url');
    await expect(ticketi.events.list({ cursor })).rejects.toMatchObject({ code: 'invalid_cursor' });
  });

  test('text that no database keeps is refused, the caller’s own name included', async () => {
    const named = ticketi.organizers.create({ name: 'a\0b' });
    await expect(named).rejects.toMatchObject({ code: 'invalid_input' });
    const nobody = ticketi.as({ type: 'user', id: 'a\0b' }).organizers.create({ name: 'Club' });
    await expect(nobody).rejects.toMatchObject({ code: 'invalid_actor' });
  });

  test.each(['0000-01-01T00:00Z', '0001-01-01T00:00', '9999-12-31T23:59-12:00'])(
    'a session at %s is refused',
    async (startsAt) => {
      const session = { eventId: office.event.id, startsAt, endsAt: '9999-12-31T23:59' };
      await expect(ticketi.sessions.add(session)).rejects.toMatchObject({ code: 'invalid_time' });
    },
  );

  test('a resale window is written with any offset, and kept in UTC', async () => {
    const eventId = office.event.id;
    const set = await ticketi.resale.setPolicy({ eventId, opensAt: '2027-07-10T20:00:00+02:00' });
    expect(set.opensAt).toBe('2027-07-10T18:00:00.000Z');
    const never = ticketi.resale.setPolicy({ eventId, closesAt: '2027-99-99T99:99:99.999Z' });
    await expect(never).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('a draft that is cancelled stays a secret', async () => {
    const organizerId = office.organizer.id;
    const draft = await ticketi.events.create({
      organizerId,
      name: 'Secret plan',
      timezone: 'Europe/Berlin',
      currency: 'EUR',
    });
    await ticketi.events.cancel({ eventId: draft.id });
    const seen = ticketi.as(anonymous).events.get({ eventId: draft.id });
    await expect(seen).rejects.toMatchObject({ code: 'not_found' });
    const listed = await ticketi.as(anonymous).events.list({ organizerId, state: 'cancelled' });
    expect(listed.items).toEqual([]);
  });

  test('listings of a private event are for its members', async () => {
    const eventId = office.event.id;
    const paid = await aPaidOrder(ticketi, office, { userId: 'seller' });
    const { id: listingId } = await aListing(ticketi, paid);
    await ticketi.events.update({ eventId, visibility: 'private' });
    const stranger = ticketi.as({ type: 'user', id: 'stranger' });
    const missing = { code: 'not_found' };
    await expect(stranger.resale.get({ listingId })).rejects.toMatchObject(missing);
    await expect(stranger.resale.reserve({ listingId })).rejects.toMatchObject(missing);
  });

  test('a purchase with a key goes on where its order was refused', async () => {
    const paid = await aPaidOrder(ticketi, office, { userId: 'seller' });
    const { id: listingId } = await aListing(ticketi, paid);
    const user = ticketi.as({ type: 'user', id: 'bob' });
    const key = { idempotencyKey: `buy-${listingId}` };
    const buy = (provider: string) =>
      user.resale.buy({ listingId, buyer: bob, payment: { provider } }, key);
    await expect(buy('nowhere')).rejects.toMatchObject({ code: 'unknown_provider' });
    expect(await buy('sandbox')).toMatchObject({ state: 'paid', kind: 'resale' });
  });

  test('kept answers hold no names that anybody could read', async () => {
    const user = ticketi.as({ type: 'user', id: 'eve' });
    const items = [{ ticketTypeId: office.standard.id, quantity: 1 }];
    const made = await user.holds.create({ eventId: office.event.id, items });
    const place = () =>
      user.orders.place(
        { holdId: made.id, buyer: { name: 'Eve Secretive', email: 'eve@example.com' } },
        { idempotencyKey: `place-${made.id}` },
      );
    const order = await place();
    const kept = (await base.contents()).get('idempotency') ?? [];
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.join()).not.toContain('Secretive');
    expect(await place()).toEqual(order);
  });

  test('a tracing hook that throws undoes nothing', async () => {
    const traced = await ticketiOn(base.storage(), clock, {
      trace: () => {
        throw new Error('no collector');
      },
    });
    const made = await traced.organizers.create({ name: 'Traced' });
    expect(await traced.organizers.get({ organizerId: made.id })).toEqual(made);
    await traced.close();
  });

  test('closing waits for what is under way', async () => {
    const closing = await ticketiOn(base.storage(), clock);
    const items = [{ ticketTypeId: office.standard.id, quantity: 1 }];
    const eventId = office.event.id;
    const holds = Array.from({ length: 20 }, () => closing.holds.create({ eventId, items }));
    await closing.close();
    expect(await Promise.all(holds)).toHaveLength(20);
    await expect(closing.organizers.create({ name: 'Too late' })).rejects.toThrow(/closed/);
  });
});

test('a purchase cannot run inside a transaction of the host', async () => {
  const database = new Database(':memory:');
  const storage = sqlite({ database });
  const ticketi = await createTicketi({
    storage,
    keys: { secret },
    payments: { sandbox: sandboxProvider() },
  });
  database.exec('BEGIN IMMEDIATE');
  const inside = ticketi.within(storage.join(database));
  const paid = inside.orders.pay({ orderId: `ord_${'0'.repeat(26)}` });
  await expect(paid).rejects.toMatchObject({ code: 'not_in_transaction' });
  database.exec('ROLLBACK');
  await ticketi.close();
});
