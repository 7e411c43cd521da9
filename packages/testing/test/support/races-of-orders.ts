import type { Actor } from '@ticketi/core';
import { aBoxOffice, aPaidOrder, aPlacedOrder } from '../../src/index.ts';
import { call } from './crowd.ts';
import { type Race, strange, times } from './race.ts';

const anonymous: Actor = { type: 'anonymous' };
const system: Actor = { type: 'system' };

export const threeLinks: Race = {
  name: 'the links of one address asked for 60 times at once: they are sent three times',
  expected: 3,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const { organizer, event } = office;
    const email = `${event.id}@example.com`;
    await aPlacedOrder(ticketi, office, { buyer: { name: 'Ada', email } });
    const outcomes = await crowd.race(
      times(60, () => call('orders.sendAccess', anonymous, { eventId: event.id, email })),
      clock.now(),
    );
    const type = 'order.access_requested';
    const { items } = await ticketi.outbox.list({ organizerId: organizer.id, type });
    return { count: items.length, strange: strange(outcomes) };
  },
};

export const nameAndAddress: Race = {
  name: 'an attendee’s name and address set at once, of 20 tickets: none is lost',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const items = [{ ticketTypeId: office.standard.id, quantity: 10 }];
    const orders = [
      await aPaidOrder(ticketi, office, { items }),
      await aPaidOrder(ticketi, office, { items }),
    ];
    const ids = orders.flatMap(({ tickets }) => tickets.map(({ id }) => id));
    const outcomes = await crowd.race(
      ids.flatMap((ticketId) => [
        call('tickets.setAttendee', system, { ticketId, name: 'Ada' }),
        call('tickets.setAttendee', system, { ticketId, email: 'ada@example.com' }),
      ]),
      clock.now(),
    );
    const { items: tickets } = await ticketi.tickets.list({ eventId: office.event.id });
    const lost = tickets.filter(({ attendee }) => !attendee?.name || !attendee.email);
    return { count: lost.length, strange: strange(outcomes) };
  },
};
