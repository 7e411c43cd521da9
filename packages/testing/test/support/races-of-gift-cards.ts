import type { Actor, Ticketi } from '@ticketi/core';
import { aBoxOffice, aGiftCard, aHold, aPlacedOrder, type BoxOffice } from '../../src/index.ts';
import { call } from './crowd.ts';
import { field, type Race, strange, times, wins } from './race.ts';

const LOADED = 5000;
const PRICE = 1000;

/** A second event of the organizer, whose tickets cost the same. */
async function anotherEvent(ticketi: Ticketi, { organizer, ownerId }: BoxOffice) {
  const owner = ticketi.as({ type: 'user', id: ownerId });
  const { id: eventId } = await owner.events.create({
    organizerId: organizer.id,
    name: 'Winter Fest',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
    sessions: [{ startsAt: '2097-12-10T18:00', endsAt: '2097-12-11T02:00' }],
  });
  const pool = await owner.pools.create({ eventId, name: 'Floor', capacity: null });
  const draws = [{ poolId: pool.id }];
  const type = await owner.ticketTypes.create({ eventId, name: 'One', price: PRICE, draws });
  await owner.events.publish({ eventId });
  return { eventId, ticketTypeId: type.id };
}

export const oneGiftCard: Race = {
  name: 'one gift card for five, and 100 orders of two events: five are paid with it',
  expected: LOADED / PRICE,
  async run({ ticketi, clock, crowd }) {
    const fee = { percent: '0', fixed: 0 };
    const office = await aBoxOffice(ticketi, { capacity: null, standardPrice: PRICE, fee });
    const other = await anotherEvent(ticketi, office);
    const { code, id: giftCardId } = await aGiftCard(ticketi, office, { amount: LOADED });
    const events = [{ eventId: office.event.id, ticketTypeId: office.standard.id }, other];
    const holds = await Promise.all(
      times(100, async (index) => {
        const { eventId = '', ticketTypeId = '' } = events[index % 2] ?? {};
        const items = [{ ticketTypeId, quantity: 1 }];
        return ticketi.as({ type: 'anonymous' }).holds.create({ eventId, items });
      }),
    );
    const outcomes = await crowd.race(
      holds.map(({ id: holdId, accessToken }, index) => {
        const guest: Actor = { type: 'guest', token: accessToken ?? '' };
        const buyer = { name: `Buyer ${index}`, email: `buyer${index}@example.com` };
        return call('orders.place', guest, { holdId, buyer, payment: { giftCards: [code] } });
      }),
      clock.now(),
    );
    const won = wins(outcomes);
    const lost = strange(outcomes, 'gift_card_not_valid');
    if (won.some((order) => field(order, 'state') !== 'paid')) lost.push('placed, but not paid');
    const { balance, uses } = await ticketi.giftCards.get({ giftCardId });
    if (balance !== LOADED - won.length * PRICE) lost.push(`${balance} left`);
    if (uses.length !== won.length) lost.push(`${uses.length} uses`);
    return { count: won.length, strange: lost };
  },
};

export const lateOrSpent: Race = {
  name: 'a gift card for one, five late payments and 20 orders: one of them has it',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const fee = { percent: '0', fixed: 0 };
    const office = await aBoxOffice(ticketi, { capacity: null, standardPrice: PRICE, fee });
    const { code, id: giftCardId } = await aGiftCard(ticketi, office, { amount: PRICE });
    const paymentIds: string[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      // Two tickets, so that something is due besides the card; it lapses before the next.
      const { order } = await aPlacedOrder(ticketi, office, { quantity: 2, giftCards: [code] });
      const late = { orderId: order.id, provider: 'sandbox', method: 'answers_late' };
      const { payment } = await ticketi.orders.pay(late);
      paymentIds.push(payment?.id ?? '');
      clock.advance({ minutes: 31 });
    }
    // Taking back what lapsed would be a lock of its own.
    await ticketi.orders.expire({});
    const holds = await Promise.all(times(20, () => aHold(ticketi, office)));
    const outcomes = await crowd.race(
      [
        ...paymentIds.map((paymentId) => call('payments.check', { type: 'system' }, { paymentId })),
        ...holds.map(({ hold, actor }, index) => {
          const buyer = { name: `Buyer ${index}`, email: `buyer${index}@example.com` };
          const payment = { giftCards: [code] };
          return call('orders.place', actor, { holdId: hold.id, buyer, payment });
        }),
      ],
      clock.now(),
    );
    const lost = strange(outcomes, 'gift_card_not_valid');
    const paid = wins(outcomes).filter((order) => field(order, 'state') === 'paid');
    const { balance } = await ticketi.giftCards.get({ giftCardId });
    if (balance !== 0) lost.push(`${balance} left`);
    return { count: paid.length, strange: lost };
  },
};

export const oneCardRefund: Race = {
  name: 'an order whose gift card is given back 20 times: once',
  expected: 1,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const { code, id: giftCardId } = await aGiftCard(ticketi, office, { amount: LOADED * 2 });
    const items = [{ ticketTypeId: office.standard.id, quantity: 1 }];
    const hold = await ticketi.holds.create({ eventId: office.event.id, items });
    const order = await ticketi.orders.place({
      holdId: hold.id,
      buyer: { name: 'Anna', email: 'anna@example.com' },
      payment: { giftCards: [code] },
    });
    const outcomes = await crowd.race(
      times(20, () => call('giftCards.refund', { type: 'system' }, { orderId: order.id })),
      clock.now(),
    );
    const lost = strange(outcomes, 'refund_above_credit');
    const { balance } = await ticketi.giftCards.get({ giftCardId });
    if (balance !== LOADED * 2) lost.push(`${balance} on the card`);
    return { count: wins(outcomes).length, strange: lost };
  },
};
