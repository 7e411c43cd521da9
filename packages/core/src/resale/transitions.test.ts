import { describe, expect, it } from 'vitest';
import { NOW, publishedEvent, session, ticket } from '../../test/support/records.ts';
import { isRefusal } from '../kernel/index.ts';
import { termsFrom } from './policy.ts';
import {
  breakGroup,
  expireListing,
  invalidateListing,
  type ListingFacts,
  listTickets,
  repriceListings,
  sellListing,
  withdrawListing,
} from './transitions.ts';

const LATER = '2027-06-02T12:00:00.000Z';
const event = publishedEvent;

const facts = (more: Partial<ListingFacts> = {}): ListingFacts => ({
  ticket,
  first: ticket,
  heldSince: ticket.createdAt,
  event,
  sessions: [session],
  saleFrom: null,
  terms: termsFrom({ cap: '110', floor: '50' }),
  isListed: false,
  pendingTransfer: false,
  primaryLeft: false,
  sellerKey: 'ada',
  ...more,
});

const ONE = { ids: ['lst_1'], groupId: null, soldWhole: false, now: NOW };

const list = (more?: Partial<ListingFacts>, price = 5000, listed = { open: 0, sold: 0 }) => {
  const listings = listTickets([facts(more)], price, { ...ONE, listed });
  if (isRefusal(listings)) return listings;
  const [listing] = listings;
  if (listing === undefined) throw new Error('Nothing was listed.');
  return listing;
};

function open() {
  const listing = list();
  if (isRefusal(listing)) throw new Error(listing.message);
  return listing;
}

describe('listing a ticket', () => {
  it('freezes its price and the terms of now', () => {
    expect(list()).toMatchObject({
      state: 'open',
      price: 5000,
      terms: { cap: '110' },
      sellerUserId: 'ada',
      sellerHoldId: 'hld_1',
    });
  });

  it('takes the cap and the floor themselves, and nothing beyond', () => {
    expect(list({}, 5390)).toMatchObject({ state: 'open' });
    expect(list({}, 5391)).toMatchObject({
      code: 'price_above_cap',
      details: { cap: 5390, price: 5391, currency: 'EUR' },
    });
    expect(list({}, 2450)).toMatchObject({ state: 'open' });
    expect(list({}, 2449)).toMatchObject({
      code: 'price_below_floor',
      details: { floor: 2450 },
    });
  });

  it.each<[string, Partial<ListingFacts>, string]>([
    ['void', { ticket: { ...ticket, state: 'void', voidReason: 'resold', voidedAt: NOW } }, 'void'],
    ['used', { ticket: { ...ticket, checkedInAt: NOW } }, 'checked_in'],
    ['of an event that is over', { sessions: [{ ...session, endsAt: NOW }] }, 'event_over'],
    [
      'of a cancelled event',
      { event: { ...event, state: 'cancelled', cancelledAt: NOW } },
      'event_not_published',
    ],
  ])('refuses one that is %s', (_case, more, why) => {
    expect(list(more)).toMatchObject({ code: 'ticket_not_resellable', details: { why } });
  });

  it('refuses one that is listed already', () => {
    expect(list({ isListed: true })).toMatchObject({ details: { why: 'listed_already' } });
  });

  it('needs a policy that allows it, inside its window', () => {
    expect(list({ terms: termsFrom({ allowed: false }) })).toMatchObject({
      code: 'resale_not_allowed',
    });
    expect(list({ terms: termsFrom({ closesAt: NOW }) })).toMatchObject({
      code: 'outside_resale_window',
    });
  });
});

describe('more that stands in the way', () => {
  it('is a transfer that somebody was offered', () => {
    expect(list({ pendingTransfer: true })).toMatchObject({ details: { why: 'transfer_pending' } });
  });

  it('is that it was not held for long', () => {
    const refused = { code: 'held_too_short', details: { from: '2027-06-01T13:00:00.000Z' } };
    const terms = termsFrom({ minHeldMinutes: 60 });
    expect(list({ terms, heldSince: NOW })).toMatchObject(refused);
  });

  it('is that the organizer has places left', () => {
    expect(list({ primaryLeft: true })).toMatchObject({ code: 'primary_not_sold_out' });
  });

  it('is what the seller has listed or sold before', () => {
    const terms = termsFrom({ maxOpen: 2, maxInAll: 3 });
    const at = (open: number, sold: number) => list({ terms }, 4900, { open, sold });
    expect(at(1, 1)).toMatchObject({ state: 'open' });
    const beyond = (limit: string) => ({ code: 'resale_limit_exceeded', details: { limit } });
    expect(at(2, 0)).toMatchObject(beyond('open'));
    expect(at(0, 3)).toMatchObject(beyond('in_all'));
  });
});

describe('tickets that are listed together', () => {
  const two = [facts(), facts({ ticket: { ...ticket, id: 'tkt_2', price: 1000 } })];
  const lot = { ids: ['lst_1', 'lst_2'], groupId: 'lsg_1', soldWhole: true, now: NOW };
  const together = (price: number, of = two) =>
    listTickets(of, price, { ...lot, listed: { open: 0, sold: 0 } });

  it('have exactly their parts of the price', () => {
    expect(together(6490)).toMatchObject([{ price: 5390 }, { price: 1100 }]);
    expect(together(2950)).toMatchObject([{ price: 2450 }, { price: 500 }]);
    expect(together(5000)).toMatchObject([{ groupSize: 2, soldWhole: true }, { groupId: 'lsg_1' }]);
  });

  it('have the sums of their caps and floors', () => {
    expect(together(6491)).toMatchObject({ code: 'price_above_cap', details: { cap: 6490 } });
    expect(together(2949)).toMatchObject({ code: 'price_below_floor', details: { floor: 2950 } });
  });

  it('are of one event and one holder', () => {
    const other = (more: Partial<ListingFacts>) => [facts(), facts(more)];
    const elsewhere = other({ ticket: { ...ticket, id: 'tkt_2', eventId: 'evt_2' } });
    expect(together(5000, elsewhere)).toMatchObject({ details: { why: 'other_event' } });
    expect(together(5000, other({ sellerKey: 'ben' }))).toMatchObject({
      details: { why: 'other_holder' },
    });
  });

  it('count against the limits all of them', () => {
    const terms = termsFrom({ maxOpen: 1 });
    expect(together(4900, [facts({ terms }), facts({ terms })])).toMatchObject({
      code: 'resale_limit_exceeded',
    });
  });
});

describe('another price', () => {
  const at = (price: number, stand = { reserved: false, now: NOW }) =>
    repriceListings([open()], price, stand);

  it('keeps to the terms that the ticket was listed under', () => {
    expect(at(5390)).toMatchObject([{ price: 5390, state: 'open' }]);
    expect(at(5391)).toMatchObject({ code: 'price_above_cap' });
    expect(at(2449)).toMatchObject({ code: 'price_below_floor' });
  });

  it('is not for what is reserved, over, or closed', () => {
    const closed = (state: string) => ({ code: 'listing_closed', details: { state } });
    expect(at(5000, { reserved: true, now: NOW })).toMatchObject(closed('reserved'));
    const over = { reserved: false, now: open().expiresAt };
    expect(at(5000, over)).toMatchObject(closed('expired'));
    const sold = sellListing(open(), 'ord_2', LATER);
    if (isRefusal(sold)) throw new Error(sold.message);
    expect(repriceListings([sold], 5000, over)).toMatchObject(closed('sold'));
  });
});

describe('an open listing', () => {
  it('expires when its time is over, unless somebody has it reserved', () => {
    const now = open().expiresAt;
    expect(expireListing(open(), { reserved: false, now: LATER })).toBeUndefined();
    expect(expireListing(open(), { reserved: true, now })).toBeUndefined();
    expect(expireListing(open(), { reserved: false, now })).toMatchObject({
      state: 'expired',
      closedAt: now,
    });
    expect(withdrawListing(open(), { reserved: false, now })).toMatchObject({
      details: { state: 'expired' },
    });
  });

  it('is withdrawn, reserved or not, when a ticket of its group is gone', () => {
    expect(breakGroup(open(), LATER)).toMatchObject({ state: 'withdrawn' });
  });

  it('owes its seller a refund where the terms say so', () => {
    const due = (settlement: 'refund_and_rebuy' | 'payout_after_event') =>
      sellListing({ ...open(), terms: termsFrom({ settlement }) }, 'ord_2', LATER);
    expect(due('refund_and_rebuy')).toMatchObject({ settleDueAt: LATER });
    expect(due('payout_after_event')).toMatchObject({ settleDueAt: null });
  });

  it('is withdrawn, unless a buyer has it reserved', () => {
    expect(withdrawListing(open(), { reserved: false, now: LATER })).toMatchObject({
      state: 'withdrawn',
      closedAt: LATER,
    });
    expect(withdrawListing(open(), { reserved: true, now: LATER })).toMatchObject({
      code: 'listing_closed',
      details: { state: 'reserved' },
    });
  });

  it('is invalidated even when it is reserved', () => {
    expect(invalidateListing(open(), LATER)).toMatchObject({ state: 'invalidated' });
  });

  it('is sold to one order, and is closed then for everybody', () => {
    const sold = sellListing(open(), 'ord_2', LATER);
    expect(sold).toMatchObject({ state: 'sold', buyerOrderId: 'ord_2', closedAt: LATER });
    if (isRefusal(sold)) throw new Error(sold.message);
    const closed = { code: 'listing_closed', details: { state: 'sold' } };
    expect(sellListing(sold, 'ord_3', LATER)).toMatchObject(closed);
    expect(withdrawListing(sold, { reserved: false, now: LATER })).toMatchObject(closed);
    expect(invalidateListing(sold, LATER)).toMatchObject(closed);
  });
});
