import {
  type Actor,
  type CallByName,
  isTicketiError,
  type Surface,
  sandboxWebhook,
  surfaceOver,
} from '@ticketi/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type InProcessOnly, pathParameters, type Route, routes } from '../src/routes.ts';
import { aServer, send, type TestServer, WEBHOOK_SECRET } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await aServer();
});
afterAll(() => server?.close());

const seen = new Set<string>();
let calls = 0;

/**
 * Every call twice: in process, then over HTTP. A write has the same
 * idempotency key both times, so its second answer is its first.
 */
function both(actor: Actor): Surface {
  const call: CallByName = async (name, input) => {
    calls += 1;
    const idempotencyKey = `same-answers-${String(calls).padStart(20, '0')}`;
    const route: Route | InProcessOnly = routes[name];
    if ('inProcess' in route) throw new Error(`${name} is not offered over HTTP.`);
    const here = await server.ticketi
      .as(actor)
      .call(name, input, { idempotencyKey })
      .catch((error: unknown) => {
        if (isTicketiError(error)) return error;
        throw error;
      });
    const there = await overHttp(actor, route, Object(input), idempotencyKey);
    seen.add(name);
    if (isTicketiError(here)) {
      const { requestId, ...refusal } = there.body;
      expect(requestId).toBe(there.headers.get('x-request-id'));
      expect(refusal).toEqual(JSON.parse(JSON.stringify(here)));
      throw here;
    }
    expect(there.status).toBe(route.status);
    expect(there.body).toEqual(here);
    return here;
  };
  return surfaceOver(call);
}

function overHttp(actor: Actor, route: Route, input: Record<string, unknown>, key: string) {
  const rest = { ...input };
  let path: string = route.path;
  for (const name of pathParameters(path)) {
    path = path.replace(`{${name}}`, String(rest[name]));
    delete rest[name];
  }
  if (route.raw) {
    const { headers, body: text } = rest;
    return send(server.origin, route.method, path, {
      text: String(text),
      headers: Object(headers),
    });
  }
  const inQuery = route.method === 'GET' || route.method === 'DELETE';
  const query = new URLSearchParams(
    Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return send(server.origin, route.method, inQuery ? `${path}?${query}` : path, {
    ...(actor.type === 'user' ? { as: `user:${actor.id}` } : {}),
    ...(actor.type === 'guest' ? { as: actor.token } : {}),
    ...(inQuery ? {} : { body: rest }),
    // A file is JSON for whoever asks for it, as the client does.
    headers: { 'idempotency-key': key, accept: 'application/json' },
  });
}

test('a whole story has the same answers in process and over HTTP', async () => {
  const owner = both({ type: 'user', id: 'olga' });
  const nobody = both({ type: 'anonymous' });

  const organizer = await owner.organizers.create({ name: 'City Club' });
  const organizerId = organizer.id;
  await owner.organizers.get({ organizerId });
  await owner.organizers.list();
  await owner.organizers.update({ organizerId, name: 'City Club e.V.' });
  const member = await owner.members.add({ organizerId, userId: 'max', role: 'scanner' });
  await owner.members.list({ organizerId, limit: 1 });
  await owner.members.remove({ memberId: member.id });
  const { id: keyId } = await owner.signingKeys.rotate({ organizerId });
  await owner.signingKeys.revoke({ keyId });
  await nobody.signingKeys.list({ organizerId });

  const event = await owner.events.create({
    organizerId,
    name: 'Gala',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
  });
  const eventId = event.id;
  await expect(owner.events.publish({ eventId })).rejects.toMatchObject({
    code: 'not_publishable',
  });
  await owner.events.update({ eventId, venue: 'Town Hall', tags: ['gala'] });
  const session = await owner.sessions.add({
    eventId,
    startsAt: '2097-05-01T20:00',
    endsAt: '2097-05-02T01:00',
  });
  await owner.sessions.update({ sessionId: session.id, name: 'Night' });
  const { series, sessions } = await owner.sessions.addSeries({
    eventId,
    rule: 'FREQ=WEEKLY;COUNT=2',
    startsAt: '2097-09-10T18:00',
    durationMinutes: 90,
  });
  await nobody.sessions.getSeries({ seriesId: series.id }).catch(() => undefined);
  await owner.sessions.getSeries({ seriesId: series.id });
  await owner.sessions.list({ eventId, seriesId: series.id });
  await owner.sessions.updateSeries({
    sessionId: sessions[0]?.id ?? '',
    scope: 'this_and_following',
    startTime: '19:00',
  });
  const map = await owner.seatMaps.create({
    organizerId,
    name: 'Gallery',
    sections: [{ key: 'a', rows: [{ name: 1, seats: 4 }] }],
  });
  await owner.seatMaps.list({ organizerId });
  await nobody.seatMaps.get({ seatMapId: map.id });
  await nobody.seatMaps.state({ sessionId: session.id }).catch(() => undefined);
  await owner.seatMaps.assign({ sessionId: session.id, seatMapId: map.id });
  await owner.seatMaps.state({ sessionId: session.id });
  await owner.seatMaps.svg({ sessionId: session.id });
  const pool = await owner.pools.create({ eventId, name: 'Hall', capacity: 7 });
  await owner.pools.update({ poolId: pool.id, capacity: 6 });
  await owner.pools.get({ poolId: pool.id });
  const type = await owner.ticketTypes.create({
    eventId,
    name: 'Seat',
    price: 2500,
    draws: [{ poolId: pool.id }],
  });
  await owner.ticketTypes.update({ ticketTypeId: type.id, maxPerOrder: 4 });
  const code = await owner.codes.create({
    eventId,
    code: 'FRIEND',
    discount: { type: 'percent', percent: '20' },
  });
  await owner.codes.update({ codeId: code.id, maxUses: 5 });
  const lot = { eventId, batch: 'press', count: 2, discount: { type: 'free' } } as const;
  const { codes } = await owner.codes.createMany(lot);
  expect(codes).toHaveLength(2);
  await owner.fees.set({ eventId, percent: '2.5' });
  const card = { eventId, name: 'Card', fixed: 30, per: 'order' } as const;
  const { id: feeId } = await owner.fees.set(card);
  await owner.fees.remove({ feeId });
  const { id: discountId } = await owner.discounts.set({
    eventId,
    name: 'Three for two',
    rule: { type: 'n_for_m', n: 3, m: 2 },
  });
  await owner.discounts.list({ eventId });
  await owner.discounts.remove({ discountId });
  const vat = { organizerId, name: 'VAT 7 %', percent: '7', place: 'DE' };
  const { id: taxId } = await owner.taxes.set(vat);
  await owner.taxes.list({ organizerId });
  await owner.prices.set({ ticketTypeId: type.id, tiers: [{ name: 'early', price: 2500 }] });
  await owner.prices.setPolicy({ eventId, taxPlace: 'DE', cashStep: 5 });
  await owner.prices.getPolicy({ eventId });
  await owner.resale.setPolicy({ eventId, cap: '110' });
  await owner.events.publish({ eventId });

  await nobody.events.get({ eventId });
  await nobody.events.list({ organizerId, limit: 5 });
  await nobody.ticketTypes.list({ eventId });
  await nobody.fees.list({ eventId });
  const asks = { eventId, key: 'diet', label: 'What do you eat?' } as const;
  const question = await owner.questions.set({
    ...asks,
    type: 'choice',
    options: ['all', 'vegan'],
  });
  await nobody.questions.list({ eventId });
  await nobody.resale.getPolicy({ eventId });
  await owner.pools.list({ eventId });
  await owner.codes.list({ eventId });
  const items = [{ ticketTypeId: type.id, quantity: 2 }];
  const asked = { eventId, items, codes: ['FRIEND'], cash: true, explain: true };
  const { taxes, explanation } = await nobody.quotes.get(asked);
  expect([taxes.length, explanation?.length]).toEqual([1, 5]);
  await owner.taxes.remove({ taxId });

  const block = await owner.blocks.create({
    eventId,
    poolId: pool.id,
    units: 1,
    reason: 'Sound desk',
  });
  await owner.blocks.list({ eventId });
  await owner.availability.explain({ eventId });
  await owner.blocks.release({ blockId: block.id });

  const dropped = await nobody.holds.create({ eventId, items });
  const dropping = both({ type: 'guest', token: dropped.accessToken ?? '' });
  await dropping.holds.extend({ holdId: dropped.id });
  await dropping.holds.change({
    holdId: dropped.id,
    items: [{ ticketTypeId: type.id, quantity: 1 }],
  });
  await dropping.holds.release({ holdId: dropped.id });
  const hold = await nobody.holds.create({ eventId, items, codes: ['FRIEND'] });
  const guest = both({ type: 'guest', token: hold.accessToken ?? '' });
  await guest.holds.get({ holdId: hold.id });
  await expect(nobody.holds.get({ holdId: hold.id })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
  const buyer = { name: 'Ada', email: 'ada@example.com' };
  const order = await guest.orders.place({ holdId: hold.id, buyer });
  const paying = await guest.orders.pay({ orderId: order.id });
  const paymentId = paying.payment?.id ?? '';
  await guest.payments.get({ paymentId });
  await guest.payments.check({ paymentId });
  await owner.payments.confirm({ paymentId, amount: order.total, currency: 'EUR' });
  await guest.orders.get({ orderId: order.id });
  const given = [{ ticketTypeId: type.id, quantity: 1 }];
  await guest.quotes.refund({ orderId: order.id, items: given });
  await owner.refunds.setPolicy({ eventId });
  await nobody.refunds.getPolicy({ eventId });
  await owner.orders.list({ eventId });
  await owner.orders.list({ organizerId, query: 'ADA@', state: 'paid', complimentary: false });
  await owner.orders.addNote({ orderId: order.id, text: 'Called.' });
  await owner.orders.get({ orderId: order.id });
  await nobody.orders.sendAccess({ eventId, email: buyer.email });
  const sale = {
    eventId,
    items: given,
    buyer,
    payment: { method: 'cash', tendered: 50_000 },
  } as const;
  await owner.orders.sell(sale);
  await owner.orders.giveAway({ eventId, items: given, recipient: buyer, reason: 'Press' });

  const balcony = await owner.pools.create({ eventId, name: 'Balcony', capacity: 1 });
  const high = await owner.ticketTypes.create({
    eventId,
    name: 'Balcony',
    price: 500,
    draws: [{ poolId: balcony.id }],
  });
  await owner.waitlist.setPolicy({ eventId, misses: 2 });
  await nobody.waitlist.getPolicy({ eventId });
  const wanted = { eventId, ticketTypeIds: [high.id], buyer };
  await expect(nobody.waitlist.join(wanted)).rejects.toMatchObject({ code: 'not_sold_out' });
  const lastOne = await nobody.holds.create({
    eventId,
    items: [{ ticketTypeId: high.id, quantity: 1 }],
  });
  const entry = await nobody.waitlist.join(wanted);
  const waiter = both({ type: 'guest', token: entry.accessToken ?? '' });
  const entryId = entry.id;
  await waiter.waitlist.get({ entryId });
  await owner.waitlist.list({ eventId, state: 'waiting' });
  await owner.waitlist.statistics({ eventId });
  await owner.waitlist.setPriority({ entryId, priority: 3 });
  await owner.holds.release({ holdId: lastOne.id });
  await owner.waitlist.offer({ eventId });
  const { offer } = await waiter.waitlist.get({ entryId });
  const { code: offerCode } = await server.ticketi.waitlist.getOffer({ offerId: offer?.id ?? '' });
  await nobody.waitlist.claim({ code: offerCode ?? '' });
  await waiter.waitlist.decline({ entryId });
  await waiter.waitlist.leave({ entryId });

  const gift = await owner.giftCards.issue({ organizerId, amount: 2000, currency: 'EUR' });
  await owner.giftCards.list({ organizerId });
  await owner.giftCards.update({ giftCardId: gift.id, note: 'Raffle' });
  await nobody.giftCards.balance({ code: gift.code, eventId });
  await expect(nobody.giftCards.balance({ code: 'GC-1234' })).rejects.toMatchObject({
    code: 'gift_card_not_valid',
  });
  const single = [{ ticketTypeId: type.id, quantity: 1 }];
  const owned = await nobody.holds.create({ eventId, items: single });
  const giver = both({ type: 'guest', token: owned.accessToken ?? '' });
  const payment = { giftCards: [gift.code] };
  const credited = await giver.orders.place({ holdId: owned.id, buyer, payment });
  const rest = await giver.orders.pay({ orderId: credited.id });
  await owner.payments.confirm({
    paymentId: rest.payment?.id ?? '',
    amount: credited.due,
    currency: 'EUR',
  });
  await owner.giftCards.get({ giftCardId: gift.id });
  await owner.giftCards.refund({ orderId: credited.id, amount: 500 });

  const part = await owner.refunds.create({ orderId: credited.id, amount: 100 });
  await giver.refunds.get({ orderRefundId: part.id });
  await owner.refunds.list({ organizerId, limit: 1 });
  await expect(owner.invoices.getIssuer({ organizerId })).rejects.toMatchObject({
    code: 'issuer_missing',
  });
  const address = { lines: ['Hall 1'], city: 'Berlin', country: 'DE' };
  const issuer = { organizerId, legalName: 'City Club e.V.', address, timezone: 'Europe/Berlin' };
  await owner.invoices.setIssuer(issuer);
  await owner.invoices.getIssuer({ organizerId });
  await guest.invoices.setBilling({ orderId: order.id, billing: { company: 'Ada Ltd' } });
  const invoice = await guest.invoices.issue({ orderId: order.id });
  await guest.invoices.get({ invoiceId: invoice.id });
  await guest.invoices.list({ orderId: order.id });
  await owner.invoices.credit({ invoiceId: invoice.id, reason: 'Goodwill', amount: 100 });
  const year = invoice.year;
  const { items: documents } = await owner.invoices.list({ organizerId, year });
  expect(documents.map(({ kind }) => kind)).toEqual(['credit_note', 'invoice']);
  await guest.invoices.pdf({ invoiceId: invoice.id, locale: 'de' });

  const { items: tickets } = await guest.tickets.list({ orderId: order.id });
  const [first, second] = tickets;
  if (first === undefined || second === undefined) throw new Error('two tickets were bought');
  await guest.tickets.get({ ticketId: first.id });
  await expect(
    guest.tickets.setAttendee({ ticketId: first.id, answers: { diet: 'cake' } }),
  ).rejects.toMatchObject({ code: 'answers_not_valid' });
  await guest.tickets.setAttendee({ ticketId: first.id, name: 'Eve', answers: { diet: 'vegan' } });
  await owner.questions.remove({ questionId: question.id });
  await owner.tickets.setCodePolicy({ eventId, rotating: false });
  await owner.tickets.getCodePolicy({ eventId });
  const { code: signed } = await guest.tickets.code({ ticketId: first.id });
  for (const image of ['svg', 'png', 'terminal'] as const) {
    await guest.documents.qr({ ticketId: first.id, image });
  }
  await guest.documents.pdf({ orderId: order.id });
  await guest.documents.calendar({ ticketId: first.id });
  await expect(
    guest.documents.appleWallet({ ticketId: first.id, whenVoid: 'mark' }),
  ).rejects.toMatchObject({ code: 'wallet_not_configured' });
  await expect(guest.documents.googleWallet({ ticketId: first.id })).rejects.toMatchObject({
    code: 'wallet_not_configured',
  });
  const alone = await owner.checkin.scan({ eventId, code: signed, gate: 'Door' });
  await owner.checkin.list({ eventId, limit: 10 });
  await owner.checkin.undo({ scanId: alone.id, reason: 'There is a list' });
  const list = await owner.checkinLists.create({ eventId, name: 'All', opens: { of: 'doors' } });
  await owner.checkinLists.update({ listId: list.id, opens: null, entries: 2 });
  await owner.checkinLists.get({ listId: list.id });
  await owner.checkinLists.list({ eventId });
  const came = await owner.checkin.scan({ eventId, code: signed, listId: list.id });
  await owner.checkin.undo({ scanId: came.id, reason: 'By mistake' });
  await owner.checkin.attendance({ eventId, bucketMinutes: 15 });
  await owner.checkin.bundle({ eventId, listId: list.id });
  const entries = [{ scanId: '1', code: signed, at: '2027-07-10T18:00:00Z', admitted: true }];
  await owner.checkin.merge({ eventId, listId: list.id, deviceId: 'south', entries });
  await owner.checkinLists.archive({ listId: list.id });

  await owner.transfers.setPolicy({ eventId, nameChanges: 5 });
  await nobody.transfers.getPolicy({ eventId });
  const present = { ticketIds: [second.id], to: { userId: 'cleo' } };
  const user = (id: string) => both({ type: 'user', id });
  const declined = await guest.transfers.offer(present);
  await user('cleo').transfers.decline({ transferId: declined.id });
  const cancelled = await guest.transfers.offer({ ...present, days: 2, message: 'For you' });
  await guest.transfers.cancel({ transferId: cancelled.id });
  const standing = await guest.transfers.offer(present);
  await guest.transfers.get({ transferId: standing.id });
  const handedOver = await user('cleo').transfers.accept({
    transferId: standing.id,
    holder: { name: 'Cleo', email: 'cleo@example.com' },
  });
  await user('cleo').transfers.list({ side: 'received' });
  const [handed = ''] = handedOver.acceptedTicketIds ?? [];
  const fresh = await user('cleo').tickets.reissue({ ticketId: handed, reason: 'Lost' });
  await user('cleo').tickets.custody({ ticketId: fresh.id });
  const returned = await user('cleo').transfers.offer({
    ticketIds: [fresh.id],
    to: { userId: 'dora' },
  });
  const back = await user('dora').transfers.accept({
    transferId: returned.id,
    holder: { name: 'Dora', email: 'dora@example.com' },
  });
  const [soldId = ''] = back.acceptedTicketIds ?? [];
  const seller = user('dora');
  const one = await seller.resale.list({ ticketId: soldId, price: 2000 });
  await seller.resale.setPrice({ listingId: one.id, price: 1900 });
  await seller.resale.withdraw({ listingId: one.id });
  await nobody.resale.presets({});
  await seller.resale.terms({ ticketId: soldId, price: 2000 });
  await expect(seller.resale.return({ ticketId: soldId })).rejects.toMatchObject({
    code: 'ticket_not_returnable',
  });
  await expect(
    seller.resale.listGroup({ ticketIds: [soldId, first.id], price: 2000, sold: 'whole' }),
  ).rejects.toMatchObject({ code: 'not_allowed' });
  const listing = await seller.resale.list({ ticketId: soldId, price: 2100 });
  await nobody.resale.get({ listingId: listing.id });
  await nobody.resale.browse({ eventId });
  await owner.resale.statistics({ eventId });
  const reserved = await nobody.resale.reserve({ listingId: listing.id });
  await both({ type: 'guest', token: reserved.accessToken ?? '' }).holds.release({
    holdId: reserved.id,
  });
  await nobody.resale.buy({
    listingId: listing.id,
    buyer: { name: 'Ben', email: 'ben@example.com' },
    payment: { provider: 'sandbox' },
  });

  const later = await nobody.holds.create({
    eventId,
    items: [{ ticketTypeId: type.id, quantity: 1 }],
  });
  const late = both({ type: 'guest', token: later.accessToken ?? '' });
  const unpaid = await late.orders.place({ holdId: later.id, buyer });
  await late.orders.cancel({ orderId: unpaid.id });
  await expect(
    nobody.holds.create({ eventId, items: [{ ticketTypeId: type.id, quantity: 4 }] }),
  ).rejects.toMatchObject({ code: 'sold_out' });

  await owner.tickets.void({ ticketId: first.id });
  await owner.tickets.revocations({ eventId });
  await nobody.availability.get({ eventId });
  await owner.ledger.balances({ organizerId });
  await owner.ledger.statement({ organizerId, limit: 2 });
  await owner.ledger.sellerStatement({ ticketId: listing.ticketId ?? '' });
  await owner.ledger.export({ organizerId, limit: 2 });
  const payout = await owner.payouts.create({ organizerId, amount: 1 });
  await owner.payouts.get({ payoutId: payout.id });
  await owner.payouts.list({ organizerId, state: 'pending' });
  await owner.ledger.verify({ organizerId });
  await owner.outbox.list({ organizerId, eventId, limit: 3 });
  await nobody.payments.receive({ provider: 'sandbox', ...sandboxWebhook(WEBHOOK_SECRET, []) });
  const money = { state: 'succeeded', providerRef: 'ch_1', amount: 1, currency: 'EUR' } as const;
  const { found } = await server.ticketi.payments.compare({
    provider: 'manual',
    reference: paymentId,
    result: money,
  });
  await owner.payments.discrepancies({ organizerId });
  const discrepancyId = found[0]?.id ?? '';
  await owner.payments.resolve({ discrepancyId, resolution: 'Seen.' });
  const { id: endpointId } = await owner.webhooks.createEndpoint({
    organizerId,
    url: 'https://hooks.invalid/ticketi',
  });
  await owner.webhooks.get({ endpointId });
  await owner.webhooks.list({ organizerId });
  await owner.webhooks.update({ endpointId, description: 'Ours' });
  await owner.webhooks.rotateSecret({ endpointId });
  await owner.webhooks.sendTest({ endpointId });
  while ((await server.ticketi.outbox.number({})).done > 0);
  while ((await server.ticketi.webhooks.enqueue({})).done > 0);
  await owner.webhooks.replay({ endpointId, from: '2026-01-01T00:00:00Z' });
  const { items: sent } = await owner.webhooks.deliveries({ organizerId, limit: 3 });
  await owner.webhooks.retry({ deliveryId: sent[0]?.id ?? '' });
  await owner.webhooks.remove({ endpointId });
  await owner.audit.list({ organizerId, limit: 3 });
  await owner.events.cancel({ eventId, reason: 'Rain' });
  const run = await owner.refundRuns.start({ eventId });
  await owner.refundRuns.list({ eventId });
  await server.ticketi.refundRuns.work({});
  await owner.refundRuns.get({ runId: run.id });
  await owner.refundRuns.report({ runId: run.id, limit: 1 });
  await owner.refundRuns.retry({ runId: run.id });

  const offered = Object.entries<Route | InProcessOnly>(routes).filter(([, row]) => 'path' in row);
  expect([...seen].sort()).toEqual(offered.map(([name]) => name).sort());
});
