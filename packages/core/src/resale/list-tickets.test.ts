import { describe, expect, it } from 'vitest';
import { facts, list } from '../../test/support/listings.ts';
import { publishedEvent as event, NOW, session, ticket } from '../../test/support/records.ts';
import { listTickets } from './list-tickets.ts';
import type { ListingFacts } from './obstacles.ts';
import { termsFrom } from './policy.ts';

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

  it('end with the first of them where they are sold whole, else each by itself', () => {
    const later = { ...session, endsAt: '2027-07-11T21:00:00.000Z' };
    const of = [facts({ sessions: [later] }), facts()];
    const ends = (soldWhole: boolean) =>
      listTickets(of, 6000, { ...lot, soldWhole, listed: { open: 0, sold: 0 } });
    expect(ends(true)).toMatchObject(
      [session, session].map(({ endsAt: expiresAt }) => ({ expiresAt })),
    );
    expect(ends(false)).toMatchObject(
      [later, session].map(({ endsAt: expiresAt }) => ({ expiresAt })),
    );
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
