import type { Actor, refusalTypes, Surface, Ticketi } from '@ticketi/core';
import { sqlite } from '@ticketi/storage/sqlite';
import {
  aBoxOffice,
  aHold,
  aListing,
  aPaidOrder,
  aPlacedOrder,
  type BoxOffice,
  type TestClock,
} from '../../src/index.ts';

export type RefusalCode = keyof typeof refusalTypes;

/** A box office of its own for each refusal, on a database that they share. */
export interface Scene {
  readonly ticketi: Ticketi;
  /** On the same database: its lanes let nobody wait. */
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
  unknown_session: async (scene) => {
    const { id: eventId } = await aDraft(scene);
    const sessionId = scene.office.event.sessions[0]?.id ?? '';
    return {
      act: () => scene.owner.pools.create({ eventId, name: 'Thief', capacity: 1, sessionId }),
    };
  },
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
  ticket_void: async (scene) => {
    const { ticketId } = await aTicketToSell(scene);
    await scene.owner.tickets.void({ ticketId });
    return { act: () => scene.owner.tickets.void({ ticketId }) };
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
};

/** A box office for one refusal. */
export async function aScene(parts: Omit<Scene, 'office' | 'owner'>): Promise<Scene> {
  const office = await aBoxOffice(parts.ticketi);
  return { ...parts, office, owner: parts.ticketi.as({ type: 'user', id: office.ownerId }) };
}
