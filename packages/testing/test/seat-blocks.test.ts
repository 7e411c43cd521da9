import type { Ticketi } from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { aSeatedOffice, labelsOf, type SeatedOffice } from './support/seated.ts';

const sections = [{ key: 'a', rows: [{ name: 1, seats: 6 }] }];

describe.each(databases)('blocks of seats on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let office: SeatedOffice;
  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
  });
  beforeEach(async () => {
    office = await aSeatedOffice(ticketi, sections);
  });
  afterAll(async () => {
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
    await ticketi?.close();
    await base?.drop();
  });

  const block = (seats: string[], more: object = {}) =>
    ticketi.blocks.create({
      eventId: office.event.id,
      sessionId: office.sessionId,
      seats,
      reason: 'Press',
      ...more,
    });
  const hold = (quantity: number, seats?: string[]) =>
    ticketi.holds.create({
      eventId: office.event.id,
      items: [{ ticketTypeId: office.typeOf('a'), quantity, ...(seats && { seats }) }],
    });
  const row = async () => {
    const state = await ticketi.seatMaps.state({ sessionId: office.sessionId });
    return state.sections[0]?.rows[0]?.seats;
  };

  test('sets seats aside, from who names them and who has them chosen', async () => {
    const made = await block(['a-1-3', 'a-1-4']);
    expect(made).toMatchObject({
      poolId: null,
      sessionId: office.sessionId,
      seats: ['a-1-3', 'a-1-4'],
      units: 2,
      released: 0,
      state: 'active',
    });
    expect(await row()).toBe('ffbbff');
    await expect(hold(1, ['a-1-3'])).rejects.toMatchObject({
      code: 'seat_taken',
      details: { seats: ['a-1-3'] },
    });
    expect(labelsOf(await hold(2))).toEqual(['a-1-1', 'a-1-2']);
    await expect(hold(3)).rejects.toMatchObject({ code: 'not_enough_seats' });
    const { ticketTypes } = await ticketi.availability.get({ eventId: office.event.id });
    expect(ticketTypes.find(({ name }) => name === 'a')?.available).toBe(2);
    expect((await ticketi.blocks.list({ eventId: office.event.id })).items).toEqual([made]);
  });

  test('an explanation counts seats and says what would free some, now and then', async () => {
    const began = clock.now();
    clock.advance({ minutes: 1 });
    const { expiresAt } = await hold(2);
    const { id: blockId } = await block(['a-1-1']);
    const explained = async (at?: string) => {
      const answer = await ticketi.availability.explain({
        eventId: office.event.id,
        ...(at && { at }),
      });
      return answer.ticketTypes.find(({ name }) => name === 'a');
    };
    const { sessionId } = office;
    expect(await explained()).toMatchObject({
      available: 3,
      seats: [{ sessionId, free: 3, held: 2, sold: 0, blocked: 1 }],
      limitedBy: { kind: 'seats', id: sessionId },
      sentences: [
        'a: 3 can be had. Seats of a limit it, of 6: 2 held, 0 sold, 1 blocked.',
        `The next hold expires at ${expiresAt}, which frees 2 seats.`,
        `Releasing the block ${blockId} (Press) would free 1 seats.`,
      ],
    });
    const past = await explained(began);
    expect(past).toMatchObject({ available: 6, seats: [{ free: 6, held: 0, blocked: 0 }] });
    const future = await explained(expiresAt);
    expect(future).toMatchObject({ available: 5, seats: [{ free: 5, held: 0, blocked: 1 }] });
    await ticketi.blocks.release({ blockId });
    expect(await explained()).toMatchObject({ available: 4, seats: [{ free: 4, blocked: 0 }] });
  });

  test('is all or nothing, and takes what has lapsed', async () => {
    await hold(1, ['a-1-2']);
    await expect(block(['a-1-1', 'a-1-2'])).rejects.toMatchObject({
      code: 'seat_taken',
      details: { seats: ['a-1-2'] },
    });
    expect(await row()).toBe('fhffff');
    clock.advance({ minutes: 16 });
    await block(['a-1-1', 'a-1-2']);
    expect(await row()).toBe('bbffff');
  });

  test('is released by seats, and then whole', async () => {
    const { id: blockId } = await block(['a-1-1', 'a-1-2', 'a-1-3', 'a-1-4']);
    const part = await ticketi.blocks.release({ blockId, seats: ['a-1-2', 'a-1-4'] });
    expect(part).toMatchObject({
      seats: ['a-1-1', 'a-1-3'],
      units: 2,
      released: 2,
      state: 'active',
    });
    expect(await row()).toBe('bfbfff');
    const refused = [{ seats: ['a-1-2'] }, { units: 1 }];
    for (const asked of refused) {
      await expect(ticketi.blocks.release({ blockId, ...asked })).rejects.toMatchObject({
        code: 'not_in_block',
        details: { of: 'seats', seats: asked.seats ?? [] },
      });
    }
    await hold(1, ['a-1-2']);
    const rest = await ticketi.blocks.release({ blockId });
    expect(rest).toMatchObject({ seats: [], units: 0, released: 4, state: 'released' });
    expect(await row()).toBe('fhffff');
    const ofPool = await ticketi.blocks.create({
      eventId: office.event.id,
      poolId: office.pool.id,
      units: 2,
      reason: 'Crew',
    });
    expect(ofPool).toMatchObject({ sessionId: null, seats: null });
    await expect(
      ticketi.blocks.release({ blockId: ofPool.id, seats: ['a-1-1'] }),
    ).rejects.toMatchObject({ code: 'not_in_block', details: { of: 'pool' } });
  });

  test('says what is wrong with what was asked', async () => {
    const poolId = office.pool.id;
    const halves = [
      { poolId, units: 1 },
      { sessionId: undefined },
      { seats: undefined },
      { sessionId: undefined, seats: undefined },
      { sessionId: undefined, seats: undefined, poolId },
      { seats: ['a-1-1', 'a-1-1'] },
    ];
    for (const half of halves) {
      await expect(block(['a-1-1'], half)).rejects.toMatchObject({ code: 'invalid_input' });
    }
    await expect(block(['a-1-9'])).rejects.toMatchObject({ code: 'unknown_seat' });
    const bare = await ticketi.sessions.add({
      eventId: office.event.id,
      startsAt: '2098-01-01T20:00',
      endsAt: '2098-01-01T22:00',
    });
    await expect(block(['a-1-1'], { sessionId: bare.id })).rejects.toMatchObject({
      code: 'no_seat_map',
    });
    const foreign = await aSeatedOffice(ticketi, sections);
    await expect(block(['a-1-1'], { sessionId: foreign.sessionId })).rejects.toMatchObject({
      code: 'unknown_session',
    });
    expect(await row()).toBe('ffffff');
  });

  test('keeps a session its map while it stands, and its times', async () => {
    const { id: eventId, sessions } = await ticketi.events.create({
      organizerId: office.organizer.id,
      name: 'Draft',
      slug: `draft-${office.event.id}`.replaceAll('_', '-'),
      timezone: 'Europe/Berlin',
      currency: 'EUR',
    });
    expect(sessions).toEqual([]);
    const series = await ticketi.sessions.addSeries({
      eventId,
      rule: 'FREQ=DAILY;COUNT=1',
      startsAt: '2097-10-05T19:30',
      durationMinutes: 120,
    });
    const sessionId = series.sessions[0]?.id ?? '';
    const maps: string[] = [];
    for (const name of ['One', 'Two']) {
      const { id } = await ticketi.seatMaps.create({
        organizerId: office.organizer.id,
        name,
        sections,
      });
      maps.push(id);
    }
    const [one = '', two = ''] = maps;
    await ticketi.seatMaps.assign({ sessionId, seatMapId: one });
    const { id: blockId } = await block(['a-1-1'], { eventId, sessionId });
    await expect(ticketi.seatMaps.assign({ sessionId, seatMapId: two })).rejects.toMatchObject({
      code: 'seat_map_assigned',
    });
    const moved = await ticketi.sessions.updateSeries({ sessionId, scope: 'all', shiftDays: 1 });
    expect(moved.kept).toEqual([{ sessionId, why: 'claimed', poolId: null, units: 1 }]);
    await ticketi.blocks.release({ blockId });
    await ticketi.seatMaps.assign({ sessionId, seatMapId: two });
  });
});
