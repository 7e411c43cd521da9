import type { Actor, Ticketi } from '@ticketi/core';
import {
  aBoxOffice,
  aGiftCard,
  aHold,
  aListing,
  aPaidOrder,
  aPlacedOrder,
  type BoxOffice,
  type PurchaseOptions,
  ticketsOf,
} from '../../src/index.ts';

/** What a buyer has. A guest has another token for each of them. */
export type Possession =
  | 'hold'
  | 'order'
  | 'ticket'
  | 'listing'
  | 'offer'
  | 'offerToBuyer'
  | 'entry';

/** One record of each kind, all of one organizer, the sold ones of one buyer. */
export interface Belongings {
  readonly buyers: Readonly<Record<Possession, Actor>>;
  /** Somebody who bought as well, with an account when the buyer has none, or the reverse. */
  readonly otherBuyer: Actor;
  readonly organizerId: string;
  readonly otherOrganizerId: string;
  readonly memberId: string;
  /** Retired. */
  readonly keyId: string;
  readonly eventId: string;
  readonly draftId: string;
  readonly sessionId: string;
  /** A series of another two dates, of which nothing is sold. */
  readonly seriesId: string;
  readonly seriesSessionId: string;
  /** The map of the session. */
  readonly seatMapId: string;
  readonly poolId: string;
  readonly blockId: string;
  readonly ticketTypeId: string;
  readonly items: readonly { ticketTypeId: string; quantity: number }[];
  readonly codeId: string;
  readonly feeId: string;
  readonly discountId: string;
  readonly taxId: string;
  readonly questionId: string;
  /** Active. */
  readonly holdId: string;
  /** Pending, with a payment that was begun. */
  readonly orderId: string;
  readonly total: number;
  readonly paymentId: string;
  readonly refundId: string;
  readonly discrepancyId: string;
  /** With something left. */
  readonly giftCardId: string;
  readonly giftCardCode: string;
  /** Paid with the gift card. */
  readonly creditedOrderId: string;
  /** Paid by the buyer of the listing, with one of its two tickets given back. */
  readonly paidOrderId: string;
  readonly orderRefundId: string;
  /** With a refund run, and one paid order. */
  readonly cancelledEventId: string;
  readonly cancelledOrderId: string;
  readonly runId: string;
  /** Of a paid order of the buyer, who has its ticket on offer. */
  readonly invoiceId: string;
  readonly invoicedOrderId: string;
  /** Valid: the former holder sold it to the former guest, who passed it on to the buyer. */
  readonly ticketId: string;
  /** Another one, of which all of that is so, too. */
  readonly besideTicketId: string;
  /** Somebody without an account. */
  readonly formerGuest: Actor;
  /** Paid, by the former guest. */
  readonly passedOrderId: string;
  /** Its tickets, as they were theirs: void. */
  readonly passedTicketId: string;
  readonly passedBesideId: string;
  readonly code: string;
  /** That the order of the ticket was paid. */
  readonly factId: string;
  /** The only check-in list of the event. */
  readonly listId: string;
  /** It let somebody in. */
  readonly scanId: string;
  /** Void: the former holder sold it. */
  readonly soldTicketId: string;
  /** Pending, to the organizer. */
  readonly payoutId: string;
  /** Open, of another ticket of the buyer. */
  readonly listingId: string;
  /** That ticket. */
  readonly offeredTicketId: string;
  /** Open, of another ticket of the former holder. */
  readonly otherListingId: string;
  /** Open, of a third ticket of the buyer, to somebody. */
  readonly offeredId: string;
  /** Open, of a third ticket of the former holder, to the buyer. */
  readonly receivedId: string;
  /** Of the event, sold out; its waitlist is open. */
  readonly soldOutTypeId: string;
  /** With a waitlist on which the buyer has an offer. */
  readonly waitedEventId: string;
  readonly entryId: string;
  readonly offerId: string;
  /** Of an offer to a guest, not used yet. */
  readonly offerCode: string;
  /** To which a delivery is due; its host does not exist. */
  readonly endpointId: string;
  readonly deliveryId: string;
}

export const roles = ['manager', 'box_office', 'scanner', 'analyst'] as const;

/** @param userId the buyer's; undefined: a guest */
export async function makeBelongings(
  ticketi: Ticketi,
  userId: string | undefined,
): Promise<Belongings> {
  const office = await aBoxOffice(ticketi);
  const { standard, event } = office;
  const who: PurchaseOptions = userId === undefined ? {} : { userId };
  const held = await aHold(ticketi, office, who);
  const placed = await aPlacedOrder(ticketi, office, who);
  const { payment } = await ticketi.orders.pay({ orderId: placed.order.id });
  const other = await aPaidOrder(ticketi, office, userId === undefined ? { userId: 'other' } : {});
  await ticketi.refunds.setPolicy({ eventId: event.id });
  const paid = await aPaidOrder(ticketi, office, { ...who, quantity: 2 });
  const given = await ticketi.refunds.create({
    orderId: paid.order.id,
    ticketIds: [paid.tickets[1]?.id ?? ''],
  });
  const listing = await aListing(ticketi, paid);
  const passed = await takeFromFormerGuest(ticketi, office, userId);
  const offers = await offersOf(ticketi, office, userId);
  const block = await ticketi.blocks.create({
    eventId: event.id,
    poolId: office.pool.id,
    units: 2,
    reason: 'Guests',
  });
  const discount = await ticketi.discounts.set({
    eventId: event.id,
    name: 'Coach loads',
    rule: { type: 'group', min: 50, off: { type: 'percent', percent: '10' } },
  });
  const tax = await ticketi.taxes.set({
    organizerId: office.organizer.id,
    name: 'VAT',
    percent: '7',
  });
  const question = await ticketi.questions.set({
    eventId: event.id,
    key: 'allergies',
    label: 'Allergies',
  });
  const { code } = await ticketi.tickets.code({ ticketId: passed.ticketId });
  const list = await ticketi.checkinLists.create({ eventId: event.id, name: 'Everybody' });
  const guestOf = await aPaidOrder(ticketi, office);
  const shown = await ticketi.tickets.code({ ticketId: guestOf.tickets[0]?.id ?? '' });
  const scan = await ticketi.checkin.scan({ eventId: event.id, code: shown.code });
  const added = await ticketi.sessions.addSeries({
    eventId: event.id,
    rule: 'FREQ=WEEKLY;COUNT=2',
    startsAt: '2097-10-05T19:30',
    durationMinutes: 120,
  });
  const { waiting, ...waitlist } = await waitlistOf(ticketi, office, userId);
  return {
    ...(await organizerOf(ticketi, office)),
    ...passed,
    ...waitlist,
    buyers: {
      hold: held.actor,
      order: placed.actor,
      ticket: passed.holder,
      listing: paid.actor,
      offer: offers.offerer,
      offerToBuyer: offers.addressee,
      entry: waiting,
    },
    otherBuyer: other.actor,
    eventId: event.id,
    sessionId: event.sessions[0]?.id ?? '',
    seriesId: added.series.id,
    seriesSessionId: added.sessions[0]?.id ?? '',
    seatMapId: await seatMapOf(ticketi, office),
    poolId: office.pool.id,
    blockId: block.id,
    ticketTypeId: standard.id,
    items: [{ ticketTypeId: standard.id, quantity: 1 }],
    codeId: office.code.id,
    feeId: office.fee.id,
    discountId: discount.id,
    taxId: tax.id,
    questionId: question.id,
    holdId: held.hold.id,
    orderId: placed.order.id,
    total: placed.order.total,
    paymentId: payment?.id ?? '',
    refundId: await dueRefund(ticketi, office),
    discrepancyId: await disputeOf(ticketi, office),
    ...(await giftCardOf(ticketi, office)),
    ...(await cancelledEventOf(ticketi, office)),
    paidOrderId: paid.order.id,
    orderRefundId: given.id,
    ...(await invoiceOf(ticketi, office, paid.order.id)),
    code,
    factId: await factOf(ticketi, office),
    listId: list.id,
    scanId: scan.id,
    payoutId: await payoutTo(ticketi, office),
    listingId: listing.id,
    offeredId: offers.offeredId,
    receivedId: offers.receivedId,
    offeredTicketId: paid.tickets[0]?.id ?? '',
    ...(await endpointOf(ticketi, office)),
  };
}

async function payoutTo(ticketi: Ticketi, { organizer }: BoxOffice): Promise<string> {
  const { id } = await ticketi.payouts.create({ organizerId: organizer.id, amount: 100 });
  return id;
}

async function organizerOf(ticketi: Ticketi, { organizer, ownerId }: BoxOffice) {
  const owner = ticketi.as({ type: 'user', id: ownerId });
  const organizerId = organizer.id;
  for (const role of roles) await owner.members.add({ organizerId, userId: role, role });
  const helper = await owner.members.add({ organizerId, userId: 'helper', role: 'scanner' });
  const otherOwner = ticketi.as({ type: 'user', id: 'otherOwner' });
  const other = await otherOwner.organizers.create({ name: 'Other' });

  const [first] = (await ticketi.signingKeys.list({ organizerId })).keys;
  await owner.signingKeys.rotate({ organizerId });

  const draft = await owner.events.create({
    organizerId,
    name: 'Draft',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
    sessions: [{ startsAt: '2097-09-10T18:00', endsAt: '2097-09-10T22:00' }],
  });
  const eventId = draft.id;
  const pool = await owner.pools.create({ eventId, name: 'Floor', capacity: 5 });
  const draws = [{ poolId: pool.id }];
  await owner.ticketTypes.create({ eventId, name: 'Standard', price: 100, draws });
  return {
    organizerId,
    otherOrganizerId: other.id,
    memberId: helper.id,
    keyId: first?.kid ?? '',
    draftId: eventId,
  };
}

/** Two tickets that the former holder sold to somebody, and another one that they still offer. */
async function sellOfFormerHolder(ticketi: Ticketi, office: BoxOffice) {
  const former = await aPaidOrder(ticketi, office, { userId: 'formerHolder', quantity: 3 });
  const [first, second, third] = former.tickets;
  if (first === undefined || second === undefined || third === undefined) {
    throw new Error('Three tickets were bought.');
  }
  const { listings } = await ticketi.as(former.actor).resale.listGroup({
    ticketIds: [first.id, second.id],
    price: 9800,
    sold: 'whole',
  });
  const kept = await aListing(ticketi, { ...former, tickets: [third] });
  const order = await ticketi.as({ type: 'anonymous' }).resale.buy({
    listingId: listings[0]?.id ?? '',
    whole: true,
    buyer: { name: 'Gus', email: 'gus@example.com' },
    payment: { provider: 'sandbox' },
  });
  const guest: Actor = { type: 'guest', token: order.accessToken ?? '' };
  const tickets = await ticketsOf(ticketi, order.id);
  return { guest, order, tickets, otherListingId: kept.id, soldTicketId: first.id };
}

/** What the former guest bought of the former holder, and passed on to the buyer. */
async function takeFromFormerGuest(
  ticketi: Ticketi,
  office: BoxOffice,
  userId: string | undefined,
) {
  const { guest, order, tickets, ...sold } = await sellOfFormerHolder(ticketi, office);
  const ticketIds = tickets.map(({ id }) => id);
  const { actor, transferId } = await offerTo(ticketi, ticketIds, userId);
  const taken = await ticketi
    .as(actor)
    .transfers.accept({ transferId, holder: { name: 'Bea', email: 'bea@example.com' } });
  const [ticketId = '', besideTicketId = ''] = taken.acceptedTicketIds ?? [];
  const [passedTicketId = '', passedBesideId = ''] = ticketIds;
  const passed = { passedOrderId: order.id, passedTicketId, passedBesideId };
  return { ...sold, ...passed, formerGuest: guest, ticketId, besideTicketId, holder: actor };
}

/** Offers tickets to the buyer, and says who that is: a guest is whoever has the letter. */
async function offerTo(ticketi: Ticketi, ticketIds: string[], userId: string | undefined) {
  const to = userId === undefined ? { email: 'bea@example.com' } : { userId };
  const { id: transferId, accessToken } = await ticketi.transfers.offer({ ticketIds, to });
  const actor: Actor =
    userId === undefined
      ? { type: 'guest', token: accessToken ?? '' }
      : { type: 'user', id: userId };
  return { actor, transferId };
}

/** An offer of the buyer to somebody, and one of the former holder to the buyer. */
async function offersOf(ticketi: Ticketi, office: BoxOffice, userId: string | undefined) {
  const own = await aPaidOrder(ticketi, office, userId === undefined ? {} : { userId });
  const former = await aPaidOrder(ticketi, office, { userId: 'formerHolder' });
  const idsOf = (tickets: readonly { id: string }[]) => tickets.map(({ id }) => id);
  const to = { email: 'zoe@example.com' };
  const offered = await ticketi.transfers.offer({ ticketIds: idsOf(own.tickets), to });
  const received = await offerTo(ticketi, idsOf(former.tickets), userId);
  const ids = { offeredId: offered.id, receivedId: received.transferId };
  return { ...ids, offerer: own.actor, addressee: received.actor };
}

async function seatMapOf(ticketi: Ticketi, { organizer, event }: BoxOffice): Promise<string> {
  const { id: seatMapId } = await ticketi.seatMaps.create({
    organizerId: organizer.id,
    name: 'Hall',
    sections: [{ key: 'a', rows: [{ name: 1, seats: 4 }] }],
  });
  await ticketi.seatMaps.assign({ sessionId: event.sessions[0]?.id ?? '', seatMapId });
  return seatMapId;
}

async function giftCardOf(ticketi: Ticketi, office: BoxOffice) {
  const card = await aGiftCard(ticketi, office, { amount: 10_000 });
  const { order } = await aPlacedOrder(ticketi, office, { giftCards: [card.code] });
  return { giftCardId: card.id, giftCardCode: card.code, creditedOrderId: order.id };
}

/** An event that was cancelled, whose one order waits to be given back. */
async function cancelledEventOf(ticketi: Ticketi, { organizer, ownerId }: BoxOffice) {
  const owner = ticketi.as({ type: 'user', id: ownerId });
  const { id: eventId } = await owner.events.create({
    organizerId: organizer.id,
    name: 'Cancelled',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
    sessions: [{ startsAt: '2097-11-10T18:00', endsAt: '2097-11-10T22:00' }],
  });
  const pool = await owner.pools.create({ eventId, name: 'Floor', capacity: 5 });
  const draws = [{ poolId: pool.id }];
  const standard = await owner.ticketTypes.create({ eventId, name: 'Standard', price: 100, draws });
  const event = await owner.events.publish({ eventId });
  const { order } = await aPaidOrder(ticketi, { event, standard });
  await owner.events.cancel({ eventId });
  const { items } = await owner.refundRuns.list({ eventId });
  return { cancelledEventId: eventId, cancelledOrderId: order.id, runId: items[0]?.id ?? '' };
}

/** A type that is sold out, and another event where the buyer and a guest have offers. */
async function waitlistOf(ticketi: Ticketi, office: BoxOffice, userId: string | undefined) {
  const owner = ticketi.as({ type: 'user', id: office.ownerId });
  const { id: waitedEventId } = await owner.events.create({
    organizerId: office.organizer.id,
    name: 'Sold out',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
    sessions: [{ startsAt: '2097-12-10T18:00', endsAt: '2097-12-10T22:00' }],
  });
  /** A type of two places, and the holds that have both. */
  const soldOut = async (eventId: string) => {
    const pool = await owner.pools.create({ eventId, name: 'Terrace', capacity: 2 });
    const draws = [{ poolId: pool.id }];
    const type = await owner.ticketTypes.create({ eventId, name: 'Terrace', price: 100, draws });
    await owner.waitlist.setPolicy({ eventId });
    return { type, items: [{ ticketTypeId: type.id, quantity: 1 }] };
  };
  const here = await soldOut(office.event.id);
  await ticketi.holds.create({ eventId: office.event.id, items: [...here.items, ...here.items] });
  const there = await soldOut(waitedEventId);
  await owner.events.publish({ eventId: waitedEventId });
  const held = await ticketi.holds.create({
    eventId: waitedEventId,
    items: [...there.items, ...there.items],
  });
  const visitor: Actor =
    userId === undefined ? { type: 'anonymous' } : { type: 'user', id: userId };
  const join = (actor: Actor, name: string) =>
    ticketi.as(actor).waitlist.join({
      eventId: waitedEventId,
      ticketTypeIds: [there.type.id],
      buyer: { name, email: `${name}@example.com` },
    });
  const entry = await join(visitor, 'buyer');
  const other = await join({ type: 'anonymous' }, 'guest');
  await ticketi.holds.release({ holdId: held.id });
  await ticketi.waitlist.offer({ eventId: waitedEventId });
  const { offer } = await ticketi.waitlist.get({ entryId: entry.id });
  const guests = await ticketi.waitlist.get({ entryId: other.id });
  const { code } = await ticketi.waitlist.getOffer({ offerId: guests.offer?.id ?? '' });
  return {
    soldOutTypeId: here.type.id,
    waitedEventId,
    entryId: entry.id,
    offerId: offer?.id ?? '',
    offerCode: code ?? '',
    waiting:
      userId === undefined ? { type: 'guest' as const, token: entry.accessToken ?? '' } : visitor,
  };
}

async function invoiceOf(ticketi: Ticketi, { organizer }: BoxOffice, orderId: string) {
  await ticketi.invoices.setIssuer({
    organizerId: organizer.id,
    legalName: 'Summer Fest e.V.',
    address: { country: 'DE' },
    timezone: 'Europe/Berlin',
  });
  const invoice = await ticketi.invoices.issue({ orderId });
  return { invoiceId: invoice.id, invoicedOrderId: orderId };
}

async function factOf(ticketi: Ticketi, { organizer }: BoxOffice): Promise<string> {
  const filter = { organizerId: organizer.id, type: 'order.paid', limit: 1 };
  return (await ticketi.outbox.list(filter)).items[0]?.id ?? '';
}

async function endpointOf(ticketi: Ticketi, { organizer }: BoxOffice) {
  const organizerId = organizer.id;
  const { id: endpointId } = await ticketi.webhooks.createEndpoint({
    organizerId,
    url: 'https://hooks.invalid/ticketi',
  });
  await ticketi.organizers.update({ organizerId, name: organizer.name });
  while ((await ticketi.outbox.number({})).done > 0);
  while ((await ticketi.webhooks.enqueue({})).done > 0);
  const { items } = await ticketi.webhooks.deliveries({ organizerId, limit: 1 });
  return { endpointId, deliveryId: items[0]?.id ?? '' };
}

/** A refund that no provider has carried out yet. */
async function dueRefund(ticketi: Ticketi, office: BoxOffice): Promise<string> {
  const { order } = await aPlacedOrder(ticketi, office);
  const { payment } = await ticketi.orders.pay({ orderId: order.id });
  const { refund } = await ticketi.payments.record({
    paymentId: payment?.id ?? '',
    result: { state: 'succeeded', providerRef: 'bank:0', amount: 1, currency: 'EUR' },
  });
  return refund?.id ?? '';
}

/** A discrepancy: a buyer contests what they paid. */
async function disputeOf(ticketi: Ticketi, office: BoxOffice): Promise<string> {
  const { order } = await aPaidOrder(ticketi, office);
  const { payment } = await ticketi.orders.get({ orderId: order.id });
  const reference = payment?.id ?? '';
  const { providerRef } = await ticketi.payments.get({ paymentId: reference });
  const about = { about: 'dispute', reference, providerRef: providerRef ?? '' } as const;
  const facts = { amount: order.total, currency: 'EUR', reason: 'fraudulent' };
  const message = { id: `dp:${order.id}`, at: order.createdAt, ...about, ...facts };
  await ticketi.payments.recordMessage({ provider: payment?.provider ?? '', message });
  const { items } = await ticketi.payments.discrepancies();
  return items[0]?.id ?? '';
}
