import type { Actor, Ticketi } from '@ticketi/core';
import {
  aBoxOffice,
  aGiftCard,
  aListing,
  aPaidOrder,
  aPlacedOrder,
  type BoxOffice,
  type Paid,
  payInCash,
  ticketsOf,
} from '../../src/index.ts';

/** What a month of every kind of sale leaves. */
export interface Month {
  readonly office: BoxOffice;
  readonly organizerId: string;
  /** Discounts, fees of both kinds, tax inside, coins, a gift card: everything at once. */
  readonly richOrderId: string;
  /** Sold on by `seller`, who was paid for it in part. */
  readonly soldTicketId: string;
}

/** Plays every money fact that there is, through public operations, so that each has its posting. */
export async function aMonth(ticketi: Ticketi): Promise<Month> {
  const office = await aBoxOffice(ticketi, { capacity: null, codeUses: null });
  const eventId = office.event.id;
  const organizerId = office.organizer.id;
  await aPaidOrder(ticketi, office, { quantity: 2 });
  await aPaidOrder(ticketi, office, { codes: ['EARLY'] });

  await ticketi.taxes.set({ organizerId, name: 'VAT', percent: '19', place: 'DE' });
  await ticketi.prices.setPolicy({
    eventId,
    taxPlace: 'DE',
    reverseCharge: 'always',
    cashStep: 5,
    cashRounding: 'always',
  });
  await ticketi.fees.set({ eventId, name: 'Card', fixed: 33, mode: 'absorbed' });
  await ticketi.fees.set({ eventId, name: 'Post', fixed: 203, per: 'order' });
  await ticketi.discounts.set({
    eventId,
    name: 'Threes',
    rule: { type: 'group', min: 3, off: { type: 'percent', percent: '7' } },
  });
  const { code } = await aGiftCard(ticketi, office, { amount: 3000 });
  const rich = await aPaidOrder(ticketi, office, {
    items: [
      { ticketTypeId: office.standard.id, quantity: 3 },
      { ticketTypeId: office.vip.id, quantity: 1 },
    ],
    codes: ['EARLY'],
    giftCards: [code],
  });
  await ticketi.giftCards.refund({ orderId: rich.order.id, amount: 1234 });
  await taxRelieved(ticketi, office);
  await onTop(ticketi, organizerId);
  await unexpected(ticketi, office);
  const soldTicketId = await resold(ticketi, office);
  await payouts(ticketi, office, soldTicketId);
  return { office, organizerId, richOrderId: rich.order.id, soldTicketId };
}

/** A business that owes the tax itself. */
async function taxRelieved(ticketi: Ticketi, { event, standard }: BoxOffice): Promise<void> {
  const hold = await ticketi.holds.create({
    eventId: event.id,
    items: [{ ticketTypeId: standard.id, quantity: 1 }],
    buyer: { taxId: 'ATU13585627' },
  });
  const buyer = { name: 'Firma', email: 'firma@example.com' };
  await payInCash(ticketi, await ticketi.orders.place({ holdId: hold.id, buyer }));
}

/** Another event, in another currency, with two taxes on top of its prices. */
async function onTop(ticketi: Ticketi, organizerId: string): Promise<void> {
  const event = await ticketi.events.create({
    organizerId,
    name: 'Abroad',
    timezone: 'America/Toronto',
    currency: 'CAD',
    sessions: [{ startsAt: '2097-08-10T18:00', endsAt: '2097-08-10T22:00' }],
  });
  const eventId = event.id;
  await ticketi.taxes.set({ organizerId, name: 'GST', percent: '5', place: 'CA' });
  await ticketi.taxes.set({ organizerId, name: 'QST', percent: '9.975', place: 'CA-QC' });
  await ticketi.prices.setPolicy({
    eventId,
    pricesInclude: 'no_tax',
    taxPlace: 'CA-QC',
    taxRounding: 'sum_by_net',
  });
  const pool = await ticketi.pools.create({ eventId, name: 'Hall', capacity: 10 });
  const draws = [{ poolId: pool.id }];
  const standard = await ticketi.ticketTypes.create({ eventId, name: 'In', price: 3333, draws });
  await ticketi.fees.set({ eventId, percent: '3' });
  await ticketi.events.publish({ eventId });
  await aPaidOrder(ticketi, { event, standard }, { quantity: 3 });
}

/** Too little came for one order, and went back; for another it is still to go. */
async function unexpected(ticketi: Ticketi, office: BoxOffice): Promise<void> {
  for (const goes of [true, false]) {
    const { order } = await aPlacedOrder(ticketi, office);
    const { payment } = await ticketi.orders.pay({ orderId: order.id });
    const { refund } = await ticketi.payments.record({
      paymentId: payment?.id ?? '',
      result: { state: 'succeeded', providerRef: 'bank:1', amount: 1000, currency: 'EUR' },
    });
    const sent = { state: 'succeeded', providerRef: 'bank:2' } as const;
    if (goes) await ticketi.payments.recordRefund({ refundId: refund?.id ?? '', result: sent });
  }
}

/** A ticket that changed hands, half paid with a gift card. */
async function resold(ticketi: Ticketi, office: BoxOffice): Promise<string> {
  const first: Paid = await aPaidOrder(ticketi, office, { userId: 'seller' });
  const listing = await aListing(ticketi, first);
  const card = await aGiftCard(ticketi, office, { amount: 2000 });
  const buyer: Actor = { type: 'user', id: 'fay' };
  const order = await ticketi.as(buyer).resale.buy({
    listingId: listing.id,
    buyer: { name: 'Fay', email: 'fay@example.com' },
    payment: { provider: 'sandbox', giftCards: [card.code] },
  });
  if ((await ticketsOf(ticketi, order.id)).length !== 1) throw new Error('It was not resold.');
  return first.tickets[0]?.id ?? '';
}

async function payouts(
  ticketi: Ticketi,
  { organizer: { id: organizerId }, event: { id: eventId, sessions } }: BoxOffice,
  soldTicketId: string,
): Promise<void> {
  const pay = (facts: object) =>
    ticketi.payouts.create({ organizerId, currency: 'EUR', amount: 1000, ...facts });
  await pay({ reference: 'on its way' });
  await ticketi.payouts.settle({ payoutId: (await pay({ eventId })).id, reference: 'SEPA-1' });
  await ticketi.payouts.fail({ payoutId: (await pay({})).id, reason: 'account closed' });
  // Sellers are paid once the event is over.
  const [{ id: sessionId, startsAt, endsAt } = { id: '', startsAt: '', endsAt: '' }] = sessions;
  const over = { startsAt: '2020-07-10T18:00', endsAt: '2020-07-11T02:00' };
  await ticketi.sessions.update({ sessionId, ...over });
  await ticketi.payouts.cancel({ payoutId: (await pay({ ticketId: soldTicketId })).id });
  await ticketi.payouts.settle({ payoutId: (await pay({ ticketId: soldTicketId })).id });
  await ticketi.sessions.update({ sessionId, startsAt, endsAt });
}
