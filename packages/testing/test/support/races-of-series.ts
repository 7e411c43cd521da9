import type { Actor, Surface, Ticketi } from '@ticketi/core';
import { call } from './crowd.ts';
import { field, type Race, strange, times } from './race.ts';

const anonymous: Actor = { type: 'anonymous' };

/** A published event of one night, made as a series, with places of its own. */
async function aNight(ticketi: Ticketi, organizerId: string, index: number) {
  return published(ticketi, organizerId, index, {
    pools: [{ name: 'Floor', capacity: 10 }],
    ticketTypes: [{ name: 'Standard', price: 100 }],
  });
}

/** The same with seats, none of which was ever claimed. */
async function aSeatedNight(ticketi: Ticketi, organizerId: string, index: number) {
  const sections = [{ key: 'a', rows: [{ name: 1, seats: 3 }] }];
  const { id } = await ticketi.seatMaps.create({ organizerId, name: 'Hall', sections });
  const ticketTypes = [{ name: 'Standard', price: 100, seating: { categories: ['a'] } }];
  return published(ticketi, organizerId, index, { ticketTypes }, id);
}

async function published(
  ticketi: Ticketi,
  organizerId: string,
  index: number,
  perSession: Parameters<Surface['sessions']['addSeries']>[0]['perSession'],
  seatMapId?: string,
) {
  const { id: eventId } = await ticketi.events.create({
    organizerId,
    name: `Night ${index}`,
    slug: `night-${organizerId}-${index}`.replaceAll('_', '-'),
    timezone: 'Europe/Berlin',
    currency: 'EUR',
  });
  const { sessions } = await ticketi.sessions.addSeries({
    eventId,
    rule: 'FREQ=DAILY;COUNT=1',
    startsAt: '2027-07-10T19:30',
    durationMinutes: 120,
    perSession,
  });
  const sessionId = sessions[0]?.id ?? '';
  if (seatMapId !== undefined) await ticketi.seatMaps.assign({ sessionId, seatMapId });
  const { items } = await ticketi.ticketTypes.list({ eventId });
  await ticketi.events.publish({ eventId });
  return { eventId, sessionId, ticketTypeId: items[0]?.id ?? '' };
}

/** Moved into the past, an event no longer sells: who got a place, got it before the move. */
function aMove(name: string, open: typeof aNight, seats?: string[]): Race {
  return {
    name,
    expected: 0,
    async run({ ticketi, clock, crowd }) {
      const { id: organizerId } = await ticketi.organizers.create({ name: 'Theatre' });
      const nights = await Promise.all(times(15, (index) => open(ticketi, organizerId, index)));
      const calls = nights.flatMap(({ eventId, sessionId, ticketTypeId }, index) => [
        call(
          'holds.create',
          anonymous,
          { eventId, items: [{ ticketTypeId, quantity: 1, ...(seats && { seats }) }] },
          { afterMillis: (index % 5) * 2 },
        ),
        call(
          'sessions.updateSeries',
          { type: 'system' },
          { sessionId, scope: 'all', shiftDays: -365 },
          { afterMillis: (index % 3) * 3 },
        ),
      ]);
      const outcomes = await crowd.race(calls, clock.now());
      const moved = nights.map((_, index) => {
        const outcome = outcomes[index * 2 + 1];
        const changed = outcome?.status === 'done' ? field(outcome.output, 'changed') : undefined;
        return Array.isArray(changed) && changed.length > 0;
      });
      const held = nights.map((_, index) => outcomes[index * 2]?.status === 'done');
      return {
        count: nights.filter((_, index) => moved[index] === held[index]).length,
        strange: strange(outcomes, 'not_on_sale'),
      };
    },
  };
}

export const movedOrHeld = aMove(
  'a night is moved while a place of it is taken: one of both',
  aNight,
);
export const movedOrChosen = aMove(
  'a night is moved while a seat of it is chosen: one of both',
  aSeatedNight,
);
export const movedOrNamed = aMove(
  'a night is moved while a seat of it is taken by name: one of both',
  aSeatedNight,
  ['a-1-2'],
);
