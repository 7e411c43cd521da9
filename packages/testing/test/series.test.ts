import type { Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aBoxOffice, aHold, type BoxOffice, payInCash, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const nights = {
  rule: 'FREQ=WEEKLY;BYDAY=FR,SA;COUNT=6',
  startsAt: '2027-03-19T19:30',
  durationMinutes: 150,
  doorsBeforeMinutes: 60,
};

describe.each(databases)('a series of sessions on %s', (_name, create) => {
  const clock = testClock('2027-01-01T12:00:00.000Z');
  let base: TestBase;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let eventId: string;
  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
    office = await aBoxOffice(ticketi);
    eventId = office.event.id;
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const list = (filter: object = {}) =>
    all(ticketi.sessions.iterate({ eventId, limit: 4, ...filter }));

  test('is made at once, at the same local time before and after the clocks change', async () => {
    const added = await ticketi.sessions.addSeries({ eventId, name: 'Hamlet', ...nights });
    expect(
      added.sessions.map(({ startsAt, doorsAt, endsAt }) => [startsAt, doorsAt, endsAt]),
    ).toEqual([
      ['2027-03-19T18:30:00.000Z', '2027-03-19T17:30:00.000Z', '2027-03-19T21:00:00.000Z'],
      ['2027-03-20T18:30:00.000Z', '2027-03-20T17:30:00.000Z', '2027-03-20T21:00:00.000Z'],
      ['2027-03-26T18:30:00.000Z', '2027-03-26T17:30:00.000Z', '2027-03-26T21:00:00.000Z'],
      ['2027-03-27T18:30:00.000Z', '2027-03-27T17:30:00.000Z', '2027-03-27T21:00:00.000Z'],
      ['2027-04-02T17:30:00.000Z', '2027-04-02T16:30:00.000Z', '2027-04-02T20:00:00.000Z'],
      ['2027-04-03T17:30:00.000Z', '2027-04-03T16:30:00.000Z', '2027-04-03T20:00:00.000Z'],
    ]);
    expect(added).toMatchObject({ overlapping: [], skipped: [] });
    expect(added.sessions.map(({ occurrence }) => occurrence?.slice(0, 10))[4]).toBe('2027-04-02');
    const seriesId = added.series.id;
    expect(await ticketi.sessions.getSeries({ seriesId })).toEqual(added.series);
    expect(added.series).toMatchObject({ rule: nights.rule, timezone: 'Europe/Berlin' });

    // Ids ascend with the dates, and pages walk along them.
    const ids = added.sessions.map(({ id }) => id);
    expect([...ids].sort()).toEqual(ids);
    expect(await list({ seriesId })).toEqual(added.sessions);
    expect(await list()).toHaveLength(7);
    expect(await list({ endsAfter: '2027-03-27T21:00:00Z' })).toHaveLength(3);
    const { items } = await ticketi.outbox.list({
      organizerId: office.organizer.id,
      eventId,
      limit: 50,
    });
    expect(items.filter(({ type }) => type === 'session.added')).toHaveLength(6);
  });

  test('that overlaps with sessions of the event says so', async () => {
    const { sessions, overlapping } = await ticketi.sessions.addSeries({
      eventId,
      rule: 'FREQ=DAILY;COUNT=3',
      startsAt: '2027-03-19T22:00',
      durationMinutes: 60,
    });
    expect(overlapping).toEqual([]);
    const again = await ticketi.sessions.addSeries({
      eventId,
      rule: 'FREQ=DAILY;COUNT=3',
      startsAt: '2027-03-20T22:30',
      durationMinutes: 60,
    });
    expect(sessions).toHaveLength(3);
    expect(again.overlapping).toEqual(again.sessions.slice(0, 2).map(({ id }) => id));
  });

  test('brings pools and ticket types of its own for each session, which sell', async () => {
    const { sessions } = await ticketi.sessions.addSeries({
      eventId,
      ...nights,
      rule: 'FREQ=DAILY;COUNT=60',
      startsAt: '2028-01-01T19:30',
      perSession: {
        pools: [
          { name: 'Stalls', capacity: 2 },
          { name: 'Balcony', capacity: null },
        ],
        ticketTypes: [
          { name: 'Stalls', price: 2900, draws: [{ pool: 'Stalls' }] },
          {
            name: 'Box',
            price: 9900,
            draws: [{ pool: 'Stalls', units: 2 }],
            saleEndsMinutesBefore: 30,
          },
        ],
      },
    });
    const pools = await all(ticketi.pools.iterate({ eventId }));
    expect(pools.filter(({ sessionId }) => sessionId !== null)).toHaveLength(120);
    const types = await all(ticketi.ticketTypes.iterate({ eventId }));
    const first = sessions[0];
    const own = types.filter(({ sessionIds }) => sessionIds?.[0] === first?.id);
    expect(own.map(({ name, saleUntil }) => [name, saleUntil])).toEqual([
      ['Box', '2028-01-01T18:00:00.000Z'],
      ['Stalls', '2028-01-01T18:30:00.000Z'],
    ]);
    const [box, stalls] = own;
    const hold = (type: typeof box, quantity = 1) =>
      aHold(ticketi, office, { items: [{ ticketTypeId: type?.id ?? '', quantity }] });
    await hold(stalls);
    await expect(hold(box)).rejects.toMatchObject({ code: 'sold_out' });
    const second = types.find(
      ({ name, sessionIds }) => name === 'Box' && sessionIds?.[0] === sessions[1]?.id,
    );
    await hold(second);
  });

  test.each([
    [{ perSession: { ticketTypes: [{ name: 'A', price: 1 }] } }, 'Say which of the pools'],
    [
      {
        perSession: {
          pools: [{ name: 'P', capacity: 1 }],
          ticketTypes: [{ name: 'A', price: 1, draws: [{ pool: 'Q' }] }],
        },
      },
      'No pool of the list is named Q',
    ],
    [{ endsAt: '2027-03-19T22:00' }, 'how long each lasts'],
    [{ startsAt: '2027-03-19T19:30Z' }, 'local time without offset'],
  ])('%j is no input', async (more, message) => {
    await expect(ticketi.sessions.addSeries({ eventId, ...nights, ...more })).rejects.toMatchObject(
      {
        code: 'invalid_input',
        issues: [{ message: expect.stringContaining(message) }],
      },
    );
  });

  test('that is refused leaves nothing', async () => {
    const before = await base.contents();
    const makes = { eventId, ...nights, startsAt: '2027-03-18T19:30' };
    await expect(ticketi.sessions.addSeries(makes)).rejects.toMatchObject({ code: 'invalid_rule' });
    const huge = {
      perSession: {
        pools: Array.from({ length: 10 }, (_, index) => ({ name: `P${index}`, capacity: 1 })),
      },
      rule: 'FREQ=DAILY;COUNT=500',
    };
    await expect(
      ticketi.sessions.addSeries({ eventId, ...nights, ...huge, rule: 'FREQ=DAILY;COUNT=501' }),
    ).rejects.toMatchObject({ code: 'series_too_long', details: { limit: 500 } });
    expect(await base.contents()).toEqual(before);
  });
});

describe.each(databases)('changing a series on %s', (_name, create) => {
  const clock = testClock('2027-03-19T20:00:00.000Z');
  let base: TestBase;
  let ticketi: Ticketi;
  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  /** A series whose first night has begun, each with a pool and a ticket type. */
  async function aSeries(more: object = {}) {
    const office = await aBoxOffice(ticketi, { event: { slug: `fest-${made++}` } });
    const eventId = office.event.id;
    const added = await ticketi.sessions.addSeries({
      eventId,
      ...nights,
      perSession: {
        pools: [{ name: 'Stalls', capacity: 5 }],
        ticketTypes: [{ name: 'Standard', price: 2900 }],
      },
      ...more,
    });
    const types = await all(ticketi.ticketTypes.iterate({ eventId }));
    const typeOf = (sessionId: string) =>
      types.find(({ sessionIds }) => sessionIds?.[0] === sessionId)?.id ?? '';
    const hold = (sessionId: string) =>
      aHold(ticketi, office, { items: [{ ticketTypeId: typeOf(sessionId), quantity: 1 }] });
    const ids = added.sessions.map(({ id }) => id);
    const at = (index: number) => ids[index] ?? '';
    return { office, eventId, seriesId: added.series.id, sessions: added.sessions, at, hold };
  }
  let made = 0;

  test('moves this night and all that follow, at local time, with their doors and sales', async () => {
    const { at, eventId, seriesId, sessions } = await aSeries();
    const { changed, kept } = await ticketi.sessions.updateSeries({
      sessionId: at(3),
      scope: 'this_and_following',
      startTime: '20:15',
    });
    expect(kept).toEqual([]);
    expect(changed.map(({ id }) => id)).toEqual([at(3), at(4), at(5)]);
    expect(changed[0]).toEqual({
      ...sessions[3],
      startsAt: '2027-03-27T19:15:00.000Z',
      endsAt: '2027-03-27T21:45:00.000Z',
      doorsAt: '2027-03-27T18:15:00.000Z',
    });
    expect(changed[1]?.startsAt).toBe('2027-04-02T18:15:00.000Z');
    const { items } = await ticketi.sessions.list({ eventId, seriesId });
    expect(items).toEqual([...sessions.slice(0, 3), ...changed]);
    const types = await all(ticketi.ticketTypes.iterate({ eventId }));
    expect(types.find(({ sessionIds }) => sessionIds?.[0] === at(3))?.saleUntil).toBe(
      '2027-03-27T19:15:00.000Z',
    );
  });

  test('keeps what has begun, and shifts days across the change of the clocks', async () => {
    const { at } = await aSeries();
    const { changed, kept } = await ticketi.sessions.updateSeries({
      sessionId: at(2),
      scope: 'all',
      shiftDays: 7,
    });
    expect(kept).toEqual([{ sessionId: at(0), why: 'started', poolId: null, units: null }]);
    expect(changed.map(({ startsAt }) => startsAt)).toEqual([
      '2027-03-27T18:30:00.000Z',
      '2027-04-02T17:30:00.000Z',
      '2027-04-03T17:30:00.000Z',
      '2027-04-09T17:30:00.000Z',
      '2027-04-10T17:30:00.000Z',
    ]);
  });

  test('touches no night of which something is held, sold or kept for all dates', async () => {
    const { at, hold, office, eventId } = await aSeries();
    const all = { sessionId: at(0), scope: 'all', shiftDays: 1 } as const;
    await hold(at(1));
    const sold = await hold(at(4));
    await ticketi.orders.place({
      holdId: sold.hold.id,
      buyer: { name: 'Anna', email: 'anna@example.com' },
    });
    const { changed, kept } = await ticketi.sessions.updateSeries(all);
    expect(changed.map(({ id }) => id)).toEqual([at(2), at(3), at(5)]);
    expect(kept.map(({ sessionId, why, units }) => [sessionId, why, units])).toEqual([
      [at(0), 'started', null],
      [at(1), 'claimed', 1],
      [at(4), 'claimed', 1],
    ]);

    // A hold that lapsed is nobody's any more.
    clock.advance({ minutes: 16 });
    const later = await ticketi.sessions.updateSeries({ ...all, sessionId: at(0) });
    expect(later.changed.map(({ id }) => id)).toEqual([at(1), at(2), at(3), at(5)]);

    // A ticket that admits to every date stands for all of them.
    await aHold(ticketi, office);
    const none = await ticketi.sessions.updateSeries(all);
    expect(none.changed).toEqual([]);
    expect(none.kept.filter(({ why }) => why === 'claimed')).toHaveLength(6);

    // A name moves nobody.
    const named = await ticketi.sessions.updateSeries({
      ...all,
      shiftDays: undefined,
      name: 'Lear',
    });
    expect(named).toMatchObject({ kept: [] });
    expect(named.changed.map(({ name }) => name)).toEqual(Array(6).fill('Lear'));
    expect((await ticketi.sessions.list({ eventId })).items).toHaveLength(7);
  });

  test('tells apart whose places of a shared pool are sold', async () => {
    const { at, eventId, office } = await aSeries();
    const pool = await ticketi.pools.create({ eventId, name: 'House', capacity: 10 });
    const draws = [{ poolId: pool.id }];
    const make = (name: string, sessionIds: string[]) =>
      ticketi.ticketTypes.create({ eventId, name, price: 1, draws, sessionIds });
    const third = await make('Third', [at(2)]);
    const pass = await make('Pass', [at(4), at(5)]);
    const items = (ticketTypeId: string) => ({ items: [{ ticketTypeId, quantity: 2 }] });
    const update = () =>
      ticketi.sessions.updateSeries({
        sessionId: at(1),
        scope: 'this_and_following',
        durationMinutes: 90,
      });
    await aHold(ticketi, office, items(third.id));
    expect((await update()).kept).toEqual([
      { sessionId: at(2), why: 'claimed', poolId: pool.id, units: 2 },
    ]);
    await aHold(ticketi, office, items(pass.id));
    expect((await update()).kept.map(({ sessionId }) => sessionId)).toEqual([at(2), at(4), at(5)]);
  });

  test('touches no night of which a seat is held, sold or blocked', async () => {
    const { at, hold, office, sessions } = await aSeries({
      perSession: { ticketTypes: [{ name: 'Seat', price: 1, seating: { categories: ['a'] } }] },
    });
    const { id: seatMapId } = await ticketi.seatMaps.create({
      organizerId: office.organizer.id,
      name: 'Hall',
      sections: [{ key: 'a', rows: [{ name: 1, seats: 6 }] }],
    });
    for (const { id: sessionId } of sessions) {
      await ticketi.seatMaps.assign({ sessionId, seatMapId });
    }
    const all = { sessionId: at(0), scope: 'all', shiftDays: 1 } as const;
    await hold(at(2));
    const sold = await hold(at(4));
    const order = await ticketi.orders.place({
      holdId: sold.hold.id,
      buyer: { name: 'Anna', email: 'anna@example.com' },
    });
    await payInCash(ticketi, order);
    const { kept } = await ticketi.sessions.updateSeries(all);
    expect(kept.filter(({ why }) => why === 'claimed')).toEqual([
      { sessionId: at(2), why: 'claimed', poolId: null, units: 1 },
      { sessionId: at(4), why: 'claimed', poolId: null, units: 1 },
    ]);
    clock.advance({ minutes: 16 });
    const later = await ticketi.sessions.updateSeries(all);
    expect(
      later.kept.filter(({ why }) => why === 'claimed').map(({ sessionId }) => sessionId),
    ).toEqual([at(4)]);
  });

  test('refuses, skips or reads a new time that is ambiguous', async () => {
    const { at, sessions } = await aSeries({
      rule: 'FREQ=DAILY;COUNT=4',
      startsAt: '2027-03-27T19:30',
    });
    const night = { sessionId: at(0), scope: 'all', startTime: '02:30' } as const;
    await expect(ticketi.sessions.updateSeries(night)).rejects.toMatchObject({
      code: 'ambiguous_times',
      details: { times: [{ time: '2027-03-28T02:30:00' }] },
    });
    const skipped = await ticketi.sessions.updateSeries({ ...night, onAmbiguous: 'skip' });
    expect(skipped.kept).toMatchObject([{ sessionId: at(1), why: 'ambiguous_time' }]);
    expect(skipped.changed.map(({ id }) => id)).toEqual([at(0), at(2), at(3)]);
    expect(sessions[1]?.startsAt).toBe('2027-03-28T17:30:00.000Z');
    const read = await ticketi.sessions.updateSeries({ ...night, onAmbiguous: 'later' });
    expect(read.changed[1]?.startsAt).toBe('2027-03-28T01:30:00.000Z');
  });

  test('keeps a local end at its local time', async () => {
    const { at } = await aSeries({
      rule: 'FREQ=WEEKLY;COUNT=2',
      startsAt: '2027-10-23T23:00',
      endsAt: '2027-10-24T06:00',
      durationMinutes: undefined,
    });
    const { changed } = await ticketi.sessions.updateSeries({
      sessionId: at(0),
      scope: 'all',
      shiftDays: 7,
      doorsBeforeMinutes: null,
    });
    expect(changed.map(({ startsAt, endsAt, doorsAt }) => [startsAt, endsAt, doorsAt])).toEqual([
      ['2027-10-30T21:00:00.000Z', '2027-10-31T05:00:00.000Z', null],
      ['2027-11-06T22:00:00.000Z', '2027-11-07T05:00:00.000Z', null],
    ]);
  });

  test('wants something to change', async () => {
    const { at } = await aSeries();
    await expect(
      ticketi.sessions.updateSeries({ sessionId: at(0), scope: 'all' }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

test('is the same on both databases', async () => {
  const made = await Promise.all(
    databases.map(async ([, create]) => {
      const base = await create();
      const ticketi = await ticketiOn(base.storage(), testClock());
      try {
        const { event } = await aBoxOffice(ticketi);
        const { series, sessions } = await ticketi.sessions.addSeries({
          eventId: event.id,
          ...nights,
        });
        const { items } = await ticketi.sessions.list({ eventId: event.id });
        const facts = ({ startsAt, endsAt, doorsAt, occurrence }: (typeof items)[number]) => ({
          startsAt,
          endsAt,
          doorsAt,
          occurrence,
        });
        const { id: _id, eventId: _event, ...rule } = series;
        return JSON.stringify([rule, sessions.map(facts), items.map(facts)]);
      } finally {
        await ticketi.close();
        await base.drop();
      }
    }),
  );
  expect(made[0]).toBe(made[1]);
});
