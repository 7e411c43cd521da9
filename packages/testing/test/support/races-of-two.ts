import type { Actor, Ticket, Ticketi } from '@ticketi/core';
import { aBoxOffice, aListing, aPaidOrder, aPlacedOrder, ticketsOf } from '../../src/index.ts';
import { call } from './crowd.ts';
import type { Outcome } from './participant.ts';
import { field, type Race, strange, times, wins } from './race.ts';

const anonymous: Actor = { type: 'anonymous' };
const user = (id: string): Actor => ({ type: 'user', id });
const purchase = (listingId: string, name: string) =>
  call('resale.buy', anonymous, {
    listingId,
    buyer: { name, email: `${name}@example.com` },
    payment: { provider: 'sandbox' },
  });

/** Ten tickets of one seller, each on sale, and every ticket there is afterwards by its place. */
async function tenListings(ticketi: Ticketi) {
  const office = await aBoxOffice(ticketi);
  const paid = await aPaidOrder(ticketi, office, { userId: 'seller', quantity: 10 });
  const pairs = await Promise.all(
    paid.tickets.map(async (ticket) => ({
      ticket,
      listing: await aListing(ticketi, { ...paid, tickets: [ticket] }),
    })),
  );
  const places = async () => {
    const all: Ticket[] = [];
    for await (const ticket of ticketi.tickets.iterate({ eventId: office.event.id })) {
      all.push(ticket);
    }
    return Map.groupBy(all, ({ admissionId }) => admissionId);
  };
  return { office, pairs, places };
}

export const withdrawOrBuy: Race = {
  name: 'a seller withdraws while two buy: one of them at most, and one valid ticket',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const { pairs, places } = await tenListings(ticketi);
    const calls = pairs.flatMap(({ listing }) => [
      purchase(listing.id, 'ben'),
      call('resale.withdraw', user('seller'), { listingId: listing.id }),
      purchase(listing.id, 'cleo'),
    ]);
    const outcomes = await crowd.race(calls, clock.now());
    const tickets = await places();
    const wrong = pairs.filter(({ ticket }, index) => {
      const won = wins(outcomes.slice(index * 3, index * 3 + 3)).length;
      const valid = tickets.get(ticket.id)?.filter(({ state }) => state === 'valid').length;
      return won !== 1 || valid !== 1;
    });
    return { count: wrong.length, strange: strange(outcomes, 'listing_closed') };
  },
};

export const scanOrBuy: Race = {
  name: 'a ticket is scanned while two buy it: the seller is in or the buyer has it, never both',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const { office, pairs, places } = await tenListings(ticketi);
    const codes = await Promise.all(
      pairs.map(({ ticket }) => ticketi.tickets.code({ ticketId: ticket.id })),
    );
    const calls = pairs.flatMap(({ listing }, index) => [
      purchase(listing.id, 'ben'),
      call('checkin.scan', user(office.ownerId), {
        eventId: office.event.id,
        code: codes[index]?.code,
      }),
      purchase(listing.id, 'cleo'),
    ]);
    const outcomes = await crowd.race(calls, clock.now());
    const tickets = await places();
    const wrong = pairs.filter(({ ticket }, index) => {
      const [first, scan, second] = outcomes.slice(index * 3, index * 3 + 3);
      const sold = [first, second].filter((outcome) => outcome?.status === 'done').length;
      const admitted = scan?.status === 'done' && field(scan.output, 'admitted') === true;
      const valid = tickets.get(ticket.id)?.filter(({ state }) => state === 'valid') ?? [];
      return sold + (admitted ? 1 : 0) !== 1 || valid.length !== 1;
    });
    return { count: wrong.length, strange: strange(outcomes, 'listing_closed') };
  },
};

export const lateOrResold: Race = {
  name: 'a late payment and others on the same place: tickets or the money back, never both or neither',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const { event, standard } = await aBoxOffice(ticketi);
    const eventId = event.id;
    const late = await Promise.all(
      times(8, async (index) => {
        const pool = await ticketi.pools.create({ eventId, name: `Seat ${index}`, capacity: 1 });
        const draws = [{ poolId: pool.id }];
        const type = { eventId, name: `Seat ${index}`, price: 1000, draws };
        const { id: ticketTypeId } = await ticketi.ticketTypes.create(type);
        const items = [{ ticketTypeId, quantity: 1 }];
        const placed = await aPlacedOrder(
          ticketi,
          { event, standard },
          {
            userId: `late${index}`,
            items,
          },
        );
        const { payment } = await ticketi.orders.pay({
          orderId: placed.order.id,
          provider: 'sandbox',
          method: 'answers_late',
        });
        return { ...placed, items, paymentId: payment?.id ?? '' };
      }),
    );
    clock.advance({ minutes: 31 });
    const calls = late.flatMap(({ actor, paymentId, items }, index) => [
      call('holds.create', anonymous, { eventId, items }, { afterMillis: index * 5 }),
      call('payments.check', actor, { paymentId }),
      call('holds.create', anonymous, { eventId, items }, { afterMillis: index * 5 }),
    ]);
    const sweeps = times(4, (turn) =>
      call('orders.expire', { type: 'system' }, {}, { afterMillis: turn * 10 }),
    );
    const outcomes = await crowd.race([...calls, ...sweeps], clock.now());
    const sound = await Promise.all(
      late.map(async ({ order: { id, total } }, index) => {
        const resold = [outcomes[index * 3], outcomes[index * 3 + 2]].filter(isDone).length;
        const order = await ticketi.orders.get({ orderId: id });
        const tickets = await ticketsOf(ticketi, id);
        return order.state === 'paid'
          ? tickets.length === 1 && order.refunded === 0 && resold === 0
          : tickets.length === 0 && order.refunded === total && resold === 1;
      }),
    );
    return {
      count: sound.filter((fine) => !fine).length,
      strange: strange(outcomes, 'sold_out'),
    };
  },
};

export const cancelOrPay: Race = {
  name: 'an order is cancelled while it is paid: tickets, or no money kept',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const placed = await Promise.all(
      times(10, (index) => aPlacedOrder(ticketi, office, { userId: `unsure${index}` })),
    );
    const calls = placed.flatMap(({ actor, order: { id: orderId } }, index) => [
      call('orders.pay', actor, { orderId, provider: 'sandbox' }),
      call('orders.cancel', actor, { orderId }, { afterMillis: index * 20 }),
    ]);
    const outcomes = await crowd.race(calls, clock.now());
    const sound = await Promise.all(
      placed.map(async ({ order: { id, total } }) => {
        const order = await ticketi.orders.get({ orderId: id });
        const tickets = await ticketsOf(ticketi, id);
        const received = order.payment?.state === 'succeeded' ? total : 0;
        return order.state === 'paid'
          ? tickets.length === 1 && order.refunded === 0
          : order.state === 'cancelled' && tickets.length === 0 && order.refunded === received;
      }),
    );
    return {
      count: sound.filter((fine) => !fine).length,
      strange: strange(outcomes, 'order_not_pending'),
    };
  },
};

export const twoOwners: Race = {
  name: 'two owners remove each other: one of them stays',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const pairs = await Promise.all(
      times(8, async () => {
        const first = ticketi.as(user('first'));
        const { id: organizerId } = await first.organizers.create({ name: 'Two of us' });
        await first.members.add({ organizerId, userId: 'second', role: 'owner' });
        const { items } = await first.members.list({ organizerId });
        const [second, own] = items;
        return { organizerId, first: own?.id ?? '', second: second?.id ?? '' };
      }),
    );
    const calls = pairs.flatMap(({ first, second }) => [
      call('members.remove', user('first'), { memberId: second }),
      call('members.remove', user('second'), { memberId: first }),
    ]);
    const outcomes = await crowd.race(calls, clock.now());
    const left = await Promise.all(
      pairs.map(async ({ organizerId }) => (await ticketi.members.list({ organizerId })).items),
    );
    return {
      count: left.filter((owners) => owners.length !== 1).length,
      strange: strange(outcomes, 'last_owner', 'not_allowed', 'not_found'),
    };
  },
};

function isDone(outcome: Outcome | undefined): boolean {
  return outcome?.status === 'done';
}
