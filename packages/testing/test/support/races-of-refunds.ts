import type { Actor } from '@ticketi/core';
import { aBoxOffice, aListing, aPaidOrder } from '../../src/index.ts';
import { call } from './crowd.ts';
import { field, type Race, strange, times, wins } from './race.ts';

const anonymous: Actor = { type: 'anonymous' };
const system: Actor = { type: 'system' };
const user = (id: string): Actor => ({ type: 'user', id });

export const oneTicketRefund: Race = {
  name: 'a ticket of two that is refunded 20 times: once',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const { order, tickets } = await aPaidOrder(ticketi, office, { quantity: 2 });
    const input = { orderId: order.id, ticketIds: [tickets[0]?.id ?? ''] };
    const outcomes = await crowd.race(
      times(20, () => call('refunds.record', system, input)),
      clock.now(),
    );
    const lost = strange(outcomes, 'not_refundable');
    const { items } = await ticketi.pools.list({ eventId: office.event.id });
    if (items[0]?.claimed !== 1) lost.push(`${items[0]?.claimed} places are taken`);
    return { count: wins(outcomes).length, strange: lost };
  },
};

export const lastCents: Race = {
  name: 'refunds of 60 % of an order, 20 at once: one, and never more than was paid',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi, { fee: { percent: '0', fixed: 0 } });
    const { order } = await aPaidOrder(ticketi, office);
    const amount = (order.total / 10) * 6;
    const outcomes = await crowd.race(
      times(20, () => call('refunds.record', system, { orderId: order.id, amount })),
      clock.now(),
    );
    const lost = strange(outcomes, 'refund_above_paid');
    const { givenBack } = await ticketi.orders.get({ orderId: order.id });
    if (givenBack !== amount) lost.push(`${givenBack} is given back`);
    return { count: wins(outcomes).length, strange: lost };
  },
};

export const refundOrScan: Race = {
  name: 'ten tickets are refunded while they are scanned: money back or let in, never both or neither',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const bought = await Promise.all(
      times(10, async () => {
        const { order, tickets } = await aPaidOrder(ticketi, office);
        const { code } = await ticketi.tickets.code({ ticketId: tickets[0]?.id ?? '' });
        return { order, code };
      }),
    );
    const outcomes = await crowd.race(
      bought.flatMap(({ order, code }) => [
        call('refunds.record', system, { orderId: order.id }),
        call('checkin.scan', user(office.ownerId), { eventId: office.event.id, code }),
      ]),
      clock.now(),
    );
    const wrong = bought.filter((_, index) => {
      const [refund, scan] = outcomes.slice(index * 2, index * 2 + 2);
      const isIn = scan?.status === 'done' && field(scan.output, 'admitted') === true;
      return (refund?.status === 'done') === isIn;
    });
    return { count: wrong.length, strange: strange(outcomes, 'not_refundable') };
  },
};

export const refundOrBuy: Race = {
  name: 'ten tickets are refunded while somebody buys them of their holders: one of both',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const offered = await Promise.all(
      times(10, async (index) => {
        const paid = await aPaidOrder(ticketi, office, { userId: `seller${index}` });
        return { order: paid.order, listing: await aListing(ticketi, paid) };
      }),
    );
    const outcomes = await crowd.race(
      offered.flatMap(({ order, listing }) => [
        call('resale.buy', anonymous, {
          listingId: listing.id,
          buyer: { name: 'Ben', email: 'ben@example.com' },
          payment: { provider: 'sandbox' },
        }),
        // The buyer comes through three transactions.
        call('refunds.record', system, { orderId: order.id }, { afterMillis: 5 }),
      ]),
      clock.now(),
    );
    const wrong = offered.filter((_, index) => {
      const [purchase, refund] = outcomes.slice(index * 2, index * 2 + 2);
      const isPaid = purchase?.status === 'done' && field(purchase.output, 'state') === 'paid';
      return (refund?.status === 'done') === isPaid;
    });
    return { count: wrong.length, strange: strange(outcomes, 'not_refundable', 'listing_closed') };
  },
};

export const twoWorkers: Race = {
  name: 'a refund run of six orders and eight workers on each: each order once',
  expected: 6,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const orders = await Promise.all(
      times(6, async () => {
        const { order, tickets } = await aPaidOrder(ticketi, office);
        // Its place is free already: giving that back twice would be seen by itself.
        await ticketi.tickets.void({ ticketId: tickets[0]?.id ?? '' });
        return order;
      }),
    );
    const eventId = office.event.id;
    await ticketi.events.cancel({ eventId });
    const { items } = await ticketi.refundRuns.list({ eventId });
    const runId = items[0]?.id;
    const outcomes = await crowd.race(
      orders.flatMap(({ id: orderId }) =>
        times(8, () => call('refundRuns.refund', system, { runId, orderId })),
      ),
      clock.now(),
    );
    const { items: refunds } = await ticketi.refunds.list({
      organizerId: office.organizer.id,
      limit: 200,
    });
    return { count: refunds.length, strange: strange(outcomes) };
  },
};
