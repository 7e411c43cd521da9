import type { IdempotencyRecord, Storage } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type TestStorage } from './support/databases.ts';
import * as sample from './support/records.ts';
import { eventId, idOf, later, now, organizerId } from './support/records.ts';

const otherEventId = idOf('evt', 2);
const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

describe.each(databases)('what is special to a room on %s', (_name, create) => {
  let made: TestStorage;
  let storage: Storage;
  beforeAll(async () => {
    made = await create();
    storage = made.storage;
    await storage.write(async (tx) => {
      await sample.seed(tx);
      await tx.events.events.insert([{ ...sample.event, id: otherEventId, slug: 'other' }]);
      await tx.inventory.holds.insert([1, 2, 3, 4].map((n) => sample.hold(n)));
      await tx.orders.orders.insert([
        sample.order(1, sample.paid),
        sample.order(2, { expiresAt: later }),
        sample.order(3, { expiresAt: now }),
      ]);
      await tx.tickets.tickets.insert([sample.ticket(1), sample.ticket(2)]);
    });
  });
  afterAll(() => made.drop());

  test('organizers: members by user and by role, and out again', async () => {
    const members = [
      sample.member,
      { ...sample.member, id: idOf('mbr', 2), userId: 'u_2', role: 'scanner' as const },
    ];
    await storage.write(async ({ organizers }) => {
      await organizers.members.insert(members);
      expect(await organizers.members.findByUser(organizerId, 'u_2')).toEqual(members[1]);
      expect(await organizers.members.findByUser('nobody', 'u_2')).toBeUndefined();
      expect(await organizers.members.ofUser('u_1')).toEqual([members[0]]);
      expect(await organizers.members.count(organizerId, 'owner')).toBe(1);
      await organizers.members.remove(ids(members));
      expect(await organizers.members.count(organizerId, 'owner')).toBe(0);
    });
  });

  test('organizers: a user is a member once', async () => {
    const twice = storage.write(({ organizers }) =>
      organizers.members.insert([sample.member, { ...sample.member, id: idOf('mbr', 9) }]),
    );
    await expect(twice).rejects.toThrow(/unique/i);
  });

  test('organizers: signing keys, newest first', async () => {
    const retired = { ...sample.signingKey, id: idOf('key', 2), retiredAt: now };
    await storage.write(async ({ organizers }) => {
      await organizers.signingKeys.insert([sample.signingKey, retired]);
      expect(await organizers.signingKeys.ofOrganizer(organizerId)).toEqual([
        retired,
        sample.signingKey,
      ]);
    });
  });

  test('events: by slug, which an organizer has once', async () => {
    const { events } = await storage.read(async (tx) => ({
      events: [
        await tx.events.events.findBySlug(organizerId, 'summer-fest'),
        await tx.events.events.findBySlug('nobody', 'summer-fest'),
      ],
    }));
    expect(events).toEqual([sample.event, undefined]);
  });

  test('events: sessions by start, ticket types and pools by age', async () => {
    await storage.write(async ({ events, inventory }) => {
      const session = (n: number, startsAt: string, of = eventId) => ({
        ...sample.session,
        id: idOf('ses', n),
        eventId: of,
        startsAt,
      });
      await events.sessions.insert([
        session(1, '2027-08-02T10:00:00.000Z'),
        session(2, '2027-08-01T10:00:00.000Z'),
        session(3, '2027-08-01T10:00:00.000Z', otherEventId),
      ]);
      expect(ids(await events.sessions.ofEvents([eventId, otherEventId]))).toEqual([
        idOf('ses', 2),
        idOf('ses', 3),
        idOf('ses', 1),
      ]);
      expect(await events.sessions.ofEvents([])).toEqual([]);
      const types = [2, 1].map((n) => ({ ...sample.ticketType, id: idOf('typ', n) }));
      await events.ticketTypes.insert(types);
      expect(await events.ticketTypes.ofEvent(eventId)).toEqual(types.reverse());
      const pools = [2, 1].map((n) => ({ ...sample.pool, id: idOf('pol', n) }));
      await inventory.pools.insert(pools);
      expect(await inventory.pools.ofEvent(eventId)).toEqual(pools.reverse());
    });
  });

  test('pricing: codes by their keys, and the fees of an event by their names', async () => {
    await storage.write(async ({ pricing }) => {
      await pricing.codes.insert([
        sample.code,
        { ...sample.code, id: idOf('cod', 2), codeKey: 'LATE' },
        { ...sample.code, id: idOf('cod', 3), eventId: otherEventId },
      ]);
      const found = await pricing.codes.findByKeys(eventId, ['LATE', 'NONE', 'EARLY']);
      expect(ids(found)).toEqual([idOf('cod', 1), idOf('cod', 2)]);
      expect(await pricing.codes.findByKeys(eventId, [])).toEqual([]);
      await pricing.fees.insert([sample.fee]);
      expect(await pricing.fees.ofEvent(eventId)).toEqual([sample.fee]);
      expect(await pricing.fees.ofEvent(otherEventId)).toEqual([]);
    });
    const again = storage.write(({ pricing }) =>
      pricing.fees.insert([{ ...sample.fee, id: idOf('fee', 2) }]),
    );
    await expect(again).rejects.toThrow(/unique/i);
  });

  test('orders: by hold, waiting, and overdue', async () => {
    await storage.read(async ({ orders }) => {
      expect(await orders.orders.findByHold(idOf('hld', 2))).toMatchObject({ id: idOf('ord', 2) });
      expect(await orders.orders.findByHold(idOf('hld', 4))).toBeUndefined();
      expect(ids(await orders.orders.pendingOfEvent(eventId))).toEqual([
        idOf('ord', 2),
        idOf('ord', 3),
      ]);
      expect(await orders.orders.pendingOfEvent(otherEventId)).toEqual([]);
      expect(ids(await orders.orders.overdue(now, 10))).toEqual([idOf('ord', 3)]);
      expect(ids(await orders.orders.overdue(later, 10))).toEqual([idOf('ord', 3), idOf('ord', 2)]);
      expect(ids(await orders.orders.overdue(later, 1))).toEqual([idOf('ord', 3)]);
    });
  });

  test('orders: a hold becomes one at most', async () => {
    const again = storage.write(({ orders }) =>
      orders.orders.insert([sample.order(4, { holdId: idOf('hld', 1) })]),
    );
    await expect(again).rejects.toThrow(/unique/i);
  });

  test('payments: of orders, unsettled since, and refunds to be carried out', async () => {
    const early = '2027-07-10T17:00:00.000Z';
    await storage.write(async ({ payments: { payments, refunds } }) => {
      await payments.insert([
        sample.payment(1, { createdAt: early, state: 'pending' }),
        sample.payment(2, { createdAt: early, state: 'succeeded', settledAt: now }),
        sample.payment(3, { createdAt: now }),
        sample.payment(4, { createdAt: '2027-07-10T16:00:00.000Z', state: 'requires_action' }),
        sample.payment(5, { orderId: idOf('ord', 2) }),
      ]);
      expect(ids(await payments.ofOrders([idOf('ord', 1)]))).toEqual(
        [4, 3, 2, 1].map((n) => idOf('pay', n)),
      );
      expect(await payments.ofOrders([])).toEqual([]);
      const unsettled = (limit: number, after?: string) => ({
        before: now,
        providers: [sample.payment(1).provider],
        after,
        limit,
      });
      expect(ids(await payments.unsettled(unsettled(10)))).toEqual([
        idOf('pay', 4),
        idOf('pay', 1),
      ]);
      expect(ids(await payments.unsettled(unsettled(1)))).toEqual([idOf('pay', 4)]);
      expect(ids(await payments.unsettled(unsettled(1, idOf('pay', 4))))).toEqual([idOf('pay', 1)]);
      expect(await payments.unsettled({ ...unsettled(10), providers: ['another'] })).toEqual([]);

      await refunds.insert([
        sample.refund(2),
        sample.refund(1),
        sample.refund(3, { state: 'succeeded', settledAt: now }),
      ]);
      const providers = [sample.payment(1).provider];
      const due = { now, providers, after: undefined, limit: 10 };
      expect(ids(await refunds.due(due))).toEqual([idOf('ref', 1), idOf('ref', 2)]);
      expect(ids(await refunds.due({ ...due, limit: 1 }))).toEqual([idOf('ref', 1)]);
      const [first] = await refunds.due({ ...due, limit: 1 });
      expect(ids(await refunds.due({ ...due, after: first }))).toEqual([idOf('ref', 2)]);
      expect(await refunds.due({ ...due, now: early })).toEqual([]);
      expect(await refunds.due({ ...due, providers: ['another'] })).toEqual([]);
      expect(ids(await refunds.ofOrder(idOf('ord', 1)))).toEqual(
        [1, 2, 3].map((n) => idOf('ref', n)),
      );
    });
  });

  test('payments: unwanted, settled since, and by the name of the provider', async () => {
    await storage.write(async ({ orders, inventory, payments: { payments, refunds } }) => {
      await inventory.holds.insert([sample.hold(8), sample.hold(9)]);
      const ended = { state: 'cancelled', cancelledAt: now } as const;
      await orders.orders.insert([sample.order(8, ended), sample.order(9, { expiresAt: later })]);
      const [over, open] = [idOf('ord', 8), idOf('ord', 9)];
      await payments.insert([
        sample.payment(81, { orderId: over, provider: 'bank', state: 'pending' }),
        sample.payment(91, { orderId: open, provider: 'bank', state: 'pending' }),
        sample.payment(92, { orderId: open, provider: 'bank', cancelRequestedAt: now }),
        sample.payment(93, {
          orderId: open,
          provider: 'bank',
          state: 'succeeded',
          settledAt: now,
          providerRef: 'ch_93',
        }),
        sample.payment(94, {
          orderId: open,
          provider: 'bank',
          state: 'succeeded',
          settledAt: later,
          providerRef: 'ch_94',
        }),
      ]);
      const bank = { providers: ['bank'], before: '2099-01-01T00:00:00.000Z', limit: 9 };
      const unwanted = (unwantedSince: string) =>
        payments.unsettled({ ...bank, after: undefined, unwantedSince });
      expect(ids(await unwanted(now))).toEqual([81, 92].map((n) => idOf('pay', n)));
      expect(ids(await unwanted(later))).toEqual([81, 91, 92].map((n) => idOf('pay', n)));

      const settled = { provider: 'bank', since: now, after: undefined, limit: 9 };
      expect(ids(await payments.settledSince(settled))).toEqual([idOf('pay', 93), idOf('pay', 94)]);
      expect(ids(await payments.settledSince({ ...settled, since: later }))).toHaveLength(1);
      const rest = { ...settled, after: idOf('pay', 93) };
      expect(ids(await payments.settledSince(rest))).toEqual([idOf('pay', 94)]);

      expect((await payments.findByRef('bank', 'ch_93'))?.id).toBe(idOf('pay', 93));
      expect(await payments.findByRef('another', 'ch_93')).toBeUndefined();
      const place = { orderId: open, paymentId: idOf('pay', 93) };
      await refunds.insert([sample.refund(9, { ...place, providerRef: 're_9' })]);
      expect((await refunds.findByRef('bank', 're_9'))?.id).toBe(idOf('ref', 9));
      expect(await refunds.findByRef('another', 're_9')).toBeUndefined();
    });
  });

  test('payments: a message and a discrepancy are kept once', async () => {
    await storage.write(async ({ payments: { messages, discrepancies } }) => {
      const message = {
        id: 'bank:evt_1',
        about: 'payment',
        subject: null,
        outcome: 'unmatched',
        at: now,
        receivedAt: later,
      } as const;
      expect(await messages.insert(message)).toBe(true);
      expect(await messages.insert({ ...message, outcome: 'recorded' })).toBe(false);
      expect(await messages.find('bank:evt_1')).toEqual(message);
      expect(await messages.find('bank:evt_2')).toBeUndefined();
      const found = sample.discrepancy(1);
      expect(await discrepancies.note(found)).toBe(true);
      expect(await discrepancies.note({ ...found, id: idOf('dcp', 2) })).toBe(false);
      expect(await discrepancies.note({ ...found, id: idOf('dcp', 3), kind: 'disputed' })).toBe(
        true,
      );
      const resolved = { ...found, resolvedAt: now, resolution: 'Seen.' };
      await discrepancies.save(resolved, found);
      const page = { limit: 9, after: undefined };
      const listed = async (state: 'open' | 'resolved') =>
        ids((await discrepancies.list({ state }, page)).items);
      expect(await listed('open')).toEqual([idOf('dcp', 3)]);
      expect(await listed('resolved')).toEqual([idOf('dcp', 1)]);
    });
  });

  test('tickets: one valid one for a place', async () => {
    const second = sample.ticket(3, { admissionId: idOf('tkt', 1) });
    const insert = () => storage.write(({ tickets }) => tickets.tickets.insert([second]));
    await expect(insert()).rejects.toThrow(/unique/i);
    await storage.write(async ({ tickets }) => {
      const [was] = await tickets.tickets.findForUpdate([idOf('tkt', 1)]);
      if (was?.state !== 'valid') throw new Error('no ticket');
      await tickets.tickets.save({ ...was, ...sample.voided }, was);
    });
    await insert();
  });

  test('tickets: a place has its holders in order', async () => {
    await storage.write(async ({ tickets }) => {
      await tickets.custody.insert([
        sample.custody(2, { ticketId: idOf('tkt', 3), kind: 'resold' }),
        sample.custody(1),
      ]);
      await tickets.custody.insert([]);
      const links = await tickets.custody.ofAdmission(idOf('tkt', 1));
      expect(links).toEqual([
        sample.custody(1),
        sample.custody(2, { ticketId: idOf('tkt', 3), kind: 'resold' }),
      ]);
    });
  });

  test('checkin: a device\u2019s scan is known again, and recorded once', async () => {
    const insert = (n: number, scanId: string | null) =>
      storage.write(({ checkin }) => checkin.scans.insert([sample.scan(n, { scanId })]));
    await insert(1, 'device-1');
    await insert(2, null);
    await insert(3, null);
    await expect(insert(4, 'device-1')).rejects.toMatchObject({ code: 'conflict' });
    await storage.read(async ({ checkin }) => {
      expect(await checkin.scans.findByScanId(eventId, 'device-1')).toMatchObject({
        id: idOf('scn', 1),
      });
      expect(await checkin.scans.findByScanId(otherEventId, 'device-1')).toBeUndefined();
    });
  });

  test('resale: a ticket has one open listing', async () => {
    const insert = (n: number) =>
      storage.write(({ resale }) =>
        resale.listings.insert([sample.listing(n, { ticketId: idOf('tkt', 2) })]),
      );
    await insert(1);
    await expect(insert(2)).rejects.toThrow(/unique/i);
    await storage.write(async ({ resale }) => {
      const was = await resale.listings.openOfTicket(idOf('tkt', 2));
      if (was?.state !== 'open') throw new Error('no listing');
      expect(await resale.listings.openOfEvent(eventId)).toEqual([was]);
      await resale.listings.save({ ...was, state: 'withdrawn', closedAt: now }, was);
      expect(await resale.listings.openOfTicket(idOf('tkt', 2))).toBeUndefined();
      expect(await resale.listings.openOfEvent(eventId)).toEqual([]);
    });
    await insert(3);
  });

  test('ledger: entries of postings, and balances by account and currency', async () => {
    await storage.write(async ({ ledger }) => {
      await ledger.append(
        [
          sample.posting(1),
          sample.posting(2),
          sample.posting(3, { eventId: otherEventId, currency: 'JPY' }),
        ],
        [
          ...sample.entries(1, 9800),
          ...sample.entries(2, -800),
          ...sample.entries(3, 500).map((entry) => ({
            ...entry,
            eventId: otherEventId,
            currency: 'JPY',
          })),
        ],
      );
      expect(await ledger.entriesOf([idOf('pst', 1)])).toEqual(sample.entries(1, 9800));
      expect(await ledger.entriesOf([])).toEqual([]);
      const balances = [
        { account: 'organizer_payable', currency: 'EUR', amount: -9000 },
        { account: 'organizer_payable', currency: 'JPY', amount: -500 },
        { account: 'provider_clearing', currency: 'EUR', amount: 9000 },
        { account: 'provider_clearing', currency: 'JPY', amount: 500 },
      ];
      expect(await ledger.balances({ organizerId })).toEqual(balances);
      expect(await ledger.balances({ organizerId, eventId })).toEqual([balances[0], balances[2]]);
      expect(await ledger.balances({ eventId: 'none' })).toEqual([]);
      expect(await ledger.balances({ organizerId, account: 'provider_clearing' })).toEqual(
        balances.slice(2),
      );
      expect(await ledger.balances({ organizerId, until: now })).toEqual([]);
      expect(await ledger.balances({ organizerId, until: later })).toEqual(balances);
      expect(await ledger.currencies({ organizerId })).toEqual(['EUR', 'JPY']);
      expect(await ledger.currencies({ organizerId, eventId })).toEqual(['EUR']);
      expect(await ledger.currencies({ organizerId: 'nobody' })).toEqual([]);
    });
  });

  test('ledger: lines of an account in order, and sums up to any of them', async () => {
    await storage.write(async ({ ledger }) => {
      const filter = { organizerId, account: 'organizer_payable', currency: 'EUR' } as const;
      const [first, second] = await ledger.lines(filter, { after: undefined, limit: 5 });
      expect([first?.amount, second?.amount]).toEqual([-9800, 800]);
      expect(await ledger.lines(filter, { after: first, limit: 5 })).toEqual([second]);
      expect(await ledger.lines(filter, { after: second, limit: 5 })).toEqual([]);
      expect(
        await ledger.lines({ ...filter, from: later }, { after: undefined, limit: 5 }),
      ).toEqual([]);
      expect(await ledger.sum(filter)).toBe(-9000);
      expect(await ledger.sum(filter, first)).toBe(-9800);
      expect(await ledger.sum(filter, second)).toBe(-9000);
      expect(await ledger.sum({ ...filter, until: now })).toBe(0);
    });
  });

  test('ledger: postings by their time, page by page', async () => {
    await storage.write(async ({ ledger }) => {
      const ids = [1, 2, 3].map((n) => idOf('pst', n));
      const page = await ledger.postings.inPeriod({ organizerId }, { limit: 2, after: undefined });
      expect(page.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
      expect(page.nextCursor).not.toBeNull();
      const rest = await ledger.postings.inPeriod(
        { organizerId },
        { limit: 2, after: [idOf('pst', 2)] },
      );
      expect(rest.items.map(({ id }) => id)).toEqual(ids.slice(2));
      expect(rest.nextCursor).toBeNull();
      const found = await ledger.postings.ofSources([idOf('ord', 2), 'nothing']);
      expect(found).toEqual([sample.posting(2)]);
      const until = { organizerId, until: now };
      expect((await ledger.postings.inPeriod(until, { limit: 2, after: undefined })).items).toEqual(
        [],
      );
    });
  });

  test('ledger: a source is booked once', async () => {
    const again = storage.write(({ ledger }) =>
      ledger.append([sample.posting(9, { sourceId: idOf('ord', 1) })], []),
    );
    await expect(again).rejects.toThrow(/unique/i);
  });

  test('resale: open listings in each order, page by page', async () => {
    const orders = {
      newest: [12, 11],
      price: [12, 11],
      price_desc: [11, 12],
      quantity: [11, 12],
      ticket_type: [12, 11],
      session: [11, 12],
      section: [12, 11],
    } as const;
    const type = { ticketTypeId: idOf('typ', 7) };
    const all = {
      ...{ eventId, now, reserved: false, ticketTypeIds: [type.ticketTypeId] },
      ...{ section: undefined, minPrice: undefined, maxPrice: undefined, quantity: undefined },
    };
    await storage.write(async ({ tickets, resale }) => {
      const pair = { groupId: idOf('lsg', 1), groupSize: 2, price: 6000, name: 'VIP' };
      await tickets.tickets.insert([sample.ticket(11), sample.ticket(12)]);
      await resale.listings.insert([
        sample.listing(11, {
          ...{ ...type, ...pair, ticketId: idOf('tkt', 11) },
          ...{ section: 'A', startsAt: later },
        }),
        sample.listing(12, { ...type, ticketId: idOf('tkt', 12) }),
      ]);
    });
    for (const order of [
      'newest',
      'price',
      'price_desc',
      'quantity',
      'ticket_type',
      'session',
      'section',
    ] as const) {
      const pageAfter = (after: string | undefined) =>
        storage.read(({ resale }) =>
          resale.listings.search(
            { ...all, order },
            { limit: 1, after: after === undefined ? undefined : [after] },
          ),
        );
      const [first] = (await pageAfter(undefined)).items;
      const [second] = (await pageAfter(first?.id)).items;
      expect([order, first?.id, second?.id]).toEqual([
        order,
        ...orders[order].map((n) => idOf('lst', n)),
      ]);
    }
  });

  describe('idempotency', () => {
    const answer = (id: string, fields: Partial<IdempotencyRecord> = {}): IdempotencyRecord => ({
      id,
      inputHash: 'hash',
      output: { answer: id },
      createdAt: now,
      expiresAt: later,
      ...fields,
    });
    const keep = (rows: IdempotencyRecord[], at: string) =>
      storage.write(({ idempotency }) => idempotency.insert(rows, at));
    const find = (wanted: string[], at: string) =>
      storage.write(({ idempotency }) => idempotency.find(wanted, at));

    test('keeps answers until they expire, and tells how many it kept', async () => {
      expect(await keep([answer('a'), answer('b')], now)).toBe(2);
      expect(await find(['a', 'none'], now)).toEqual([answer('a')]);
      expect(await find(['a'], later)).toEqual([]);
      expect(await keep([answer('a', { output: 'other' }), answer('c')], now)).toBe(1);
      expect(await find(['a'], now)).toEqual([answer('a')]);
    });

    test('replaces an answer that has expired', async () => {
      const renewed = answer('b', { output: [2], expiresAt: '2027-07-11T18:00:00.000Z' });
      expect(await keep([renewed], later)).toBe(1);
      expect(await find(['b'], later)).toEqual([renewed]);
    });

    test.each([
      ['nothing', null],
      ['text', 'null'],
      ['a number', 7],
      ['a list', [1, null]],
    ])('gives back %s as it was', async (name, output) => {
      await keep([answer(name, { output })], now);
      expect(await find([name], now)).toEqual([answer(name, { output })]);
    });

    test('of many at once with the same id one is kept', async () => {
      const kept = await Promise.all(
        Array.from({ length: 10 }, (_, n) => keep([answer('race', { output: n })], now)),
      );
      expect(kept.filter((count) => count === 1)).toHaveLength(1);
    });
  });

  test('secrets: the first one is kept, and everybody gets it', async () => {
    expect(await storage.write(({ secrets }) => secrets.find())).toBeUndefined();
    const kept = await Promise.all(
      ['one', 'two', 'three'].map((secret) =>
        storage.write(({ secrets }) => secrets.keep(secret, now)),
      ),
    );
    expect(new Set(kept).size).toBe(1);
    expect(await storage.write(({ secrets }) => secrets.find())).toBe(kept[0]);
  });
});
