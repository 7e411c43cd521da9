import { registerHooks } from 'node:module';
import {
  type Actor,
  type refusalTypes,
  type Surface,
  sandboxWebhook,
  type Ticketi,
} from '@ticketi/core';
import { sqlite } from '@ticketi/storage/sqlite';
import {
  aBoxOffice,
  aGiftCard,
  aHold,
  aListing,
  aPaidOrder,
  aPlacedOrder,
  type BoxOffice,
  type TestClock,
  ticketsOf,
} from '../../src/index.ts';

import { aSeatedOffice } from './seated.ts';

export type RefusalCode = keyof typeof refusalTypes;

/** A box office of its own for each refusal, on a database that they share. */
export interface Scene {
  readonly ticketi: Ticketi;
  /** On the same database: its lanes let nobody wait, and it has no keys of wallets. */
  readonly crowded: Ticketi;
  readonly clock: TestClock;
  readonly office: BoxOffice;
  readonly owner: Surface;
}

/** What is refused, and the tables in which it leaves something all the same. */
export interface Refused {
  readonly act: () => Promise<unknown>;
  readonly leaves?: readonly string[];
}

const anonymous: Actor = { type: 'anonymous' };
const buyer = { name: 'Anna', email: 'anna@example.com' };
const zoe = { email: 'zoe@example.com' };
const noId = '01k0000000e008000000000000';

function items({ standard }: BoxOffice, quantity = 1) {
  return [{ ticketTypeId: standard.id, quantity }];
}

async function aDraft({ owner, office }: Scene) {
  const organizerId = office.organizer.id;
  const facts = { organizerId, name: 'Draft', timezone: 'Europe/Berlin', currency: 'EUR' };
  return owner.events.create({ ...facts, slug: 'draft' });
}

async function aTicketToSell({ ticketi, office }: Scene) {
  const paid = await aPaidOrder(ticketi, office, { userId: 'seller' });
  const ticketId = paid.tickets[0]?.id ?? '';
  return { paid, ticketId, seller: ticketi.as({ type: 'user', id: 'seller' }) };
}

async function twoToSell({ ticketi, office }: Scene) {
  const { tickets } = await aPaidOrder(ticketi, office, { userId: 'seller', quantity: 2 });
  return { tickets, seller: ticketi.as({ type: 'user', id: 'seller' }) };
}

async function anIssuer({ owner, office }: Scene) {
  await owner.invoices.setIssuer({
    organizerId: office.organizer.id,
    legalName: 'Summer Fest e.V.',
    address: { country: 'DE' },
    timezone: 'Europe/Berlin',
  });
}

async function anInvoice(scene: Scene) {
  await anIssuer(scene);
  const paid = await aPaidOrder(scene.ticketi, scene.office);
  const invoice = await scene.ticketi.invoices.issue({ orderId: paid.order.id });
  return { ...paid, invoice };
}

function joined(ticketi: Ticketi, { event, standard }: BoxOffice) {
  const ticketTypeIds = [standard.id];
  return ticketi.as(anonymous).waitlist.join({ eventId: event.id, ticketTypeIds, buyer });
}

/** Somebody waits at an event without places. */
async function anEntry({ ticketi, owner, office }: Scene): Promise<string> {
  await owner.pools.update({ poolId: office.pool.id, capacity: 0 });
  await owner.waitlist.setPolicy({ eventId: office.event.id });
  return (await joined(ticketi, office)).id;
}

/** As the platform says it of a package that is not there. */
/** Takes an optional library away, as if nobody had installed it; returns how to put it back. */
function uninstall(library: string): () => void {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (!specifier.includes(library)) return next(specifier, context);
      const error = new Error(`Cannot find package ${library}`);
      throw Object.assign(error, { code: 'ERR_MODULE_NOT_FOUND' });
    },
  });
  return () => hooks.deregister();
}

async function aSeatMap(owner: Surface, { organizer }: BoxOffice): Promise<string> {
  const sections = [{ key: 'a', rows: [{ name: 1, seats: 2 }] }];
  const { id } = await owner.seatMaps.create({ organizerId: organizer.id, name: 'Hall', sections });
  return id;
}

/** Seats for a type of section a: an accessible place, its companion and two apart. */
function seatRefused(item: { seats?: string[] }, quantity = 1) {
  return async ({ ticketi }: Scene): Promise<Refused> => {
    const office = await aSeatedOffice(ticketi, [
      {
        key: 'a',
        rows: [
          {
            name: 1,
            seats: [
              { number: 1, kind: 'accessible' },
              { number: 2, kind: 'companion', companionOf: 1 },
              { number: 3, aisleAfter: true },
              4,
            ],
          },
        ],
      },
      { key: 'b', rows: [{ name: 1, seats: 1 }] },
    ]);
    const items = [{ ticketTypeId: office.typeOf('a'), quantity, ...item }];
    return { act: () => ticketi.holds.create({ eventId: office.event.id, items }) };
  };
}

/** A hold of one ticket with these codes, once the owner made the last of them. */
async function heldWithCode(
  { ticketi, owner, office }: Scene,
  terms: { minTickets: number } | { stacking: 'alone' },
  others: string[] = [],
): Promise<Refused> {
  const eventId = office.event.id;
  const discount = { type: 'fixed', amount: 1 } as const;
  await owner.codes.create({ eventId, code: 'OWN', discount, ...terms });
  const codes = [...others, 'OWN'];
  return { act: () => ticketi.holds.create({ eventId, items: items(office), codes }) };
}

/** For each refusal, a way to earn it. */
export const refused: Readonly<Record<RefusalCode, (scene: Scene) => Promise<Refused>>> = {
  not_found: async ({ owner }) => ({
    act: () => owner.events.publish({ eventId: `evt_${noId}` }),
  }),
  not_allowed: async ({ ticketi, office }) => ({
    act: () =>
      ticketi.as({ type: 'user', id: 'stranger' }).events.cancel({ eventId: office.event.id }),
  }),
  unauthenticated: async ({ ticketi }) => ({
    act: () => ticketi.as(anonymous).organizers.create({ name: 'Nobody' }),
  }),
  busy: async ({ crowded, office }) => ({
    async act() {
      const input = { eventId: office.event.id, items: items(office, 11) };
      const first = crowded.holds.create(input).catch(() => undefined);
      const second = crowded.holds.create(input);
      second.catch(() => {});
      await first;
      return second;
    },
  }),
  invalid_cursor: async ({ owner, office }) => ({
    act: () => owner.pools.list({ eventId: office.event.id, cursor: 'nonsense' }),
  }),
  not_in_transaction: async ({ ticketi }) => {
    // Any storage that says it is inside somebody's transaction: nothing of it is used.
    const joined = new Proxy(sqlite(':memory:'), {
      get: (storage, key) => (key === 'joined' ? true : Reflect.get(storage, key)),
    });
    return { act: () => ticketi.within(joined).payments.reconcile() };
  },
  amount_too_large: async ({ ticketi, office }) => {
    const vip = { ticketTypeId: office.vip.id, price: 999_999_999_999 };
    await ticketi.ticketTypes.update(vip);
    const items = [{ ticketTypeId: office.vip.id, quantity: 2 }];
    return { act: () => ticketi.holds.create({ eventId: office.event.id, items }) };
  },
  not_in_order: async ({ ticketi, office }) => {
    const { order } = await aPaidOrder(ticketi, office);
    const items = [{ ticketTypeId: office.vip.id, quantity: 1 }];
    return { act: () => ticketi.quotes.refund({ orderId: order.id, items }) };
  },
  invalid_seat_map: async ({ owner, office }) => ({
    act: () =>
      owner.seatMaps.create({
        organizerId: office.organizer.id,
        name: 'Hall',
        sections: [{ key: 'a' }],
      }),
  }),
  seat_map_assigned: async ({ owner, office }) => {
    const [first, second] = [await aSeatMap(owner, office), await aSeatMap(owner, office)];
    const sessionId = office.event.sessions[0]?.id ?? '';
    await owner.seatMaps.assign({ sessionId, seatMapId: first });
    return { act: () => owner.seatMaps.assign({ sessionId, seatMapId: second }) };
  },
  no_seat_map: async ({ owner, office }) => ({
    act: () => owner.seatMaps.state({ sessionId: office.event.sessions[0]?.id ?? '' }),
  }),
  unknown_seat: seatRefused({ seats: ['a-9-9'] }),
  wrong_category: seatRefused({ seats: ['b-1-1'] }),
  companion_seat: seatRefused({ seats: ['a-1-2'] }),
  seat_taken: async (scene) => {
    const { act } = await seatRefused({ seats: ['a-1-3'] })(scene);
    await act();
    return { act };
  },
  no_seats_together: seatRefused({}, 2),
  not_enough_seats: seatRefused({}, 5),
  scan_not_undoable: async ({ ticketi, owner, office }) => {
    const scan = await ticketi.checkin.scan({ eventId: office.event.id, code: 'NOTHING' });
    return { act: () => owner.checkin.undo({ scanId: scan.id, reason: 'By mistake' }) };
  },
  checkin_list_not_named: async ({ ticketi, owner, office }) => {
    const eventId = office.event.id;
    await owner.checkinLists.create({ eventId, name: 'Stalls' });
    await owner.checkinLists.create({ eventId, name: 'Circle' });
    return { act: () => ticketi.checkin.scan({ eventId, code: 'ANY' }) };
  },
  checkin_list_archived: async ({ ticketi, owner, office }) => {
    const eventId = office.event.id;
    const { id: listId } = await owner.checkinLists.create({ eventId, name: 'Stalls' });
    await owner.checkinLists.archive({ listId });
    return { act: () => ticketi.checkin.scan({ eventId, listId, code: 'ANY' }) };
  },
  checkin_list_window: async ({ owner, office }) => ({
    act: () =>
      owner.checkinLists.create({
        eventId: office.event.id,
        name: 'Backwards',
        opensAt: '2027-07-10T20:00',
        closesAt: '2027-07-10T18:00',
      }),
  }),
  scanned_without_list: async ({ ticketi, owner, office }) => {
    const eventId = office.event.id;
    const [ticket] = (await aPaidOrder(ticketi, office)).tickets;
    const { code } = await ticketi.tickets.code({ ticketId: ticket?.id ?? '' });
    await ticketi.checkin.scan({ eventId, code });
    return { act: () => owner.checkinLists.create({ eventId, name: 'Stalls' }) };
  },
  scan_id_reused: async ({ ticketi, office }) => {
    const scan = { eventId: office.event.id, scanId: 'one' };
    await ticketi.checkin.scan({ ...scan, code: 'FIRST' });
    return { act: () => ticketi.checkin.scan({ ...scan, code: 'SECOND' }) };
  },
  idempotency_key_reused: async ({ ticketi, office }) => {
    const eventId = office.event.id;
    const same = { idempotencyKey: 'again' };
    await ticketi.holds.create({ eventId, items: items(office, 1) }, same);
    return { act: () => ticketi.holds.create({ eventId, items: items(office, 2) }, same) };
  },
  idempotency_in_progress: async ({ ticketi, office }) => ({
    async act() {
      const input = { eventId: office.event.id, items: items(office, 11) };
      const same = { idempotencyKey: 'twice at once' };
      const first = ticketi.holds.create(input, same).catch(() => undefined);
      const second = ticketi.holds.create(input, same);
      second.catch(() => {});
      await first;
      return second;
    },
  }),
  last_owner: async ({ owner, office }) => {
    const { items: members } = await owner.members.list({ organizerId: office.organizer.id });
    return { act: () => owner.members.remove({ memberId: members[0]?.id ?? '' }) };
  },
  already_member: async ({ owner, office: { organizer, ownerId } }) => ({
    act: () => owner.members.add({ organizerId: organizer.id, userId: ownerId, role: 'scanner' }),
  }),
  slug_taken: async (scene) => {
    const draft = await aDraft(scene);
    return {
      act: () => scene.owner.events.update({ eventId: draft.id, slug: scene.office.event.slug }),
    };
  },
  invalid_session: async ({ owner, office }) => ({
    act: () =>
      owner.sessions.add({
        eventId: office.event.id,
        startsAt: '2097-07-12T18:00',
        endsAt: '2097-07-12T17:00',
      }),
  }),
  invalid_time: async ({ owner, office }) => ({
    act: () =>
      owner.sessions.add({
        eventId: office.event.id,
        startsAt: '2097-02-30T18:00',
        endsAt: '2097-03-01T17:00',
      }),
  }),
  ambiguous_time: async ({ owner, office }) => ({
    act: () =>
      owner.sessions.add({
        eventId: office.event.id,
        startsAt: '2027-10-31T02:30',
        endsAt: '2027-10-31T17:00',
      }),
  }),
  ambiguous_times: async ({ owner, office }) => ({
    act: () =>
      owner.sessions.addSeries({
        eventId: office.event.id,
        rule: 'FREQ=DAILY;COUNT=3',
        startsAt: '2027-10-30T02:30',
        durationMinutes: 60,
      }),
  }),
  invalid_rule: async ({ owner, office }) => ({
    act: () =>
      owner.sessions.addSeries({
        eventId: office.event.id,
        rule: 'FREQ=HOURLY;COUNT=3',
        startsAt: '2097-07-12T18:00',
        durationMinutes: 60,
      }),
  }),
  series_too_long: async ({ owner, office }) => ({
    act: () =>
      owner.sessions.addSeries({
        eventId: office.event.id,
        rule: 'FREQ=DAILY;COUNT=501',
        startsAt: '2097-07-12T18:00',
        durationMinutes: 60,
      }),
  }),
  not_in_series: async ({ owner, office }) => {
    const sessionId = office.event.sessions[0]?.id ?? '';
    return {
      act: () => owner.sessions.updateSeries({ sessionId, scope: 'all', startTime: '20:00' }),
    };
  },
  event_closed: async ({ owner, office }) => {
    await owner.events.cancel({ eventId: office.event.id });
    return { act: () => owner.events.update({ eventId: office.event.id, name: 'On again' }) };
  },
  wrong_event_state: async ({ owner, office }) => ({
    act: () => owner.events.publish({ eventId: office.event.id }),
  }),
  not_publishable: async (scene) => {
    const { id: eventId } = await aDraft(scene);
    return { act: () => scene.owner.events.publish({ eventId }) };
  },
  unknown_pool: async (scene) => {
    const { id: eventId } = await aDraft(scene);
    const draws = [{ poolId: scene.office.pool.id }];
    return {
      act: () => scene.owner.ticketTypes.create({ eventId, name: 'Thief', price: 1, draws }),
    };
  },
  pool_of_other_session: async ({ owner, office: { event, pool } }) => {
    const eventId = event.id;
    const sessionId = event.sessions[0]?.id ?? '';
    const times = { startsAt: '2097-08-10T18:00', endsAt: '2097-08-10T22:00' };
    const other = await owner.sessions.add({ eventId, ...times });
    const own = await owner.pools.create({ eventId, name: 'One', capacity: 1, sessionId });
    const draws = [{ poolId: pool.id }, { poolId: own.id }];
    const type = { eventId, name: 'Other', price: 1, draws, sessionIds: [other.id] };
    return { act: () => owner.ticketTypes.create(type) };
  },
  unknown_session: async (scene) => {
    const { id: eventId } = await aDraft(scene);
    const sessionId = scene.office.event.sessions[0]?.id ?? '';
    return {
      act: () => scene.owner.pools.create({ eventId, name: 'Thief', capacity: 1, sessionId }),
    };
  },
  wrong_part: async ({ owner, office }) => {
    const eventId = office.event.id;
    const gift = await owner.ticketTypes.create({
      eventId,
      name: 'Gift',
      price: 1,
      kind: 'donation',
    });
    const parts = [{ ticketTypeId: gift.id }];
    return { act: () => owner.ticketTypes.create({ eventId, name: 'Set', price: 1, parts }) };
  },
  not_reservable: async ({ owner, office }) => {
    const eventId = office.event.id;
    const shirt = await owner.ticketTypes.create({
      eventId,
      name: 'Shirt',
      price: 1,
      kind: 'product',
    });
    const reserve = { ticketTypeId: shirt.id, quantity: 1 };
    return { act: () => owner.codes.create({ eventId, code: 'SHIRTS', reserve }) };
  },
  block_of_code: async ({ owner, office }) => {
    const eventId = office.event.id;
    const reserve = { ticketTypeId: office.standard.id, quantity: 2 };
    await owner.codes.create({ eventId, code: 'ASIDE', reserve });
    const { items: blocks } = await owner.blocks.list({ eventId });
    return { act: () => owner.blocks.release({ blockId: blocks[0]?.id ?? '' }) };
  },
  code_minimum: (scene) => heldWithCode(scene, { minTickets: 2 }),
  codes_not_combinable: (scene) => heldWithCode(scene, { stacking: 'alone' }, ['EARLY']),
  batch_exists: async ({ owner, office }) => {
    const discount = { type: 'free' } as const;
    const lot = { eventId: office.event.id, batch: 'press', count: 1, discount };
    await owner.codes.createMany(lot);
    return { act: () => owner.codes.createMany(lot) };
  },
  terms_conflict: async ({ owner, office }) => {
    const ticketTypeId = office.standard.id;
    await owner.prices.set({ ticketTypeId, tiers: [{ name: 'early', price: 1 }] });
    return { act: () => owner.prices.set({ ticketTypeId, ownPrice: { min: 1 } }) };
  },
  price_not_allowed: async ({ ticketi, office }) => {
    const named = items(office).map((item) => ({ ...item, amount: 1 }));
    return { act: () => ticketi.holds.create({ eventId: office.event.id, items: named }) };
  },
  parent_missing: async ({ ticketi, owner, office }) => {
    const eventId = office.event.id;
    const { id: ticketTypeId } = await owner.ticketTypes.create({
      eventId,
      name: 'Parking',
      price: 800,
      kind: 'product',
      requires: { ticketTypeIds: [office.standard.id] },
    });
    const alone = [{ ticketTypeId, quantity: 1 }];
    return { act: () => ticketi.holds.create({ eventId, items: alone }) };
  },
  tax_place_missing: async ({ ticketi, owner, office }) => {
    const rate = { organizerId: office.organizer.id, name: 'VAT', percent: '19', place: 'DE' };
    await owner.taxes.set(rate);
    return { act: () => ticketi.holds.create({ eventId: office.event.id, items: items(office) }) };
  },
  tax_id_not_valid: async ({ ticketi, office }) => ({
    act: () =>
      ticketi.holds.create({
        eventId: office.event.id,
        items: items(office),
        buyer: { taxId: 'DE136695975' },
      }),
  }),
  buyer_not_vouched: async ({ ticketi, office }) => ({
    act: () =>
      ticketi.as(anonymous).holds.create({
        eventId: office.event.id,
        items: items(office),
        buyer: { attributes: ['member'] },
      }),
  }),
  sold_out: async ({ ticketi, owner, office }) => {
    await owner.pools.update({ poolId: office.pool.id, capacity: 1 });
    return {
      act: () => ticketi.holds.create({ eventId: office.event.id, items: items(office, 2) }),
    };
  },
  limit_exceeded: async ({ ticketi, office }) => ({
    act: () => ticketi.holds.create({ eventId: office.event.id, items: items(office, 11) }),
  }),
  not_on_sale: async ({ ticketi, owner, office }) => {
    await owner.ticketTypes.update({ ticketTypeId: office.standard.id, state: 'off_sale' });
    return { act: () => ticketi.holds.create({ eventId: office.event.id, items: items(office) }) };
  },
  hold_expired: async ({ ticketi, office, clock }) => {
    const { hold } = await aHold(ticketi, office);
    clock.advance({ minutes: 15 });
    return { act: () => ticketi.orders.place({ holdId: hold.id, buyer }) };
  },
  hold_not_active: async ({ ticketi, office }) => {
    const { hold } = await aPlacedOrder(ticketi, office);
    return { act: () => ticketi.holds.release({ holdId: hold.id }) };
  },
  hold_already_extended: async ({ ticketi, office }) => {
    const { hold } = await aHold(ticketi, office);
    await ticketi.holds.extend({ holdId: hold.id });
    return { act: () => ticketi.holds.extend({ holdId: hold.id }) };
  },
  hold_not_changeable: async (scene) => {
    const { paid } = await aTicketToSell(scene);
    const listing = await aListing(scene.ticketi, paid);
    const { id: holdId } = await scene.ticketi.resale.reserve({ listingId: listing.id });
    return { act: () => scene.ticketi.holds.change({ holdId, items: items(scene.office) }) };
  },
  block_released: async ({ owner, office: { event, pool } }) => {
    const block = { eventId: event.id, poolId: pool.id, units: 2, reason: 'Guests' };
    const { id: blockId } = await owner.blocks.create(block);
    await owner.blocks.release({ blockId });
    return { act: () => owner.blocks.release({ blockId }) };
  },
  not_in_block: async ({ owner, office: { event, pool } }) => {
    const block = { eventId: event.id, poolId: pool.id, units: 2, reason: 'Guests' };
    const { id: blockId } = await owner.blocks.create(block);
    return { act: () => owner.blocks.release({ blockId, seats: ['a-1-1'] }) };
  },
  block_too_small: async ({ owner, office: { event, pool } }) => {
    const block = { eventId: event.id, poolId: pool.id, units: 2, reason: 'Guests' };
    const { id: blockId } = await owner.blocks.create(block);
    return { act: () => owner.blocks.release({ blockId, units: 3 }) };
  },
  capacity_below_claimed: async ({ ticketi, owner, office }) => {
    await aHold(ticketi, office, { quantity: 3 });
    return { act: () => owner.pools.update({ poolId: office.pool.id, capacity: 2 }) };
  },
  code_not_valid: async ({ ticketi, office }) => ({
    act: () =>
      ticketi.holds.create({ eventId: office.event.id, items: items(office), codes: ['GUESS'] }),
  }),
  code_exists: async ({ owner, office }) => ({
    act: () =>
      owner.codes.create({
        eventId: office.event.id,
        code: 'early',
        discount: { type: 'fixed', amount: 1 },
      }),
  }),
  uses_below_used: async ({ ticketi, owner, office }) => {
    await aHold(ticketi, office, { codes: ['EARLY'] });
    await aHold(ticketi, office, { codes: ['EARLY'] });
    return { act: () => owner.codes.update({ codeId: office.code.id, maxUses: 1 }) };
  },
  unknown_ticket_type: async ({ ticketi, office }) => ({
    act: () =>
      ticketi.holds.create({
        eventId: office.event.id,
        items: [{ ticketTypeId: `typ_${noId}`, quantity: 1 }],
      }),
  }),
  answers_not_valid: async ({ ticketi, owner, office }) => {
    const asked = { eventId: office.event.id, key: 'diet', label: 'Diet', required: true };
    await owner.questions.set(asked);
    const { hold } = await aHold(ticketi, office);
    return { act: () => ticketi.orders.place({ holdId: hold.id, buyer }) };
  },
  members_only: async ({ ticketi, office }) => {
    const { hold, actor } = await aHold(ticketi, office);
    const payment = { termDays: 14 };
    return { act: () => ticketi.as(actor).orders.place({ holdId: hold.id, buyer, payment }) };
  },
  order_not_pending: async ({ ticketi, office }) => {
    const { order } = await aPaidOrder(ticketi, office);
    return { act: () => ticketi.orders.cancel({ orderId: order.id }) };
  },
  unknown_provider: async ({ ticketi, office }) => {
    const { order } = await aPlacedOrder(ticketi, office);
    return { act: () => ticketi.orders.pay({ orderId: order.id, provider: 'piggy-bank' }) };
  },
  provider_unreachable: async ({ ticketi, office }) => {
    const { order } = await aPlacedOrder(ticketi, office);
    return {
      act: () => ticketi.orders.pay({ orderId: order.id, provider: 'offline' }),
      // That the provider is about to be asked is recorded before it is.
      leaves: ['audit', 'outbox', 'payments'],
    };
  },
  not_manual: async ({ ticketi, office }) => {
    const { order } = await aPlacedOrder(ticketi, office);
    const input = { orderId: order.id, provider: 'sandbox', method: 'never' };
    const { payment } = await ticketi.orders.pay(input);
    const claim = { paymentId: payment?.id ?? '', amount: order.total, currency: 'EUR' };
    return { act: () => ticketi.payments.confirm(claim) };
  },
  not_enough_tendered: async ({ owner, office }) => {
    const payment = { method: 'cash', tendered: 1 } as const;
    const sale = { eventId: office.event.id, items: items(office), buyer, payment };
    return {
      act: () => owner.orders.sell(sale),
      // The places were held to know the price, and are given back.
      leaves: ['audit', 'claims', 'holds', 'outbox'],
    };
  },
  webhooks_not_read: async ({ ticketi }) => ({
    act: () => ticketi.payments.receive({ provider: 'manual', body: '{}' }),
  }),
  webhook_not_verified: async ({ ticketi }) => ({
    act: () =>
      ticketi.payments.receive({
        ...sandboxWebhook('the secret of somebody else', []),
        provider: 'sandbox',
      }),
  }),
  discrepancy_resolved: async ({ ticketi }) => {
    const money = { state: 'succeeded', providerRef: 'ch_1', amount: 1, currency: 'EUR' } as const;
    await ticketi.payments.compare({ provider: 'sandbox', reference: null, result: money });
    const [found] = (await ticketi.payments.discrepancies()).items;
    const input = { discrepancyId: found?.id ?? '', resolution: 'Not ours.' };
    await ticketi.payments.resolve(input);
    return { act: () => ticketi.payments.resolve(input) };
  },
  gift_card_not_valid: async ({ ticketi, owner, office }) => {
    const card = await aGiftCard(ticketi, office);
    const { hold } = await aHold(ticketi, office);
    await owner.giftCards.update({ giftCardId: card.id, state: 'disabled' });
    const payment = { giftCards: [card.code] };
    return { act: () => ticketi.orders.place({ holdId: hold.id, buyer, payment }) };
  },
  refund_above_credit: async ({ ticketi, owner, office }) => {
    const { code } = await aGiftCard(ticketi, office, { amount: 1000 });
    const { order } = await aPaidOrder(ticketi, office, { giftCards: [code] });
    return { act: () => owner.giftCards.refund({ orderId: order.id, amount: 1001 }) };
  },
  ticket_checked_in: async (scene) => {
    const { ticketId, seller } = await aTicketToSell(scene);
    const { code } = await seller.tickets.code({ ticketId });
    await scene.owner.checkin.scan({ eventId: scene.office.event.id, code });
    return { act: () => seller.tickets.setAttendee({ ticketId, name: 'Zoe' }) };
  },
  nothing_to_pay_out: async ({ owner, office }) => {
    const organizerId = office.organizer.id;
    return { act: () => owner.payouts.create({ organizerId }) };
  },
  payout_above_balance: async ({ ticketi, owner, office }) => {
    await aPaidOrder(ticketi, office);
    const organizerId = office.organizer.id;
    return { act: () => owner.payouts.create({ organizerId, amount: 4901 }) };
  },
  payout_not_due: async (scene) => {
    const { paid, ticketId } = await aTicketToSell(scene);
    const { id: listingId } = await aListing(scene.ticketi, paid);
    const payment = { provider: 'sandbox' };
    const buyer = { name: 'Ben', email: 'ben@example.com' };
    await scene.ticketi.as(anonymous).resale.buy({ listingId, buyer, payment });
    const organizerId = scene.office.organizer.id;
    return { act: () => scene.owner.payouts.create({ organizerId, ticketId }) };
  },
  payout_not_pending: async ({ ticketi, office }) => {
    await aPaidOrder(ticketi, office);
    const { id: payoutId } = await ticketi.payouts.create({ organizerId: office.organizer.id });
    await ticketi.payouts.settle({ payoutId });
    return { act: () => ticketi.payouts.cancel({ payoutId }) };
  },
  currency_needed: async ({ ticketi, owner, office }) => {
    await aGiftCard(ticketi, office);
    await aGiftCard(ticketi, office, { currency: 'CHF' });
    return { act: () => owner.ledger.statement({ organizerId: office.organizer.id }) };
  },
  order_not_paid: async ({ ticketi, owner, office }) => {
    const { order } = await aPlacedOrder(ticketi, office);
    return { act: () => owner.refunds.create({ orderId: order.id }) };
  },
  not_refundable: async (scene) => {
    const { paid, ticketId } = await aTicketToSell(scene);
    const input = { orderId: paid.order.id, ticketIds: [ticketId] };
    await scene.owner.refunds.create(input);
    return { act: () => scene.owner.refunds.create(input) };
  },
  incomplete_group: async ({ ticketi, owner, office }) => {
    const table = await owner.ticketTypes.create({
      eventId: office.event.id,
      name: 'Table',
      price: 100,
      admissions: 2,
      draws: [{ poolId: office.pool.id, units: 2 }],
    });
    const bought = [{ ticketTypeId: table.id, quantity: 1 }];
    const { order, tickets } = await aPaidOrder(ticketi, office, { items: bought });
    const ticketIds = [tickets[0]?.id ?? ''];
    return { act: () => owner.refunds.create({ orderId: order.id, ticketIds }) };
  },
  refund_above_paid: async ({ ticketi, owner, office }) => {
    const { order } = await aPaidOrder(ticketi, office);
    return { act: () => owner.refunds.create({ orderId: order.id, amount: order.total + 1 }) };
  },
  nothing_to_refund: async ({ ticketi, owner, office }) => {
    const { order } = await aPaidOrder(ticketi, office);
    await owner.refunds.create({ orderId: order.id });
    return { act: () => owner.refunds.create({ orderId: order.id }) };
  },
  refund_not_allowed: async (scene) => {
    const { paid, seller } = await aTicketToSell(scene);
    return { act: () => seller.refunds.create({ orderId: paid.order.id }) };
  },
  issuer_missing: async ({ ticketi, office }) => {
    const { order } = await aPaidOrder(ticketi, office);
    return { act: () => ticketi.invoices.issue({ orderId: order.id }) };
  },
  not_invoiceable: async (scene) => {
    const { order, actor } = await aPlacedOrder(scene.ticketi, scene.office);
    await anIssuer(scene);
    return { act: () => scene.ticketi.as(actor).invoices.issue({ orderId: order.id }) };
  },
  invoice_issued: async (scene) => {
    const { order, actor } = await anInvoice(scene);
    const billing = { company: 'Anna Ltd' };
    return {
      act: () => scene.ticketi.as(actor).invoices.setBilling({ orderId: order.id, billing }),
    };
  },
  billing_tax_id: async (scene) => {
    const { ticketi, owner, office } = scene;
    const eventId = office.event.id;
    await owner.taxes.set({ organizerId: office.organizer.id, name: 'VAT', percent: '19' });
    await owner.prices.setPolicy({ eventId, taxPlace: 'DE', reverseCharge: 'abroad' });
    const business = { taxId: 'ATU12345675' };
    const hold = await ticketi.holds.create({ eventId, items: items(office), buyer: business });
    const order = await ticketi.orders.place({ holdId: hold.id, buyer });
    const billing = { taxId: 'DE136695976' };
    return { act: () => ticketi.invoices.setBilling({ orderId: order.id, billing }) };
  },
  credit_above_invoice: async (scene) => {
    const { invoice } = await anInvoice(scene);
    const amount = invoice.total + 1;
    return {
      act: () => scene.owner.invoices.credit({ invoiceId: invoice.id, reason: 'Too much', amount }),
    };
  },
  pdf_not_available: async (scene) => {
    const { invoice } = await anInvoice(scene);
    return {
      act: async () => {
        const putBack = uninstall('pdfkit');
        await scene.owner.invoices.pdf({ invoiceId: invoice.id }).finally(putBack);
      },
    };
  },
  no_tickets_left: async (scene) => {
    const { ticketId, seller } = await aTicketToSell(scene);
    const { orderId } = await seller.tickets.get({ ticketId });
    await scene.owner.tickets.void({ ticketId });
    return { act: () => seller.documents.pdf({ orderId }) };
  },
  code_rotates: async (scene) => {
    const { ticketId, seller } = await aTicketToSell(scene);
    await scene.owner.tickets.setCodePolicy({ eventId: scene.office.event.id, rotating: true });
    return { act: () => seller.documents.pdf({ ticketId }) };
  },
  wallet_not_configured: async (scene) => {
    const { ticketId } = await aTicketToSell(scene);
    const owner = scene.crowded.as({ type: 'user', id: scene.office.ownerId });
    return { act: () => owner.documents.appleWallet({ ticketId }) };
  },
  ticket_void: async (scene) => {
    const { ticketId } = await aTicketToSell(scene);
    await scene.owner.tickets.void({ ticketId });
    return { act: () => scene.owner.tickets.void({ ticketId }) };
  },
  name_change_closed: async (scene) => {
    const { ticketId, seller } = await aTicketToSell(scene);
    await scene.owner.transfers.setPolicy({ eventId: scene.office.event.id, nameChanges: 0 });
    await seller.tickets.setAttendee({ ticketId, name: 'Zoe' });
    return { act: () => seller.tickets.setAttendee({ ticketId, name: 'Eve' }) };
  },
  reissue_limited: async (scene) => {
    const { ticketId, seller } = await aTicketToSell(scene);
    await scene.owner.transfers.setPolicy({ eventId: scene.office.event.id, reissuesADay: 1 });
    const { id } = await seller.tickets.reissue({ ticketId });
    return { act: () => seller.tickets.reissue({ ticketId: id }) };
  },
  ticket_reserved: async (scene) => {
    const { paid, ticketId, seller } = await aTicketToSell(scene);
    const { id: listingId } = await aListing(scene.ticketi, paid);
    await scene.ticketi.as(anonymous).resale.reserve({ listingId });
    return { act: () => seller.tickets.reissue({ ticketId }) };
  },
  reason_missing: async (scene) => {
    const { ticketId } = await aTicketToSell(scene);
    return { act: () => scene.owner.tickets.reissue({ ticketId }) };
  },
  transfer_not_allowed: async (scene) => {
    const { ticketId, seller } = await aTicketToSell(scene);
    await scene.owner.transfers.setPolicy({ eventId: scene.office.event.id, allowed: false });
    return { act: () => seller.transfers.offer({ ticketIds: [ticketId], to: zoe }) };
  },
  outside_transfer_window: async (scene) => {
    const { ticketId, seller } = await aTicketToSell(scene);
    const closesAt = scene.clock.now();
    await scene.owner.transfers.setPolicy({ eventId: scene.office.event.id, closesAt });
    return { act: () => seller.transfers.offer({ ticketIds: [ticketId], to: zoe }) };
  },
  ticket_not_transferable: async (scene) => {
    const { paid, ticketId, seller } = await aTicketToSell(scene);
    await aListing(scene.ticketi, paid);
    return { act: () => seller.transfers.offer({ ticketIds: [ticketId], to: zoe }) };
  },
  transfer_closed: async (scene) => {
    const { ticketId, seller } = await aTicketToSell(scene);
    const { id } = await seller.transfers.offer({ ticketIds: [ticketId], to: zoe });
    await seller.transfers.cancel({ transferId: id });
    return { act: () => seller.transfers.cancel({ transferId: id }) };
  },
  recipient_is_holder: async (scene) => {
    const { ticketId } = await aTicketToSell(scene);
    const { holder } = await scene.ticketi.tickets.get({ ticketId });
    const to = { userId: holder.userId ?? '' };
    return { act: () => scene.ticketi.transfers.offer({ ticketIds: [ticketId], to }) };
  },
  resale_not_allowed: async (scene) => {
    const { ticketId, seller } = await aTicketToSell(scene);
    await scene.owner.resale.setPolicy({ eventId: scene.office.event.id, allowed: false });
    return { act: () => seller.resale.list({ ticketId, price: 100 }) };
  },
  price_above_cap: async (scene) => {
    const { ticketId, seller } = await aTicketToSell(scene);
    return { act: () => seller.resale.list({ ticketId, price: 5391 }) };
  },
  price_below_floor: async (scene) => {
    const { ticketId, seller } = await aTicketToSell(scene);
    await scene.owner.resale.setPolicy({ eventId: scene.office.event.id, floor: '50' });
    return { act: () => seller.resale.list({ ticketId, price: 2449 }) };
  },
  outside_resale_window: async (scene) => {
    const { ticketId, seller } = await aTicketToSell(scene);
    const closesAt = scene.clock.now();
    await scene.owner.resale.setPolicy({ eventId: scene.office.event.id, closesAt });
    return { act: () => seller.resale.list({ ticketId, price: 100 }) };
  },
  ticket_not_resellable: async (scene) => {
    const { paid, ticketId, seller } = await aTicketToSell(scene);
    await aListing(scene.ticketi, paid);
    return { act: () => seller.resale.list({ ticketId, price: 100 }) };
  },
  listing_closed: async (scene) => {
    const { paid, seller } = await aTicketToSell(scene);
    const { id: listingId } = await aListing(scene.ticketi, paid);
    await scene.ticketi.as(anonymous).resale.reserve({ listingId });
    return { act: () => seller.resale.withdraw({ listingId }) };
  },
  buyer_is_seller: async (scene) => {
    const { paid, seller } = await aTicketToSell(scene);
    const { id: listingId } = await aListing(scene.ticketi, paid);
    return { act: () => seller.resale.reserve({ listingId }) };
  },
  waitlist_closed: async ({ ticketi, office }) => {
    await ticketi.pools.update({ poolId: office.pool.id, capacity: 0 });
    return { act: () => joined(ticketi, office) };
  },
  not_sold_out: async ({ ticketi, owner, office }) => {
    await owner.waitlist.setPolicy({ eventId: office.event.id });
    return { act: () => joined(ticketi, office) };
  },
  not_waitable: async ({ ticketi }) => {
    const sections = [{ key: 'a', rows: [{ name: 1, seats: 1 }] }];
    const office = await aSeatedOffice(ticketi, sections);
    const eventId = office.event.id;
    await ticketi.waitlist.setPolicy({ eventId });
    const ticketTypeIds = [office.typeOf('a')];
    return { act: () => ticketi.waitlist.join({ eventId, ticketTypeIds, buyer }) };
  },
  already_waiting: async (scene) => {
    await anEntry(scene);
    return { act: () => joined(scene.ticketi, scene.office) };
  },
  entry_closed: async (scene) => {
    const entryId = await anEntry(scene);
    await scene.ticketi.waitlist.leave({ entryId });
    return { act: () => scene.ticketi.waitlist.leave({ entryId }) };
  },
  offer_not_open: async (scene) => {
    const entryId = await anEntry(scene);
    return { act: () => scene.ticketi.waitlist.decline({ entryId }) };
  },
  offer_code_not_valid: async ({ ticketi }) => ({
    act: () => ticketi.waitlist.claim({ code: `wlo_${noId}.wrong` }),
  }),
  offer_code_used: async (scene) => {
    const { ticketi, owner, office } = scene;
    const entryId = await anEntry(scene);
    await owner.pools.update({ poolId: office.pool.id, capacity: 1 });
    await owner.waitlist.offer({ eventId: office.event.id });
    const { offer } = await ticketi.waitlist.get({ entryId });
    const { code } = await ticketi.waitlist.getOffer({ offerId: offer?.id ?? '' });
    const claim = () => ticketi.as(anonymous).waitlist.claim({ code: code ?? '' });
    await claim();
    return { act: claim };
  },
  resale_limit_exceeded: async (scene) => {
    const { seller, tickets } = await twoToSell(scene);
    await scene.owner.resale.setPolicy({ eventId: scene.office.event.id, maxOpen: 1 });
    const ticketIds = tickets.map(({ id }) => id);
    return { act: () => seller.resale.listGroup({ ticketIds, price: 100, sold: 'singly' }) };
  },
  held_too_short: async (scene) => {
    const { ticketId, seller } = await aTicketToSell(scene);
    await scene.owner.resale.setPolicy({ eventId: scene.office.event.id, minHeldMinutes: 60 });
    return { act: () => seller.resale.list({ ticketId, price: 100 }) };
  },
  primary_not_sold_out: async (scene) => {
    const { ticketId, seller } = await aTicketToSell(scene);
    await scene.owner.resale.setPolicy({ eventId: scene.office.event.id, primaryFirst: true });
    return { act: () => seller.resale.list({ ticketId, price: 100 }) };
  },
  listing_sold_whole: async (scene) => {
    const { seller, tickets } = await twoToSell(scene);
    const ticketIds = tickets.map(({ id }) => id);
    const group = await seller.resale.listGroup({ ticketIds, price: 100, sold: 'whole' });
    const listingId = group.listings[0]?.id ?? '';
    return { act: () => scene.ticketi.as(anonymous).resale.reserve({ listingId }) };
  },
  listing_price_changed: async (scene) => {
    const { paid, seller } = await aTicketToSell(scene);
    const { id: listingId, price } = await aListing(scene.ticketi, paid);
    await seller.resale.setPrice({ listingId, price: price - 1 });
    return { act: () => scene.ticketi.as(anonymous).resale.reserve({ listingId, price }) };
  },
  ticket_not_returnable: async (scene) => {
    const { paid } = await aTicketToSell(scene);
    const { id: listingId } = await aListing(scene.ticketi, paid);
    const ben = scene.ticketi.as({ type: 'user', id: 'ben' });
    const payment = { provider: 'sandbox' };
    const buyer = { name: 'Ben', email: 'ben@example.com' };
    const { id: orderId } = await ben.resale.buy({ listingId, buyer, payment });
    const [ticket] = await ticketsOf(scene.ticketi, orderId);
    return { act: () => ben.resale.return({ ticketId: ticket?.id ?? '' }) };
  },
  webhook_url_not_allowed: async ({ owner, office }) => ({
    act: () =>
      owner.webhooks.createEndpoint({
        organizerId: office.organizer.id,
        url: 'https://169.254.169.254/latest',
      }),
  }),
  too_many_endpoints: async ({ owner, office }) => {
    const another = () =>
      owner.webhooks.createEndpoint({
        organizerId: office.organizer.id,
        url: 'https://example.com/hooks',
      });
    for (let endpoint = 0; endpoint < 50; endpoint += 1) await another();
    return { act: another };
  },
  endpoint_disabled: async ({ owner, office }) => {
    const { id: endpointId } = await owner.webhooks.createEndpoint({
      organizerId: office.organizer.id,
      url: 'https://example.com/hooks',
    });
    await owner.webhooks.update({ endpointId, state: 'disabled' });
    return { act: () => owner.webhooks.replay({ endpointId, from: '2027-01-01T00:00:00Z' }) };
  },
};

/** A box office for one refusal. */
export async function aScene(parts: Omit<Scene, 'office' | 'owner'>): Promise<Scene> {
  const office = await aBoxOffice(parts.ticketi);
  return { ...parts, office, owner: parts.ticketi.as({ type: 'user', id: office.ownerId }) };
}
