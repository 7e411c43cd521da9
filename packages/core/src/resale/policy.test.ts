import { describe, expect, it } from 'vitest';
import {
  buyerFeeOf,
  priceCap,
  priceFloor,
  ResaleTerms,
  sellerFeeOf,
  windowOpen,
} from './policy.ts';

const terms = (given: Partial<ResaleTerms> = {}): ResaleTerms => ResaleTerms.parse(given);
const PAID = { price: 4900, fee: 295 };

describe('the resale policy', () => {
  it.each([
    ['face value by default', {}, 4900],
    ['110 percent of the price', { cap: '110' }, 5390],
    ['with the fees in', { cap: '100', feesIncluded: true }, 5195],
    ['110 percent with the fees in', { cap: '110', feesIncluded: true }, 5715], // 5714.5
    ['no cap', { cap: null }, null],
  ])('caps at %s', (_case, given, cap) => {
    expect(priceCap(terms(given), PAID)).toBe(cap);
  });

  it('has a floor of nothing, or of a share of what was paid', () => {
    expect(priceFloor(terms(), PAID)).toBe(0);
    expect(priceFloor(terms({ floor: '50' }), PAID)).toBe(2450);
  });

  it('takes its fees from both sides, never more than the price from the seller', () => {
    expect(buyerFeeOf(terms({ buyerFee: '5' }), 5000)).toBe(250);
    expect(sellerFeeOf(terms({ sellerFee: '3' }), 5000)).toBe(150);
    expect(sellerFeeOf(terms({ sellerFee: '150' }), 5000)).toBe(5000);
  });

  it('opens at its first instant and is closed at its last', () => {
    const window = terms({
      opensAt: '2027-06-01T00:00:00.000Z',
      closesAt: '2027-07-01T00:00:00.000Z',
    });
    expect(windowOpen(window, '2027-05-31T23:59:59.999Z')).toBe(false);
    expect(windowOpen(window, '2027-06-01T00:00:00.000Z')).toBe(true);
    expect(windowOpen(window, '2027-06-30T23:59:59.999Z')).toBe(true);
    expect(windowOpen(window, '2027-07-01T00:00:00.000Z')).toBe(false);
    expect(windowOpen(terms(), '2027-07-01T00:00:00.000Z')).toBe(true);
  });
});
