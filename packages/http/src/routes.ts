import type { OperationName } from '@ticketi/core';

/** An operation as HTTP reaches it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under the base path; a name in braces is a field of the operation's input. */
  readonly path: `/${string}`;
  /** 201 where something is made, else 200. */
  readonly status: 200 | 201;
  /** Where what was made is found: a path with `{id}`. Left out where nothing reads one alone. */
  readonly location?: `/${string}`;
  /** Answers with the file itself, of one of these types, unless JSON is asked for. */
  readonly file?: readonly string[];
  /** Answers with an `ETag`, and 304 to an `If-None-Match` that names it. */
  readonly etag?: true;
  /** Takes the body as it comes: its text is the field `body`, its headers the field `headers`. */
  readonly raw?: true;
}

/** An operation that no surface facing the outside offers. */
export interface InProcessOnly {
  /** Why. */
  readonly inProcess: string;
}

/**
 * Where every operation of the registry is found over HTTP. The compiler
 * refuses a table that lacks one. It imports nothing at run time: the client
 * brings it along.
 */
export const routes = {
  'organizers.create': made('/organizers', '/organizers/{id}'),
  'organizers.get': read('/organizers/{organizerId}'),
  'organizers.list': read('/organizers'),
  'organizers.update': change('/organizers/{organizerId}'),

  'members.add': made('/organizers/{organizerId}/members'),
  'members.list': read('/organizers/{organizerId}/members'),
  'members.remove': remove('/members/{memberId}'),

  'signingKeys.list': read('/organizers/{organizerId}/signing-keys'),
  'signingKeys.rotate': made('/organizers/{organizerId}/signing-keys'),
  'signingKeys.revoke': act('/signing-keys/{keyId}/revoke'),

  'events.create': made('/organizers/{organizerId}/events', '/events/{id}'),
  'events.get': { ...read('/events/{eventId}'), etag: true },
  'events.list': read('/events'),
  'events.update': change('/events/{eventId}'),
  'events.publish': act('/events/{eventId}/publish'),
  'events.cancel': act('/events/{eventId}/cancel'),

  'sessions.add': made('/events/{eventId}/sessions'),
  'sessions.addSeries': made('/events/{eventId}/series'),
  'sessions.getSeries': read('/series/{seriesId}'),
  'sessions.list': read('/events/{eventId}/sessions'),
  'sessions.update': change('/sessions/{sessionId}'),
  'sessions.updateSeries': change('/sessions/{sessionId}/series'),

  'ticketTypes.create': made('/events/{eventId}/ticket-types'),
  'ticketTypes.list': read('/events/{eventId}/ticket-types'),
  'ticketTypes.update': change('/ticket-types/{ticketTypeId}'),

  'seatMaps.create': made('/organizers/{organizerId}/seat-maps', '/seat-maps/{id}'),
  'seatMaps.get': { ...read('/seat-maps/{seatMapId}'), etag: true },
  'seatMaps.list': read('/organizers/{organizerId}/seat-maps'),
  'seatMaps.assign': replace('/sessions/{sessionId}/seat-map'),
  'seatMaps.state': read('/sessions/{sessionId}/seats'),
  'seatMaps.svg': read('/sessions/{sessionId}/seats/picture'),

  'pools.create': made('/events/{eventId}/pools', '/pools/{id}'),
  'pools.get': read('/pools/{poolId}'),
  'pools.list': read('/events/{eventId}/pools'),
  'pools.update': change('/pools/{poolId}'),

  'blocks.create': made('/events/{eventId}/blocks'),
  'blocks.list': read('/events/{eventId}/blocks'),
  'blocks.release': act('/blocks/{blockId}/release'),

  'availability.get': read('/events/{eventId}/availability'),

  'availability.explain': read('/events/{eventId}/availability/explanation'),

  'prices.set': change('/ticket-types/{ticketTypeId}/price'),
  'prices.getPolicy': read('/events/{eventId}/price-policy'),
  'prices.setPolicy': change('/events/{eventId}/price-policy'),

  'discounts.set': replace('/events/{eventId}/discounts'),
  'discounts.list': read('/events/{eventId}/discounts'),
  'discounts.remove': remove('/discounts/{discountId}'),

  'codes.create': made('/events/{eventId}/codes'),
  'codes.createMany': made('/events/{eventId}/codes/batches'),
  'codes.list': read('/events/{eventId}/codes'),
  'codes.update': change('/codes/{codeId}'),

  'fees.set': replace('/events/{eventId}/fees'),
  'fees.list': read('/events/{eventId}/fees'),
  'fees.remove': remove('/fees/{feeId}'),

  'taxes.set': replace('/organizers/{organizerId}/taxes'),
  'taxes.list': read('/organizers/{organizerId}/taxes'),
  'taxes.remove': remove('/taxes/{taxId}'),

  'questions.set': replace('/events/{eventId}/questions'),
  'questions.list': read('/events/{eventId}/questions'),
  'questions.remove': remove('/questions/{questionId}'),

  // A read with a body: a selection is too much for a query string.
  'quotes.get': act('/events/{eventId}/quotes'),
  'quotes.refund': act('/orders/{orderId}/refund-quotes'),

  'holds.create': made('/events/{eventId}/holds', '/holds/{id}'),
  'holds.get': read('/holds/{holdId}'),
  'holds.extend': act('/holds/{holdId}/extend'),
  'holds.change': change('/holds/{holdId}'),
  'holds.release': act('/holds/{holdId}/release'),
  'holds.sweep': { inProcess: 'housekeeping that the worker does' },

  'orders.place': made('/orders', '/orders/{id}'),
  'orders.sell': made('/events/{eventId}/sales'),
  'orders.giveAway': made('/events/{eventId}/complimentary-orders', '/orders/{id}'),
  'orders.pay': act('/orders/{orderId}/pay'),
  'orders.get': read('/orders/{orderId}'),
  'orders.list': read('/orders'),
  'orders.cancel': act('/orders/{orderId}/cancel'),
  'orders.expire': { inProcess: 'housekeeping that the worker does' },
  'orders.addNote': made('/orders/{orderId}/notes'),
  'orders.sendAccess': act('/orders/access-requests'),

  'payments.get': read('/payments/{paymentId}'),
  'payments.begin': { inProcess: 'a step of orders.pay' },
  'payments.check': act('/payments/{paymentId}/check'),
  'payments.confirm': act('/payments/{paymentId}/confirm'),
  'payments.record': { inProcess: 'takes the word of a payment provider' },
  'payments.recordRefund': { inProcess: 'takes the word of a payment provider' },
  'payments.receive': { ...act('/payments/providers/{provider}/webhook'), raw: true },
  'payments.recordMessage': { inProcess: 'a step of payments.receive' },
  'payments.due': { inProcess: 'what the worker asks before it asks the providers' },
  'payments.settleDue': { inProcess: 'housekeeping that the worker does' },
  'payments.sendRefunds': { inProcess: 'housekeeping that the worker does' },
  'payments.reconcile': { inProcess: 'housekeeping that the worker does' },
  'payments.settled': { inProcess: 'a step of payments.reconcile' },
  'payments.compare': { inProcess: 'a step of payments.reconcile' },
  'payments.discrepancies': read('/payment-discrepancies'),
  'payments.resolve': act('/payment-discrepancies/{discrepancyId}/resolve'),

  'giftCards.issue': made('/organizers/{organizerId}/gift-cards', '/gift-cards/{id}'),
  'giftCards.list': read('/organizers/{organizerId}/gift-cards'),
  'giftCards.get': read('/gift-cards/{giftCardId}'),
  // A read with a body: the code is money, and addresses end up in logs.
  'giftCards.balance': act('/gift-cards/balance'),
  'giftCards.update': change('/gift-cards/{giftCardId}'),
  'giftCards.refund': act('/orders/{orderId}/gift-card-refunds'),

  'refunds.create': made('/orders/{orderId}/refunds', '/refunds/{id}'),
  'refunds.record': { inProcess: 'a step of refunds.create' },
  'refunds.get': read('/refunds/{orderRefundId}'),
  'refunds.list': read('/organizers/{organizerId}/refunds'),
  'refunds.setPolicy': replace('/events/{eventId}/refund-policy'),
  'refunds.getPolicy': read('/events/{eventId}/refund-policy'),
  'refundRuns.start': made('/events/{eventId}/refund-runs', '/refund-runs/{id}'),
  'refundRuns.get': read('/refund-runs/{runId}'),
  'refundRuns.list': read('/events/{eventId}/refund-runs'),
  'refundRuns.report': read('/refund-runs/{runId}/outcomes'),
  'refundRuns.retry': act('/refund-runs/{runId}/retry'),
  'refundRuns.work': { inProcess: 'what the worker does of refund runs' },
  'refundRuns.claim': { inProcess: 'a step of refundRuns.work' },
  'refundRuns.refund': { inProcess: 'a step of refundRuns.work' },
  'refundRuns.drop': { inProcess: 'a step of refundRuns.work' },
  'invoices.setIssuer': replace('/organizers/{organizerId}/invoice-issuer'),
  'invoices.getIssuer': read('/organizers/{organizerId}/invoice-issuer'),
  'invoices.setBilling': replace('/orders/{orderId}/billing'),
  'invoices.issue': made('/orders/{orderId}/invoice', '/invoices/{id}'),
  'invoices.issueDue': { inProcess: 'housekeeping that the worker does' },
  'invoices.credit': made('/invoices/{invoiceId}/credit-notes', '/invoices/{id}'),
  'invoices.get': read('/invoices/{invoiceId}'),
  'invoices.list': read('/invoices'),
  'invoices.pdf': { ...read('/invoices/{invoiceId}/pdf'), file: ['application/pdf'] },

  'tickets.get': read('/tickets/{ticketId}'),
  'tickets.list': read('/tickets'),
  'tickets.code': read('/tickets/{ticketId}/code'),
  'tickets.setAttendee': change('/tickets/{ticketId}/attendee'),
  'tickets.reissue': act('/tickets/{ticketId}/reissue'),
  'tickets.custody': read('/tickets/{ticketId}/custody'),
  'tickets.void': act('/tickets/{ticketId}/void'),
  'tickets.setCodePolicy': replace('/events/{eventId}/code-policy'),
  'tickets.getCodePolicy': read('/events/{eventId}/code-policy'),
  'tickets.revocations': read('/events/{eventId}/revocations'),
  'tickets.numberRevocations': { inProcess: 'housekeeping that the worker does' },

  'documents.qr': {
    ...read('/tickets/{ticketId}/qr'),
    file: ['image/svg+xml', 'image/png', 'text/plain'],
  },
  'documents.pdf': { ...read('/documents/pdf'), file: ['application/pdf'] },
  'documents.calendar': { ...read('/documents/calendar'), file: ['text/calendar'] },
  'documents.appleWallet': {
    ...read('/tickets/{ticketId}/apple-wallet'),
    file: ['application/vnd.apple.pkpass'],
  },
  'documents.googleWallet': read('/tickets/{ticketId}/google-wallet'),
  'documents.letters': { inProcess: 'codes and access tokens are in letters' },

  'transfers.setPolicy': replace('/events/{eventId}/transfer-policy'),
  'transfers.getPolicy': read('/events/{eventId}/transfer-policy'),
  'transfers.offer': made('/transfers', '/transfers/{id}'),
  'transfers.accept': act('/transfers/{transferId}/accept'),
  'transfers.decline': act('/transfers/{transferId}/decline'),
  'transfers.cancel': act('/transfers/{transferId}/cancel'),
  'transfers.get': read('/transfers/{transferId}'),
  'transfers.list': read('/transfers'),
  'transfers.expire': { inProcess: 'housekeeping that the worker does' },

  'checkinLists.create': made('/events/{eventId}/checkin-lists', '/checkin-lists/{id}'),
  'checkinLists.update': change('/checkin-lists/{listId}'),
  'checkinLists.get': read('/checkin-lists/{listId}'),
  'checkinLists.list': read('/events/{eventId}/checkin-lists'),
  'checkinLists.archive': act('/checkin-lists/{listId}/archive'),
  'checkin.scan': made('/events/{eventId}/scans'),
  'checkin.list': read('/events/{eventId}/scans'),
  'checkin.undo': act('/scans/{scanId}/undo'),
  'checkin.attendance': read('/events/{eventId}/attendance'),
  'checkin.bundle': read('/events/{eventId}/checkin-bundle'),
  'checkin.merge': act('/events/{eventId}/scan-logs'),

  'resale.setPolicy': replace('/events/{eventId}/resale-policy'),
  'resale.getPolicy': read('/events/{eventId}/resale-policy'),
  'resale.list': made('/tickets/{ticketId}/listings', '/listings/{id}'),
  'resale.withdraw': act('/listings/{listingId}/withdraw'),
  'resale.reserve': made('/listings/{listingId}/holds', '/holds/{id}'),
  'resale.buy': made('/listings/{listingId}/orders', '/orders/{id}'),
  'resale.get': read('/listings/{listingId}'),
  'resale.browse': read('/events/{eventId}/listings'),
  'resale.presets': read('/resale-presets'),
  'resale.terms': read('/tickets/{ticketId}/resale-terms'),
  'resale.listGroup': made('/listing-groups'),
  'resale.setPrice': act('/listings/{listingId}/price'),
  'resale.return': made('/tickets/{ticketId}/returns'),
  'resale.statistics': read('/events/{eventId}/resale-statistics'),
  'resale.expire': { inProcess: 'housekeeping that the worker does' },
  'resale.settle': { inProcess: 'housekeeping that the worker does' },

  'waitlist.setPolicy': replace('/events/{eventId}/waitlist-policy'),
  'waitlist.getPolicy': read('/events/{eventId}/waitlist-policy'),
  'waitlist.join': made('/events/{eventId}/waitlist', '/waitlist/{id}'),
  'waitlist.get': read('/waitlist/{entryId}'),
  'waitlist.list': read('/waitlist'),
  'waitlist.leave': act('/waitlist/{entryId}/leave'),
  'waitlist.setPriority': replace('/waitlist/{entryId}/priority'),
  'waitlist.offer': act('/events/{eventId}/waitlist/offers'),
  'waitlist.getOffer': { inProcess: 'has the code of an offer, for the message of the host' },
  'waitlist.claim': act('/waitlist-offers/claim'),
  'waitlist.decline': act('/waitlist/{entryId}/decline'),
  'waitlist.statistics': read('/events/{eventId}/waitlist/statistics'),
  'waitlist.due': { inProcess: 'a step of waitlist.offerDue' },
  'waitlist.offerDue': { inProcess: 'housekeeping that the worker does' },

  'ledger.balances': read('/organizers/{organizerId}/ledger/balances'),
  'ledger.statement': read('/organizers/{organizerId}/ledger/statement'),
  'ledger.sellerStatement': read('/tickets/{ticketId}/seller-statement'),
  'ledger.export': read('/organizers/{organizerId}/ledger/entries'),
  'ledger.verify': read('/organizers/{organizerId}/ledger/verification'),

  'payouts.create': made('/organizers/{organizerId}/payouts', '/payouts/{id}'),
  'payouts.settle': { inProcess: 'for whoever sends the money' },
  'payouts.fail': { inProcess: 'for whoever sends the money' },
  'payouts.cancel': { inProcess: 'for whoever sends the money' },
  'payouts.get': read('/payouts/{payoutId}'),
  'payouts.list': read('/organizers/{organizerId}/payouts'),

  'outbox.list': read('/organizers/{organizerId}/outbox'),
  'outbox.number': { inProcess: 'housekeeping that the worker does' },
  'outbox.read': { inProcess: 'looks across all organizers' },
  'outbox.dispatch': { inProcess: 'hands facts to the handlers of a process' },
  'outbox.claim': { inProcess: 'a step of outbox.dispatch' },
  'outbox.record': { inProcess: 'a step of outbox.dispatch' },
  'outbox.subscribers': { inProcess: 'looks across all organizers' },
  'outbox.failures': { inProcess: 'looks across all organizers' },
  'outbox.retryParked': { inProcess: 'looks across all organizers' },
  'outbox.sweep': { inProcess: 'housekeeping that the worker does' },

  'webhooks.createEndpoint': made(
    '/organizers/{organizerId}/webhook-endpoints',
    '/webhook-endpoints/{id}',
  ),
  'webhooks.get': read('/webhook-endpoints/{endpointId}'),
  'webhooks.list': read('/organizers/{organizerId}/webhook-endpoints'),
  'webhooks.update': change('/webhook-endpoints/{endpointId}'),
  'webhooks.remove': remove('/webhook-endpoints/{endpointId}'),
  'webhooks.rotateSecret': act('/webhook-endpoints/{endpointId}/rotate-secret'),
  'webhooks.sendTest': act('/webhook-endpoints/{endpointId}/test'),
  'webhooks.prepareTest': { inProcess: 'a step of webhooks.sendTest' },
  'webhooks.replay': act('/webhook-endpoints/{endpointId}/replay'),
  'webhooks.enqueueAgain': { inProcess: 'a step of webhooks.replay' },
  'webhooks.deliveries': read('/organizers/{organizerId}/webhook-deliveries'),
  'webhooks.retry': act('/webhook-deliveries/{deliveryId}/retry'),
  'webhooks.enqueue': { inProcess: 'housekeeping that the worker does' },
  'webhooks.deliver': { inProcess: 'housekeeping that the worker does' },
  'webhooks.claim': { inProcess: 'a step of webhooks.deliver' },
  'webhooks.record': { inProcess: 'a step of webhooks.deliver' },

  'audit.list': read('/organizers/{organizerId}/audit'),

  'idempotency.sweep': { inProcess: 'housekeeping that the worker does' },

  'doctor.check': { inProcess: 'looks across all organizers' },
} as const satisfies Record<OperationName, Route | InProcessOnly>;

function read(path: `/${string}`) {
  return { method: 'GET', path, status: 200 } as const satisfies Route;
}

function made(path: `/${string}`, location?: `/${string}`): Route {
  return { method: 'POST', path, status: 201, ...(location === undefined ? {} : { location }) };
}

function change(path: `/${string}`) {
  return { method: 'PATCH', path, status: 200 } as const satisfies Route;
}

function replace(path: `/${string}`) {
  return { method: 'PUT', path, status: 200 } as const satisfies Route;
}

function remove(path: `/${string}`) {
  return { method: 'DELETE', path, status: 200 } as const satisfies Route;
}

function act(path: `/${string}`) {
  return { method: 'POST', path, status: 200 } as const satisfies Route;
}

/** The names in braces of a path, in order. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
