import { describe, expect, it } from 'vitest';
import { session } from '../../test/support/records.ts';
import { ResaleTerms, type SomeTerms, termsFrom, termsOfType } from './policy.ts';
import { PRESETS, presetNamed } from './presets.ts';
import { boundsOf, paidOf, proceedsOf } from './price.ts';
import { ClosesAt, listingEnd, OpensAt, windowOf, windowOpen } from './window.ts';

const PAID = { price: 4900, fee: 295 };

const bounds = (given: SomeTerms) => {
  const terms = termsFrom(given);
  return boundsOf(terms, paidOf(terms, PAID, PAID));
};

describe('the cap of a resale policy', () => {
  it.each<[string, SomeTerms, number | null]>([
    ['face value by default', {}, 4900],
    ['110 percent of the price', { cap: '110' }, 5390],
    ['with the fees in', { cap: '100', feesIncluded: true }, 5195],
    ['110 percent with the fees in', { cap: '110', feesIncluded: true }, 5715], // 5714.5
    ['no cap', { cap: null }, null],
    ['an amount alone', { cap: null, capAmount: 6000 }, 6000],
    ['the lower of two', { cap: '110', capAmount: 5000 }, 5000],
    ['the lower of two again', { cap: '100', capAmount: 5000 }, 4900],
  ])('is %s', (_case, given, cap) => {
    expect(bounds(given).cap).toBe(cap);
  });

  it.each<[string, SomeTerms, number]>([
    ['nothing', {}, 0],
    ['a share of what was paid', { floor: '50' }, 2450],
    ['the higher of two', { floor: '50', floorAmount: 3000 }, 3000],
    ['the cap, where it lies above it', { floorAmount: 9000 }, 4900],
  ])('has a floor of %s', (_case, given, floor) => {
    expect(bounds(given).floor).toBe(floor);
  });
});

describe('who has what of a resale', () => {
  const of = (given: SomeTerms, price = 5000, paid = 4000) =>
    proceedsOf(termsFrom(given), price, paid);

  it('is fees of both sides, never more than the price from the seller', () => {
    expect(of({ buyerFee: '5', sellerFee: '3' })).toMatchObject({
      buyerFee: 250,
      buyerPays: 5250,
      sellerFee: 150,
      sellerGets: 4850,
      platformGets: 400,
    });
    expect(of({ sellerFee: '150' })).toMatchObject({ sellerFee: 5000, sellerGets: 0 });
  });

  it('gives the organizer a part of the fees, which the platform has less', () => {
    const organizerShare = { of: 'fees', percent: '33.3' } as const;
    expect(of({ buyerFee: '5', sellerFee: '3', organizerShare })).toMatchObject({
      organizerShare: 133,
      platformGets: 267,
      sellerGets: 4850,
    });
  });

  it('or a part of the mark-up, which the seller has less', () => {
    const organizerShare = { of: 'markup', percent: '50' } as const;
    expect(of({ organizerShare })).toMatchObject({ organizerShare: 500, sellerGets: 4500 });
    expect(of({ organizerShare }, 3999)).toMatchObject({ organizerShare: 0, sellerGets: 3999 });
    const all = { of: 'markup', percent: '100' } as const;
    expect(of({ organizerShare: all, sellerFee: '90' }, 5000, 0)).toMatchObject({
      organizerShare: 500,
      sellerGets: 0,
    });
  });
});

describe('the window of a resale policy', () => {
  const later = { ...session, id: 'ses_2', startsAt: '2027-08-10T18:00:00.000Z' };
  const first = {
    ...session,
    startsAt: '2027-07-10T18:00:00.000Z',
    doorsAt: '2027-07-10T17:00:00.000Z',
    endsAt: '2027-07-10T22:00:00.000Z',
  };
  const times = { sessions: [later, first], saleFrom: '2027-03-01T10:00:00.000Z' };
  const of = (opensAt: string | null, closesAt: string | null) =>
    windowOf(termsFrom({ opensAt, closesAt }), times);

  it('opens at its first instant and is closed at its last', () => {
    const window = { opensAt: '2027-06-01T00:00:00.000Z', closesAt: '2027-07-01T00:00:00.000Z' };
    expect(windowOpen(window, '2027-05-31T23:59:59.999Z')).toBe(false);
    expect(windowOpen(window, '2027-06-01T00:00:00.000Z')).toBe(true);
    expect(windowOpen(window, '2027-06-30T23:59:59.999Z')).toBe(true);
    expect(windowOpen(window, '2027-07-01T00:00:00.000Z')).toBe(false);
    expect(windowOpen({ opensAt: null, closesAt: null }, '2027-07-01T00:00:00.000Z')).toBe(true);
  });

  it.each([
    ['90m before start', '2027-07-10T16:30:00.000Z'],
    ['2h before doors', '2027-07-10T15:00:00.000Z'],
    ['7d before start', '2027-07-03T18:00:00.000Z'],
    ['2027-07-01T00:00:00.000Z', '2027-07-01T00:00:00.000Z'],
  ])('closes %s of the first session of the ticket', (text, closesAt) => {
    expect(of(null, text).closesAt).toBe(closesAt);
  });

  it('opens when the type goes on sale', () => {
    expect(of('on_sale', null).opensAt).toBe('2027-03-01T10:00:00.000Z');
  });

  it('goes by the start where a session has no doors', () => {
    const window = windowOf(termsFrom({ closesAt: '2h before doors' }), {
      sessions: [{ ...first, doorsAt: null }],
      saleFrom: null,
    });
    expect(window.closesAt).toBe('2027-07-10T16:00:00.000Z');
  });

  it('takes no other words', () => {
    for (const text of ['2h after doors', '1w before start', 'soon', '2027-13-01T00:00:00Z']) {
      expect(ClosesAt.safeParse(text).success, text).toBe(false);
      expect(OpensAt.safeParse(text).success, text).toBe(false);
    }
    expect(OpensAt.safeParse('on_sale').success).toBe(true);
    expect(ClosesAt.safeParse('on_sale').success).toBe(false);
  });

  it('ends a listing, or the last session of its ticket does', () => {
    expect(listingEnd(of(null, null), [first])).toBe('2027-07-10T22:00:00.000Z');
    expect(listingEnd(of(null, '2h before doors'), [first])).toBe('2027-07-10T15:00:00.000Z');
  });
});

describe('the terms of a ticket type', () => {
  const policy = {
    terms: termsFrom({ cap: '110', maxOpen: 4 }),
    ticketTypes: [{ ticketTypeId: 'typ_vip', cap: null, capAmount: 20_000 }],
  };

  it('are those of the event, with what is said of the type before them', () => {
    expect(termsOfType(policy, 'typ_std')).toEqual(policy.terms);
    expect(termsOfType(policy, 'typ_vip')).toMatchObject({
      cap: null,
      capAmount: 20_000,
      maxOpen: 4,
    });
  });

  it('allow nothing where no policy was set', () => {
    expect(termsOfType(undefined, 'typ_std').allowed).toBe(false);
  });
});

describe('presets', () => {
  it('have names of their own, and each makes complete terms', () => {
    expect(new Set(PRESETS.map(({ name }) => name)).size).toBe(PRESETS.length);
    for (const { name } of PRESETS) {
      expect(ResaleTerms.safeParse(termsFrom(presetNamed(name).terms)).success, name).toBe(true);
    }
  });

  it('of places say their source, what it was compared with, where and when', () => {
    for (const { place, source, comparedWith, link, asOf } of PRESETS) {
      if (place === null) continue;
      expect(source).toMatch(/\d/);
      expect(comparedWith).toMatch(/^(law|account)$/);
      expect(link).toMatch(/^https:\/\/[^\s|]+$/);
      expect(asOf).toMatch(/^\d{4}-\d{2}$/);
    }
  });

  /** A charge is a part of what laws of the one kind speak of, and no part of the other’s. */
  it.each<[string, number]>([
    ['ie', 5195],
    ['be', 5195],
    ['au_vic', 5390],
    ['au_nsw', 4900],
    ['no', 4900],
    ['ca_on', 4900],
  ])('of places allow no more than the law: %s', (name, cap) => {
    expect(bounds({ ...PRESETS.find((preset) => preset.name === name)?.terms }).cap).toBe(cap);
  });

  it('that forbid a profit go by what the holder paid, those of an original price by the first sale', () => {
    const ofPaid = PRESETS.filter(
      ({ place, terms }) => place !== null && termsFrom(terms).capOf === 'paid',
    );
    expect(ofPaid.map(({ name }) => name)).toEqual(['de', 'dk', 'fr', 'pl']);
  });
});
