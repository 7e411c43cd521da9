import type { Actor, Ticketi } from '@ticketi/core';
import { call } from './crowd.ts';
import { field, type Race, strange, times, wins } from './race.ts';
import { aSeatedOffice, type SeatedOffice } from './seated.ts';

const anonymous: Actor = { type: 'anonymous' };

export const oneSeat: Race = {
  name: 'one seat named by 200 buyers: one gets it',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const sections = [{ key: 'a', rows: [{ name: 1, seats: 3 }] }];
    const office = await aSeatedOffice(ticketi, sections);
    const items = [{ ticketTypeId: office.typeOf('a'), quantity: 1, seats: ['a-1-2'] }];
    await openCounters(ticketi, office);
    const outcomes = await crowd.race(
      times(200, () => call('holds.create', anonymous, { eventId: office.event.id, items })),
      clock.now(),
    );
    return { count: wins(outcomes).length, strange: strange(outcomes, 'seat_taken') };
  },
};

export const bestSeats: Race = {
  name: 'the best two of 100 seats for 200 buyers: 50 pairs, side by side, no seat twice or lost',
  expected: 50,
  async run({ ticketi, clock, crowd }) {
    const rows = times(10, (index) => ({ name: index + 1, seats: 10 }));
    const office = await aSeatedOffice(ticketi, [{ key: 'a', rows }]);
    const items = [{ ticketTypeId: office.typeOf('a'), quantity: 2 }];
    await openCounters(ticketi, office);
    const outcomes = await crowd.race(
      times(200, () => call('holds.create', anonymous, { eventId: office.event.id, items })),
      clock.now(),
    );
    const lost = strange(outcomes, 'not_enough_seats', 'no_seats_together');
    const pairs = wins(outcomes).map(labelsIn);
    const apart = pairs.filter(([first = '', second = '']) => !sideBySide(first, second));
    if (apart.length > 0) lost.push(`${apart.length} pairs apart`);
    const different = new Set(pairs.flat()).size;
    if (different !== pairs.flat().length) lost.push(`${different} different seats`);
    const { counts } = await ticketi.seatMaps.state({ sessionId: office.sessionId });
    if (counts.held !== different) lost.push(`${counts.held} held`);
    return { count: pairs.length, strange: lost };
  },
};

/** None of the seats was ever claimed: they have no counters that whoever cancels could lock. */
export const cancelledSeats: Race = {
  name: 'events are cancelled while seats of them are taken by name: none stays taken',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const sections = [{ key: 'a', rows: [{ name: 1, seats: 4 }] }];
    const offices: SeatedOffice[] = [];
    for (let made = 0; made < 15; made += 1) offices.push(await aSeatedOffice(ticketi, sections));
    const calls = offices.flatMap(({ event, typeOf }, index) => [
      ...times(4, (at) => {
        const seats = [`a-1-${at + 1}`];
        const items = [{ ticketTypeId: typeOf('a'), quantity: 1, seats }];
        const afterMillis = at * 3 + (index % 5) * 2;
        return call('holds.create', anonymous, { eventId: event.id, items }, { afterMillis });
      }),
      call(
        'events.cancel',
        { type: 'system' },
        { eventId: event.id },
        { afterMillis: (index % 3) * 4 },
      ),
    ]);
    const outcomes = await crowd.race(calls, clock.now());
    const held = await Promise.all(
      offices.map(
        async ({ sessionId }) => (await ticketi.seatMaps.state({ sessionId })).counts.held,
      ),
    );
    return {
      count: held.reduce((sum, own) => sum + own, 0),
      strange: strange(outcomes, 'not_on_sale'),
    };
  },
};

/**
 * Holds every seat once and gives it back: where the counters are there already, the key under
 * which they come to be decides nothing, and only the guards do.
 */
async function openCounters(ticketi: Ticketi, { event, sessionId, typeOf }: SeatedOffice) {
  const { counts } = await ticketi.seatMaps.state({ sessionId });
  const items = [{ ticketTypeId: typeOf('a'), quantity: counts.free }];
  const seating = { together: 'preferred' } as const;
  const { id: holdId } = await ticketi.holds.create({ eventId: event.id, items, seating });
  await ticketi.holds.release({ holdId });
}

function labelsIn(hold: unknown): string[] {
  const items = field(hold, 'items');
  if (!Array.isArray(items)) return [];
  return items.flatMap((item) => {
    const seats = field(item, 'seats');
    return Array.isArray(seats) ? seats.map((seat) => String(field(seat, 'label'))) : [];
  });
}

function sideBySide(first: string, second: string): boolean {
  const [, row, number] = first.split('-');
  return second === `a-${row}-${Number(number) + 1}`;
}
