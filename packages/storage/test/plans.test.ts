import type { PageRequest, Storage, WriteTx } from '@ticketi/core';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgres } from '../src/postgres.ts';
import { sqlite } from '../src/sqlite.ts';
import { fill, momentOf, ROWS } from './support/at-size.ts';
import { postgresDatabase, sqliteFile, type TestStorage } from './support/databases.ts';
import { hostPool } from './support/host-pool.ts';
import { bigTables, fillPostgres, fillSqlite } from './support/multiply.ts';
import * as sample from './support/records.ts';
import { idOf, later, now, organizerId } from './support/records.ts';
import { rewritingDatabase } from './support/rewriting-database.ts';
import { rewriting } from './support/rewriting-pool.ts';

const event = { eventId: idOf('evt', 3) };
const pools = [idOf('pol', 3), idOf('pol', 23)];
const seats = {
  session: idOf('ses', 3),
  targets: [3, 103].map((seat) => `${idOf('ses', 3)}:${seat}`),
};
const page: PageRequest = { limit: 50, after: undefined };
const wanted = {
  ...event,
  ...{ now, reserved: false, ticketTypeIds: undefined, section: undefined, quantity: undefined },
  ...{ minPrice: undefined, maxPrice: undefined },
};
const units = pools.map((targetId) => ({ targetId, units: 1 }));

const codePolicy = { ...sample.codePolicy, id: event.eventId };
const signingKey = { ...sample.signingKey, id: idOf('key', 3), organizerId: idOf('org', 3) };

const numbers = [3, 23, 43];
const ofAccount = { organizerId, account: 'organizer_payable', currency: 'EUR' } as const;
const ofParty = { party: idOf('tkt', 10) };
const position = { at: momentOf(3), postingId: idOf('pst', 3), id: idOf('ent', 7) };
/** So many that what they agree in is sent once (`rows.ts`), which makes another statement. */
const crowd = Array.from({ length: 12 }, (_, n) => 3 + 20 * n);

/** Asks for several at once, as a batch does: gathering makes one statement of it. */
function together(
  ask: (tx: WriteTx, n: number) => Promise<unknown>,
  of: readonly number[] = numbers,
): (tx: WriteTx) => Promise<unknown> {
  return (tx) => tx.together(of.map((n) => (own) => ask(own, n)));
}

/** What runs for every buyer, door or page, by name. */
const hot: Readonly<Record<string, (tx: WriteTx) => Promise<unknown>>> = {
  'orders.find': ({ orders }) => orders.orders.find(idOf('ord', 1)),
  'orders.findMany': ({ orders }) => orders.orders.findMany([idOf('ord', 1), idOf('ord', 2)]),
  'orders.findForUpdate': ({ orders }) => orders.orders.findForUpdate([idOf('ord', 1)]),
  'orders.findForUpdate of several': together(({ orders }, n) =>
    orders.orders.findForUpdate([idOf('ord', n)]),
  ),
  'orders.find of several': together(({ orders }, n) => orders.orders.find(idOf('ord', n))),
  'orders.save': ({ orders }) =>
    orders.orders.save({ ...sample.order(1), buyerName: 'Bob' }, sample.order(1)),
  'orders.save of several': together(({ orders }, n) =>
    orders.orders.save({ ...sample.order(n), buyerName: `Bob ${n}` }, sample.order(n)),
  ),
  'orders.save of a crowd': together(
    ({ orders }, n) =>
      orders.orders.save({ ...sample.order(n), buyerName: 'Bob' }, sample.order(n)),
    crowd,
  ),
  'orders.eventsOf': ({ orders }) => orders.orders.eventsOf(numbers.map((n) => idOf('ord', n))),
  'orders.findByHold': ({ orders }) => orders.orders.findByHold(idOf('hld', 7)),
  'orders.overdue': ({ orders }) => orders.orders.overdue(now, 50),
  'orders.pendingOfEvent': ({ orders }) => orders.orders.pendingOfEvent(event.eventId),
  'orders.list of an event': ({ orders }) => orders.orders.list(event, page),
  'orders.list of a user': ({ orders }) => orders.orders.list({ userId: 'u_7' }, page),
  'orders.list by a part of a name': ({ orders }) =>
    orders.orders.list({ ...event, query: 'ada', state: { is: 'expired', now } }, page),
  'orders.list of an organizer by a part of a name': ({ orders }) =>
    orders.orders.list({ organizerId, query: 'ada', paidFrom: now }, page),
  'orders.ofGuest': ({ orders }) =>
    orders.orders.ofGuest({ organizerId, email: 'ada@example.org' }, 20),
  'orders.ofGuest of an event': ({ orders }) =>
    orders.orders.ofGuest({ organizerId, ...event, email: 'ada@example.org' }, 20),
  'orders.list, the next page': ({ orders }) =>
    orders.orders.list(event, { limit: 50, after: [idOf('ord', 500)] }),
  'events.find': ({ events }) => events.events.find(event.eventId),
  'events.findForShare': ({ events }) => events.events.findForShare(event.eventId),
  'events.findForShare of several': together(({ events }, n) =>
    events.events.findForShare(idOf('evt', n)),
  ),
  'events.findBySlug': ({ events }) => events.events.findBySlug(organizerId, idOf('event', 3)),
  'sessions.ofEvents': ({ events }) => events.sessions.ofEvents([event.eventId]),
  'sessions.ofEvents of several': together(({ events }, n) =>
    events.sessions.ofEvents([idOf('evt', n)]),
  ),
  'sessions.lastOf': ({ events }) => events.sessions.lastOf(event.eventId),
  'sessions.lastOf of several': together(({ events }, n) => events.sessions.lastOf(idOf('evt', n))),
  'ticketTypes.ofEvent': ({ events }) => events.ticketTypes.ofEvent(event.eventId),
  'ticketTypes.findMany': ({ events }) => events.ticketTypes.findMany([idOf('typ', ROWS + 3)]),
  'sessions.timetable': ({ events }) => events.sessions.timetable(event, page),
  'sessions.timetable, the next page': ({ events }) =>
    events.sessions.timetable(
      { ...event, seriesId: idOf('ser', 3), endsAfter: now },
      { limit: 50, after: [idOf('ses', 503)] },
    ),
  'sessions.ofSeries': ({ events }) => events.sessions.ofSeries(event.eventId, idOf('ser', 3)),
  'sessions.reschedule': ({ events }) =>
    events.sessions.reschedule(event.eventId, [
      { ...sample.session, ...event, id: idOf('ses', 3) },
      { ...sample.session, ...event, id: idOf('ses', 23) },
    ]),
  'ticketTypes.moveSales': ({ events }) =>
    events.ticketTypes.moveSales(event.eventId, [
      { ...sample.ticketType, ...event, id: idOf('typ', ROWS + 3) },
    ]),
  'inventory.claimedItems': ({ inventory }) => inventory.claimedItems(event.eventId, pools, now),
  'inventory.counters': ({ inventory }) => inventory.counters(event.eventId, pools),
  'inventory.lockCounters': ({ inventory }) => inventory.lockCounters(event.eventId, pools),
  'inventory.lockCounters of several': together(({ inventory }, n) =>
    inventory.lockCounters(event.eventId, [idOf('pol', n)]),
  ),
  'inventory.lockEvent': ({ inventory }) => inventory.lockEvent(event.eventId),
  'inventory.addUnits': ({ inventory }) => inventory.addUnits(event.eventId, units),
  'inventory.addUnits of several': together(({ inventory }, n) =>
    inventory.addUnits(event.eventId, [{ targetId: idOf('pol', n), units: 1 }]),
  ),
  'inventory.addUnits of a crowd': together(
    ({ inventory }, n) =>
      inventory.addUnits(event.eventId, [{ targetId: idOf('pol', n), units: 1 }]),
    crowd,
  ),
  'inventory.ensureCounters': ({ inventory }) =>
    inventory.ensureCounters([
      sample.counter(3, { ...event }),
      sample.counter(20_001, { ...event }),
    ]),
  'inventory.followCapacities': ({ inventory }) =>
    inventory.followCapacities(
      event.eventId,
      pools.map((targetId) => ({ targetId, capacity: 5000 })),
    ),
  'inventory.resize': ({ inventory }) => inventory.resize(event.eventId, idOf('pol', 3), 9),
  'inventory.lapsedUnits': ({ inventory }) => inventory.lapsedUnits(event.eventId, pools, later),
  'inventory.heldUnits': ({ inventory }) => inventory.heldUnits(event.eventId, pools, now),
  'inventory.blockedUnits': ({ inventory }) => inventory.blockedUnits(event.eventId),
  'inventory.unitsAt': ({ inventory }) => inventory.unitsAt(event.eventId, pools, now),
  'inventory.nextExpiries': ({ inventory }) =>
    inventory.nextExpiries(idOf('evt', 1), [idOf('pol', 1)], now),
  'blocks.list of an event': ({ inventory }) => inventory.blocks.list(event, page),
  'inventory.takeBackLapsed': ({ inventory }) =>
    inventory.takeBackLapsed(idOf('evt', 1), [idOf('pol', 1)], later),
  'inventory.release': ({ inventory }) => inventory.release(event.eventId, [idOf('hld', 9)], now),
  'inventory.giveBack': ({ inventory }) =>
    inventory.giveBack(
      event.eventId,
      idOf('hld', 23),
      [{ targetId: idOf('pol', 23), units: 1 }],
      now,
    ),
  'inventory.moveExpiry': ({ inventory }) =>
    inventory.moveExpiry(event.eventId, idOf('hld', 3), null, now),
  'inventory.claimsOf': ({ inventory }) => inventory.claimsOf(event.eventId, idOf('hld', 3)),
  'inventory.moveExpiry of several': together(({ inventory }, n) =>
    inventory.moveExpiry(event.eventId, idOf('hld', n), null, now),
  ),
  'inventory.claimsOf of several': together(({ inventory }, n) =>
    inventory.claimsOf(event.eventId, idOf('hld', n)),
  ),
  'inventory.release of several': ({ inventory }) =>
    inventory.release(
      event.eventId,
      numbers.map((n) => idOf('hld', n)),
      now,
    ),
  'claims.insert': ({ inventory }) =>
    inventory.claims.insert([sample.claim(20_001, event), sample.claim(20_002, event)]),
  'pools.ofEvent': ({ inventory }) => inventory.pools.ofEvent(event.eventId),
  'holds.find of several': together(({ inventory }, n) => inventory.holds.find(idOf('hld', n))),
  'holds.findForUpdate of several': together(({ inventory }, n) =>
    inventory.holds.findForUpdate([idOf('hld', n)]),
  ),
  'holds.save of several': together(({ inventory }, n) =>
    inventory.holds.save({ ...sample.hold(n), extendedAt: now }, sample.hold(n)),
  ),
  'holds.save of a crowd': together(
    ({ inventory }, n) =>
      inventory.holds.save({ ...sample.hold(n), extendedAt: now }, sample.hold(n)),
    crowd,
  ),
  'holds.eventsOf': ({ inventory }) => inventory.holds.eventsOf(numbers.map((n) => idOf('hld', n))),
  'inventory.lapsedTargets': ({ inventory }) => inventory.lapsedTargets(now, 50),
  'seatings.findForUpdate': ({ seating }) => seating.seatings.findForUpdate([seats.session]),
  'seatings.findForClaims': ({ seating }) => seating.seatings.findForClaims([seats.session]),
  'seatings.findAlone': ({ seating }) => seating.seatings.findAlone([seats.session]),
  'seating.seatGroups': ({ seating }) => seating.seatGroups(event.eventId, seats.session, now),
  'seating.seatsAt': ({ seating }) => seating.seatsAt(event.eventId, seats.session, now),
  'seating.liveSeats': ({ seating }) => seating.liveSeats(event.eventId, seats.session),
  'seating.changedSeats': ({ seating }) =>
    seating.changedSeats(event.eventId, seats.session, later),
  'seating.claimsOnSeats': ({ seating }) => seating.claimsOnSeats(event.eventId, seats.targets),
  'seating.claimedSeats': ({ seating }) =>
    seating.claimedSeats(event.eventId, [seats.session], now),
  'holds.list of a user': ({ inventory }) => inventory.holds.list({ userId: 'u_7' }, page),
  'payments.ofOrders': ({ payments }) => payments.payments.ofOrders([idOf('ord', 1)]),
  'payments.ofOrders of several': together(({ payments }, n) =>
    payments.payments.ofOrders([idOf('ord', n)]),
  ),
  'payments.placesOf': ({ payments }) =>
    payments.payments.placesOf(numbers.map((n) => idOf('pay', n))),
  'payments.findForUpdate of several': together(({ payments }, n) =>
    payments.payments.findForUpdate([idOf('pay', n)]),
  ),
  'payments.save of several': together(({ payments }, n) =>
    payments.payments.save({ ...sample.payment(n), providerRef: `ref ${n}` }, sample.payment(n)),
  ),
  'payments.save of a crowd': together(
    ({ payments }, n) =>
      payments.payments.save({ ...sample.payment(n), providerRef: 'ref' }, sample.payment(n)),
    crowd,
  ),
  'payments.unsettled': ({ payments }) =>
    payments.payments.unsettled({
      before: now,
      providers: ['sandbox'],
      after: undefined,
      limit: 50,
    }),
  'payments.unsettled that nobody waits for': ({ payments }) =>
    payments.payments.unsettled({
      before: later,
      providers: ['manual'],
      unwantedSince: now,
      after: undefined,
      limit: 50,
    }),
  'payments.settledSince': ({ payments }) =>
    payments.payments.settledSince({
      provider: 'manual',
      since: later,
      after: idOf('pay', 1),
      limit: 50,
    }),
  'payments.findByRef': ({ payments }) => payments.payments.findByRef('manual', 'ch_1'),
  'refunds.due': ({ payments }) =>
    payments.refunds.due({ now, providers: ['manual'], after: undefined, limit: 50 }),
  'refunds.findByRef': ({ payments }) => payments.refunds.findByRef('manual', 're_1'),
  'refunds.ofOrder': ({ payments }) => payments.refunds.ofOrder(idOf('ord', 1)),
  'giftCards.findByHashes': ({ giftCards }) => giftCards.cards.findByHashes([idOf('gch', 7)]),
  'giftCards.findByHashes of several': together(({ giftCards }, n) =>
    giftCards.cards.findByHashes([idOf('gch', n)]),
  ),
  'giftCards.list of an organizer': ({ giftCards }) => giftCards.cards.list({ organizerId }, page),
  'giftCards.decide': ({ giftCards }) =>
    giftCards.decide([idOf('gft', 50), idOf('gft', 51)], later, () => []),
  'giftCards.decide of several': together(({ giftCards }, n) =>
    giftCards.decide([idOf('gft', n * 50)], later, () => []),
  ),
  'giftCards.take': ({ giftCards }) => giftCards.take([{ giftCardId: idOf('gft', 3), amount: 1 }]),
  'giftCards.take of several': together(({ giftCards }, n) =>
    giftCards.take([{ giftCardId: idOf('gft', n), amount: 1 }]),
  ),
  'giftCards.settle': ({ giftCards }) => giftCards.settle(idOf('ord', 50), now),
  'giftCards.settle of several': together(({ giftCards }, n) =>
    giftCards.settle(idOf('ord', n * 50), now),
  ),
  'giftCards.release': ({ giftCards }) => giftCards.release([idOf('ord', 50)], now),
  'giftCards.giveBack': ({ giftCards }) =>
    giftCards.giveBack([{ useId: idOf('gcu', 3), giftCardId: idOf('gft', 3), amount: 1 }]),
  'giftCards.lapsed': ({ giftCards }) => giftCards.lapsed([idOf('gft', 50)], later),
  'uses.ofOrder': ({ giftCards }) => giftCards.uses.ofOrder(idOf('ord', 50)),
  'uses.ofOrder of several': together(({ giftCards }, n) => giftCards.uses.ofOrder(idOf('ord', n))),
  'invoices.find': ({ invoices }) => invoices.invoices.find(idOf('inv', 7)),
  'invoices.list of an organizer': ({ invoices }) =>
    invoices.invoices.list({ organizerId, year: 2027 }, page),
  'invoices.list of an event': ({ invoices }) => invoices.invoices.list(event, page),
  'invoices.list of an order': ({ invoices }) =>
    invoices.invoices.list({ orderId: idOf('ord', 7) }, page),
  'invoices.ofOrders': ({ invoices }) => invoices.invoices.ofOrders([idOf('ord', 50)]),
  'invoices.creditNotesOf': ({ invoices }) => invoices.invoices.creditNotesOf([idOf('inv', 50)]),
  'invoices.findForCredit': ({ invoices }) => invoices.invoices.findForCredit(idOf('inv', 50)),
  'invoices.uninvoiced': ({ invoices }) => invoices.uninvoiced(100),
  'invoices.follow': ({ invoices }) => invoices.follow(later),
  'uses.list of a card': ({ giftCards }) =>
    giftCards.uses.list({ giftCardId: idOf('gft', 7) }, page),
  'tickets.list of an order': ({ tickets }) =>
    tickets.tickets.list({ orderId: idOf('ord', 1) }, page),
  'tickets.list of a hold': ({ tickets }) => tickets.tickets.list({ holdId: idOf('hld', 1) }, page),
  'tickets.list of a holder': ({ tickets }) => tickets.tickets.list({ holderUserId: 'u_7' }, page),
  'tickets.list of an event': ({ tickets }) => tickets.tickets.list(event, page),
  'tickets.list of an organizer': ({ tickets }) => tickets.tickets.list({ organizerId }, page),
  'tickets.find of several': together(({ tickets }, n) => tickets.tickets.find(idOf('tkt', n))),
  'tickets.findForUpdate of several': together(({ tickets }, n) =>
    tickets.tickets.findForUpdate([idOf('tkt', n)]),
  ),
  'tickets.save of several': together(({ tickets }, n) =>
    tickets.tickets.save({ ...sample.ticket(n), checkedInAt: now }, sample.ticket(n)),
  ),
  'tickets.save of a crowd': together(
    ({ tickets }, n) =>
      tickets.tickets.save({ ...sample.ticket(n), checkedInAt: now }, sample.ticket(n)),
    crowd,
  ),
  'custody.ofAdmissions': ({ tickets }) =>
    tickets.custody.ofAdmissions([idOf('tkt', 1), idOf('tkt', 2)]),
  'custody.ofAdmission': ({ tickets }) => tickets.custody.ofAdmission(idOf('tkt', 1)),
  'scans.findByScanId': ({ checkin }) => checkin.scans.findByScanId(event.eventId, idOf('door', 3)),
  'scans.findByScanId of several': together(({ checkin }, n) =>
    checkin.scans.findByScanId(event.eventId, idOf('door', n)),
  ),
  'scans.insert': ({ checkin }) =>
    checkin.scans.insert([sample.scan(20_001, { ...event, scanId: 'new' })]),
  'offeredTickets.among': ({ transfers }) =>
    transfers.offeredTickets.among(numbers.map((n) => idOf('tkt', n))),
  'offeredTickets.among of several': together(({ transfers }, n) =>
    transfers.offeredTickets.among([idOf('tkt', n)]),
  ),
  'offeredTickets.remove': ({ transfers }) => transfers.offeredTickets.remove([idOf('tkt', 1)]),
  'transfers.openOfEvent': ({ transfers }) => transfers.transfers.openOfEvent(event.eventId),
  'transfers.overdue': ({ transfers }) => transfers.transfers.overdue(now, 100),
  'transfers.list of a guest': ({ transfers }) =>
    transfers.transfers.list({ fromAccessId: idOf('hld', 1) }, page),
  'transfers.list of an addressee': ({ transfers }) =>
    transfers.transfers.list({ toUserId: 'ben' }, page),
  'tickets.list of a transfer': ({ tickets }) =>
    tickets.tickets.list({ transferId: idOf('trf', 1) }, page),
  'scans.findByScanIds': ({ checkin }) =>
    checkin.scans.findByScanIds(event.eventId, [idOf('door', 3), idOf('door', 4)]),
  'scans.admittedOf': ({ checkin }) =>
    checkin.scans.admittedOf(event.eventId, [idOf('tkt', 1), idOf('tkt', 2)]),
  'scans.idsOfDevices': ({ checkin }) =>
    checkin.scans.idsOfDevices(event.eventId, idOf('ckl', 1), { after: '', limit: 5000 }),
  'scans.idsOfDevices, the next page, without a list': ({ checkin }) =>
    checkin.scans.idsOfDevices(event.eventId, null, { after: idOf('door', 500), limit: 5000 }),
  'checkin lists.ofEvent': ({ checkin }) => checkin.lists.ofEvent(event.eventId),
  'checkin lists.ofEvent of several': together(({ checkin }, n) =>
    checkin.lists.ofEvent(idOf('evt', n)),
  ),
  'scans.passages': ({ checkin }) => checkin.scans.passages(event.eventId, 900),
  'presences.ofPlaces': ({ checkin }) =>
    checkin.presences.ofPlaces(event.eventId, idOf('ckl', 1), [idOf('tkt', 1), idOf('tkt', 2)]),
  'presences.ofList': ({ checkin }) =>
    checkin.presences.ofList(event.eventId, idOf('ckl', 1), { after: '', limit: 100 }),
  'presences.counts': ({ checkin }) => checkin.presences.counts(event.eventId),
  'presences.put': ({ checkin }) => checkin.presences.put([sample.presence(20_001, event)]),
  'checkin.expected': ({ checkin }) => checkin.expected(event.eventId),
  'tickets.validOf': ({ tickets }) =>
    tickets.tickets.validOf(event.eventId, [idOf('tkt', 1), idOf('tkt', 2)]),
  'scans.list of a ticket': ({ checkin }) =>
    checkin.scans.list({ admissionId: idOf('tkt', 1), ticketId: idOf('tkt', 1) }, page),
  'listings.openOfTicket': ({ resale }) => resale.listings.openOfTicket(idOf('tkt', 1)),
  'listings.openOfTicket of several': together(({ resale }, n) =>
    resale.listings.openOfTicket(idOf('tkt', n)),
  ),
  'listings.openOfTickets': ({ resale }) =>
    resale.listings.openOfTickets([idOf('tkt', 1), idOf('tkt', 2)]),
  'listings.move': ({ resale }) =>
    resale.listings.move(event.eventId, [sample.listing(3), sample.listing(23)]),
  'listings.move of a crowd': ({ resale }) =>
    resale.listings.move(
      event.eventId,
      crowd.map((n) => sample.listing(n)),
    ),
  'listings.save': ({ resale }) =>
    resale.listings.save({ ...sample.listing(3), price: 4900 }, sample.listing(3)),
  'listings.openOfEvent': ({ resale }) => resale.listings.openOfEvent(event.eventId),
  'listings.search, the newest': ({ resale }) =>
    resale.listings.search({ ...wanted, order: 'newest' }, page),
  'listings.search, the next page': ({ resale }) =>
    resale.listings.search(
      { ...wanted, order: 'newest' },
      { limit: 50, after: [idOf('lst', 503)] },
    ),
  'listings.search by price': ({ resale }) =>
    resale.listings.search({ ...wanted, order: 'price' }, page),
  'listings.search by price, the next page': ({ resale }) =>
    resale.listings.search({ ...wanted, order: 'price' }, { limit: 50, after: [idOf('lst', 503)] }),
  'listings.search, the dearest of a price': ({ resale }) =>
    resale.listings.search({ ...wanted, maxPrice: 6000, order: 'price_desc' }, page),
  'listings.search by quantity': ({ resale }) =>
    resale.listings.search({ ...wanted, quantity: 2, order: 'quantity' }, page),
  'listings.search by ticket type': ({ resale }) =>
    resale.listings.search(
      { ...wanted, ticketTypeIds: [sample.ticketType.id], order: 'ticket_type' },
      page,
    ),
  'listings.search by section': ({ resale }) =>
    resale.listings.search({ ...wanted, section: 'A', order: 'section' }, page),
  'listings.ofSeller': ({ resale }) => resale.listings.ofSeller(event.eventId, 'u_3', now),
  'listings.overdue': ({ resale }) => resale.listings.overdue(now, 50),
  'listings.settleDue': ({ resale }) => resale.listings.settleDue(50),
  'listings.counted': ({ resale }) => resale.listings.counted(event.eventId, idOf('lst', 503), 50),
  'listings.ofGroup': ({ resale }) => resale.listings.ofGroup(idOf('lsg', 5)),
  'listings.list of a seller': ({ resale }) => resale.listings.list({ sellerUserId: 'u_7' }, page),
  'waitlist entries.active': ({ waitlist }) => waitlist.entries.active(event.eventId, 'buyer-3'),
  'waitlist entries.admit': ({ waitlist }) => waitlist.entries.admit(sample.entry(20_001, event)),
  'waitlist entries.before': ({ waitlist }) => waitlist.entries.before(sample.entry(503, event)),
  'waitlist entries.fitting': ({ waitlist }) =>
    waitlist.entries.fitting(
      event.eventId,
      [1, 2].map((n) => ({ ticketTypeId: idOf('typ', n), leaves: 4 })),
      50,
    ),
  'waitlist entries.waitingFor': ({ waitlist }) =>
    waitlist.entries.waitingFor(event.eventId, [idOf('typ', 1)], 50),
  'waitlist entries.withoutWish': ({ waitlist }) => waitlist.entries.withoutWish(event.eventId, 50),
  'waitlist entries.counts': ({ waitlist }) => waitlist.entries.counts(event.eventId),
  'waitlist entries.list of an event': ({ waitlist }) => waitlist.entries.list(event, page),
  'waitlist entries.list of an event that wait': ({ waitlist }) =>
    waitlist.entries.list({ ...event, state: 'waiting' }, page),
  'waitlist entries.list of a user': ({ waitlist }) =>
    waitlist.entries.list({ userId: 'u_7' }, page),
  'waitlist entries.save of several': together(({ waitlist }, n) =>
    waitlist.entries.save({ ...sample.entry(n), misses: 1 }, sample.entry(n)),
  ),
  'waitlist.waiting': ({ waitlist }) => waitlist.waiting(event.eventId),
  'waitlist wishes.remove': ({ waitlist }) =>
    waitlist.wishes.remove([idOf('wle', 3), idOf('wle', 23)]),
  'waitlist wishes.removeTypes': ({ waitlist }) =>
    waitlist.wishes.removeTypes([idOf('wle', 1)], [idOf('typ', 1)]),
  'waitlist offers.openOf': ({ waitlist }) =>
    waitlist.offers.openOf([idOf('wle', 10_003), idOf('wle', 10_023)]),
  'waitlist offers.over': ({ waitlist }) => waitlist.offers.over(event.eventId, now, 50),
  'waitlist offers.list of an event': ({ waitlist }) => waitlist.offers.list(event, page),
  'codePolicies.find': ({ tickets }) => tickets.codePolicies.find(event.eventId),
  'codePolicies.save': ({ tickets }) =>
    tickets.codePolicies.save({ ...codePolicy, doorKeyNumber: 3 }, codePolicy),
  'signingKeys.find': ({ organizers }) => organizers.signingKeys.find(idOf('key', 3)),
  'signingKeys.ofOrganizer': ({ organizers }) => organizers.signingKeys.ofOrganizer(idOf('org', 3)),
  'signingKeys.ofOrganizer of several': together(({ organizers }, n) =>
    organizers.signingKeys.ofOrganizer(idOf('org', n)),
  ),
  'signingKeys.save': ({ organizers }) =>
    organizers.signingKeys.save({ ...signingKey, retiredAt: now }, signingKey),
  'revocations.numbered, the next part': ({ tickets }) =>
    tickets.revocations.numbered(event.eventId, 9000, 500),
  'revocations.unnumbered, the next part': ({ tickets }) =>
    tickets.revocations.unnumbered(event.eventId, idOf('tkt', 503), 500),
  'revocations.eventsToNumber': ({ tickets }) => tickets.revocations.eventsToNumber(1000),
  'revocations.number': ({ tickets }) => tickets.revocations.number(event.eventId, 100_000, 500),
  'revocations.numbered': ({ tickets }) => tickets.revocations.numbered(event.eventId, 100, 500),
  'revocations.unnumbered': ({ tickets }) =>
    tickets.revocations.unnumbered(event.eventId, null, 500),
  'revocations.list of an event': ({ tickets }) => tickets.revocations.list(event, page),
  'ledger.entriesOf': ({ ledger }) => ledger.entriesOf([idOf('pst', 1)]),
  'ledger.balances of an event': ({ ledger }) => ledger.balances(event),
  'ledger.balances of a party': ({ ledger }) => ledger.balances(ofParty),
  'ledger.lines of an organizer': ({ ledger }) =>
    ledger.lines(ofAccount, { after: undefined, limit: 50 }),
  'ledger.lines of an organizer, further on': ({ ledger }) =>
    ledger.lines({ ...ofAccount, until: momentOf(9000) }, { after: position, limit: 50 }),
  'ledger.lines of an event': ({ ledger }) =>
    ledger.lines({ ...ofAccount, ...event, from: now }, { after: undefined, limit: 50 }),
  'ledger.lines of a party': ({ ledger }) =>
    ledger.lines({ ...ofAccount, ...ofParty }, { after: undefined, limit: 50 }),
  'ledger.sum of an event': ({ ledger }) => ledger.sum({ ...ofAccount, ...event }, position),
  'ledger.sum of a party': ({ ledger }) => ledger.sum({ ...ofAccount, ...ofParty }),
  'ledger.balances of a party of an organizer': ({ ledger }) =>
    ledger.balances({ organizerId, ...ofParty }),
  'ledger.currencies of a party': ({ ledger }) =>
    ledger.currencies({ organizerId, account: 'organizer_payable', ...ofParty }),
  'ledger.currencies of an organizer': ({ ledger }) =>
    ledger.currencies({ organizerId, account: 'organizer_payable' }),
  'postings.inPeriod of an organizer': ({ ledger }) =>
    ledger.postings.inPeriod({ organizerId, from: now }, { limit: 50, after: [idOf('pst', 3)] }),
  'postings.inPeriod of an event': ({ ledger }) => ledger.postings.inPeriod(event, page),
  'postings.ofSources': ({ ledger }) =>
    ledger.postings.ofSources(numbers.map((n) => idOf('ord', n))),
  'listings.soldOfTicket': ({ resale }) => resale.listings.soldOfTicket(idOf('tkt', 1)),
  'refunds.ofOrders': ({ payments }) =>
    payments.refunds.ofOrders(numbers.map((n) => idOf('ord', n))),
  'gift card refunds of uses': ({ giftCards }) =>
    giftCards.refunds.ofUses(numbers.map((n) => idOf('gcu', n))),
  'refunds.walk of an organizer': ({ payments }) =>
    payments.refunds.walk({ organizerId }, { after: idOf('ref', 3), limit: 50 }),
  'gift card refunds.walk of an organizer': ({ giftCards }) =>
    giftCards.refunds.walk({ organizerId }, { after: idOf('gcr', 3), limit: 50 }),
  'orders.walk of an event': ({ orders }) =>
    orders.orders.walk(event, { after: idOf('ord', 3), limit: 50 }),
  'orders.walk of an organizer': ({ orders }) =>
    orders.orders.walk({ organizerId }, { after: idOf('ord', 3), limit: 50 }),
  'outbox.list of an event': ({ outbox }) => outbox.list(event, page),
  'outbox.list of a subject': ({ outbox }) => outbox.list({ subject: idOf('ord', 1) }, page),
  'outbox.after': ({ outbox }) => outbox.after(9000, 500),
  'outbox.number': ({ outbox }) => outbox.number(10_000, 500),
  'outbox.firstFrom': ({ outbox }) => outbox.firstFrom(idOf('obx', 9990)),
  'outbox.sweep': ({ outbox }) => outbox.sweep(500, later, 100),
  'deliveries.due': ({ webhooks }) => webhooks.deliveries.due(idOf('whe', 1), later, 100),
  'deliveries.nextDue': ({ webhooks }) => webhooks.deliveries.nextDue(idOf('whe', 1)),
  'deliveries.settle': ({ webhooks }) =>
    webhooks.deliveries.settle([
      sample.delivery(1, { state: 'delivered', attempts: 1, nextAttemptAt: null }),
      sample.delivery(2, { attempts: 1, nextAttemptAt: later }),
    ]),
  'audit.list of an event': ({ audit }) => audit.list(event, page),
  'idempotency.sweep': ({ idempotency }) => idempotency.sweep(now, 100),
  'idempotency.find': ({ idempotency }) =>
    idempotency.find([idOf('key', 3), idOf('key', 4), 'new'], now),
  'idempotency.insert': ({ idempotency }) =>
    idempotency.insert(
      [idOf('key', 3), 'new'].map((id) => ({
        id,
        inputHash: '',
        output: 1,
        createdAt: now,
        expiresAt: later,
      })),
      now,
    ),
};

/** Statements that have to be read along this index, whatever else they could take. */
const along = {
  'ledger.lines of a party': 'entries_party',
  'ledger.sum of a party': 'entries_party',
  'ledger.balances of a party of an organizer': 'entries_party',
  'ledger.currencies of a party': 'entries_party',
  'revocations.numbered, the next part': 'revocations_sequence',
  'revocations.unnumbered, the next part': 'revocations_unnumbered',
} as const;

/** An index each, without which the statement reads a whole table: that must be found. */
const needs = {
  'orders.list of a user': 'orders_user',
  'inventory.moveExpiry of several': 'claims_claimant',
  'payments.ofOrders of several': 'payments_order',
  'tickets.list of an order': 'tickets_order',
  'ledger.balances of a party': 'entries_party',
  'refunds.walk of an organizer': 'refunds_organizer',
  'gift card refunds.walk of an organizer': 'gift_card_refunds_organizer',
  'listings.ofGroup': 'listings_group',
  'signingKeys.ofOrganizer': 'signing_keys_organizer',
} as const;

function workOf(name: string): (tx: WriteTx) => Promise<unknown> {
  const work = hot[name];
  if (work === undefined) throw new Error(`No hot statement is called ${name}.`);
  return work;
}

/** Statements that begin or end a transaction have no plan. */
const planned = (text: string) => /^\s*(?:SELECT|UPDATE|INSERT|DELETE|WITH)/i.test(text);

/** With many others on the machine, a hundred thousand rows a table take their time. */
const FILLING = 180_000;

class Undone extends Error {}

/** Runs the work and takes back what it did. */
async function undone(storage: Storage, work: (tx: WriteTx) => Promise<unknown>) {
  const written = storage.write(async (tx) => {
    await work(tx);
    throw new Undone();
  });
  await expect(written).rejects.toBeInstanceOf(Undone);
}

describe('at size, on sqlite', () => {
  let made: TestStorage;
  let empty: TestStorage;
  let texts: string[] = [];
  let counted: Database.Database;
  let uncounted: Database.Database;
  let storage: Storage;
  beforeAll(async () => {
    made = await sqliteFile();
    counted = new Database(made.at);
    await fillSqlite(counted, async () => {
      await made.storage.write(fill);
      await made.storage.close();
    });
    empty = await sqliteFile();
    uncounted = new Database(empty.at);
    storage = sqlite({
      database: () =>
        rewritingDatabase(made.at, (text) => {
          texts.push(text);
          return text;
        }),
    });
  }, FILLING);
  afterAll(async () => {
    counted.close();
    uncounted.close();
    await storage.close();
    await made.drop();
    await empty.drop();
  });

  async function statementsOf(work: (tx: WriteTx) => Promise<unknown>) {
    texts = [];
    await undone(storage, work);
    return texts.filter(planned);
  }

  const stepsOf = (database: Database.Database, statements: readonly string[]) =>
    statements.flatMap((text) =>
      database
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
        .all(Array.from(text.matchAll(/\?/g), () => null))
        .map(({ detail }) => detail),
    );

  function scansOf(database: Database.Database, statements: readonly string[]) {
    const steps = stepsOf(database, statements);
    expect(steps.length).toBeGreaterThan(0);
    // What is claimed, but not paid, is an index of its own, of which a sweep reads all; and so are
    // what has no number yet and sellers who wait for their money. Of issuers (s) there is one an organizer at most. ANY is an
    // index whose first column is not asked for.
    return steps.filter(
      (step) =>
        (step.startsWith('SCAN') || step.includes('ANY(')) &&
        !/json|VIRTUAL|_lapsing|_settle|_unnumbered|_issuers_|^SCAN (?:CONSTANT ROW|d|first|lapsed|since|s|u|n|o|\(subquery-\d+\))$/.test(
          step,
        ),
    );
  }

  test.each(bigTables)('%s has a hundred thousand rows', (name) => {
    const rows = counted.prepare(`SELECT count(*) FROM ticketi_${name}`).pluck().get();
    expect(rows).toBeGreaterThanOrEqual(100_000);
  });

  test.each(Object.entries(hot))('%s reads no whole table', async (_name, work) => {
    const statements = await statementsOf(work);
    expect(scansOf(counted, statements)).toEqual([]);
    // Without statistics, SQLite plans for any number of rows alike: an empty file tells.
    expect(scansOf(uncounted, statements)).toEqual([]);
  });

  test.each(Object.entries(along))('%s is read along %s', async (name, index) => {
    const statements = await statementsOf(workOf(name));
    for (const database of [counted, uncounted]) {
      const searches = stepsOf(database, statements).filter((step) => step.startsWith('SEARCH'));
      expect(searches).not.toEqual([]);
      expect(searches.filter((step) => !step.includes(`INDEX ticketi_${index} `))).toEqual([]);
    }
  });

  test('what refunds have moved is looked up, not read for each order anew', async () => {
    const statements = await statementsOf(({ refunds }) => refunds.orderRefunds.drift());
    // The orders themselves, once.
    const orders = (step: string) => /^SCAN (?:o|money)\b/.test(step);
    expect(scansOf(counted, statements).filter((step) => !orders(step))).toEqual([]);
    expect(scansOf(uncounted, statements).filter((step) => !orders(step))).toEqual([]);
  });

  test.each(Object.entries(needs))('%s without %s is found', async (name, index) => {
    const statements = await statementsOf(workOf(name));
    counted.exec(`BEGIN; DROP INDEX ticketi_${index}`);
    const scans = scansOf(counted, statements);
    counted.exec('ROLLBACK');
    expect(scans).not.toEqual([]);
  });

  test('an inspection of all orders is found', async () => {
    const statements = await statementsOf(({ orders }) => orders.orders.withWrongTickets());
    expect(scansOf(counted, statements)).not.toEqual([]);
  });
});

describe('at size, on postgres', () => {
  let made: TestStorage;
  let seen: pg.QueryConfig[] = [];
  let client: pg.Client;
  let pool: pg.Pool;
  let storage: Storage;
  let leading: ReadonlyMap<string, string>;
  beforeAll(async () => {
    made = await postgresDatabase();
    client = new pg.Client(made.at);
    await client.connect();
    await fillPostgres(client, () => made.storage.write(fill));
    const { rows } = await client.query<{ name: string; first: string }>(
      `SELECT relname AS name, pg_get_indexdef(indexrelid, 1, true) AS first
       FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
       WHERE relnamespace = 'ticketi'::regnamespace`,
    );
    leading = new Map(rows.map(({ name, first }) => [name, first]));
    pool = hostPool(made.at);
    storage = postgres({
      pool: rewriting(pool, (text, values) => {
        seen.push({ text, values: [...values] });
        return text;
      }),
    });
  }, FILLING);
  afterAll(async () => {
    await client.end();
    await pool.end();
    await made.drop();
  });

  async function statementsOf(work: (tx: WriteTx) => Promise<unknown>) {
    seen = [];
    await undone(storage, work);
    return seen.filter(({ text }) => planned(text));
  }

  /** Whether the step reads all of a table, or of an index. Of what is pending or parked, and of issuers, there is never much. */
  function readsAll(step: string, next: string): boolean {
    if (step.includes('Seq Scan')) return !/ on (?:issuers|outbox_failures)\b/.test(step);
    const [, index] = /Index (?:Only )?Scan.*? (?:using|on) (\w+)/.exec(step) ?? [];
    if (index === undefined || /_pending|_lapsing|_settle|_when_paid|_unnumbered/.test(index))
      return false;
    // A key that is read without a condition is the whole table too, in its order, and so is one
    // that is only read from some row on, or whose first column nobody asks for.
    return (
      !next.startsWith('Index Cond') ||
      next.startsWith('Index Cond: (id <') ||
      !next.includes(`${leading.get(index)} `)
    );
  }

  async function stepsOf(statements: readonly pg.QueryConfig[]) {
    const steps: string[] = [];
    for (const { text, values } of statements) {
      const { rows } = await client.query(`EXPLAIN (COSTS OFF) ${text}`, values);
      steps.push(...rows.map((row) => String(row['QUERY PLAN']).trim()));
    }
    return steps;
  }

  async function scansOf(statements: readonly pg.QueryConfig[]) {
    const steps = await stepsOf(statements);
    expect(steps.length).toBeGreaterThan(0);
    return steps.filter((step, at) => readsAll(step, steps[at + 1] ?? ''));
  }

  test.each(bigTables)('%s has a hundred thousand rows', async (name) => {
    const { rows } = await client.query(`SELECT count(*) FROM ticketi.${name}`);
    expect(Number(rows[0]?.count)).toBeGreaterThanOrEqual(100_000);
  });

  test.each(Object.entries(hot))('%s reads no whole table', async (_name, work) => {
    expect(await scansOf(await statementsOf(work))).toEqual([]);
  });

  test.each(Object.entries(along))('%s is read along %s', async (name, index) => {
    const steps = await stepsOf(await statementsOf(workOf(name)));
    const scans = steps.filter((step) => / Scan/.test(step) && !/Bitmap Heap/.test(step));
    expect(scans).not.toEqual([]);
    expect(scans.filter((step) => !step.includes(index))).toEqual([]);
  });

  test.each(Object.entries(needs))('%s without %s is found', async (name, index) => {
    const statements = await statementsOf(workOf(name));
    await client.query('BEGIN');
    await client.query(`DROP INDEX ticketi.${index}`);
    const scans = await scansOf(statements);
    await client.query('ROLLBACK');
    expect(scans).not.toEqual([]);
  });

  test('an inspection of all orders is found', async () => {
    const statements = await statementsOf(({ orders }) => orders.orders.withWrongTickets());
    expect(await scansOf(statements)).not.toEqual([]);
  });
});
