import type { Actor } from '@ticketi/core';
import { aBoxOffice, aListing, aPaidOrder } from '../../src/index.ts';
import { call } from './crowd.ts';
import { field, type Race, strange, times, wins } from './race.ts';

const anonymous: Actor = { type: 'anonymous' };
const user = (id: string): Actor => ({ type: 'user', id });

export const sellersLimit: Race = {
  name: 'a seller who may offer one ticket lists ten at once: one is listed',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi, { resale: { maxOpen: 1 } });
    const { tickets } = await aPaidOrder(ticketi, office, { userId: 'seller', quantity: 10 });
    // What they are counted by is there then: who makes it makes others wait, guards or not.
    const before = { ticketId: tickets[0]?.id ?? '', price: 100 };
    const { id: listingId } = await ticketi.as(user('seller')).resale.list(before);
    await ticketi.as(user('seller')).resale.withdraw({ listingId });
    const outcomes = await crowd.race(
      tickets.map(({ id: ticketId }) =>
        call('resale.list', user('seller'), { ticketId, price: 100 }),
      ),
      clock.now(),
    );
    const { items } = await ticketi.resale.browse({ eventId: office.event.id });
    return { count: items.length, strange: strange(outcomes, 'resale_limit_exceeded') };
  },
};

export const wholeOrOne: Race = {
  name: 'a group of two is reserved whole by some and singly by others: nobody has what another has',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const { tickets } = await aPaidOrder(ticketi, office, { userId: 'seller', quantity: 10 });
    const seller = ticketi.as(user('seller'));
    const pairs = await Promise.all(
      times(5, (index) =>
        seller.resale.listGroup({
          ticketIds: tickets.slice(index * 2, index * 2 + 2).map(({ id }) => id),
          price: 9000,
          sold: 'singly',
        }),
      ),
    );
    const calls = pairs.map(({ listings: [one, two] }) => [
      call('resale.reserve', anonymous, { listingId: one?.id ?? '', whole: true }),
      call('resale.reserve', anonymous, { listingId: two?.id ?? '' }),
      call('resale.reserve', anonymous, { listingId: two?.id ?? '', whole: true }),
      call('resale.reserve', anonymous, { listingId: one?.id ?? '' }),
    ]);
    const outcomes = await crowd.race(calls.flat(), clock.now());
    const wrong = calls.filter((_, index) => {
      const won = wins(outcomes.slice(index * 4, index * 4 + 4));
      const had = won.flatMap((hold) => {
        const lines = field(field(hold, 'quote'), 'lines');
        return Array.isArray(lines) ? lines.map((line) => field(line, 'listingId')) : [];
      });
      return had.length === 0 || new Set(had).size < had.length;
    });
    return { count: wrong.length, strange: strange(outcomes, 'listing_closed') };
  },
};

export const repriceOrReserve: Race = {
  name: 'a seller asks more while somebody reserves: the buyer pays what is asked, or the price stays',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const offered = await Promise.all(
      times(10, async (index) => {
        const paid = await aPaidOrder(ticketi, office, { userId: `seller${index}` });
        return aListing(ticketi, paid, { price: 4000 });
      }),
    );
    const outcomes = await crowd.race(
      offered.flatMap(({ id: listingId }, index) => [
        call('resale.reserve', anonymous, { listingId }),
        call('resale.setPrice', user(`seller${index}`), { listingId, price: 5000 }),
      ]),
      clock.now(),
    );
    const prices = await Promise.all(
      offered.map(({ id: listingId }) => ticketi.resale.get({ listingId })),
    );
    const wrong = offered.filter((_, index) => {
      const [hold] = wins(outcomes.slice(index * 2, index * 2 + 1));
      return field(field(hold, 'quote'), 'subtotal') !== prices[index]?.price;
    });
    return { count: wrong.length, strange: strange(outcomes, 'listing_closed') };
  },
};

export const returnOrReserve: Race = {
  name: 'a holder gives a ticket back while somebody reserves it: one of both',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    await ticketi.refunds.setPolicy({ eventId: office.event.id });
    const offered = await Promise.all(
      times(10, async (index) => {
        const paid = await aPaidOrder(ticketi, office, { userId: `seller${index}` });
        const { id: listingId } = await aListing(ticketi, paid);
        return { listingId, ticketId: paid.tickets[0]?.id ?? '' };
      }),
    );
    const outcomes = await crowd.race(
      offered.flatMap(({ listingId, ticketId }, index) => [
        call('resale.reserve', anonymous, { listingId }),
        call('resale.return', user(`seller${index}`), { ticketId }),
      ]),
      clock.now(),
    );
    const wrong = offered.filter(
      (_, index) => wins(outcomes.slice(index * 2, index * 2 + 2)).length !== 1,
    );
    return { count: wrong.length, strange: strange(outcomes, 'listing_closed') };
  },
};

export const listOrMove: Race = {
  name: 'ten tickets are listed while their session moves to an earlier time: no listing outlives it',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi, { resale: { closesAt: '2h before start' } });
    const ticketIds = await Promise.all(
      times(10, async () => {
        const { tickets } = await aPaidOrder(ticketi, office, { userId: 'seller' });
        return tickets[0]?.id ?? '';
      }),
    );
    const sessionId = office.event.sessions[0]?.id ?? '';
    const moved = {
      sessionId,
      doorsAt: null,
      startsAt: '2097-07-09T16:00:00.000Z',
      endsAt: '2097-07-09T22:00:00.000Z',
    };
    const outcomes = await crowd.race(
      [
        ...ticketIds.map((ticketId) =>
          call('resale.list', user('seller'), { ticketId, price: 100 }),
        ),
        call('sessions.update', user(office.ownerId), moved, { afterMillis: 5 }),
      ],
      clock.now(),
    );
    const { items } = await ticketi.resale.browse({ eventId: office.event.id });
    const wrong = items.filter(({ expiresAt }) => expiresAt > '2097-07-09T14:00:00.000Z');
    return { count: wrong.length, strange: strange(outcomes) };
  },
};

export const oneSettlement: Race = {
  name: 'a seller is due a refund and twelve workers settle at once: one refund',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi, { resale: { settlement: 'refund_and_rebuy' } });
    const paid = await aPaidOrder(ticketi, office, { userId: 'seller' });
    const { id: listingId } = await aListing(ticketi, paid);
    const buyer = { name: 'Ben', email: 'ben@example.com' };
    const payment = { provider: 'sandbox' };
    await ticketi.as(anonymous).resale.buy({ listingId, buyer, payment });
    const outcomes = await crowd.race(
      times(12, () => call('resale.settle', { type: 'system' }, {})),
      clock.now(),
    );
    const { items } = await ticketi.refunds.list({
      organizerId: office.organizer.id,
      orderId: paid.order.id,
    });
    return { count: items.length, strange: strange(outcomes) };
  },
};
