import { type OperationName, sandboxWebhook } from '@ticketi/core';
import type { Belongings, Possession } from './belongings.ts';
import { WEBHOOK_SECRET } from './databases.ts';

export const permissions = [
  'manage_members',
  'manage_keys',
  'manage_events',
  'sell',
  'look_up',
  'scan',
  'see_money',
  'pay_out',
] as const;
export type Permission = (typeof permissions)[number];

/** Who may, in the words of the design; `buyer` is whom the record belongs to. */
export interface Rule {
  readonly everyone?: true;
  readonly signedIn?: true;
  /** Signed-in users, and guests whose token is genuine. */
  readonly holders?: true;
  readonly buyer?: true;
  readonly anyMember?: true;
  readonly permission?: Permission;
}

export interface Row {
  readonly may: Rule;
  input(own: Belongings): object;
  /** Which of the buyer's records it is about. Default: the order. */
  readonly of?: Possession;
  /** Actors that get something else than the rule says, by name. */
  readonly except?: Readonly<Record<string, string>>;
}

const everyone: Rule = { everyone: true };
const systemOnly: Rule = {};
const members = (permission: Permission): Rule => ({ permission });
const buyerOr = (permission: Permission): Rule => ({ buyer: true, permission });

const facts = { timezone: 'Europe/Berlin', currency: 'EUR' };
const times = { startsAt: '2097-08-10T18:00', endsAt: '2097-08-11T02:00' };
const person = { name: 'Zoe', email: 'zoe@example.com' };
const message = { id: 'msg_1', at: '2027-06-01T12:00:00.000Z' };
const succeeded = { state: 'succeeded', providerRef: 'bank:1', amount: 1, currency: 'EUR' };

/** Who sells may see invoices as well as who sees the money. */
const moneyOrSales = { box_office: 'done', keyThatFitsNot: 'done' };
const issuer = {
  legalName: 'Summer Fest e.V.',
  address: { country: 'DE' },
  timezone: 'Europe/Berlin',
};

/** Every operation: who may, and an input on which those who may succeed. */
export const matrix: Readonly<Record<OperationName, Row>> = {
  'organizers.create': { may: { signedIn: true }, input: () => ({ name: 'New' }) },
  'organizers.get': { may: { anyMember: true }, input: ({ organizerId }) => ({ organizerId }) },
  'organizers.list': { may: { signedIn: true }, input: () => ({}) },
  'organizers.update': {
    may: members('manage_members'),
    input: ({ organizerId }) => ({ organizerId, name: 'New name' }),
  },
  'members.add': {
    may: members('manage_members'),
    input: ({ organizerId }) => ({ organizerId, userId: 'new', role: 'scanner' }),
  },
  'members.list': { may: { anyMember: true }, input: ({ organizerId }) => ({ organizerId }) },
  'members.remove': { may: members('manage_members'), input: ({ memberId }) => ({ memberId }) },

  'signingKeys.list': { may: everyone, input: ({ organizerId }) => ({ organizerId }) },
  'signingKeys.rotate': {
    may: members('manage_keys'),
    input: ({ organizerId }) => ({ organizerId }),
  },
  'signingKeys.revoke': { may: members('manage_keys'), input: ({ keyId }) => ({ keyId }) },

  'events.create': {
    may: members('manage_events'),
    input: ({ organizerId }) => ({ organizerId, name: 'New', ...facts }),
  },
  'events.get': { may: everyone, input: ({ eventId }) => ({ eventId }) },
  'events.list': { may: everyone, input: ({ organizerId }) => ({ organizerId }) },
  'events.update': {
    may: members('manage_events'),
    input: ({ eventId }) => ({ eventId, venue: 'Hall' }),
  },
  'events.publish': {
    may: members('manage_events'),
    input: ({ draftId }) => ({ eventId: draftId }),
  },
  'events.cancel': { may: members('manage_events'), input: ({ eventId }) => ({ eventId }) },
  'sessions.add': {
    may: members('manage_events'),
    input: ({ eventId }) => ({ eventId, ...times }),
  },
  'sessions.addSeries': {
    may: members('manage_events'),
    input: ({ eventId }) => ({ eventId, ...times, rule: 'FREQ=DAILY;COUNT=3' }),
  },
  'sessions.getSeries': { may: everyone, input: ({ seriesId }) => ({ seriesId }) },
  'sessions.list': { may: everyone, input: ({ eventId }) => ({ eventId }) },
  'sessions.update': {
    may: members('manage_events'),
    input: ({ sessionId }) => ({ sessionId, name: 'Friday' }),
  },
  'sessions.updateSeries': {
    may: members('manage_events'),
    input: ({ seriesSessionId }) => ({
      sessionId: seriesSessionId,
      scope: 'all',
      startTime: '20:00',
    }),
  },
  'ticketTypes.create': {
    may: members('manage_events'),
    input: ({ eventId, poolId }) => ({ eventId, name: 'New', price: 1, draws: [{ poolId }] }),
  },
  'ticketTypes.list': { may: everyone, input: ({ eventId }) => ({ eventId }) },
  'ticketTypes.update': {
    may: members('manage_events'),
    input: ({ ticketTypeId }) => ({ ticketTypeId, price: 1 }),
  },
  'seatMaps.create': {
    may: members('manage_events'),
    input: ({ organizerId }) => ({
      organizerId,
      name: 'Hall',
      sections: [{ key: 'a', rows: [{ name: 1, seats: 2 }] }],
    }),
  },
  'seatMaps.get': { may: everyone, input: ({ seatMapId }) => ({ seatMapId }) },
  'seatMaps.list': { may: members('look_up'), input: ({ organizerId }) => ({ organizerId }) },
  'seatMaps.assign': {
    may: members('manage_events'),
    input: ({ sessionId, seatMapId }) => ({ sessionId, seatMapId }),
  },
  'seatMaps.state': { may: everyone, input: ({ sessionId }) => ({ sessionId }) },
  'seatMaps.svg': { may: everyone, input: ({ sessionId }) => ({ sessionId }) },
  'pools.create': {
    may: members('manage_events'),
    input: ({ eventId }) => ({ eventId, name: 'New', capacity: 1 }),
  },
  'pools.get': { may: members('look_up'), input: ({ poolId }) => ({ poolId }) },
  'pools.list': { may: members('look_up'), input: ({ eventId }) => ({ eventId }) },
  'pools.update': {
    may: members('manage_events'),
    input: ({ poolId }) => ({ poolId, capacity: 1000 }),
  },
  'blocks.create': {
    may: members('manage_events'),
    input: ({ eventId, poolId }) => ({ eventId, poolId, units: 1, reason: 'Guests' }),
  },
  'blocks.list': { may: members('manage_events'), input: ({ eventId }) => ({ eventId }) },
  'blocks.release': {
    may: members('manage_events'),
    input: ({ blockId }) => ({ blockId, units: 1 }),
  },
  'availability.get': { may: everyone, input: ({ eventId }) => ({ eventId }) },
  'availability.explain': { may: members('look_up'), input: ({ eventId }) => ({ eventId }) },
  'codes.create': {
    may: members('manage_events'),
    input: ({ eventId }) => ({ eventId, code: 'NEW', discount: { type: 'fixed', amount: 1 } }),
  },
  'codes.createMany': {
    may: members('manage_events'),
    input: ({ eventId }) => ({
      eventId,
      batch: 'lot',
      count: 1,
      discount: { type: 'free' },
    }),
  },
  'codes.list': { may: members('look_up'), input: ({ eventId }) => ({ eventId }) },
  'codes.update': {
    may: members('manage_events'),
    input: ({ codeId }) => ({ codeId, state: 'disabled' }),
  },
  'fees.set': { may: members('manage_events'), input: ({ eventId }) => ({ eventId }) },
  'fees.list': { may: everyone, input: ({ eventId }) => ({ eventId }) },
  'fees.remove': { may: members('manage_events'), input: ({ feeId }) => ({ feeId }) },
  'questions.set': {
    may: members('manage_events'),
    input: ({ eventId }) => ({ eventId, key: 'diet', label: 'What do you eat?' }),
  },
  'questions.list': { may: everyone, input: ({ eventId }) => ({ eventId }) },
  'questions.remove': {
    may: members('manage_events'),
    input: ({ questionId }) => ({ questionId }),
  },
  'taxes.set': {
    may: members('manage_events'),
    input: ({ organizerId }) => ({ organizerId, name: 'VAT', percent: '19' }),
  },
  'taxes.list': { may: members('look_up'), input: ({ organizerId }) => ({ organizerId }) },
  'taxes.remove': { may: members('manage_events'), input: ({ taxId }) => ({ taxId }) },
  'prices.set': {
    may: members('manage_events'),
    input: ({ ticketTypeId }) => ({ ticketTypeId, price: 4900 }),
  },
  'prices.getPolicy': { may: everyone, input: ({ eventId }) => ({ eventId }) },
  'prices.setPolicy': {
    may: members('manage_events'),
    input: ({ eventId }) => ({ eventId, halves: 'up' }),
  },
  'discounts.set': {
    may: members('manage_events'),
    input: ({ eventId }) => ({
      eventId,
      name: 'Groups',
      rule: { type: 'group', min: 100, off: { type: 'percent', percent: '1' } },
    }),
  },
  'discounts.list': { may: everyone, input: ({ eventId }) => ({ eventId }) },
  'discounts.remove': {
    may: members('manage_events'),
    input: ({ discountId }) => ({ discountId }),
  },
  'quotes.get': { may: everyone, input: ({ eventId, items }) => ({ eventId, items }) },
  'quotes.refund': {
    may: buyerOr('sell'),
    input: ({ orderId, items }) => ({ orderId, items }),
  },

  'holds.create': { may: everyone, input: ({ eventId, items }) => ({ eventId, items }) },
  'holds.get': { of: 'hold', may: buyerOr('sell'), input: ({ holdId }) => ({ holdId }) },
  'holds.extend': { of: 'hold', may: buyerOr('sell'), input: ({ holdId }) => ({ holdId }) },
  'holds.change': {
    of: 'hold',
    may: buyerOr('sell'),
    input: ({ holdId, items }) => ({ holdId, items }),
  },
  'holds.release': { of: 'hold', may: buyerOr('sell'), input: ({ holdId }) => ({ holdId }) },
  'holds.sweep': { may: systemOnly, input: () => ({}) },
  'orders.place': {
    of: 'hold',
    may: buyerOr('sell'),
    input: ({ holdId }) => ({ holdId, buyer: person }),
  },
  'orders.sell': {
    may: members('sell'),
    input: ({ eventId, items }) => ({
      eventId,
      items,
      buyer: person,
      payment: { method: 'cash' },
    }),
  },
  'orders.giveAway': {
    may: members('manage_events'),
    input: ({ eventId, items }) => ({ eventId, items, recipient: person, reason: 'Press' }),
    // A key places the order as the box office does: it needs to sell, too.
    except: { keyThatFits: 'not_allowed' },
  },
  'orders.pay': { may: buyerOr('sell'), input: ({ orderId }) => ({ orderId }) },
  'orders.get': { may: buyerOr('look_up'), input: ({ orderId }) => ({ orderId }) },
  'orders.list': { may: members('look_up'), input: ({ organizerId }) => ({ organizerId }) },
  'orders.cancel': { may: buyerOr('sell'), input: ({ orderId }) => ({ orderId }) },
  'orders.expire': { may: systemOnly, input: () => ({}) },
  'orders.addNote': {
    may: members('look_up'),
    input: ({ orderId }) => ({ orderId, text: 'Called.' }),
  },
  'orders.sendAccess': {
    may: everyone,
    input: ({ eventId }) => ({ eventId, email: person.email }),
  },
  'payments.get': { may: buyerOr('look_up'), input: ({ paymentId }) => ({ paymentId }) },
  'payments.begin': { may: buyerOr('sell'), input: ({ orderId }) => ({ orderId }) },
  'payments.check': { may: buyerOr('sell'), input: ({ paymentId }) => ({ paymentId }) },
  'payments.confirm': {
    may: members('sell'),
    input: ({ paymentId, total }) => ({ paymentId, amount: total, currency: 'EUR' }),
  },
  'payments.record': {
    may: systemOnly,
    input: ({ paymentId }) => ({ paymentId, result: succeeded }),
  },
  'payments.recordRefund': {
    may: systemOnly,
    input: ({ refundId }) => ({ refundId, result: { state: 'failed', reason: 'no' } }),
  },
  'payments.receive': {
    may: everyone,
    input: () => ({ provider: 'sandbox', ...sandboxWebhook(WEBHOOK_SECRET, []) }),
  },
  'payments.recordMessage': {
    may: systemOnly,
    input: () => ({ provider: 'sandbox', message: { ...message, about: 'other', type: 'ping' } }),
  },
  'payments.due': { may: systemOnly, input: () => ({}) },
  'payments.settleDue': { may: systemOnly, input: () => ({}) },
  'payments.sendRefunds': { may: systemOnly, input: () => ({}) },
  'payments.reconcile': { may: systemOnly, input: () => ({}) },
  'payments.settled': {
    may: systemOnly,
    input: () => ({ provider: 'sandbox', since: message.at }),
  },
  'payments.compare': {
    may: systemOnly,
    input: ({ paymentId }) => ({ provider: 'manual', reference: paymentId, result: succeeded }),
  },
  'payments.discrepancies': {
    may: members('see_money'),
    input: ({ organizerId }) => ({ organizerId }),
  },
  'payments.resolve': {
    may: members('manage_events'),
    input: ({ discrepancyId }) => ({ discrepancyId, resolution: 'Looked into.' }),
  },

  'giftCards.issue': {
    may: members('manage_events'),
    input: ({ organizerId }) => ({ organizerId, amount: 5000, currency: 'EUR' }),
  },
  'giftCards.list': { may: members('look_up'), input: ({ organizerId }) => ({ organizerId }) },
  'giftCards.get': { may: members('look_up'), input: ({ giftCardId }) => ({ giftCardId }) },
  'giftCards.balance': {
    may: everyone,
    input: ({ eventId, giftCardCode: code }) => ({ eventId, code }),
  },
  'giftCards.update': {
    may: members('manage_events'),
    input: ({ giftCardId }) => ({ giftCardId, state: 'disabled' }),
  },
  'giftCards.refund': {
    may: members('manage_events'),
    input: ({ creditedOrderId }) => ({ orderId: creditedOrderId, amount: 1 }),
  },

  'refunds.create': {
    of: 'listing',
    may: buyerOr('manage_events'),
    input: ({ paidOrderId }) => ({ orderId: paidOrderId }),
  },
  'refunds.record': {
    of: 'listing',
    may: buyerOr('manage_events'),
    input: ({ paidOrderId }) => ({ orderId: paidOrderId }),
  },
  'refunds.get': {
    of: 'listing',
    may: buyerOr('look_up'),
    input: ({ orderRefundId }) => ({ orderRefundId }),
  },
  'refunds.list': {
    of: 'listing',
    may: buyerOr('look_up'),
    input: ({ organizerId, paidOrderId }) => ({ organizerId, orderId: paidOrderId }),
  },
  'refunds.setPolicy': { may: members('manage_events'), input: ({ eventId }) => ({ eventId }) },
  'refunds.getPolicy': { may: everyone, input: ({ eventId }) => ({ eventId }) },
  'refundRuns.start': {
    may: members('manage_events'),
    input: ({ cancelledEventId }) => ({ eventId: cancelledEventId }),
  },
  'refundRuns.get': { may: members('look_up'), input: ({ runId }) => ({ runId }) },
  'refundRuns.list': {
    may: members('look_up'),
    input: ({ cancelledEventId }) => ({ eventId: cancelledEventId }),
  },
  'refundRuns.report': { may: members('look_up'), input: ({ runId }) => ({ runId }) },
  'refundRuns.retry': { may: members('manage_events'), input: ({ runId }) => ({ runId }) },
  'refundRuns.work': { may: systemOnly, input: () => ({}) },
  'refundRuns.claim': { may: systemOnly, input: () => ({}) },
  'refundRuns.refund': {
    may: systemOnly,
    input: ({ runId, cancelledOrderId }) => ({ runId, orderId: cancelledOrderId }),
  },
  'refundRuns.drop': {
    may: systemOnly,
    input: ({ runId, cancelledOrderId }) => ({
      orders: [{ runId, orderId: cancelledOrderId }],
      until: '2097-01-01T00:00:00.000Z',
    }),
  },
  'invoices.setIssuer': {
    may: members('manage_members'),
    input: ({ organizerId }) => ({ organizerId, ...issuer }),
  },
  'invoices.getIssuer': {
    may: members('see_money'),
    input: ({ organizerId }) => ({ organizerId }),
    except: moneyOrSales,
  },
  'invoices.setBilling': {
    may: buyerOr('sell'),
    input: ({ orderId }) => ({ orderId, billing: { company: 'Zoe Ltd' } }),
  },
  'invoices.issue': {
    of: 'listing',
    may: buyerOr('sell'),
    input: ({ invoicedOrderId }) => ({ orderId: invoicedOrderId }),
  },
  'invoices.issueDue': { may: systemOnly, input: () => ({}) },
  'invoices.credit': {
    may: members('manage_events'),
    input: ({ invoiceId }) => ({ invoiceId, reason: 'Goodwill', amount: 1 }),
  },
  'invoices.get': {
    of: 'listing',
    may: buyerOr('see_money'),
    input: ({ invoiceId }) => ({ invoiceId }),
    except: moneyOrSales,
  },
  'invoices.list': {
    of: 'listing',
    may: buyerOr('see_money'),
    input: ({ invoicedOrderId }) => ({ orderId: invoicedOrderId }),
    except: moneyOrSales,
  },
  'invoices.pdf': {
    of: 'listing',
    may: buyerOr('see_money'),
    input: ({ invoiceId }) => ({ invoiceId }),
    except: moneyOrSales,
  },

  'tickets.get': { of: 'ticket', may: buyerOr('look_up'), input: ({ ticketId }) => ({ ticketId }) },
  'tickets.list': {
    // Whoever can hold a ticket sees their own.
    may: { holders: true, permission: 'look_up' },
    input: ({ eventId }) => ({ eventId }),
  },
  'tickets.code': { of: 'ticket', may: buyerOr('sell'), input: ({ ticketId }) => ({ ticketId }) },
  'tickets.setAttendee': {
    of: 'ticket',
    may: buyerOr('sell'),
    input: ({ ticketId }) => ({ ticketId, name: 'Zoe' }),
  },
  'tickets.reissue': {
    of: 'ticket',
    may: buyerOr('sell'),
    input: ({ ticketId }) => ({ ticketId, reason: 'Lost' }),
  },
  'tickets.custody': {
    of: 'ticket',
    may: buyerOr('look_up'),
    input: ({ ticketId }) => ({ ticketId }),
  },
  'tickets.void': { may: members('manage_events'), input: ({ ticketId }) => ({ ticketId }) },
  'tickets.setCodePolicy': {
    may: members('manage_events'),
    input: ({ eventId }) => ({ eventId, rotating: false }),
  },
  'tickets.getCodePolicy': { may: members('scan'), input: ({ eventId }) => ({ eventId }) },
  'tickets.revocations': { may: members('scan'), input: ({ eventId }) => ({ eventId }) },
  'tickets.numberRevocations': { may: systemOnly, input: () => ({}) },
  'documents.qr': { of: 'ticket', may: buyerOr('sell'), input: ({ ticketId }) => ({ ticketId }) },
  'documents.pdf': { of: 'ticket', may: buyerOr('sell'), input: ({ ticketId }) => ({ ticketId }) },
  'documents.calendar': {
    of: 'ticket',
    may: buyerOr('sell'),
    input: ({ ticketId }) => ({ ticketId }),
  },
  'documents.appleWallet': {
    of: 'ticket',
    may: buyerOr('sell'),
    input: ({ ticketId }) => ({ ticketId }),
  },
  'documents.googleWallet': {
    of: 'ticket',
    may: buyerOr('sell'),
    input: ({ ticketId }) => ({ ticketId }),
  },
  'documents.letters': {
    may: systemOnly,
    input: ({ factId }) => ({ factId }),
  },
  'checkin.scan': {
    may: members('scan'),
    input: ({ eventId, code }) => ({ eventId, code }),
  },
  'checkin.list': { may: members('look_up'), input: ({ eventId }) => ({ eventId }) },
  'checkin.undo': {
    may: members('sell'),
    input: ({ scanId }) => ({ scanId, reason: 'By mistake' }),
  },
  'checkin.attendance': { may: members('look_up'), input: ({ eventId }) => ({ eventId }) },
  'checkin.bundle': { may: members('scan'), input: ({ eventId, listId }) => ({ eventId, listId }) },
  'checkin.merge': {
    may: members('scan'),
    input: ({ eventId, listId }) => ({ eventId, listId, deviceId: 'north', entries: [] }),
  },
  'checkinLists.create': {
    may: members('manage_events'),
    input: ({ eventId }) => ({ eventId, name: 'Another' }),
  },
  'checkinLists.update': {
    may: members('manage_events'),
    input: ({ listId }) => ({ listId, name: 'Everybody' }),
  },
  'checkinLists.get': { may: members('scan'), input: ({ listId }) => ({ listId }) },
  'checkinLists.list': { may: members('scan'), input: ({ eventId }) => ({ eventId }) },
  'checkinLists.archive': { may: members('manage_events'), input: ({ listId }) => ({ listId }) },

  'transfers.setPolicy': { may: members('manage_events'), input: ({ eventId }) => ({ eventId }) },
  'transfers.getPolicy': { may: everyone, input: ({ eventId }) => ({ eventId }) },
  'transfers.offer': {
    of: 'ticket',
    may: { buyer: true },
    input: ({ ticketId }) => ({ ticketIds: [ticketId], to: { email: 'zoe@example.com' } }),
  },
  'transfers.accept': {
    of: 'offerToBuyer',
    may: { buyer: true },
    input: ({ receivedId }) => ({ transferId: receivedId, holder: person }),
  },
  'transfers.decline': {
    of: 'offerToBuyer',
    may: { buyer: true },
    input: ({ receivedId }) => ({ transferId: receivedId }),
  },
  'transfers.cancel': {
    of: 'offer',
    may: buyerOr('sell'),
    input: ({ offeredId }) => ({ transferId: offeredId }),
  },
  'transfers.get': {
    of: 'offerToBuyer',
    may: buyerOr('look_up'),
    input: ({ receivedId }) => ({ transferId: receivedId }),
    // They made it.
    except: { formerHolder: 'done' },
  },
  'transfers.list': {
    may: { holders: true, permission: 'look_up' },
    input: ({ eventId }) => ({ eventId }),
  },
  'transfers.expire': { may: systemOnly, input: () => ({}) },

  'resale.setPolicy': { may: members('manage_events'), input: ({ eventId }) => ({ eventId }) },
  'resale.getPolicy': { may: everyone, input: ({ eventId }) => ({ eventId }) },
  'resale.list': {
    of: 'ticket',
    may: { buyer: true },
    input: ({ ticketId }) => ({ ticketId, price: 100 }),
  },
  'resale.withdraw': {
    of: 'listing',
    may: buyerOr('manage_events'),
    input: ({ listingId }) => ({ listingId }),
  },
  'resale.reserve': {
    may: everyone,
    input: ({ otherListingId }) => ({ listingId: otherListingId }),
    except: { formerHolder: 'buyer_is_seller' },
  },
  'resale.buy': {
    may: everyone,
    input: ({ otherListingId }) => ({
      listingId: otherListingId,
      buyer: person,
      payment: { provider: 'sandbox' },
    }),
    // A key buys for somebody as the box office does: it needs to be of this one, and to sell.
    except: {
      formerHolder: 'buyer_is_seller',
      keyWithoutScopes: 'not_allowed',
      keyOfAnother: 'not_allowed',
    },
  },
  'resale.get': { may: everyone, input: ({ listingId }) => ({ listingId }) },
  'resale.browse': { may: everyone, input: ({ eventId }) => ({ eventId }) },
  'resale.presets': { may: everyone, input: () => ({}) },
  'resale.terms': { of: 'ticket', may: { buyer: true }, input: ({ ticketId }) => ({ ticketId }) },
  'resale.listGroup': {
    of: 'ticket',
    may: { buyer: true },
    input: ({ ticketId, besideTicketId }) => ({
      ticketIds: [ticketId, besideTicketId],
      price: 200,
      sold: 'whole',
    }),
  },
  'resale.setPrice': {
    of: 'listing',
    may: { buyer: true },
    input: ({ listingId }) => ({ listingId, price: 100 }),
  },
  'resale.return': {
    of: 'listing',
    may: { buyer: true },
    input: ({ offeredTicketId }) => ({ ticketId: offeredTicketId }),
  },
  'resale.statistics': { may: members('see_money'), input: ({ eventId }) => ({ eventId }) },
  'resale.expire': { may: systemOnly, input: () => ({}) },
  'resale.settle': { may: systemOnly, input: () => ({}) },

  'waitlist.setPolicy': { may: members('manage_events'), input: ({ eventId }) => ({ eventId }) },
  'waitlist.getPolicy': { may: everyone, input: ({ eventId }) => ({ eventId }) },
  'waitlist.join': {
    may: everyone,
    input: ({ eventId, soldOutTypeId }) => ({
      eventId,
      ticketTypeIds: [soldOutTypeId],
      buyer: person,
    }),
  },
  'waitlist.get': { of: 'entry', may: buyerOr('look_up'), input: ({ entryId }) => ({ entryId }) },
  'waitlist.list': {
    may: members('look_up'),
    input: ({ waitedEventId }) => ({ eventId: waitedEventId }),
  },
  'waitlist.leave': { of: 'entry', may: buyerOr('sell'), input: ({ entryId }) => ({ entryId }) },
  'waitlist.setPriority': {
    may: members('manage_events'),
    input: ({ entryId }) => ({ entryId, priority: 1 }),
  },
  'waitlist.offer': {
    may: members('sell'),
    input: ({ waitedEventId }) => ({ eventId: waitedEventId }),
  },
  'waitlist.getOffer': { may: systemOnly, input: ({ offerId }) => ({ offerId }) },
  'waitlist.claim': { may: everyone, input: ({ offerCode }) => ({ code: offerCode }) },
  'waitlist.decline': { of: 'entry', may: buyerOr('sell'), input: ({ entryId }) => ({ entryId }) },
  'waitlist.statistics': {
    may: members('look_up'),
    input: ({ waitedEventId }) => ({ eventId: waitedEventId }),
  },
  'waitlist.due': { may: systemOnly, input: () => ({}) },
  'waitlist.offerDue': { may: systemOnly, input: () => ({}) },

  'ledger.balances': { may: members('see_money'), input: ({ organizerId }) => ({ organizerId }) },
  'ledger.verify': {
    may: members('see_money'),
    input: ({ organizerId, eventId }) => ({ organizerId, eventId }),
  },
  'ledger.statement': { may: members('see_money'), input: ({ organizerId }) => ({ organizerId }) },
  'ledger.sellerStatement': {
    may: members('see_money'),
    input: ({ soldTicketId }) => ({ ticketId: soldTicketId }),
    except: { formerHolder: 'done' },
  },
  'ledger.export': { may: members('see_money'), input: ({ organizerId }) => ({ organizerId }) },
  'payouts.create': {
    may: members('pay_out'),
    input: ({ organizerId }) => ({ organizerId, amount: 1 }),
  },
  'payouts.settle': { may: systemOnly, input: ({ payoutId }) => ({ payoutId }) },
  'payouts.fail': { may: systemOnly, input: ({ payoutId }) => ({ payoutId, reason: 'no' }) },
  'payouts.cancel': { may: systemOnly, input: ({ payoutId }) => ({ payoutId }) },
  'payouts.get': { may: members('see_money'), input: ({ payoutId }) => ({ payoutId }) },
  'payouts.list': { may: members('see_money'), input: ({ organizerId }) => ({ organizerId }) },
  'idempotency.sweep': { may: systemOnly, input: () => ({}) },
  'outbox.list': { may: members('manage_events'), input: ({ organizerId }) => ({ organizerId }) },
  'outbox.number': { may: systemOnly, input: () => ({}) },
  'outbox.read': { may: systemOnly, input: () => ({ after: 0 }) },
  'outbox.dispatch': { may: systemOnly, input: () => ({}) },
  'outbox.claim': { may: systemOnly, input: () => ({ name: 'mailer' }) },
  'outbox.record': {
    may: systemOnly,
    input: () => ({
      name: 'mailer',
      leasedUntil: '2027-07-10T18:00:00.000Z',
      claimed: 0,
      position: 0,
      handled: [],
      failed: [],
      fresh: [],
    }),
  },
  'outbox.subscribers': { may: systemOnly, input: () => ({}) },
  'outbox.failures': { may: systemOnly, input: () => ({}) },
  'outbox.retryParked': { may: systemOnly, input: () => ({ subscriber: 'mailer' }) },
  'outbox.sweep': { may: systemOnly, input: () => ({}) },
  'webhooks.createEndpoint': {
    may: members('manage_members'),
    input: ({ organizerId }) => ({ organizerId, url: 'https://example.com/hooks' }),
  },
  'webhooks.get': { may: members('manage_members'), input: ({ endpointId }) => ({ endpointId }) },
  'webhooks.list': {
    may: members('manage_members'),
    input: ({ organizerId }) => ({ organizerId }),
  },
  'webhooks.update': {
    may: members('manage_members'),
    input: ({ endpointId }) => ({ endpointId, description: 'Ours' }),
  },
  'webhooks.remove': {
    may: members('manage_members'),
    input: ({ endpointId }) => ({ endpointId }),
  },
  'webhooks.rotateSecret': {
    may: members('manage_members'),
    input: ({ endpointId }) => ({ endpointId }),
  },
  'webhooks.sendTest': {
    may: members('manage_members'),
    input: ({ endpointId }) => ({ endpointId }),
  },
  'webhooks.prepareTest': { may: systemOnly, input: ({ endpointId }) => ({ endpointId }) },
  'webhooks.replay': {
    may: members('manage_members'),
    input: ({ endpointId }) => ({ endpointId, from: '2027-01-01T00:00:00Z' }),
  },
  'webhooks.enqueueAgain': {
    may: members('manage_members'),
    input: ({ endpointId }) => ({ endpointId, from: 0 }),
  },
  'webhooks.deliveries': {
    may: members('manage_members'),
    input: ({ organizerId }) => ({ organizerId }),
  },
  'webhooks.retry': {
    may: members('manage_members'),
    input: ({ deliveryId }) => ({ deliveryId }),
  },
  'webhooks.enqueue': { may: systemOnly, input: () => ({}) },
  'webhooks.deliver': { may: systemOnly, input: () => ({}) },
  'webhooks.claim': { may: systemOnly, input: () => ({}) },
  'webhooks.record': {
    may: systemOnly,
    input: ({ endpointId }) => ({
      endpointId,
      leasedUntil: '2027-07-10T18:00:00.000Z',
      attempts: [],
    }),
  },
  'audit.list': { may: members('manage_members'), input: ({ organizerId }) => ({ organizerId }) },
  'doctor.check': { may: systemOnly, input: () => ({}) },
};
