import type { Ticketi } from '@ticketi/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aGiftCard,
  aListing,
  aPaidOrder,
  type BoxOffice,
  type BoxOfficeOptions,
  type Paid,
  type TestClock,
  testClock,
  ticketsOf,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const ben = { name: 'Ben', email: 'ben@example.com' };
const payment = { provider: 'sandbox' };

describe.each(databases)('resale on %s', (_name, create) => {
  let base: TestBase;
  let clock: TestClock;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let eventId: string;

  beforeAll(async () => {
    base = await create();
  });
  beforeEach(async () => {
    clock = testClock();
    ticketi = await ticketiOn(base.storage(), clock);
    await opened();
  });
  afterEach(async () => {
    const { organizer } = office;
    const { findings } = await ticketi.ledger.verify({ organizerId: organizer.id });
    expect(findings).toEqual([]);
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
    await ticketi.close();
  });
  afterAll(() => base?.drop());

  /** Another office, with the policy of the test. */
  async function opened(options: BoxOfficeOptions = {}) {
    office = await aBoxOffice(ticketi, options);
    eventId = office.event.id;
  }

  const as = (id: string) => ticketi.as({ type: 'user', id });

  async function seller(quantity = 1, userId = 'ada') {
    const paid = await aPaidOrder(ticketi, office, { userId, quantity });
    return { paid, ids: paid.tickets.map(({ id }) => id), orderId: paid.order.id };
  }

  async function sold({ paid }: { paid: Paid }, price?: number, giftCards: string[] = []) {
    const listing = await aListing(ticketi, paid, price === undefined ? {} : { price });
    const order = await as('ben').resale.buy({
      listingId: listing.id,
      buyer: ben,
      payment: { ...payment, giftCards },
    });
    return { listing, order };
  }

  const refundsOf = (orderId: string) =>
    ticketi.refunds.list({ organizerId: office.organizer.id, orderId });

  async function balances(): Promise<Record<string, number>> {
    const answer = await ticketi.ledger.balances({ organizerId: office.organizer.id });
    return Object.fromEntries(
      answer.balances.filter(({ amount }) => amount !== 0).map((own) => [own.account, own.amount]),
    );
  }

  describe('a policy', () => {
    test('begins with a preset, and what is given besides counts before it', async () => {
      const set = await ticketi.resale.setPolicy({ eventId, preset: 'be', sellerFee: '2' });
      expect(set).toMatchObject({
        preset: 'be',
        cap: '100',
        feesIncluded: true,
        sellerFee: '2',
        settlement: 'payout_after_event',
      });
      expect(await ticketi.resale.getPolicy({ eventId })).toEqual(set);
      const { items } = await ticketi.resale.presets({});
      expect(items.find(({ name }) => name === 'be')).toMatchObject({ place: 'BE' });
    });

    test('has terms of its own for a ticket type, and for no type of another event', async () => {
      await ticketi.resale.setPolicy({
        eventId,
        cap: '100',
        ticketTypes: [{ ticketTypeId: office.standard.id, cap: '150' }],
      });
      const { paid } = await seller();
      expect((await aListing(ticketi, paid, { price: 7350 })).price).toBe(7350);
      const other = await aBoxOffice(ticketi);
      await expect(
        ticketi.resale.setPolicy({ eventId, ticketTypes: [{ ticketTypeId: other.vip.id }] }),
      ).rejects.toMatchObject({ code: 'not_found' });
    });

    test('that is set later does not touch what is listed', async () => {
      const { paid } = await seller();
      const { id: listingId } = await aListing(ticketi, paid, { price: 5390 });
      await ticketi.resale.setPolicy({ eventId, cap: '50', buyerFee: '50' });
      expect(await as('ada').resale.setPrice({ listingId, price: 5389 })).toMatchObject({
        price: 5389,
        buyerFee: 269,
      });
    });
  });

  test('its terms are shown before anything is listed, with what a price would bring', async () => {
    const share = { of: 'markup', percent: '50' } as const;
    await opened({ resale: { cap: '120', floor: '50', organizerShare: share } });
    const { ids } = await seller();
    const [ticketId = ''] = ids;
    expect(await as('ada').resale.terms({ ticketId, price: 5400 })).toMatchObject({
      mayList: true,
      obstacle: null,
      paid: 4900,
      cap: 5880,
      floor: 2450,
      expiresAt: '2097-07-11T00:00:00.000Z',
      at: { buyerPays: 5670, sellerFee: 270, organizerShare: 250, sellerGets: 4880 },
    });
    expect(await as('ada').resale.terms({ ticketId, price: 5881 })).toMatchObject({
      mayList: false,
      obstacle: { code: 'price_above_cap' },
    });
    await ticketi.resale.setPolicy({ eventId, allowed: false });
    expect(await as('ada').resale.terms({ ticketId })).toMatchObject({
      obstacle: { code: 'resale_not_allowed' },
      at: null,
    });
  });

  test.each([
    ['be', 5195],
    ['au_vic', 5390],
  ] as const)(
    'its cap of the first sale does not rise from sale to sale: %s',
    async (preset, cap) => {
      await opened({ resale: {} });
      await ticketi.resale.setPolicy({ eventId, preset, buyerFee: '10' });
      let ticketId = (await seller()).ids[0] ?? '';
      for (const [from, to] of [
        ['ada', 'ben'],
        ['ben', 'cleo'],
        ['cleo', 'dan'],
      ] as const) {
        expect((await as(from).resale.terms({ ticketId })).cap).toBe(cap);
        const { id: listingId } = await as(from).resale.list({ ticketId, price: cap });
        const buyer = { name: to, email: `${to}@example.com` };
        const order = await as(to).resale.buy({ listingId, buyer, payment });
        ticketId = (await ticketsOf(ticketi, order.id))[0]?.id ?? '';
      }
    },
  );

  test('is not bought by its seller, whatever tag their address has', async () => {
    const { paid } = await seller();
    const { id: listingId } = await aListing(ticketi, paid);
    const buyer = { name: 'Ada', email: 'Ada+again@example.com' };
    await expect(
      ticketi.as({ type: 'anonymous' }).resale.buy({ listingId, buyer, payment }),
    ).rejects.toMatchObject({ code: 'buyer_is_seller' });
  });

  test('is not reserved by who is known to be its seller: by their address, or as the guest', async () => {
    const refused = { code: 'buyer_is_seller' };
    const { paid } = await seller();
    const { id: listingId } = await aListing(ticketi, paid);
    const again = ticketi.as({ type: 'user', id: 'ada2', email: 'Ada+again@example.com' });
    await expect(again.resale.reserve({ listingId })).rejects.toMatchObject(refused);
    const guest = await aPaidOrder(ticketi, office);
    const listed = await aListing(ticketi, guest);
    await expect(
      ticketi.as(guest.actor).resale.reserve({ listingId: listed.id }),
    ).rejects.toMatchObject(refused);
    const eve = ticketi.as({ type: 'user', id: 'eve', email: 'eve@example.com' });
    expect((await eve.resale.reserve({ listingId })).state).toBe('active');
  });

  test('is reserved by the next of those who ask together, when the first wants another price', async () => {
    const { paid } = await seller();
    const { id: listingId } = await aListing(ticketi, paid, { price: 4000 });
    const asked = [3999, undefined, 4000, 4000].map((price) =>
      as('ben').resale.reserve({ listingId, ...(price !== undefined && { price }) }),
    );
    const [first, second, ...more] = await Promise.allSettled(asked);
    expect(first).toMatchObject({ reason: { code: 'listing_price_changed' } });
    expect(second).toMatchObject({ status: 'fulfilled' });
    const reserved = { code: 'listing_closed', details: { state: 'reserved' } };
    for (const one of more) expect(one).toMatchObject({ reason: reserved });
  });

  describe('limits', () => {
    test('of what a seller offers at once and in all count what was sold, not what was withdrawn', async () => {
      await opened({ resale: { maxOpen: 1, maxInAll: 2 } });
      const { paid, ids } = await seller(4);
      const [, second = '', third = '', fourth = ''] = ids;
      await sold({ paid });
      const list = (ticketId: string) => as('ada').resale.list({ ticketId, price: 4000 });
      const { id: listingId } = await list(second);
      await expect(list(third)).rejects.toMatchObject({
        code: 'resale_limit_exceeded',
        details: { limit: 'open', max: 1, listed: 1 },
      });
      await as('ada').resale.withdraw({ listingId });
      await list(third);
      await ticketi.resale.setPolicy({ eventId, maxInAll: 2 });
      await expect(list(fourth)).rejects.toMatchObject({ details: { limit: 'in_all', listed: 2 } });
      // Somebody else has limits of their own.
      const other = await seller(1, 'eve');
      await aListing(ticketi, other.paid);
    });

    test('let tickets be resold once the organizer has none left', async () => {
      await opened({ capacity: 2, resale: { primaryFirst: true } });
      const { ids } = await seller();
      const list = () => as('ada').resale.list({ ticketId: ids[0] ?? '', price: 4000 });
      await expect(list()).rejects.toMatchObject({ code: 'primary_not_sold_out' });
      await seller(1, 'eve');
      expect((await list()).state).toBe('open');
    });

    test('let tickets be resold once what the organizer has left is kept for who waits', async () => {
      await opened({ capacity: 3, resale: { primaryFirst: true } });
      await ticketi.waitlist.setPolicy({ eventId });
      const { ids } = await seller();
      const list = () => as('ada').resale.list({ ticketId: ids[0] ?? '', price: 4000 });
      const [eve, fay] = [await seller(1, 'eve'), await seller(1, 'fay')];
      const wait = (id: string) =>
        as(id).waitlist.join({
          eventId,
          ticketTypeIds: [office.standard.id],
          buyer: { name: id, email: `${id}@example.com` },
        });
      const waits = await wait('ben');
      await ticketi.tickets.void({ ticketId: eve.ids[0] ?? '' });
      await ticketi.tickets.void({ ticketId: fay.ids[0] ?? '' });
      // Two are free and one waits: anybody can buy the other from the organizer.
      await expect(list()).rejects.toMatchObject({ code: 'primary_not_sold_out' });
      const items = [{ ticketTypeId: office.standard.id, quantity: 1 }];
      await as('gil').holds.create({ eventId, items });
      expect((await list()).state).toBe('open');
      // What is listed is its seller's: who waits is offered what the organizer has, and no more.
      expect(await ticketi.waitlist.offer({ eventId })).toMatchObject({ offered: 1 });
      await wait('hal');
      expect(await ticketi.waitlist.offer({ eventId })).toMatchObject({ offered: 0 });
      expect((await ticketi.waitlist.get({ entryId: waits.id })).state).toBe('offered');
    });

    test('let tickets be resold when they were held for long enough', async () => {
      await opened({ resale: { minHeldMinutes: 60 } });
      const { ids } = await seller();
      const list = () => as('ada').resale.list({ ticketId: ids[0] ?? '', price: 4000 });
      clock.advance({ minutes: 59 });
      await expect(list()).rejects.toMatchObject({ code: 'held_too_short' });
      clock.advance({ minutes: 1 });
      expect((await list()).state).toBe('open');
    });
  });

  describe('a group', () => {
    const group = async (sold: 'whole' | 'singly', price = 10_001) => {
      const own = await seller(3);
      const listed = await as('ada').resale.listGroup({ ticketIds: own.ids, price, sold });
      return { ...own, ...listed, first: listed.listings[0]?.id ?? '' };
    };

    test('has its price split exactly, and is sold whole only where the seller says so', async () => {
      const { first, listings, groupId } = await group('whole');
      expect(listings.map(({ price }) => price)).toEqual([3334, 3334, 3333]);
      const buying = { listingId: first, buyer: ben, payment };
      await expect(as('ben').resale.buy(buying)).rejects.toMatchObject({
        code: 'listing_sold_whole',
        details: { groupId, price: 10_001 },
      });
      const order = await as('ben').resale.buy({ ...buying, whole: true });
      expect(order).toMatchObject({ state: 'paid', total: 10_001 + 167 + 167 + 167 });
      expect(await ticketsOf(ticketi, order.id)).toHaveLength(3);
      const left = await ticketi.tickets.list({ eventId, state: 'valid' });
      expect(left.items.map(({ holder }) => holder.userId)).toEqual(['ben', 'ben', 'ben']);
    });

    test('is for who holds its tickets: of a guest’s that were passed on, not for the giver', async () => {
      const own = await aPaidOrder(ticketi, office, { quantity: 2 });
      const giver = ticketi.as(own.actor);
      const given = own.tickets.map(({ id }) => id);
      const { id: transferId } = await giver.transfers.offer({
        ticketIds: given,
        to: { email: ben.email },
      });
      const { accessToken } = await ticketi.transfers.get({ transferId });
      const reader = ticketi.as({ type: 'guest', token: accessToken ?? '' });
      const accepted = await reader.transfers.accept({ transferId, holder: ben });
      const ticketIds = accepted.acceptedTicketIds ?? [];
      const wanted = { ticketIds, price: 9000, sold: 'singly' } as const;
      const refused = { code: 'not_allowed' };
      await expect(giver.resale.listGroup(wanted)).rejects.toMatchObject(refused);
      expect((await reader.resale.listGroup(wanted)).listings).toHaveLength(2);
    });

    test('that is also sold singly is bought ticket by ticket, and then not as a whole', async () => {
      const { first, listings } = await group('singly');
      await as('ben').resale.buy({ listingId: first, buyer: ben, payment });
      const last = listings[2]?.id ?? '';
      await expect(
        as('eve').resale.reserve({ listingId: last, whole: true }),
      ).rejects.toMatchObject({ code: 'listing_closed', details: { state: 'sold' } });
      expect((await as('eve').resale.reserve({ listingId: last })).quote.total).toBe(3333 + 167);
    });

    test('that is sold whole is withdrawn, repriced and used at the door as a whole', async () => {
      const { first, ids } = await group('whole');
      const price = await as('ada').resale.setPrice({ listingId: first, price: 9001 });
      expect(price.price).toBe(3001);
      const open = () => ticketi.resale.browse({ eventId });
      expect((await open()).items.map((own) => own.price).sort()).toEqual([3000, 3000, 3001]);
      const { code } = await ticketi.tickets.code({ ticketId: ids[1] ?? '' });
      const scan = await ticketi.checkin.scan({ eventId, code });
      expect(scan.admitted).toBe(true);
      expect((await open()).items).toEqual([]);
      expect((await ticketi.resale.get({ listingId: first })).state).toBe('withdrawn');
    });

    test('that somebody has reserved keeps all its tickets out, and its price', async () => {
      const { first, ids } = await group('whole');
      await as('ben').resale.reserve({ listingId: first, whole: true });
      const { code } = await ticketi.tickets.code({ ticketId: ids[2] ?? '' });
      expect(await ticketi.checkin.scan({ eventId, code })).toMatchObject({
        reason: 'resale_in_progress',
      });
      const reserved = { code: 'listing_closed', details: { state: 'reserved' } };
      const price = as('ada').resale.setPrice({ listingId: first, price: 9000 });
      await expect(price).rejects.toMatchObject(reserved);
      await expect(as('ada').resale.withdraw({ listingId: first })).rejects.toMatchObject(reserved);
    });

    test('one ticket of which is voided is not sold: the money of its buyer goes back', async () => {
      const { first, ids, listings } = await group('singly');
      const hold = await as('ben').resale.reserve({ listingId: first, whole: true });
      const order = await as('ben').orders.place({ holdId: hold.id, buyer: ben, payment });
      const begun = await as('ben').payments.begin({ orderId: order.id, provider: 'sandbox' });
      await ticketi.tickets.void({ ticketId: ids[1] ?? '' });
      const result = { state: 'succeeded', providerRef: 'ch', amount: order.total } as const;
      const { refund } = await ticketi.payments.record({
        paymentId: begun.id,
        result: { ...result, currency: 'EUR' },
      });
      expect(refund?.amount).toBe(order.total);
      clock.advance({ days: 1 });
      expect((await ticketi.resale.get({ listingId: first })).state).toBe('open');
      const [second] = listings.filter(({ ticketId }) => ticketId === ids[1]);
      expect((await ticketi.resale.get({ listingId: second?.id ?? '' })).state).toBe('invalidated');
    });
  });

  describe('time', () => {
    test('ends a listing by itself, and the worker tells', async () => {
      await opened({ resale: { closesAt: '2h before start' } });
      const { paid } = await seller();
      const { id: listingId, expiresAt } = await aListing(ticketi, paid);
      expect(expiresAt).toBe('2097-07-10T14:00:00.000Z');
      clock.set(expiresAt);
      expect((await ticketi.resale.get({ listingId })).state).toBe('expired');
      expect((await ticketi.resale.browse({ eventId })).items).toEqual([]);
      const over = { code: 'listing_closed', details: { state: 'expired' } };
      await expect(as('ben').resale.reserve({ listingId })).rejects.toMatchObject(over);
      await expect(as('ada').resale.withdraw({ listingId })).rejects.toMatchObject(over);
      await ticketi.resale.setPolicy({ eventId });
      const again = await aListing(ticketi, paid);
      expect((await ticketi.resale.get({ listingId })).closedAt).toBe(expiresAt);
      clock.advance({ days: 1 });
      // Those of other tests too.
      expect((await ticketi.resale.expire({})).expired).toBeGreaterThan(0);
      expect(await ticketi.resale.expire({})).toEqual({ expired: 0 });
      expect((await ticketi.resale.get({ listingId: again.id })).closedAt).not.toBeNull();
    });

    test('does not take a listing from who has it reserved', async () => {
      await opened({ resale: { closesAt: '2h before start' } });
      const { paid } = await seller();
      const { id: listingId, expiresAt } = await aListing(ticketi, paid);
      clock.set('2097-07-10T13:55:00.000Z');
      const hold = await as('ben').resale.reserve({ listingId });
      clock.set(expiresAt);
      expect(await ticketi.resale.expire({})).toEqual({ expired: 0 });
      expect((await ticketi.resale.get({ listingId })).state).toBe('reserved');
      const order = await as('ben').orders.place({ holdId: hold.id, buyer: ben, payment });
      expect(await as('ben').orders.pay({ orderId: order.id })).toMatchObject({ state: 'paid' });
    });
  });

  test('is looked through in every order, page by page, without what is reserved', async () => {
    const own = await seller(5);
    const vip = await aPaidOrder(ticketi, office, {
      userId: 'eve',
      items: [{ ticketTypeId: office.vip.id, quantity: 1 }],
    });
    const prices = [4000, 4200, 4100];
    for (const [at, price] of prices.entries()) {
      await as('ada').resale.list({ ticketId: own.ids[at] ?? '', price });
      clock.advance({ seconds: 1 });
    }
    const ticketIds = own.ids.slice(3);
    await as('ada').resale.listGroup({ ticketIds, price: 8200, sold: 'singly' });
    clock.advance({ seconds: 1 });
    const dear = await aListing(ticketi, vip, { price: 9900 });
    const pricesBy = async (
      order: 'newest' | 'price' | 'price_desc' | 'quantity' | 'ticket_type',
    ) => {
      const seen: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await ticketi.resale.browse({ eventId, order, limit: 2, cursor });
        seen.push(...page.items.map(({ price }) => price));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return seen;
    };
    expect(await pricesBy('newest')).toEqual([9900, 4100, 4100, 4100, 4200, 4000]);
    expect(await pricesBy('price')).toEqual([4000, 4100, 4100, 4100, 4200, 9900]);
    expect(await pricesBy('price_desc')).toEqual([9900, 4200, 4100, 4100, 4100, 4000]);
    expect(await pricesBy('quantity')).toEqual([4100, 4100, 9900, 4100, 4200, 4000]);
    expect((await pricesBy('ticket_type')).at(-1)).toBe(9900);
    const found = async (filter: object) =>
      (await ticketi.resale.browse({ eventId, ...filter })).items.map(({ price }) => price);
    expect(await found({ minPrice: 4100, maxPrice: 4200 })).toHaveLength(4);
    expect(await found({ ticketTypeId: office.vip.id })).toEqual([9900]);
    expect(await found({ quantity: 2 })).toEqual([4100, 4100]);
    expect(await found({ section: 'Stalls' })).toEqual([]);
    expect(await found({ sessionId: office.event.sessions[0]?.id ?? '' })).toHaveLength(6);
    await as('ben').resale.reserve({ listingId: dear.id });
    expect(await found({ ticketTypeId: office.vip.id })).toEqual([]);
    expect(await found({ ticketTypeId: office.vip.id, reserved: true })).toEqual([9900]);
  });

  test('is counted: what was asked and paid, by type and by day', async () => {
    const own = await seller(3);
    await sold({ paid: own.paid }, 5000);
    clock.advance({ days: 1 });
    const list = (at: number, price: number) =>
      as('ada').resale.list({ ticketId: own.ids[at] ?? '', price });
    const { id: listingId } = await list(1, 4000);
    await as('ada').resale.withdraw({ listingId });
    await list(2, 3000);
    const statistics = await ticketi.resale.statistics({ eventId });
    expect(statistics).toMatchObject({
      listed: 3,
      open: 1,
      sold: 1,
      withdrawn: 1,
      medianAsk: 4000,
      medianAskPaid: 4900,
      medianSold: 5000,
      medianSoldPaid: 4900,
      ticketTypes: [{ ticketTypeId: office.standard.id, listed: 3 }],
    });
    expect(statistics.days.map(({ listed, sold: many }) => [listed, many])).toEqual([
      [1, 1],
      [2, 0],
    ]);
    const from = clock.now();
    expect(await ticketi.resale.statistics({ eventId, from })).toMatchObject({
      listed: 2,
      medianAsk: 3000,
      medianSold: null,
    });
  });

  describe('money', () => {
    const free = { fee: { percent: '0', fixed: 0 } };

    test('gives the organizer a share of the fees', async () => {
      const organizerShare = { of: 'fees', percent: '40' } as const;
      await opened({ ...free, resale: { organizerShare } });
      await sold(await seller(), 5000);
      expect(await balances()).toEqual({
        provider_clearing: 4900 + 5250,
        organizer_payable: -4900 - 200,
        platform_fees: -300,
        seller_payable: -4750,
      });
    });

    test('refunds the seller at once, and no more than they paid: the rest is owed', async () => {
      await opened({ ...free, resale: { settlement: 'refund_and_rebuy', sellerFee: '0' } });
      const own = await seller();
      await sold(own, 5390);
      const { organizer } = office;
      const [ticketId = ''] = own.ids;
      const payout = () => ticketi.payouts.create({ organizerId: organizer.id, ticketId });
      await expect(payout()).rejects.toMatchObject({ code: 'payout_not_due' });
      expect(await ticketi.resale.settle({})).toEqual({ settled: 1, refunded: 1 });
      expect(await ticketi.resale.settle({})).toEqual({ settled: 0, refunded: 0 });
      const [refund] = (await refundsOf(own.orderId)).items;
      expect(refund).toMatchObject({ kind: 'resold', amount: 4900, ticketIds: own.ids });
      expect(await ticketi.orders.get({ orderId: own.orderId })).toMatchObject({
        givenBack: 4900,
        refundState: 'full',
      });
      expect((await as('ada').ledger.sellerStatement({ ticketId })).closing).toBe(-490);
      expect(await balances()).toMatchObject({ buyer_credit: -4900, seller_payable: -490 });
      await ticketi.payments.sendRefunds({});
      expect(await balances()).not.toHaveProperty('buyer_credit');
    });

    test('of a ticket that was a present is owed to who sold it, and nobody else is refunded', async () => {
      await opened({ ...free, resale: { settlement: 'refund_and_rebuy', sellerFee: '0' } });
      await ticketi.refunds.setPolicy({ eventId });
      const own = await seller();
      const transfer = await as('ada').transfers.offer({
        ticketIds: own.ids,
        to: { userId: 'gil' },
      });
      const [offered = ''] = own.ids;
      await expect(as('ada').resale.list({ ticketId: offered, price: 4900 })).rejects.toMatchObject(
        { details: { why: 'transfer_pending' } },
      );
      const { acceptedTicketIds } = await as('gil').transfers.accept({
        transferId: transfer.id,
        holder: { name: 'Gil', email: 'gil@example.com' },
      });
      const [ticketId = ''] = acceptedTicketIds ?? [];
      await expect(as('gil').resale.return({ ticketId })).rejects.toMatchObject({
        code: 'ticket_not_returnable',
        details: { why: 'not_bought' },
      });
      const listing = await as('gil').resale.list({ ticketId, price: 4900 });
      await as('ben').resale.buy({ listingId: listing.id, buyer: ben, payment });
      expect(await ticketi.resale.settle({})).toEqual({ settled: 1, refunded: 0 });
      expect((await refundsOf(own.orderId)).items).toEqual([]);
      expect((await as('gil').ledger.sellerStatement({ ticketId })).closing).toBe(-4900);
    });

    test('that came from a gift card is not refunded through a provider', async () => {
      await opened({ ...free, resale: { settlement: 'refund_and_rebuy', sellerFee: '0' } });
      const own = await seller();
      const card = await aGiftCard(ticketi, office, { amount: 5000 });
      await sold(own, 4900, [card.code]);
      expect(await ticketi.resale.settle({})).toMatchObject({ settled: 1, refunded: 1 });
      const [refund] = (await refundsOf(own.orderId)).items;
      expect(refund?.amount).toBe(145);
    });

    test.each(['refund_and_rebuy', 'payout_after_event'] as const)(
      'of a cancelled event goes back to everybody once, and nobody keeps any: %s',
      async (settlement) => {
        const fee = { percent: '5', fixed: 50 };
        await opened({ fee, resale: { settlement, sellerFee: '3', cap: '120' } });
        const tax = { organizerId: office.organizer.id, name: 'VAT', percent: '19', place: 'DE' };
        await ticketi.taxes.set(tax);
        await ticketi.prices.setPolicy({ eventId, taxPlace: 'DE' });
        const own = await seller(2);
        await sold(own, 5800);
        await ticketi.resale.settle({});
        // Who bought it sells it on, a second time.
        const bens = (await as('ben').tickets.list({})).items.filter(
          (one) => one.eventId === eventId,
        );
        const again = await as('ben').resale.list({ ticketId: bens[0]?.id ?? '', price: 6000 });
        await as('cleo').resale.buy({
          listingId: again.id,
          buyer: { name: 'Cleo', email: 'cleo@example.com' },
          payment,
        });
        await ticketi.resale.settle({});
        // A sale that nobody settled before the event was cancelled.
        const late = await seller(1, 'eve');
        await sold(late, 4900);
        await ticketi.events.cancel({ eventId });
        await ticketi.refundRuns.work({});
        await ticketi.resale.settle({});
        for (let pass = 0; pass < 3; pass += 1) await ticketi.payments.sendRefunds({});
        const { items } = await ticketi.orders.list({ organizerId: office.organizer.id });
        for (const order of items) {
          expect([order.kind, order.givenBack]).toEqual([order.kind, order.total]);
        }
        const {
          provider_clearing: clearing = 0,
          buyer_credit: credit = 0,
          ...rest
        } = await balances();
        expect(rest).toEqual({});
        expect(clearing + credit).toBe(0);
        await expect(
          ticketi.payouts.create({ organizerId: office.organizer.id, ticketId: own.ids[0] ?? '' }),
        ).rejects.toMatchObject({ code: 'payout_not_due' });
      },
    );

    test.each([
      // What was sold at the resale, tickets bought, what the cancelling gives beside it.
      [4900, 1, 0],
      [4900, 2, 4900],
      [5500, 1, 0],
      [5500, 2, 4605],
    ])(
      'of a cancelled event whose fees are kept goes back once: resold for %i, of %i tickets',
      async (price, quantity, more) => {
        await opened({ resale: { settlement: 'refund_and_rebuy', sellerFee: '0', cap: '120' } });
        const tax = { organizerId: office.organizer.id, name: 'VAT', percent: '19', place: 'DE' };
        await ticketi.taxes.set(tax);
        await ticketi.prices.setPolicy({ eventId, taxPlace: 'DE' });
        const own = await seller(quantity);
        await sold(own, price);
        await ticketi.resale.settle({});
        await ticketi.events.cancel({ eventId, refund: false });
        await ticketi.refundRuns.start({ eventId, feesKept: true });
        while ((await ticketi.refundRuns.work({})).open > 0);
        const refunds = (await refundsOf(own.orderId)).items;
        expect(refunds.find(({ kind }) => kind === 'event_cancelled')).toMatchObject({
          amount: more,
          platformFee: 0,
        });
        const { platform_fees: fees, seller_payable: owed = 0 } = await balances();
        expect([fees, owed]).toEqual([-295 * quantity, 0]);
      },
    );

    test.each([
      // Goodwill, what the resale then gives back, what is owed for it.
      [0, 4900, 0],
      [1000, 3900, 1000],
      [4900, 0, 4900],
    ])(
      'of the seller’s other tickets is theirs, also after a goodwill refund of %i',
      async (amount, resold, owed) => {
        await opened({ ...free, resale: { settlement: 'refund_and_rebuy', sellerFee: '0' } });
        const own = await seller(2);
        const { orderId } = own;
        if (amount > 0) await ticketi.refunds.create({ orderId, amount });
        await sold(own, 4900);
        await ticketi.resale.settle({});
        const [ticketId = '', other = ''] = own.ids;
        const back = (await refundsOf(orderId)).items.filter(({ kind }) => kind === 'resold');
        expect(back.map((refund) => refund.amount)).toEqual(resold === 0 ? [] : [resold]);
        const { closing } = await as('ada').ledger.sellerStatement({ ticketId });
        expect(closing).toBe(0 - owed);
        expect(await ticketi.refunds.create({ orderId, ticketIds: [other] })).toMatchObject({
          amount: 4900,
        });
      },
    );

    test.each([
      // Of two tickets or three, what the last one gives back: the others would have cost as much
      // by themselves, or more without their discount.
      [2, '0', 4900],
      [3, '0', 4900],
      [2, '20', 2940],
    ])(
      'is not taken off what the rest of %i tickets gives back repriced, at %s percent less',
      async (quantity, percent, amount) => {
        await opened({ ...free, resale: { settlement: 'refund_and_rebuy', sellerFee: '0' } });
        if (percent !== '0') {
          const off = { type: 'percent', percent } as const;
          const rule = { type: 'group', min: quantity, off } as const;
          await ticketi.discounts.set({ eventId, name: 'Together', rule });
        }
        const own = await seller(quantity);
        const { orderId } = own;
        const last = own.ids.at(-1) ?? '';
        for (const ticketId of own.ids.slice(0, -1)) {
          const listing = await as('ada').resale.list({ ticketId, price: 3920 });
          await as('ben').resale.buy({ listingId: listing.id, buyer: ben, payment });
          await ticketi.resale.settle({});
        }
        expect(
          await ticketi.refunds.create({ orderId, ticketIds: [last], policy: 'reprice' }),
        ).toMatchObject({ amount });
        const { givenBack } = await ticketi.orders.get({ orderId });
        expect(givenBack).toBe(amount + 3920 * (quantity - 1));
      },
    );

    test('of an order that is sold on ticket by ticket goes back in full, less its goodwill', async () => {
      await opened({ ...free, resale: { settlement: 'refund_and_rebuy', sellerFee: '0' } });
      const own = await seller(3);
      await ticketi.refunds.create({ orderId: own.orderId, amount: 1000 });
      for (const ticketId of own.ids) {
        const { id: listingId } = await as('ada').resale.list({ ticketId, price: 4900 });
        await as('ben').resale.buy({ listingId, buyer: ben, payment });
        await ticketi.resale.settle({});
      }
      const { givenBack, total } = await ticketi.orders.get({ orderId: own.orderId });
      expect(givenBack).toBe(total);
      expect(await balances()).toMatchObject({ seller_payable: -1000 });
    });

    test('of the seller’s other tickets is refunded as ever, without what stays sold', async () => {
      await opened({ resale: { settlement: 'refund_and_rebuy', sellerFee: '0', cap: '120' } });
      const own = await seller(2);
      await sold(own, 5800);
      await ticketi.resale.settle({});
      const refund = await ticketi.refunds.create({
        orderId: own.orderId,
        ticketIds: [own.ids[1] ?? ''],
      });
      expect(refund).toMatchObject({ amount: 4900 + 295, platformFee: 295 });
      const { platform_fees: fees } = await balances();
      expect(fees).toBe(-295 - 290);
    });
  });

  describe('a return', () => {
    test('gives a ticket back for what the policy grants, and its place to the next', async () => {
      await opened({ capacity: 2 });
      await ticketi.refunds.setPolicy({
        eventId,
        steps: [{ until: '7d before start', percent: '80' }],
      });
      const own = await seller(2);
      const { id: listingId } = await aListing(ticketi, own.paid);
      const [ticketId = ''] = own.ids;
      expect(await as('ada').resale.return({ ticketId })).toMatchObject({ amount: 3920 });
      expect((await ticketi.resale.get({ listingId })).state).toBe('invalidated');
      await seller(1, 'eve');
      clock.set('2097-07-09T00:00:00.000Z');
      await expect(as('ada').resale.return({ ticketId: own.ids[1] ?? '' })).rejects.toMatchObject({
        code: 'refund_not_allowed',
      });
    });

    test('leaves its place to who waits, before the public', async () => {
      await opened({ capacity: 1 });
      await ticketi.waitlist.setPolicy({ eventId });
      await ticketi.refunds.setPolicy({ eventId });
      const { ids } = await seller();
      const ticketTypeIds = [office.standard.id];
      const waits = await as('ben').waitlist.join({ eventId, ticketTypeIds, buyer: ben });
      await as('ada').resale.return({ ticketId: ids[0] ?? '' });
      const items = [{ ticketTypeId: office.standard.id, quantity: 1 }];
      await expect(as('eve').holds.create({ eventId, items })).rejects.toMatchObject({
        code: 'sold_out',
        details: { waiting: true },
      });
      expect(await ticketi.waitlist.offer({ eventId })).toMatchObject({ offered: 1 });
      expect((await ticketi.waitlist.get({ entryId: waits.id })).state).toBe('offered');
    });

    test('is not for a ticket that somebody has reserved, nor without a policy', async () => {
      const own = await seller();
      const [ticketId = ''] = own.ids;
      const back = () => as('ada').resale.return({ ticketId });
      await expect(back()).rejects.toMatchObject({ details: { why: 'no_self_service' } });
      await ticketi.refunds.setPolicy({ eventId });
      const { id: listingId } = await aListing(ticketi, own.paid);
      await as('ben').resale.reserve({ listingId });
      await expect(back()).rejects.toMatchObject({ code: 'listing_closed' });
    });
  });
});
