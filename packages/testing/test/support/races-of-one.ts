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
import { field, type Race, strange, times, wins } from './race.ts';

const anonymous: Actor = { type: 'anonymous' };
const system: Actor = { type: 'system' };
const user = (id: string): Actor => ({ type: 'user', id });
const buyer = (index: number) => ({ name: `Buyer ${index}`, email: `buyer${index}@example.com` });

export const lastUnits: Race = {
  name: 'five places and 200 buyers: five get one',
  expected: 5,
  async run({ ticketi, clock, crowd }) {
    const { event, standard, pool } = await aBoxOffice(ticketi, { capacity: 5 });
    const input = { eventId: event.id, items: [{ ticketTypeId: standard.id, quantity: 1 }] };
    const outcomes = await crowd.race(
      times(200, () => call('holds.create', anonymous, input)),
      clock.now(),
    );
    const { items } = await ticketi.pools.list({ eventId: event.id });
    const claimed = items.find(({ id }) => id === pool.id)?.claimed;
    const lost = strange(outcomes, 'sold_out');
    const won = wins(outcomes).length;
    return { count: won, strange: claimed === won ? lost : [...lost, `claimed ${claimed}`] };
  },
};

export const lastUse: Race = {
  name: 'one use of a code and 200 buyers: one gets it',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const { event, standard } = await aBoxOffice(ticketi, { capacity: null, codeUses: 1 });
    const items = [{ ticketTypeId: standard.id, quantity: 1 }];
    const input = { eventId: event.id, items, codes: ['EARLY'] };
    const outcomes = await crowd.race(
      times(200, () => call('holds.create', anonymous, input)),
      clock.now(),
    );
    return { count: wins(outcomes).length, strange: strange(outcomes, 'code_not_valid') };
  },
};

export const oneListing: Race = {
  name: 'one listing and 200 who reserve it: one does',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const listing = await aListing(ticketi, await aPaidOrder(ticketi, office));
    const outcomes = await crowd.race(
      times(200, () => call('resale.reserve', anonymous, { listingId: listing.id })),
      clock.now(),
    );
    return { count: wins(outcomes).length, strange: strange(outcomes, 'listing_closed') };
  },
};

export const oneResale: Race = {
  name: 'one listing and 200 who buy it: one pays and has the one valid ticket',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const listing = await aListing(ticketi, await aPaidOrder(ticketi, office));
    const outcomes = await crowd.race(
      times(200, (index) =>
        call('resale.buy', anonymous, {
          listingId: listing.id,
          buyer: buyer(index),
          payment: { provider: 'sandbox' },
        }),
      ),
      clock.now(),
    );
    const lost = strange(outcomes, 'listing_closed');
    const won = wins(outcomes);
    if (won.some((order) => field(order, 'state') !== 'paid')) lost.push('bought, but not paid');
    const { items } = await ticketi.tickets.list({ eventId: office.event.id, state: 'valid' });
    if (items.length !== 1) lost.push(`${items.length} valid tickets`);
    return { count: won.length, strange: lost };
  },
};

export const twoGates: Race = {
  name: 'one ticket scanned 100 times at two gates: one admission',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const { tickets } = await aPaidOrder(ticketi, office);
    const { code } = await ticketi.tickets.code({ ticketId: tickets[0]?.id ?? '' });
    const outcomes = await crowd.race(
      times(100, (index) =>
        call('checkin.scan', user(office.ownerId), {
          eventId: office.event.id,
          code,
          gate: index % 2 === 0 ? 'North' : 'South',
        }),
      ),
      clock.now(),
    );
    const scans = wins(outcomes);
    const lost = strange(outcomes);
    const refused = scans.filter((scan) => field(scan, 'reason') === 'already_in').length;
    const admitted = scans.filter((scan) => field(scan, 'admitted') === true).length;
    if (admitted + refused !== 100) lost.push(`${refused} already in`);
    return { count: admitted, strange: lost };
  },
};

export const oneKey: Race = {
  name: 'one idempotency key sent 50 times: one execution, and one answer for all',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const { event, standard } = await aBoxOffice(ticketi);
    const input = { eventId: event.id, items: [{ ticketTypeId: standard.id, quantity: 1 }] };
    const outcomes = await crowd.race(
      times(50, () =>
        call('holds.create', user('keyed'), input, { idempotencyKey: 'the-same-key' }),
      ),
      clock.now(),
    );
    const lost = strange(outcomes, 'idempotency_in_progress');
    const ids = new Set(wins(outcomes).map((hold) => field(hold, 'id')));
    const { items } = await ticketi.pools.list({ eventId: event.id });
    if (ids.size !== 1) lost.push(`${ids.size} answers`);
    return { count: items[0]?.claimed ?? 0, strange: lost };
  },
};

export const oneOrder: Race = {
  name: 'one hold placed 20 times: one order',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const { hold, actor } = await aHold(ticketi, await aBoxOffice(ticketi), { userId: 'placer' });
    const outcomes = await crowd.race(
      times(20, () => call('orders.place', actor, { holdId: hold.id, buyer: buyer(1) })),
      clock.now(),
    );
    return { count: wins(outcomes).length, strange: strange(outcomes, 'hold_not_active') };
  },
};

export const onePayment: Race = {
  name: 'a payment that a provider reports 20 times: tickets once',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const { order } = await aPlacedOrder(ticketi, await aBoxOffice(ticketi));
    const { payment } = await ticketi.orders.pay({ orderId: order.id, provider: 'manual' });
    const { total: amount, currency } = order;
    const result = { state: 'succeeded', providerRef: 'bank:1', amount, currency };
    const outcomes = await crowd.race(
      times(20, () => call('payments.record', system, { paymentId: payment?.id, result })),
      clock.now(),
    );
    const lost = strange(outcomes);
    const after = await ticketi.orders.get({ orderId: order.id });
    if (after.state !== 'paid' || after.refunded !== 0) lost.push(`${after.state}, returned`);
    return { count: (await ticketsOf(ticketi, order.id)).length, strange: lost };
  },
};

export const oneRefund: Race = {
  name: 'a refund that a provider reports 20 times: booked once',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const { order } = await aPlacedOrder(ticketi, await aBoxOffice(ticketi));
    const { payment } = await ticketi.orders.pay({ orderId: order.id, provider: 'manual' });
    const short = order.total - 1;
    const { refund } = await ticketi.payments.record({
      paymentId: payment?.id ?? '',
      result: { state: 'succeeded', providerRef: 'bank:2', amount: short, currency: 'EUR' },
    });
    const result = { state: 'succeeded', providerRef: 'bank:3' };
    const outcomes = await crowd.race(
      times(20, () => call('payments.recordRefund', system, { refundId: refund?.id, result })),
      clock.now(),
    );
    const lost = strange(outcomes);
    const { refunded } = await ticketi.orders.get({ orderId: order.id });
    if (refunded !== short) lost.push(`${refunded} went back`);
    // What is owed to the buyer is zero after one booking, and too little after each more.
    const { balances } = await ticketi.ledger.balances({ organizerId: order.organizerId });
    const owed = balances.find(({ account }) => account === 'buyer_credit')?.amount ?? 0;
    return { count: 1 + owed / short, strange: lost };
  },
};
