import type { Actor, OperationName, Surface, Ticketi } from '@ticketi/core';
import { sandboxWebhook, surfaceOver } from '@ticketi/core';
import { WEBHOOK_SECRET } from './databases.ts';

/** Called for each operation of a walk, with what it answered. */
export type Watch = (operation: OperationName, run: () => Promise<unknown>) => Promise<unknown>;

/** The surface of an actor on which every operation goes through `watch`, each under a key. */
function watched(ticketi: Ticketi, watch: Watch): (actor: Actor) => Surface {
  let calls = 0;
  return (actor) =>
    surfaceOver((operation, input) => {
      calls += 1;
      const idempotencyKey = `the-key-of-call-number-${calls}`;
      return watch(operation, () => ticketi.as(actor).call(operation, input, { idempotencyKey }));
    });
}

/** Calls every operation that writes, at least once, with success. */
export async function walkAllWrites(
  ticketi: Ticketi,
  later: (minutes: number) => void,
  watch: Watch,
): Promise<void> {
  const as = watched(ticketi, watch);
  const [system, nobody] = [as({ type: 'system' }), as({ type: 'anonymous' })];
  const owner = as({ type: 'user', id: 'owner' });
  const guest = (token: string | null) => as({ type: 'guest', token: token ?? '' });
  const anna = { name: 'Anna', email: 'anna@example.com' };
  const ben = { name: 'Ben', email: 'ben@example.com' };

  const { id: organizerId } = await owner.organizers.create({ name: 'Fest e.V.' });
  await owner.organizers.update({ organizerId, name: 'Summer Fest e.V.' });
  const member = await owner.members.add({ organizerId, userId: 'helper', role: 'scanner' });
  await owner.members.remove({ memberId: member.id });
  const { id: keyId } = await owner.signingKeys.rotate({ organizerId });
  await owner.signingKeys.revoke({ keyId });
  const { id: eventId } = await owner.events.create({
    organizerId,
    name: 'Summer Fest',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
  });
  await owner.events.update({ eventId, venue: 'Meadow' });
  const times = { startsAt: '2097-07-10T18:00', endsAt: '2097-07-11T02:00' };
  const session = await owner.sessions.add({ eventId, ...times });
  await owner.sessions.update({ sessionId: session.id, name: 'Friday' });
  const { sessions } = await owner.sessions.addSeries({
    eventId,
    ...times,
    rule: 'FREQ=WEEKLY;COUNT=2',
  });
  const sessionId = sessions[0]?.id ?? '';
  await owner.sessions.updateSeries({ sessionId, scope: 'all', startTime: '19:00' });
  const pool = await owner.pools.create({ eventId, name: 'Floor', capacity: 10 });
  await owner.pools.update({ poolId: pool.id, capacity: 20 });
  const draws = [{ poolId: pool.id }];
  const type = await owner.ticketTypes.create({ eventId, name: 'Standard', price: 4900, draws });
  await owner.ticketTypes.update({ ticketTypeId: type.id, description: 'Standing' });
  const platform = await owner.pools.create({ eventId, name: 'Terrace', capacity: 1 });
  const terrace = await owner.ticketTypes.create({
    eventId,
    name: 'Terrace',
    price: 1000,
    draws: [{ poolId: platform.id }],
  });
  const code = await owner.codes.create({
    eventId,
    code: 'EARLY',
    discount: { type: 'percent', percent: '10' },
  });
  await owner.codes.update({ codeId: code.id, maxUses: 5 });
  await owner.codes.createMany({ eventId, batch: 'press', count: 2, discount: { type: 'free' } });
  const fee = await owner.fees.set({ eventId, percent: '5' });
  await owner.fees.remove({ feeId: fee.id });
  await owner.fees.set({ eventId, percent: '5' });
  const discount = await owner.discounts.set({
    eventId,
    name: 'Groups',
    rule: { type: 'group', min: 10, off: { type: 'percent', percent: '10' } },
  });
  await owner.discounts.remove({ discountId: discount.id });
  const tax = await owner.taxes.set({ organizerId, name: 'VAT 7 %', percent: '7', place: 'DE' });
  await owner.prices.setPolicy({ eventId, taxPlace: 'DE' });
  await owner.taxes.remove({ taxId: tax.id });
  const diet = { eventId, key: 'diet', label: 'Diet' };
  const question = await owner.questions.set(diet);
  await owner.questions.set({ ...diet, label: 'What do you eat?' });
  await owner.questions.remove({ questionId: question.id });
  await owner.prices.set({
    ticketTypeId: type.id,
    tiers: [{ name: 'early', price: 4900, quantity: 100 }],
  });
  await nobody.resale.presets({});
  await owner.resale.setPolicy({ eventId, preset: '110' });
  const seatMap = await owner.seatMaps.create({
    organizerId,
    name: 'Stalls',
    sections: [{ key: 'S', rows: [{ name: 'A', seats: [{ number: '1', category: 'A' }] }] }],
  });
  await owner.seatMaps.assign({ sessionId, seatMapId: seatMap.id });
  await owner.events.publish({ eventId });
  const aside = { eventId, poolId: pool.id, units: 2, reason: 'Guests' };
  const block = await owner.blocks.create(aside);
  await owner.blocks.release({ blockId: block.id, units: 1 });

  const wanted = { eventId, items: [{ ticketTypeId: type.id, quantity: 2 }], codes: ['EARLY'] };
  const given = await nobody.holds.create(wanted);
  await guest(given.accessToken).holds.extend({ holdId: given.id });
  const fewer = [{ ticketTypeId: type.id, quantity: 1 }];
  await guest(given.accessToken).holds.change({ holdId: given.id, items: fewer });
  await guest(given.accessToken).holds.release({ holdId: given.id });
  await nobody.holds.create(wanted);
  later(16);
  await system.holds.sweep({});

  const place = async () => {
    const hold = await nobody.holds.create(wanted);
    const buyer = guest(hold.accessToken);
    return { buyer, order: await buyer.orders.place({ holdId: hold.id, buyer: anna }) };
  };
  const cancelled = await place();
  await cancelled.buyer.orders.cancel({ orderId: cancelled.order.id });
  await place();
  later(31);
  await system.orders.expire({});

  const cash = await place();
  const begun = await cash.buyer.payments.begin({ orderId: cash.order.id });
  const { total: amount } = cash.order;
  await owner.payments.confirm({ paymentId: begun.id, amount, currency: 'EUR' });

  await owner.orders.addNote({ orderId: cash.order.id, text: 'Paid in coins.' });
  await nobody.orders.sendAccess({ eventId, email: anna.email });
  const counter = { method: 'cash', tendered: 20_000 } as const;
  await owner.orders.sell({ eventId, items: fewer, buyer: anna, payment: counter });
  await owner.orders.giveAway({ eventId, items: fewer, recipient: ben, reason: 'Press' });

  const late = await place();
  const sandbox = { provider: 'sandbox', method: 'answers_late' };
  const waiting = await late.buyer.orders.pay({ orderId: late.order.id, ...sandbox });
  await late.buyer.payments.check({ paymentId: waiting.payment?.id ?? '' });
  const left = await place();
  await left.buyer.orders.pay({ orderId: left.order.id, ...sandbox });
  later(10);
  await system.idempotency.sweep({});
  await system.payments.settleDue({});
  await system.payments.sendRefunds({});
  await system.payments.due({});
  await system.payments.reconcile({});
  const noted = { id: 'msg_1', at: '2097-01-01T00:00:00.000Z' };
  const told = { ...noted, about: 'other', type: 'ping' } as const;
  await nobody.payments.receive({
    provider: 'sandbox',
    ...sandboxWebhook(WEBHOOK_SECRET, [{ ...told, id: 'msg_2' }]),
  });
  await system.payments.recordMessage({ provider: 'sandbox', message: told });
  const { found } = await system.payments.compare({
    provider: 'sandbox',
    reference: null,
    result: { state: 'succeeded', providerRef: 'ch_1', amount: 1, currency: 'EUR' },
  });
  const discrepancyId = found[0]?.id ?? '';
  await system.payments.resolve({ discrepancyId, resolution: 'Not ours.' });

  const short = await place();
  const low = await short.buyer.payments.begin({ orderId: short.order.id, provider: 'manual' });
  const { refund } = await system.payments.record({
    paymentId: low.id,
    result: { state: 'succeeded', providerRef: 'bank:1', amount: 1, currency: 'EUR' },
  });
  const sent = { state: 'succeeded', providerRef: 'bank:2' } as const;
  await system.payments.recordRefund({ refundId: refund?.id ?? '', result: sent });

  const card = await owner.giftCards.issue({ organizerId, amount: 1000, currency: 'EUR' });
  await owner.giftCards.update({ giftCardId: card.id, note: 'Raffle' });
  const held = await nobody.holds.create(wanted);
  const giver = guest(held.accessToken);
  const credited = await giver.orders.place({
    holdId: held.id,
    buyer: anna,
    payment: { giftCards: [card.code] },
  });
  const rest = await giver.payments.begin({ orderId: credited.id });
  await owner.payments.confirm({ paymentId: rest.id, amount: credited.due, currency: 'EUR' });
  await owner.giftCards.refund({ orderId: credited.id });

  await owner.refunds.setPolicy({ eventId });
  const [one] = (await late.buyer.tickets.list({ orderId: late.order.id })).items;
  await owner.refunds.create({ orderId: late.order.id, ticketIds: [one?.id ?? ''] });
  await owner.refunds.record({ orderId: late.order.id, to: 'credit' });
  const address = { lines: ['Meadow 1'], country: 'DE' };
  const issuer = { organizerId, legalName: 'Fest e.V.', address, timezone: 'Europe/Berlin' };
  await owner.invoices.setIssuer(issuer);
  const orderId = cash.order.id;
  await cash.buyer.invoices.setBilling({ orderId, billing: { company: 'Anna Ltd' } });
  const invoice = await cash.buyer.invoices.issue({ orderId });
  await owner.invoices.credit({ invoiceId: invoice.id, reason: 'Goodwill', amount: 1 });
  await owner.invoices.setIssuer({ ...issuer, issue: 'when_paid' });
  const plain = await nobody.holds.create({ ...wanted, codes: [] });
  const last = await guest(plain.accessToken).orders.place({ holdId: plain.id, buyer: anna });
  const { id: paymentId } = await guest(plain.accessToken).payments.begin({ orderId: last.id });
  await owner.payments.confirm({ paymentId, amount: last.total, currency: 'EUR' });
  await system.invoices.issueDue({});
  const returning = guest(plain.accessToken);
  const [back] = (await returning.tickets.list({ orderId: last.id })).items;
  await returning.resale.return({ ticketId: back?.id ?? '' });

  const { items: tickets } = await cash.buyer.tickets.list({ orderId: cash.order.id });
  const [first, second] = tickets;
  const seller = cash.buyer;
  await seller.tickets.setAttendee({ ticketId: second?.id ?? '', name: 'Zoe' });
  const both = [first?.id ?? '', second?.id ?? ''];
  const group = await seller.resale.listGroup({ ticketIds: both, price: 2000, sold: 'whole' });
  await seller.resale.withdraw({ listingId: group.listings[0]?.id ?? '' });
  const ticketIds = [first?.id ?? ''];
  await owner.transfers.setPolicy({ eventId });
  const declined = await seller.transfers.offer({ ticketIds, to: { userId: 'ben' } });
  await as({ type: 'user', id: 'ben' }).transfers.decline({ transferId: declined.id });
  const taken = await seller.transfers.offer({ ticketIds, to: { userId: 'ben' } });
  await seller.transfers.cancel({ transferId: taken.id });
  const gift = await seller.transfers.offer({
    ticketIds: [second?.id ?? ''],
    to: { email: ben.email },
  });
  const { accessToken } = await system.transfers.get({ transferId: gift.id });
  const handed = await guest(accessToken).transfers.accept({ transferId: gift.id, holder: ben });
  const [handedId = ''] = handed.acceptedTicketIds ?? [];
  const again = await guest(accessToken).tickets.reissue({ ticketId: handedId });
  await system.transfers.expire({});
  await owner.waitlist.setPolicy({ eventId, misses: 2 });
  const lastOne = [{ ticketTypeId: terrace.id, quantity: 1 }];
  const sold = await nobody.holds.create({ eventId, items: lastOne });
  const wish = { eventId, ticketTypeIds: [terrace.id] };
  const entry = await nobody.waitlist.join({ ...wish, buyer: anna });
  const behind = await nobody.waitlist.join({ ...wish, buyer: ben });
  await guest(behind.accessToken).waitlist.leave({ entryId: behind.id });
  await owner.waitlist.setPriority({ entryId: entry.id, priority: 5 });
  await guest(sold.accessToken).holds.release({ holdId: sold.id });
  const waiter = guest(entry.accessToken);
  const claim = async () => {
    const { offer } = await waiter.waitlist.get({ entryId: entry.id });
    const { code: secret } = await system.waitlist.getOffer({ offerId: offer?.id ?? '' });
    return nobody.waitlist.claim({ code: secret ?? '' });
  };
  await owner.waitlist.offer({ eventId });
  await claim();
  await waiter.waitlist.decline({ entryId: entry.id });
  await system.waitlist.offerDue({});
  const kept = await claim();
  await guest(kept.accessToken).orders.place({ holdId: kept.id, buyer: anna });
  await owner.waitlist.offer({ eventId });

  const tried = await seller.resale.list({ ticketId: first?.id ?? '', price: 1000 });
  await seller.resale.withdraw({ listingId: tried.id });
  await seller.resale.terms({ ticketId: first?.id ?? '', price: 900 });
  const listing = await seller.resale.list({ ticketId: first?.id ?? '', price: 1000 });
  await seller.resale.setPrice({ listingId: listing.id, price: 999 });
  const reserved = await nobody.resale.reserve({ listingId: listing.id });
  await guest(reserved.accessToken).holds.release({ holdId: reserved.id });
  const payment = { provider: 'sandbox' };
  const bought = await nobody.resale.buy({ listingId: listing.id, buyer: ben, payment });
  const holder = guest(bought.accessToken);
  const [mine] = (await holder.tickets.list({ orderId: bought.id })).items;
  await owner.tickets.setCodePolicy({ eventId, rotating: false });
  const shown = await holder.tickets.code({ ticketId: mine?.id ?? '' });
  const list = await owner.checkinLists.create({ eventId, name: 'All', exits: true });
  await owner.checkinLists.update({ listId: list.id, reentry: true });
  const came = await owner.checkin.scan({
    eventId,
    code: shown.code,
    gate: 'North',
    scanId: 'scan-1',
  });
  await owner.checkin.scan({ eventId, code: shown.code, direction: 'exit' });
  await owner.checkin.scan({ eventId, code: 'NOTHING' });
  await owner.checkin.undo({ scanId: came.id, reason: 'By mistake' });
  const shownBy = { code: shown.code, at: '2027-07-10T18:00:00Z', admitted: true };
  const entries = [
    { ...shownBy, scanId: '1' },
    { ...shownBy, scanId: '2' },
  ];
  await owner.checkin.merge({ eventId, listId: list.id, deviceId: 'south', entries });
  await owner.checkinLists.archive({ listId: list.id });
  await system.resale.expire({});
  await system.resale.settle({});
  await owner.resale.statistics({ eventId });
  await owner.tickets.void({ ticketId: again.id });
  await system.tickets.numberRevocations({});
  const payout = () => owner.payouts.create({ organizerId, amount: 100 });
  await system.payouts.settle({ payoutId: (await payout()).id });
  await system.payouts.fail({ payoutId: (await payout()).id, reason: 'Account closed' });
  await system.payouts.cancel({ payoutId: (await payout()).id });
  await owner.events.cancel({ eventId, reason: 'Storm' });
  const { id: runId } = await owner.refundRuns.start({ eventId });
  const { orders, until } = await system.refundRuns.claim({ limit: 1 });
  for (const order of orders) await system.refundRuns.refund(order);
  await system.refundRuns.drop({ orders, until });
  await system.refundRuns.work({});
  await owner.refundRuns.retry({ runId });

  const { id: endpointId } = await owner.webhooks.createEndpoint({
    organizerId,
    url: 'https://hooks.invalid/ticketi',
  });
  await owner.webhooks.update({ endpointId, description: 'Ours' });
  await owner.webhooks.rotateSecret({ endpointId });
  await owner.webhooks.sendTest({ endpointId });
  await system.webhooks.prepareTest({ endpointId });
  await system.outbox.number({});
  const { leasedUntil } = await system.outbox.claim({ name: 'mailer', from: 'start' });
  await system.outbox.record({
    name: 'mailer',
    leasedUntil: leasedUntil ?? '',
    claimed: 0,
    position: 10,
    handled: [],
    failed: [],
    fresh: [],
  });
  await system.outbox.retryParked({ subscriber: 'mailer' });
  await system.outbox.dispatch({});
  await system.webhooks.enqueue({});
  await owner.webhooks.replay({ endpointId, from: '2027-01-01T00:00:00Z' });
  await system.webhooks.enqueueAgain({ endpointId, from: 0 });
  await system.webhooks.claim({ limit: 1 });
  await system.webhooks.record({
    endpointId,
    leasedUntil: '2027-07-10T18:00:00.000Z',
    attempts: [],
  });
  later(2);
  await system.webhooks.deliver({ limit: 1 });
  const { items: letters } = await ticketi.webhooks.deliveries({ organizerId, limit: 1 });
  await owner.webhooks.retry({ deliveryId: letters[0]?.id ?? '' });
  await owner.webhooks.remove({ endpointId });
  later(60 * 24 * 31);
  await system.outbox.sweep({});
}
