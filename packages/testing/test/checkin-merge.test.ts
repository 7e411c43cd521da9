import { operations, type Scan, type Ticketi } from '@ticketi/core';
import { createDoor, type DoorLog, type LogEntry } from '@ticketi/core/checkin-offline';
import { rotatingCode } from '@ticketi/core/verify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aListing,
  aPaidOrder,
  type Paid,
  type TestClock,
  testClock,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { dice } from './support/dice.ts';

const START = Date.parse('2027-06-01T12:00:00.000Z');
const at = (minute: number) => new Date(START + minute * 60_000).toISOString();

describe.each(databases)('doors without a connection, on %s', (_name, create) => {
  let base: TestBase;
  let clock: TestClock;
  let ticketi: Ticketi;

  beforeAll(async () => {
    base = await create();
    clock = testClock(at(0));
    ticketi = await ticketiOn(base.storage(), clock);
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  async function anEvent(quantity: number, rules: object = {}) {
    const office = await aBoxOffice(ticketi, { capacity: 50 });
    const eventId = office.event.id;
    const list = await ticketi.checkinLists.create({ eventId, name: 'All', ...rules });
    const { tickets } = await aPaidOrder(ticketi, office, { quantity });
    const codes = await Promise.all(
      tickets.map(async ({ id }) => (await ticketi.tickets.code({ ticketId: id })).code),
    );
    return { office, eventId, listId: list.id, tickets, codes };
  }

  test('a door decides as the server does, and keeps what it decided', async () => {
    const { eventId, listId, codes } = await anEvent(3, { gates: ['North'] });
    const [known = '', free = '', later = ''] = codes;
    await ticketi.checkin.scan({ eventId, code: known, gate: 'North' });
    const bundle = await ticketi.checkin.bundle({ eventId });
    expect(bundle.listId).toBe(listId);
    expect(JSON.stringify(bundle)).not.toContain('buyer');
    const door = createDoor({ bundle, deviceId: 'north' });
    const scan = (scanId: string, code: string, gate = 'North') =>
      door.scan({ scanId, code, gate, at: at(1) });
    expect(await scan('1', known)).toMatchObject({
      reason: 'already_in',
      lastAdmittedGate: 'North',
    });
    const [first, second] = await Promise.all([scan('2', free), scan('3', free)]);
    expect([first?.admitted, second?.reason]).toEqual([true, 'already_in']);
    expect(await scan('2', free)).toEqual(first);
    expect(await scan('4', later, 'South')).toMatchObject({ reason: 'wrong_gate', why: 'North' });
    expect(await scan('5', 'HELLO')).toMatchObject({ reason: 'unknown_code' });
    await expect(door.scan({ scanId: '6', code: later, at: bundle.expiresAt })).rejects.toThrow(
      RangeError,
    );
    // Started again, it still knows whom it let in.
    const again = createDoor({ bundle, deviceId: 'north', entries: door.log().entries });
    expect(again.log()).toEqual(door.log());
    expect(await again.scan({ scanId: '7', code: free, gate: 'North', at: at(2) })).toMatchObject({
      reason: 'already_in',
    });

    const log = { ...door.log(), entries: [...door.log().entries] };
    const merged = await ticketi.checkin.merge(log);
    expect(merged).toMatchObject({ added: 5, repeated: 0, doubles: [], findings: [] });
    expect(await ticketi.checkin.merge(log)).toMatchObject({ added: 0, repeated: 5 });
    expect(await ticketi.checkin.scan({ eventId, code: free, gate: 'North' })).toMatchObject({
      reason: 'already_in',
      // The device is ahead of the server, whose clock stands still.
      lastAdmittedAt: at(0),
    });
  });

  test('two doors that both let one code in are found out, whichever log comes first', async () => {
    const { eventId, codes, tickets } = await anEvent(1);
    const [code = ''] = codes;
    const bundle = await ticketi.checkin.bundle({ eventId });
    const [north, south] = ['north', 'south'].map((deviceId) => createDoor({ bundle, deviceId }));
    await north?.scan({ scanId: '1', code, at: at(5) });
    await south?.scan({ scanId: '1', code, at: at(4) });
    const merge = (door: typeof north) =>
      ticketi.checkin.merge({
        ...(door?.log() as DoorLog),
        entries: [...(door?.log().entries ?? [])],
      });
    expect((await merge(north)).doubles).toEqual([]);
    const { doubles } = await merge(south);
    expect(doubles).toMatchObject([
      {
        deviceId: 'north',
        scanId: 'north/1',
        admitted: true,
        counts: false,
        finding: 'already_in',
      },
    ]);
    expect((await merge(north)).doubles).toEqual(doubles);
    const ticket = await ticketi.tickets.get({ ticketId: tickets[0]?.id ?? '' });
    // The clock of the server stands at the beginning, and the devices' are ahead.
    expect(ticket.checkedInAt).toBe(at(0));
    const { lists } = await ticketi.checkin.attendance({ eventId });
    expect(lists[0]).toMatchObject({ admitted: 1, inside: 1, gates: [{ entries: 1 }] });
    // Taken back, the other one was right to let them in.
    const first = (await ticketi.checkin.list({ eventId })).items.find(({ counts }) => counts);
    await ticketi.checkin.undo({ scanId: first?.id ?? '', reason: 'Nobody came' });
    const { items } = await ticketi.checkin.list({ eventId });
    expect(items.map(({ deviceId, counts }) => [deviceId, counts]).sort()).toEqual([
      ['north', true],
      ['south', false],
    ]);
  });

  test('a code that was revoked meanwhile is found, and one sent twice is one', async () => {
    const { eventId, listId, codes, tickets } = await anEvent(2);
    const [voided = '', sent = ''] = codes;
    const bundle = await ticketi.checkin.bundle({ eventId });
    const door = createDoor({ bundle, deviceId: 'north' });
    await ticketi.tickets.void({ ticketId: tickets[0]?.id ?? '' });
    await door.scan({ scanId: '1', code: voided, at: at(1) });
    await door.scan({ scanId: '2', code: sent, at: at(1) });
    // The answer was lost, so the device decided by itself as well.
    await ticketi.checkin.scan({ eventId, listId, code: sent, scanId: 'north/2' });
    const merged = await ticketi.checkin.merge({ ...door.log(), entries: [...door.log().entries] });
    expect(merged).toMatchObject({
      added: 1,
      repeated: 1,
      doubles: [],
      findings: [{ scanId: 'north/1', admitted: true, counts: false, finding: 'revoked' }],
    });
    const forged = { scanId: '9', code: 'FORGED', at: at(1), admitted: true };
    const other = await ticketi.checkin.merge({
      eventId,
      listId,
      deviceId: 'x',
      entries: [forged],
    });
    expect(other.findings).toMatchObject([{ finding: 'unknown_code', counts: false }]);
    const ahead = { scanId: '10', code: 'X', at: at(999), admitted: false, reason: 'unknown_code' };
    expect(
      await ticketi.checkin.merge({
        eventId,
        listId,
        deviceId: 'x',
        entries: [{ ...ahead, reason: 'unknown_code' as const }],
      }),
    ).toMatchObject({ ahead: ['10'] });
    const clash = { ...forged, code: 'OTHER' };
    expect(
      await ticketi.checkin.merge({ eventId, listId, deviceId: 'x', entries: [clash] }),
    ).toMatchObject({ added: 0, clashing: ['9'] });
  });

  const logOf = (door: ReturnType<typeof createDoor>) => ({
    ...door.log(),
    entries: [...door.log().entries],
  });

  test('a key revoked, a policy switched, a door key renewed later: the visit stays', async () => {
    const { office, eventId, codes } = await anEvent(2);
    const [code = '', late = ''] = codes;
    const bundle = await ticketi.checkin.bundle({ eventId });
    const door = createDoor({ bundle, deviceId: 'north' });
    await door.scan({ scanId: '1', code, at: clock.now() });
    clock.advance({ minutes: 1 });
    await door.scan({ scanId: '2', code: late, at: clock.now() });
    await ticketi.tickets.setCodePolicy({ eventId, rotating: true, newDoorKey: true });
    const organizerId = office.organizer.id;
    const keyId = bundle.keys[0]?.kid ?? '';
    await ticketi.signingKeys.rotate({ organizerId });
    await ticketi.signingKeys.revoke({ keyId });
    const merged = await ticketi.checkin.merge(logOf(door));
    // What was let in after the key was revoked is found, and stays so when all is judged again.
    const finding = [{ scanId: 'north/2', counts: false, finding: 'key_revoked' }];
    expect(merged).toMatchObject({ added: 2, doubles: [], findings: finding });
    expect(await ticketi.checkin.merge(logOf(door))).toMatchObject({ added: 0, findings: finding });
    const { lists } = await ticketi.checkin.attendance({ eventId });
    expect(lists[0]).toMatchObject({ admitted: 1, inside: 1 });
    await ticketi.tickets.setCodePolicy({ eventId, rotating: false });
    const held = await ticketi.tickets.list({ eventId });
    const came = held.items.find(({ checkedInAt }) => checkedInAt !== null);
    const again = (await ticketi.tickets.code({ ticketId: came?.id ?? '' })).code;
    expect(await ticketi.checkin.scan({ eventId, code: again })).toMatchObject({
      reason: 'already_in',
    });
  });

  test('a log that names no list is of the only open one', async () => {
    const { eventId, listId, codes } = await anEvent(1);
    const entry = { scanId: '1', code: codes[0] ?? '', at: at(0), admitted: true };
    const log = { eventId, deviceId: 'x', entries: [entry] };
    expect(await ticketi.checkin.merge(log)).toMatchObject({ listId, added: 1 });
    const { id } = await ticketi.checkinLists.create({ eventId, name: 'Lunch' });
    await expect(ticketi.checkin.merge(log)).rejects.toMatchObject({
      code: 'checkin_list_not_named',
    });
    await ticketi.checkinLists.archive({ listId });
    expect(await ticketi.checkin.merge({ ...log, listId })).toMatchObject({ listId, repeated: 1 });
    await ticketi.checkinLists.archive({ listId: id });
    await expect(ticketi.checkin.merge(log)).rejects.toMatchObject({
      code: 'checkin_list_archived',
    });
  });

  test('what the server refused and the door let in is told', async () => {
    const { eventId, codes } = await anEvent(1);
    const [code = ''] = codes;
    await ticketi.checkin.scan({ eventId, code });
    await ticketi.checkin.scan({ eventId, code, scanId: 'x/1' });
    const entries = [{ scanId: '1', code, at: at(0), admitted: true }];
    expect(await ticketi.checkin.merge({ eventId, deviceId: 'x', entries })).toMatchObject({
      added: 0,
      repeated: 0,
      clashing: ['1'],
    });
  });

  test('a clock that is ahead changes nothing later, and the fact names nobody', async () => {
    const { office, eventId, codes, tickets } = await anEvent(1);
    const entries = [{ scanId: '1', code: codes[0] ?? '', at: at(60), admitted: true }];
    const log = { eventId, deviceId: 'x', entries };
    expect(await ticketi.checkin.merge(log)).toMatchObject({ ahead: ['1'], findings: [] });
    clock.advance({ minutes: 3 });
    await ticketi.tickets.void({ ticketId: tickets[0]?.id ?? '' });
    expect(await ticketi.checkin.merge(log)).toMatchObject({ repeated: 1, findings: [] });
    const copy = [{ scanId: '2', code: codes[0] ?? '', at: clock.now(), admitted: true }];
    const merged = await ticketi.checkin.merge({ ...log, entries: copy });
    expect(merged.findings).toMatchObject([{ scanId: 'x/2', finding: 'revoked' }]);
    const { items } = await ticketi.outbox.list({
      organizerId: office.organizer.id,
      type: 'checkin.merged',
    });
    const ids = merged.findings.map(({ id }) => id);
    expect(items.map(({ data }) => data)).toContainEqual({ ...merged, doubles: [], findings: ids });
  });

  test('a clock that is behind puts nobody before their ticket, and is told', async () => {
    const { eventId, codes, tickets } = await anEvent(2, { exits: true });
    const [ada = '', ben = ''] = codes;
    const since = clock.now();
    clock.advance({ minutes: 10 });
    const entry = (scanId: string, code: string, minute: string, exit = false) => ({
      scanId,
      code,
      direction: exit ? ('exit' as const) : ('entry' as const),
      at: `1970-01-01T00:${minute}:00.000Z`,
      admitted: true,
    });
    const log = { eventId, deviceId: 'x', entries: [entry('2', ada, '07', true)] };
    // By the device's clock she came first, and left then; its log comes in two parts.
    await ticketi.checkin.merge(log);
    const entries = [entry('1', ada, '05'), { ...entry('3', ben, '05'), at: clock.now() }];
    const merged = await ticketi.checkin.merge({ ...log, entries });
    expect(merged).toMatchObject({ behind: ['1'], ahead: [], doubles: [], findings: [] });
    expect(await ticketi.checkin.merge({ ...log, entries })).toMatchObject({ behind: ['1'] });
    const { presences } = await ticketi.checkin.bundle({ eventId });
    expect(presences.find(({ admissionId }) => admissionId === tickets[0]?.id)).toMatchObject({
      inside: false,
      firstAt: since,
      leftAt: since,
    });
    const { items } = await ticketi.checkin.list({ eventId });
    // What the device stated is kept.
    expect(items.map(({ at }) => at.slice(0, 4)).sort()).toEqual([
      '1970',
      '1970',
      since.slice(0, 4),
    ]);
    const { checkedInAt } = await ticketi.tickets.get({ ticketId: tickets[0]?.id ?? '' });
    expect(checkedInAt).toBe(since);
  });

  test('a clock that is behind puts no new code before the one that it replaced', async () => {
    const { eventId, codes, tickets } = await anEvent(1);
    clock.advance({ minutes: 1 });
    const next = await ticketi.tickets.reissue({ ticketId: tickets[0]?.id ?? '', reason: 'Lost' });
    const { code } = await ticketi.tickets.code({ ticketId: next.id });
    const scan = (scanId: string, text: string, year: string) => {
      const entry = { scanId, code: text, at: `${year}-01-01T00:00:00.000Z`, admitted: true };
      return ticketi.checkin.merge({ eventId, deviceId: 'x', entries: [entry] });
    };
    expect(await scan('1', code, '1969')).toMatchObject({ behind: ['1'], doubles: [] });
    // The old code was good before there was another: its scan was the first one.
    expect(await scan('2', codes[0] ?? '', '1970')).toMatchObject({
      behind: ['2'],
      findings: [],
      doubles: [{ scanId: 'x/1', counts: false }],
    });
  });

  test.each([
    ['reissued', 'already_in'],
    ['voided', 'revoked'],
  ] as const)(
    'a code %s between the visit and its log: who was in was in, and later it is %s',
    async (what, reason) => {
      const { eventId, codes, tickets } = await anEvent(1);
      const [ticketId = '', code = ''] = [tickets[0]?.id, codes[0]];
      clock.advance({ minutes: 1 });
      const came = clock.now();
      clock.advance({ minutes: 1 });
      const next =
        what === 'voided'
          ? await ticketi.tickets.void({ ticketId })
          : await ticketi.tickets.reissue({ ticketId, reason: 'Lost' });
      clock.advance({ minutes: 1 });
      const entry = { scanId: '1', code, at: came, admitted: true };
      const late = { ...entry, scanId: '2', at: clock.now() };
      const merge = (...entries: (typeof entry)[]) =>
        ticketi.checkin.merge({ eventId, deviceId: 'x', entries });
      expect(await merge(entry)).toMatchObject({ added: 1, doubles: [], findings: [] });
      const { lists } = await ticketi.checkin.attendance({ eventId });
      expect(lists[0]).toMatchObject({ admitted: 1, inside: 1 });
      // Stated after it was revoked, it does not count.
      expect(await merge(late)).toMatchObject({
        findings: [{ scanId: 'x/2', finding: 'revoked' }],
      });
      const shown =
        what === 'voided' ? code : (await ticketi.tickets.code({ ticketId: next.id })).code;
      expect(await ticketi.checkin.scan({ eventId, code: shown })).toMatchObject({ reason });
      if (what === 'reissued') {
        const { checkedInAt } = await ticketi.tickets.get({ ticketId: next.id });
        expect(checkedInAt).toBe(came);
      }
    },
  );

  test.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'a door that starts again with a newer bundle answers as the server does, seed %i',
    async (seed) => {
      const { below } = dice(seed);
      const { eventId, listId, codes } = await anEvent(4, rules[seed % rules.length]);
      const bundle = await ticketi.checkin.bundle({ eventId });
      const before = createDoor({ bundle, deviceId: 'north' });
      const direction = () => (below(3) === 0 ? ('exit' as const) : ('entry' as const));
      const anyCode = () => codes[below(codes.length)] ?? '';
      const some = 1 + below(12);
      for (let n = 0; n < some; n += 1) {
        clock.advance({ minutes: 1 });
        const shown = { code: anyCode(), direction: direction() };
        await before.scan({ ...shown, scanId: `${n}`, at: clock.now() });
        // The server answered the first one, and the device heard nothing.
        if (n === 0 && below(2) === 0) {
          await ticketi.checkin.scan({ ...shown, eventId, listId, scanId: 'north/0' });
        }
      }
      const log = logOf(before);
      const merged = below(some + 1);
      await ticketi.checkin.merge({ ...log, entries: log.entries.slice(0, merged) });
      const newer = await ticketi.checkin.bundle({ eventId });
      const door = createDoor({ bundle: newer, deviceId: 'north', entries: log.entries });
      expect(door.log()).toEqual(before.log());
      await ticketi.checkin.merge(log);
      const answers = { door: [] as unknown[], server: [] as unknown[] };
      for (let n = 0; n < 12; n += 1) {
        clock.advance({ minutes: 1 });
        const shown = { code: anyCode(), direction: direction() };
        const own = await door.scan({ ...shown, scanId: `later-${n}`, at: clock.now() });
        const its = await ticketi.checkin.scan({ ...shown, eventId, scanId: `north/later-${n}` });
        answers.door.push([shown, own.admitted, own.reason]);
        answers.server.push([shown, its.admitted, its.reason]);
      }
      expect(answers.door).toEqual(answers.server);
      // So its whole log says nothing new.
      const record = await recordOf(eventId, codes);
      const repeated = door.log().entries.length;
      expect(await ticketi.checkin.merge(logOf(door))).toMatchObject({ added: 0, repeated });
      expect(await recordOf(eventId, codes)).toEqual(record);
    },
  );

  test('a door counts what a newer bundle has not', async () => {
    const { eventId, codes } = await anEvent(2, { entries: 2 });
    const [ada = '', ben = ''] = codes;
    const first = createDoor({ bundle: await ticketi.checkin.bundle({ eventId }), deviceId: 'x' });
    for (const [n, code] of [ada, ben, ben].entries()) {
      await first.scan({ scanId: `${n}`, code, at: clock.now() });
    }
    const log = logOf(first);
    // Parts of it, in any order; of another device there is a scan of the same name.
    await ticketi.checkin.merge({ ...log, entries: log.entries.slice(2) });
    const others = { ...log, deviceId: 'y', entries: log.entries.slice(0, 1) };
    await ticketi.checkin.merge(others);
    const bundle = await ticketi.checkin.bundle({ eventId });
    expect(bundle.merged).toEqual([
      { deviceId: 'x', scanIds: ['2'] },
      { deviceId: 'y', scanIds: ['0'] },
    ]);
    const again = createDoor({ bundle, deviceId: 'x', entries: log.entries });
    const scan = (scanId: string, code: string) => again.scan({ scanId, code, at: clock.now() });
    // Ada came in at both doors, Ben twice at this one.
    expect(await scan('a', ada)).toMatchObject({ reason: 'entries_used' });
    expect(await scan('b', ben)).toMatchObject({ reason: 'entries_used' });
    expect(await scan('2', ben)).toMatchObject({ admitted: true });
  });

  describe('a visit with a ticket that is for sale', () => {
    async function onSale(quantity = 1) {
      const office = await aBoxOffice(ticketi, { capacity: 50 });
      const eventId = office.event.id;
      await ticketi.resale.setPolicy({ eventId, allowed: true });
      const seller = await aPaidOrder(ticketi, office, { quantity, userId: 'ada' });
      const [{ id: ticketId } = { id: '' }] = seller.tickets;
      const { code } = await ticketi.tickets.code({ ticketId });
      const merge = () => {
        const entries = [{ scanId: '1', code, at: clock.now(), admitted: true }];
        return ticketi.checkin.merge({ eventId, deviceId: 'x', entries });
      };
      return { seller, eventId, merge };
    }
    const listed = (seller: Paid) => aListing(ticketi, seller);
    const stateOf = async (listingId: string) => (await ticketi.resale.get({ listingId })).state;

    test('takes it off the market for good, also while somebody has it reserved', async () => {
      const { seller, merge } = await onSale();
      const { id: listingId } = await listed(seller);
      const ben = ticketi.as({ type: 'user', id: 'ben' });
      const hold = await ben.resale.reserve({ listingId });
      const buyer = { name: 'Ben', email: 'ben@example.com' };
      const order = await ben.orders.place({ holdId: hold.id, buyer });
      const begun = await ben.payments.begin({ orderId: order.id, provider: 'sandbox' });
      expect(await merge()).toMatchObject({ added: 1, findings: [] });
      expect(await stateOf(listingId)).toBe('withdrawn');
      // Who was just paying for it gets their money back.
      const result = { state: 'succeeded', providerRef: 'ch', amount: order.total } as const;
      const { refund } = await ticketi.payments.record({
        paymentId: begun.id,
        result: { ...result, currency: 'EUR' },
      });
      expect(refund?.amount).toBe(order.total);
      clock.advance({ minutes: 60 });
      await expect(ticketi.resale.reserve({ listingId })).rejects.toMatchObject({
        code: 'listing_closed',
        details: { state: 'withdrawn' },
      });
    });

    test('takes all off that are sold together with it only', async () => {
      const { seller, eventId, merge } = await onSale(3);
      const { listings } = await ticketi.as(seller.actor).resale.listGroup({
        ticketIds: seller.tickets.map(({ id }) => id),
        price: 3000,
        sold: 'whole',
      });
      await ticketi.resale.reserve({ listingId: listings[1]?.id ?? '', whole: true });
      await merge();
      clock.advance({ minutes: 60 });
      expect((await ticketi.resale.browse({ eventId })).items).toEqual([]);
      const states = await Promise.all(listings.map(({ id }) => stateOf(id)));
      expect(states).toEqual(Array(3).fill('withdrawn'));
    });
  });

  describe('a door that starts again with what was never merged', () => {
    const day = 24 * 60;

    /** Passes of one ticket at the door, online where the door hears nothing of it; then the door starts again. */
    async function startedAgain(
      rules: object,
      passes: readonly { after: number; exit?: boolean; online?: boolean }[],
    ) {
      const { eventId, codes } = await anEvent(1, rules);
      const [code = ''] = codes;
      const bundle = await ticketi.checkin.bundle({ eventId, hours: 168 });
      const door = createDoor({ bundle, deviceId: 'north' });
      for (const [n, { after, exit, online }] of passes.entries()) {
        clock.advance({ minutes: after });
        const shown = { code, direction: exit ? ('exit' as const) : ('entry' as const) };
        const { admitted } = online
          ? await ticketi.checkin.scan({ ...shown, eventId })
          : await door.scan({ ...shown, scanId: `${n}`, at: clock.now() });
        expect(admitted).toBe(true);
      }
      clock.advance({ minutes: 1 });
      const newer = await ticketi.checkin.bundle({ eventId });
      const again = createDoor({ bundle: newer, ...logOf(door) });
      return again.scan({ scanId: 'later', code, at: clock.now() });
    }

    test.each([
      [
        'a day ago leaves the entry of today used',
        { entries: 'once_a_day' },
        [{ after: 1 }, { after: day, online: true }],
        'already_in',
      ],
      [
        'an exit before the entry that the bundle has leaves who came in inside',
        { exits: true, reentry: true },
        [{ after: 1 }, { after: 5, exit: true }, { after: 5, online: true }],
        'already_in',
      ],
      [
        'an entry before the exit that the bundle has was one of several',
        { entries: 2, exits: true },
        [{ after: 1 }, { after: 1, online: true }, { after: 1, exit: true, online: true }],
        'entries_used',
      ],
      [
        'an exit after the entry that the bundle has lets out',
        { exits: true, reentry: true },
        [{ after: 1 }, { after: 1, online: true }, { after: 1, exit: true }],
        null,
      ],
    ] as const)('%s', async (_name, rules, passes, reason) => {
      expect(await startedAgain(rules, passes)).toMatchObject({ reason });
    });

    test('counts nobody whose scan was merged without a list and taken back', async () => {
      const office = await aBoxOffice(ticketi, { capacity: 50 });
      const eventId = office.event.id;
      const { tickets } = await aPaidOrder(ticketi, office, { quantity: 1 });
      const { code } = await ticketi.tickets.code({ ticketId: tickets[0]?.id ?? '' });
      const bundle = await ticketi.checkin.bundle({ eventId });
      const door = createDoor({ bundle, deviceId: 'north' });
      await door.scan({ scanId: '1', code, at: clock.now() });
      await ticketi.checkin.merge(logOf(door));
      const [scan] = (await ticketi.checkin.list({ eventId })).items;
      await ticketi.checkin.undo({ scanId: scan?.id ?? '', reason: 'Too early' });
      await ticketi.checkinLists.create({ eventId, name: 'All' });
      const newer = await ticketi.checkin.bundle({ eventId });
      expect(newer.merged).toEqual([{ deviceId: 'north', scanIds: ['1'] }]);
      const again = createDoor({ bundle: newer, ...logOf(door) });
      const later = { scanId: '2', code, at: clock.now() };
      expect(await again.scan(later)).toMatchObject({ admitted: true });
      expect(await ticketi.checkin.merge(logOf(again))).toMatchObject({ added: 1, findings: [] });
    });

    test.each([
      'a key is revoked',
      'codes begin to rotate',
      'the door key is renewed',
      'the code is reissued',
    ] as const)('still knows whom it let in when %s', async (what) => {
      const { office, eventId, tickets } = await anEvent(1);
      let ticketId = tickets[0]?.id ?? '';
      const codeNow = async () => {
        const { code, rotating } = await ticketi.tickets.code({ ticketId });
        const now = Date.parse(clock.now());
        if (rotating === null) return code;
        return (await rotatingCode({ code, secret: rotating.secret }, { now })).code;
      };
      const renews = what === 'the door key is renewed';
      if (renews) await ticketi.tickets.setCodePolicy({ eventId, rotating: true });
      const bundle = await ticketi.checkin.bundle({ eventId });
      const door = createDoor({ bundle, deviceId: 'north' });
      const first = { scanId: '1', code: await codeNow(), at: clock.now() };
      expect(await door.scan(first)).toMatchObject({ admitted: true });
      clock.advance({ minutes: 1 });
      if (what === 'a key is revoked') {
        const organizerId = office.organizer.id;
        await ticketi.signingKeys.rotate({ organizerId });
        await ticketi.signingKeys.revoke({ keyId: bundle.keys[0]?.kid ?? '' });
      } else if (what === 'the code is reissued') {
        ticketId = (await ticketi.tickets.reissue({ ticketId, reason: 'Lost' })).id;
      } else {
        await ticketi.tickets.setCodePolicy({ eventId, rotating: true, newDoorKey: renews });
      }
      const newer = await ticketi.checkin.bundle({ eventId });
      const again = createDoor({ bundle: newer, ...logOf(door) });
      const later = { scanId: '2', code: await codeNow(), at: clock.now() };
      expect(await again.scan(later)).toMatchObject({
        reason: 'already_in',
        lastAdmittedAt: first.at,
      });
      expect(await again.scan(first)).toMatchObject({ admitted: true });
    });
  });

  test('a bundle that a device kept from before names nothing that was merged', async () => {
    const { eventId, codes } = await anEvent(1);
    const { merged: _none, ...bundle } = await ticketi.checkin.bundle({ eventId });
    const door = createDoor({ bundle, deviceId: 'north' });
    const scan = { scanId: '1', code: codes[0] ?? '', at: clock.now() };
    expect(await door.scan(scan)).toMatchObject({ admitted: true });
    expect(operations.checkin.bundle.output.parse(bundle).merged).toEqual([]);
  });

  interface Shown {
    readonly device: string;
    readonly scanId: string;
    readonly ticket: number;
    readonly minute: number;
    readonly exit: boolean;
    readonly refused: boolean;
  }

  const rules: readonly object[] = [
    {},
    { entries: 2 },
    { exits: true },
    { exits: true, reentry: true },
    { entries: 'unlimited', exits: true },
  ];

  test.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'any order, split and repetition of logs gives the same record, seed %i',
    async (seed) => {
      const { below } = dice(seed);
      const shown = Array.from(
        { length: 1 + below(12) },
        (_, index): Shown => ({
          device: ['a', 'b', 'c'][below(3)] ?? 'a',
          scanId: `${index}`,
          ticket: below(3),
          // Of seven minutes the first two are before there were tickets, the last two to come.
          minute: below(7),
          exit: below(3) === 0,
          refused: below(5) === 0,
        }),
      );
      const online = Array.from({ length: below(3) }, () => below(3));
      const records: Record[] = [];
      const events = [
        await anEvent(3, rules[seed % rules.length]),
        await anEvent(3, rules[seed % rules.length]),
      ];
      clock.advance({ minutes: 3 });
      const from = Date.parse(clock.now()) - 5 * 60_000;
      for (const [index, parts] of [inOneGo(shown), shuffledParts(shown, below)].entries()) {
        const { eventId, listId, codes } = events[index] ?? (await anEvent(3));
        for (const ticket of online) {
          await ticketi.checkin.scan({ eventId, listId, code: codes[ticket] ?? '' });
        }
        let doubles: readonly Scan[] = [];
        for (const { device, part } of parts) {
          const entries = part.map((scan) => entryOf(scan, codes, from));
          const merge = { eventId, listId, deviceId: device, entries };
          doubles = (await ticketi.checkin.merge(merge)).doubles;
        }
        // All of it once more, so that the report is of all places.
        for (const { device, part } of inOneGo(shown)) {
          const entries = part.map((scan) => entryOf(scan, codes, from));
          const merge = { eventId, listId, deviceId: device, entries };
          const again = await ticketi.checkin.merge(merge);
          expect(again.added).toBe(0);
          doubles = [...doubles, ...again.doubles];
        }
        const record = await recordOf(eventId, codes);
        // A door let them in, and they do not count: each is reported, and no other.
        const reported = new Set(doubles.map(({ id }) => id));
        expect(reported.size).toBe(record.doubles);
        records.push(record);
      }
      expect(records[1]).toEqual(records[0]);
    },
  );

  type Record = Awaited<ReturnType<typeof recordOf>>;

  function entryOf(scan: Shown, codes: readonly string[], from: number) {
    const { scanId, ticket, minute, exit, refused } = scan;
    const entry: LogEntry = {
      scanId,
      code: codes[ticket] ?? '',
      direction: exit ? 'exit' : 'entry',
      gate: null,
      at: new Date(from + minute * 60_000).toISOString(),
      admitted: !refused,
      reason: refused ? 'already_in' : null,
      why: null,
    };
    return entry;
  }

  function inOneGo(entries: readonly Shown[]) {
    return [...Map.groupBy(entries, ({ device }) => device)].map(([device, part]) => ({
      device,
      part,
    }));
  }

  function shuffledParts(entries: readonly Shown[], below: (sides: number) => number) {
    const twice = [...entries, ...entries.filter(() => below(2) === 0)];
    const order = twice.map((entry) => ({ entry, key: below(1_000_000) }));
    order.sort((a, b) => a.key - b.key);
    const parts: { device: string; part: Shown[] }[] = [];
    for (const { entry } of order) {
      const last = parts.at(-1);
      if (last !== undefined && last.device === entry.device && below(2) === 0)
        last.part.push(entry);
      else parts.push({ device: entry.device, part: [entry] });
    }
    return parts;
  }

  /** All that is kept of an event's door, without what each run names by itself. */
  async function recordOf(eventId: string, codes: readonly string[]) {
    const { items } = await ticketi.checkin.list({ eventId, limit: 100 });
    const { items: tickets } = await ticketi.tickets.list({ eventId });
    const byId = new Map(tickets.toReversed().map((ticket, index) => [ticket.id, index]));
    const { presences } = await ticketi.checkin.bundle({ eventId });
    const attendance = await ticketi.checkin.attendance({ eventId, bucketMinutes: 1 });
    const scans = items.map(
      ({ scanId, deviceId, ticketId, at, direction, admitted, reason, counts, finding }: Scan) =>
        JSON.stringify([
          scanId,
          deviceId,
          byId.get(ticketId ?? ''),
          at,
          direction,
          admitted,
          reason,
          counts,
          finding,
        ]),
    );
    const doubles = items.filter(
      ({ admitted, counts, direction, ticketId }) =>
        admitted && !counts && direction === 'entry' && ticketId !== null,
    );
    return {
      codes: codes.length,
      doubles: doubles.length,
      scans: scans.sort(),
      presences: presences
        .map(({ admissionId, ...rest }) => JSON.stringify([byId.get(admissionId), rest]))
        .sort(),
      checkedIn: tickets.toReversed().map(({ checkedInAt }) => checkedInAt),
      lists: attendance.lists.map(({ admitted, inside, gates, curve }) => ({
        admitted,
        inside,
        gates,
        curve,
      })),
    };
  }
});
