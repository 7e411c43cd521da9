import { describe, expect, it } from 'vitest';
import { NOW, publishedEvent, session, ticket } from '../../test/support/records.ts';
import { isRefusal } from '../kernel/index.ts';
import { ResaleTerms } from './policy.ts';
import {
  invalidateListing,
  type ListingFacts,
  listTicket,
  sellListing,
  withdrawListing,
} from './transitions.ts';

const LATER = '2027-06-02T12:00:00.000Z';
const event = publishedEvent;

const facts = (more: Partial<ListingFacts> = {}): ListingFacts => ({
  ticket,
  event,
  sessions: [session],
  terms: ResaleTerms.parse({ cap: '110', floor: '50' }),
  before: undefined,
  ...more,
});

const list = (more?: Partial<ListingFacts>, price = 5000) =>
  listTicket(facts(more), price, { id: 'lst_1', now: NOW });

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
    expect(list({ before: open() })).toMatchObject({ details: { why: 'listed_already' } });
  });

  it('needs a policy that allows it, inside its window', () => {
    expect(list({ terms: ResaleTerms.parse({ allowed: false }) })).toMatchObject({
      code: 'resale_not_allowed',
    });
    expect(list({ terms: ResaleTerms.parse({ closesAt: NOW }) })).toMatchObject({
      code: 'outside_resale_window',
    });
  });
});

describe('an open listing', () => {
  it('is withdrawn, unless a buyer has it reserved', () => {
    expect(withdrawListing(open(), false, LATER)).toMatchObject({
      state: 'withdrawn',
      closedAt: LATER,
    });
    expect(withdrawListing(open(), true, LATER)).toMatchObject({
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
    expect(withdrawListing(sold, false, LATER)).toMatchObject(closed);
    expect(invalidateListing(sold, LATER)).toMatchObject(closed);
  });
});
