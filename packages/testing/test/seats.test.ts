import { isTicketiError, type Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { payInCash, testClock, ticketsOf } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { aSeatedOffice, labelsOf, type SeatedOffice } from './support/seated.ts';

const buyer = { name: 'Anna', email: 'anna@example.com' };

describe.each(databases)('seats on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  /** Another process, as far as what it knows of seats goes. */
  let other: Ticketi;
  let office: SeatedOffice;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
    other = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    office = await aSeatedOffice(ticketi, [
      {
        key: 'a',
        rows: [
          { name: 1, seats: 6 },
          { name: 2, seats: 6 },
        ],
      },
      {
        key: 'w',
        rows: [
          {
            name: 1,
            seats: [
              { number: 1, kind: 'accessible' },
              { number: 2, kind: 'companion', companionOf: 1 },
              3,
            ],
          },
        ],
      },
      { key: 'floor', capacity: 50 },
    ]);
  });
  afterAll(async () => {
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
    await ticketi?.close();
    await other?.close();
    await base?.drop();
  });

  const hold = (
    quantity: number,
    more: { category?: string; seats?: string[]; seating?: object; on?: Ticketi } = {},
  ) =>
    (more.on ?? ticketi).holds.create({
      eventId: office.event.id,
      items: [
        {
          ticketTypeId: office.typeOf(more.category ?? 'a'),
          quantity,
          ...(more.seats === undefined ? {} : { seats: more.seats }),
        },
      ],
      ...(more.seating === undefined ? {} : { seating: more.seating }),
    });
  const rows = async () => {
    const { sections } = await ticketi.seatMaps.state({ sessionId: office.sessionId });
    return sections.flatMap((section) => section.rows.map(({ seats }) => seats));
  };
  const failure = (act: Promise<unknown>) =>
    act.then(
      () => 'done',
      (error: unknown) => error,
    );

  test('the best are held, then sold, and are free again when the ticket is void', async () => {
    const held = await hold(2);
    expect(labelsOf(held)).toEqual(['a-1-3', 'a-1-4']);
    expect(held.quote.lines[0]?.seats).toEqual(['a-1-3', 'a-1-4']);
    expect(await rows()).toEqual(['ffhhff', 'ffffff', 'fff']);

    const order = await ticketi.orders.place({ holdId: held.id, buyer });
    await payInCash(ticketi, order);
    const tickets = await ticketsOf(ticketi, order.id);
    expect(tickets.map(({ seat }) => seat)).toEqual([
      { label: 'a-1-3', section: 'a', row: '1', number: '3' },
      { label: 'a-1-4', section: 'a', row: '1', number: '4' },
    ]);
    expect(await rows()).toEqual(['ffssff', 'ffffff', 'fff']);
    await ticketi.tickets.void({ ticketId: tickets[0]?.id ?? '' });
    expect(await rows()).toEqual(['fffsff', 'ffffff', 'fff']);
    expect(labelsOf(await hold(3))).toEqual(['a-1-1', 'a-1-2', 'a-1-3']);
  });

  test('who comes after sees what others have, in this process and in another', async () => {
    expect(labelsOf(await hold(2))).toEqual(['a-1-3', 'a-1-4']);
    expect(labelsOf(await hold(2, { on: other }))).toEqual(['a-1-1', 'a-1-2']);
    expect(labelsOf(await hold(2))).toEqual(['a-1-5', 'a-1-6']);
    expect(labelsOf(await hold(2, { on: other }))).toEqual(['a-2-3', 'a-2-4']);
  });

  test('requests of one batch are served in their order, none gets what another has', async () => {
    const held = await Promise.all(Array.from({ length: 6 }, () => hold(2)));
    expect(held.map(labelsOf)).toEqual([
      ['a-1-3', 'a-1-4'],
      ['a-1-1', 'a-1-2'],
      ['a-1-5', 'a-1-6'],
      ['a-2-3', 'a-2-4'],
      ['a-2-1', 'a-2-2'],
      ['a-2-5', 'a-2-6'],
    ]);
  });

  test('seats are released, and lapse without a worker; late money gets them back', async () => {
    const released = await hold(6);
    await ticketi.holds.release({ holdId: released.id });
    const lapsing = await hold(6);
    expect(labelsOf(lapsing)).toEqual(labelsOf(released));
    clock.advance({ minutes: 15 });
    expect(await rows()).toEqual(['ffffff', 'ffffff', 'fff']);
    expect(labelsOf(await hold(6, { on: other }))).toEqual(labelsOf(lapsing));
  });

  test('an ordered seat stays taken after the hold would have lapsed', async () => {
    const held = await hold(6);
    await hold(1, { on: other });
    await ticketi.orders.place({ holdId: held.id, buyer });
    clock.advance({ minutes: 20 });
    expect(labelsOf(await hold(2, { on: other }))).toEqual(['a-2-3', 'a-2-4']);
    expect((await rows())[0]).toBe('hhhhhh');
  });

  test('named seats are held as named, or refused with those that are taken', async () => {
    await hold(3, { seats: ['a-1-1', 'a-1-2', 'a-2-1'], on: other });
    const refused = await failure(hold(3, { seats: ['a-1-2', 'a-1-3', 'a-2-1'] }));
    expect(isTicketiError(refused, 'seat_taken') && refused.details.seats).toEqual([
      'a-1-2',
      'a-2-1',
    ]);
    for (const [seats, code] of [
      [['a-9-1'], 'unknown_seat'],
      [['w-1-3'], 'wrong_category'],
      [['a-1-3', 'a-1-3'], 'seat_taken'],
    ] as const) {
      expect(await failure(hold(seats.length, { seats: [...seats] }))).toMatchObject({ code });
    }
    expect(await failure(hold(2, { seats: ['a-1-3'] }))).toMatchObject({ code: 'invalid_input' });
  });

  test('a party that finds no adjacent seats is told how many are left, or is split if it may be', async () => {
    await hold(4, { seats: ['a-1-3', 'a-1-6', 'a-2-3', 'a-2-6'] });
    const refused = await failure(hold(3));
    expect(isTicketiError(refused, 'no_seats_together') && refused.details).toMatchObject({
      available: 8,
      requested: 3,
    });
    const split = await hold(4, { seating: { together: 'preferred' } });
    // The nearest pair, and the pair right behind it.
    expect(labelsOf(split)).toEqual(['a-1-4', 'a-1-5', 'a-2-4', 'a-2-5']);
    const sections = await failure(hold(1, { seating: { sections: ['w'] } }));
    expect(isTicketiError(sections, 'not_enough_seats') && sections.details.available).toBe(0);
  });

  test('who is refused for another reason keeps no seat from who comes after', async () => {
    const eventId = office.event.id;
    const items = [{ ticketTypeId: office.typeOf('a'), quantity: 6 }];
    const { standard } = office;
    const [first, second, third] = await Promise.allSettled([
      ticketi.holds.create({
        eventId,
        items: [...items, { ticketTypeId: standard.id, quantity: 101 }],
      }),
      ticketi.holds.create({ eventId, items: [...items, ...items] }),
      hold(6),
    ]);
    expect([first?.status, second?.status, third?.status]).toEqual([
      'rejected',
      'rejected',
      'fulfilled',
    ]);
  });

  test('accessible places come with their companion seat; one alone is not sold before', async () => {
    expect(await failure(hold(1, { category: 'w', seats: ['w-1-2'] }))).toMatchObject({
      code: 'companion_seat',
    });
    const pair = await hold(2, { category: 'w', seating: { accessible: 1 } });
    expect(labelsOf(pair)).toEqual(['w-1-1', 'w-1-2']);
    expect(labelsOf(await hold(1, { category: 'w' }))).toEqual(['w-1-3']);
  });

  test('a change keeps seats, gives back what is too much and adds what is missing', async () => {
    const { id: holdId } = await hold(2);
    const items = (quantity: number) => [{ ticketTypeId: office.typeOf('a'), quantity }];
    const more = await ticketi.holds.change({ holdId, items: items(3) });
    expect(labelsOf(more).slice(0, 2)).toEqual(['a-1-3', 'a-1-4']);
    expect(labelsOf(more)).toHaveLength(3);
    const fewer = await ticketi.holds.change({ holdId, items: items(1) });
    expect(labelsOf(fewer)).toEqual(['a-1-3']);
    expect(await rows()).toEqual(['ffhfff', 'ffffff', 'fff']);
  });

  test('resale keeps the seat with the place', async () => {
    const held = await hold(1);
    const order = await ticketi.orders.place({ holdId: held.id, buyer });
    await payInCash(ticketi, order);
    const [ticket] = await ticketsOf(ticketi, order.id);
    const listing = await ticketi.resale.list({ ticketId: ticket?.id ?? '', price: 3000 });
    const bought = await ticketi.resale.buy({
      listingId: listing.id,
      buyer: { name: 'Bea', email: 'bea@example.com' },
      payment: { provider: 'sandbox' },
    });
    const [resold] = await ticketsOf(ticketi, bought.id);
    expect(resold?.seat?.label).toBe('a-1-3');
    await ticketi.tickets.void({ ticketId: resold?.id ?? '' });
    expect(await rows()).toEqual(['ffffff', 'ffffff', 'fff']);
  });

  test('availability counts free seats, and general admission draws on the pool of its section', async () => {
    await hold(5);
    const { ticketTypes } = await ticketi.availability.get({ eventId: office.event.id });
    const available = ticketTypes.map(({ name, available: left }) => [name, left]);
    expect(available).toContainEqual(['a', 7]);
    expect(available).toContainEqual(['w', 2]);
    const { items } = await ticketi.pools.list({ eventId: office.event.id });
    const floor = items.find(({ name }) => name === 'floor');
    const type = await ticketi.ticketTypes.create({
      eventId: office.event.id,
      name: 'Floor',
      price: 1,
      draws: [{ poolId: floor?.id ?? '' }],
    });
    await ticketi.holds.create({
      eventId: office.event.id,
      items: [{ ticketTypeId: type.id, quantity: 10 }],
    });
    const { sections } = await ticketi.seatMaps.state({ sessionId: office.sessionId });
    expect(sections[2]?.general).toMatchObject({ capacity: 50, available: 40 });
  });

  test('an event is published when the seats that it sells are there', async () => {
    const { id: eventId } = await ticketi.events.create({
      organizerId: office.organizer.id,
      name: 'Draft',
      slug: `draft-${office.event.id}`.replaceAll('_', '-'),
      timezone: 'Europe/Berlin',
      currency: 'EUR',
    });
    const nights: { id: string }[] = [];
    for (const day of [1, 2]) {
      const at = `2098-01-0${day}T`;
      nights.push(
        await ticketi.sessions.add({ eventId, startsAt: `${at}20:00`, endsAt: `${at}22:00` }),
      );
    }
    const [one = '', two = ''] = nights.map(({ id }) => id);
    const seating = { categories: ['a', 'royal'] };
    await ticketi.ticketTypes.create({ eventId, name: 'Seat', price: 1, seating });
    const problems = async () => {
      const error = await failure(ticketi.events.publish({ eventId }));
      if (!isTicketiError(error, 'not_publishable')) return error;
      return error.details.problems.map(({ code }) => code);
    };
    expect(await problems()).toEqual(['no_seat_map']);
    await ticketi.seatMaps.assign({ sessionId: one, seatMapId: office.seatMapId });
    expect(await problems()).toEqual(['no_seat_map', 'no_such_category']);
    const whole = { key: 'a', rows: [{ name: 1, seats: 2 }] };
    const royal = { key: 'royal', rows: [{ name: 1, seats: 2 }] };
    const map = await ticketi.seatMaps.create({
      organizerId: office.organizer.id,
      name: 'Palace',
      sections: [whole, royal],
    });
    await ticketi.seatMaps.assign({ sessionId: two, seatMapId: map.id });
    expect(await problems()).toEqual(['different_seat_maps', 'no_such_category']);
    await ticketi.seatMaps.assign({ sessionId: one, seatMapId: map.id });
    expect(await problems()).toBe('done');
  });

  test('cancelling the event frees every seat that nobody paid', async () => {
    await hold(4);
    await ticketi.events.cancel({ eventId: office.event.id });
    expect(await rows()).toEqual(['ffffff', 'ffffff', 'fff']);
  });
});
