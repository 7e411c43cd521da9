import type { Actor } from '@ticketi/core';
import {
  aBoxOffice,
  aHold,
  aListing,
  aPaidOrder,
  aPlacedOrder,
  ticketsOf,
} from '../../src/index.ts';
import { call } from './crowd.ts';
import { type Race, strange, times } from './race.ts';

const anonymous: Actor = { type: 'anonymous' };

export const releaseOrPlace: Race = {
  name: 'a hold is released while it is placed: one of both',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const held = await Promise.all(
      times(10, (index) => aHold(ticketi, office, { userId: `wavering${index}` })),
    );
    const buyer = { name: 'Anna', email: 'anna@example.com' };
    const calls = held.flatMap(({ actor, hold: { id: holdId } }, index) => [
      call('orders.place', actor, { holdId, buyer }),
      call('holds.release', actor, { holdId }, { afterMillis: index * 4 }),
    ]);
    const outcomes = await crowd.race(calls, clock.now());
    const { items } = await ticketi.pools.list({ eventId: office.event.id });
    const done = outcomes.map(({ status }) => (status === 'done' ? 1 : 0));
    const placed = done.filter((won, index) => index % 2 === 0 && won === 1).length;
    const wrong = held.filter(
      (_, index) => (done[index * 2] ?? 0) + (done[index * 2 + 1] ?? 0) !== 1,
    );
    const drift = Math.abs((items[0]?.claimed ?? 0) - placed);
    return { count: wrong.length + drift, strange: strange(outcomes, 'hold_not_active') };
  },
};

export const cancelledOnSale: Race = {
  name: 'an event is cancelled in the middle of its sale: nothing of it stays open',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const { event, standard } = office;
    const eventId = event.id;
    const placed = await Promise.all(
      times(10, (index) => aPlacedOrder(ticketi, office, { userId: `payer${index}` })),
    );
    const listings = await Promise.all(
      times(4, async () => aListing(ticketi, await aPaidOrder(ticketi, office))),
    );
    const items = [{ ticketTypeId: standard.id, quantity: 1 }];
    const calls = [
      ...times(30, (index) =>
        call('holds.create', anonymous, { eventId, items }, { afterMillis: index * 3 }),
      ),
      ...placed.map(({ actor, order }, index) =>
        call(
          'orders.pay',
          actor,
          { orderId: order.id, provider: 'sandbox' },
          { afterMillis: index * 6 },
        ),
      ),
      ...listings.map(({ id: listingId }, index) =>
        call(
          'resale.buy',
          anonymous,
          {
            listingId,
            buyer: { name: 'Ben', email: 'ben@example.com' },
            payment: { provider: 'sandbox' },
          },
          { afterMillis: index * 10 },
        ),
      ),
      call('events.cancel', { type: 'system' }, { eventId }, { afterMillis: 25 }),
    ];
    const outcomes = await crowd.race(calls, clock.now());

    const pools = await ticketi.pools.list({ eventId });
    const { items: open } = await ticketi.resale.browse({ eventId });
    const { items: orders } = await ticketi.orders.list({ eventId, limit: 200 });
    const { items: valid } = await ticketi.tickets.list({ eventId, state: 'valid', limit: 200 });
    const pending = orders.filter(({ state }) => state === 'pending');
    // Whoever paid has a ticket or the money back.
    const robbed = await Promise.all(
      orders.map(async ({ id, state, payment, total, refunded }) => {
        if (state === 'paid') return (await ticketsOf(ticketi, id)).length === 0 ? 1 : 0;
        return payment?.state === 'succeeded' && refunded !== total ? 1 : 0;
      }),
    );
    const leftovers = (pools.items[0]?.claimed ?? 0) - valid.length;
    return {
      count:
        open.length +
        pending.length +
        Math.abs(leftovers) +
        robbed.reduce<number>((a, b) => a + b, 0),
      strange: strange(
        outcomes,
        'not_on_sale',
        'order_not_pending',
        'listing_closed',
        'hold_not_active',
      ),
    };
  },
};
