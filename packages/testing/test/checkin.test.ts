import type { Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aListing,
  aPaidOrder,
  type BoxOffice,
  type TestClock,
  testClock,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

describe.each(databases)('the door on %s', (_name, create) => {
  let base: TestBase;
  let clock: TestClock;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let eventId: string;

  beforeAll(async () => {
    base = await create();
    clock = testClock();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi, { capacity: 50 });
    eventId = office.event.id;
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  async function codesOf(quantity: number): Promise<{ id: string; code: string }[]> {
    const { tickets } = await aPaidOrder(ticketi, office, { quantity });
    return Promise.all(
      tickets.map(async ({ id }) => ({
        id,
        code: (await ticketi.tickets.code({ ticketId: id })).code,
      })),
    );
  }
  async function oneCode() {
    const [one] = await codesOf(1);
    if (one === undefined) throw new Error('A ticket was bought.');
    return one;
  }
  const scan = (code: string, more: object = {}) =>
    ticketi.checkin.scan({ eventId, code, ...more });

  test('without a list everybody comes in once, at any time', async () => {
    const { id, code } = await oneCode();
    expect(await scan(code, { gate: 'North' })).toMatchObject({
      admitted: true,
      listId: null,
      ticketId: id,
      counts: true,
    });
    const came = clock.now();
    clock.advance({ minutes: 1 });
    expect(await scan(code)).toMatchObject({
      reason: 'already_in',
      lastAdmittedAt: came,
      lastAdmittedGate: 'North',
    });
    expect(await ticketi.tickets.get({ ticketId: id })).toMatchObject({ checkedInAt: came });
  });

  test('lists count their entries apart, and the first one closes the ticket', async () => {
    const hall = await ticketi.checkinLists.create({ eventId, name: 'Hall', entries: 'unlimited' });
    expect(await ticketi.checkinLists.get({ listId: hall.id })).toEqual(hall);
    const { id, code } = await oneCode();
    // The only list need not be named.
    expect(await scan(code)).toMatchObject({ admitted: true, listId: hall.id });
    const lunch = await ticketi.checkinLists.create({ eventId, name: 'Lunch', gates: ['Kitchen'] });
    await expect(scan(code)).rejects.toMatchObject({
      code: 'checkin_list_not_named',
      details: { lists: [{ name: 'Hall' }, { name: 'Lunch' }] },
    });
    const came = clock.now();
    clock.advance({ minutes: 1 });
    const eat = { listId: lunch.id, gate: 'Kitchen' };
    expect(await scan(code, { listId: lunch.id })).toMatchObject({ reason: 'wrong_gate' });
    expect(await scan(code, eat)).toMatchObject({ admitted: true });
    expect(await scan(code, eat)).toMatchObject({ reason: 'already_in' });
    expect(await scan(code, { listId: hall.id })).toMatchObject({ admitted: true });
    expect(await ticketi.tickets.get({ ticketId: id })).toMatchObject({ checkedInAt: came });
    await ticketi.checkinLists.archive({ listId: lunch.id });
    await expect(scan(code, eat)).rejects.toMatchObject({ code: 'checkin_list_archived' });
    const { items } = await ticketi.checkinLists.list({ eventId });
    expect(items.map(({ name }) => name)).toEqual(['Hall']);
    expect((await ticketi.checkin.list({ eventId, listId: lunch.id })).items).toHaveLength(3);
  });

  test('with all lists archived nobody comes in, and a first list makes nobody come in anew', async () => {
    const { code } = await oneCode();
    const came = await scan(code);
    await expect(ticketi.checkinLists.create({ eventId, name: 'Late' })).rejects.toMatchObject({
      code: 'scanned_without_list',
      details: { eventId },
    });
    await ticketi.checkin.undo({ scanId: came.id, reason: 'A trial' });
    const list = await ticketi.checkinLists.create({ eventId, name: 'Hall' });
    expect(await scan(code)).toMatchObject({ admitted: true, listId: list.id });
    await ticketi.checkinLists.archive({ listId: list.id });
    const archived = { code: 'checkin_list_archived', details: { listId: list.id } };
    await expect(scan(code)).rejects.toMatchObject(archived);
    await expect(ticketi.checkin.bundle({ eventId })).rejects.toMatchObject(archived);
  });

  test('a ticket that is void admits nobody, also where the clock is behind that of who voided it', async () => {
    const { id, code } = await oneCode();
    const ahead = testClock(clock.now());
    ahead.advance({ seconds: 5 });
    const other = await ticketiOn(base.storage(), ahead);
    await other.tickets.void({ ticketId: id });
    await other.close();
    expect(await scan(code)).toMatchObject({ admitted: false, reason: 'revoked' });
  });

  test('whoever is inside with a ticket that is void is scanned out, and not in again', async () => {
    await ticketi.checkinLists.create({ eventId, name: 'Hall', exits: true, reentry: true });
    const { id, code } = await oneCode();
    await scan(code);
    await ticketi.tickets.void({ ticketId: id });
    expect(await scan(code, { direction: 'exit' })).toMatchObject({ admitted: true, reason: null });
    expect(await scan(code, { direction: 'exit' })).toMatchObject({ reason: 'not_inside' });
    expect(await scan(code)).toMatchObject({ reason: 'revoked' });
  });

  test('its times are those of the event’s zone, and ambiguous ones are refused', async () => {
    const list = await ticketi.checkinLists.create({
      eventId,
      name: 'Evening',
      opensAt: '2027-06-01T18:00',
    });
    expect(list.opensAt).toBe('2027-06-01T16:00:00.000Z');
    const night = { eventId, name: 'Night', opensAt: '2027-10-31T02:30' };
    await expect(ticketi.checkinLists.create(night)).rejects.toMatchObject({
      code: 'ambiguous_time',
    });
    const early = await oneCode();
    const before = { listId: list.id };
    if (clock.now() < '2027-06-01T16:00:00.000Z') {
      expect(await scan(early.code, before)).toMatchObject({
        reason: 'too_early',
        why: '2027-06-01T16:00:00.000Z',
      });
    }
    const strange = { eventId, name: 'Strange', ticketTypeIds: [`typ_${'0'.repeat(26)}`] };
    await expect(ticketi.checkinLists.create(strange)).rejects.toMatchObject({
      code: 'unknown_ticket_type',
    });
    const other = await aBoxOffice(ticketi, { ownerId: 'another' });
    const sessionIds = [other.event.sessions[0]?.id ?? ''];
    await expect(
      ticketi.checkinLists.update({ listId: list.id, sessionIds }),
    ).rejects.toMatchObject({ code: 'unknown_session' });
  });

  test('out and in again', async () => {
    await ticketi.checkinLists.create({ eventId, name: 'All', exits: true, reentry: true });
    const { code } = await oneCode();
    const exit = { direction: 'exit' };
    expect(await scan(code, exit)).toMatchObject({ reason: 'not_inside' });
    expect(await scan(code)).toMatchObject({ admitted: true });
    expect(await scan(code, exit)).toMatchObject({ admitted: true, direction: 'exit' });
    expect(await scan(code)).toMatchObject({ admitted: true });
    expect(await scan(code)).toMatchObject({ reason: 'already_in' });
    const { lists } = await ticketi.checkin.attendance({ eventId });
    expect(lists[0]).toMatchObject({
      expected: 1,
      admitted: 1,
      inside: 1,
      left: 0,
      gates: [{ gate: null, entries: 2, exits: 1 }],
    });
  });

  test('a batch has an answer for each of its scans, as if they came one after another', async () => {
    const [first, second] = await codesOf(2);
    const forged = `${first?.code.slice(0, -3)}000`;
    const answers = await Promise.all([
      scan(first?.code ?? '', { scanId: 'd/1' }),
      scan(first?.code ?? '', { scanId: 'd/2' }),
      scan(second?.code ?? '', { scanId: 'd/3' }),
      scan('HELLO', { scanId: 'd/4' }),
      scan(forged, { scanId: 'd/5' }),
      scan(first?.code ?? '', { scanId: 'd/1' }),
      scan(second?.code ?? '', { scanId: 'd/1' }).catch(({ code }: { code: string }) => code),
    ]);
    const reasons = answers.map((one) => (typeof one === 'string' ? one : one.reason));
    expect(reasons.slice(0, 4)).toEqual([null, 'already_in', null, 'unknown_code']);
    expect(['bad_signature', 'unknown_code']).toContain(reasons[4]);
    expect(answers[5]).toEqual(answers[0]);
    expect(answers[6]).toBe('scan_id_reused');
    const { items } = await ticketi.checkin.list({ eventId });
    expect(items).toHaveLength(5);
  });

  test('coming in takes the ticket off the market, also in a batch', async () => {
    const bought = await aPaidOrder(ticketi, office, { userId: 'seller' });
    const { id, state } = await aListing(ticketi, bought);
    expect(state).toBe('open');
    const { code } = await ticketi.tickets.code({ ticketId: bought.tickets[0]?.id ?? '' });
    const answers = await Promise.all([scan('NOTHING'), scan(code), scan(code)]);
    expect(answers.map(({ admitted }) => admitted)).toEqual([false, true, false]);
    expect(await ticketi.resale.get({ listingId: id })).toMatchObject({ state: 'withdrawn' });

    const reserved = await aPaidOrder(ticketi, office, { userId: 'seller' });
    const listing = await aListing(ticketi, reserved);
    await ticketi.resale.reserve({ listingId: listing.id });
    const shown = await ticketi.tickets.code({ ticketId: reserved.tickets[0]?.id ?? '' });
    const refused = await Promise.all([scan(shown.code), scan(shown.code)]);
    expect(refused.map(({ reason }) => reason)).toEqual(Array(2).fill('resale_in_progress'));
  });

  test('an undone scan never was: the place and its ticket are as before', async () => {
    await ticketi.checkinLists.create({ eventId, name: 'All', entries: 2 });
    const { id, code } = await oneCode();
    const first = await scan(code, { gate: 'North' });
    clock.advance({ minutes: 1 });
    const second = await scan(code, { gate: 'South' });
    expect(await scan(code)).toMatchObject({ reason: 'entries_used', lastAdmittedGate: 'South' });
    await ticketi.members.add({
      organizerId: office.organizer.id,
      userId: 'desk',
      role: 'box_office',
    });
    const desk = ticketi.as({ type: 'user', id: 'desk' });
    const undone = await desk.checkin.undo({ scanId: second.id, reason: 'Wrong person' });
    expect(undone).toMatchObject({
      admitted: true,
      counts: false,
      undoneBy: 'user:desk',
      undoReason: 'Wrong person',
    });
    expect(await desk.checkin.undo({ scanId: second.id, reason: 'Again' })).toEqual(undone);
    expect(await scan(code)).toMatchObject({ admitted: true });
    expect(await scan(code)).toMatchObject({ reason: 'entries_used' });
    await desk.checkin.undo({ scanId: first.id, reason: 'Wrong person' });
    const ticket = await ticketi.tickets.get({ ticketId: id });
    expect(ticket.checkedInAt).toBe(clock.now());
    const { items } = await ticketi.checkin.list({ eventId, ticketId: id });
    const last = items.find(({ counts }) => counts);
    await desk.checkin.undo({ scanId: last?.id ?? '', reason: 'Nobody came' });
    expect(await ticketi.tickets.get({ ticketId: id })).toMatchObject({ checkedInAt: null });
    const { lists } = await ticketi.checkin.attendance({ eventId });
    expect(lists[0]).toMatchObject({ expected: 1, admitted: 0, inside: 0 });
    await expect(
      desk.checkin.undo({ scanId: items[0]?.id ?? '', reason: 'Refused' }),
    ).rejects.toMatchObject({ code: 'scan_not_undoable' });
  });

  test('attendance counts by type and gate, and as a curve', async () => {
    const [a, b, c] = await codesOf(3);
    await aPaidOrder(ticketi, office, { items: [{ ticketTypeId: office.vip.id, quantity: 1 }] });
    // Steps begin at round times.
    const { now } = clock;
    const begun = Math.ceil(Date.parse(now()) / 900_000) * 900_000;
    clock.set(new Date(begun).toISOString());
    await scan(a?.code ?? '', { gate: 'North' });
    await scan(b?.code ?? '', { gate: 'South' });
    clock.advance({ minutes: 20 });
    await scan(c?.code ?? '', { gate: 'North' });
    await scan(c?.code ?? '', { gate: 'North' });
    const attendance = await ticketi.checkin.attendance({ eventId, bucketMinutes: 15 });
    const [list] = attendance.lists;
    expect(attendance.lists).toHaveLength(1);
    expect(list).toMatchObject({ listId: null, expected: 4, admitted: 3, inside: 3, left: 0 });
    expect(list?.types.map(({ name, expected, admitted }) => [name, expected, admitted])).toEqual(
      expect.arrayContaining([
        ['Standard', 3, 3],
        ['VIP', 1, 0],
      ]),
    );
    expect(list?.gates).toEqual([
      { gate: 'North', entries: 2, exits: 0 },
      { gate: 'South', entries: 1, exits: 0 },
    ]);
    expect(list?.curve).toEqual([
      { from: new Date(begun).toISOString(), entries: 2, exits: 0, inside: 2 },
      { from: new Date(begun + 900_000).toISOString(), entries: 1, exits: 0, inside: 3 },
    ]);
  });
});
