import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SomeTerms, termsFrom } from '../src/resale/policy.ts';
import {
  boundsOf,
  buyerFeeOf,
  groupBounds,
  paidOf,
  proceedsOf,
  splitPrice,
} from '../src/resale/price.ts';

const percent = fc
  .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 999 }))
  .map(([whole, thousandths]) => `${whole}.${String(thousandths).padStart(3, '0')}`);
const upToAll = fc.integer({ min: 0, max: 100 }).map(String);
const amount = fc.integer({ min: 0, max: 2_000_000 });

const someTerms: fc.Arbitrary<SomeTerms> = fc.record({
  cap: fc.option(percent),
  capAmount: fc.option(amount),
  floor: percent,
  floorAmount: amount,
  feesIncluded: fc.boolean(),
  sellerFee: percent,
  buyerFee: percent,
  organizerShare: fc.option(
    fc.record({ of: fc.constantFrom('fees' as const, 'markup' as const), percent: upToAll }),
  ),
});
const paid = fc.record({ price: amount, fee: fc.integer({ min: 0, max: 5000 }) });

describe('the price of a resale', () => {
  it('may be what the exact percentage comes to, halves up, and no minor unit more', () => {
    fc.assert(
      fc.property(someTerms, paid, (some, ticket) => {
        const terms = termsFrom(some);
        const basis = paidOf(terms, ticket, ticket);
        const { cap, floor } = boundsOf(terms, basis);
        const exact = (text: string): bigint => BigInt(basis) * BigInt(text.replace('.', ''));
        const rounded = (text: string) => Number((exact(text) * 2n - -100_000n) / 200_000n);
        const caps = [terms.capAmount, terms.cap && rounded(terms.cap)];
        const lowest = caps.reduce<number | null>(
          (least, own) =>
            typeof own === 'number' && (least === null || own < least) ? own : least,
          null,
        );
        expect(cap).toBe(lowest);
        const highest = Math.max(terms.floorAmount, rounded(terms.floor));
        expect(floor).toBe(cap === null ? highest : Math.min(highest, cap));
      }),
      { numRuns: 2000 },
    );
  });

  it('never rises above the cap of the first sale, over any chain of resales', () => {
    const chain = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });
    fc.assert(
      fc.property(someTerms, percent, paid, chain, (some, cap, first, asks) => {
        const terms = termsFrom(some, { cap, capOf: 'first_sale' });
        const bounds = boundsOf(terms, paidOf(terms, first, first));
        let held = first;
        for (const ask of asks) {
          const most = boundsOf(terms, paidOf(terms, held, first)).cap ?? 0;
          expect(most).toBe(bounds.cap);
          const price = Math.round(most * ask);
          held = { price, fee: buyerFeeOf(terms, price) };
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is split so that everybody has their part and nobody less than nothing', () => {
    fc.assert(
      fc.property(someTerms, amount, amount, (some, price, basis) => {
        const own = proceedsOf(termsFrom(some), price, basis);
        const { sellerGets, platformGets, organizerShare, buyerPays } = own;
        expect(sellerGets + platformGets + organizerShare).toBe(buyerPays);
        expect(buyerPays).toBe(price + own.buyerFee);
        for (const part of [sellerGets, platformGets, organizerShare]) {
          expect(part).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the price of a group', () => {
  const group = fc.array(fc.tuple(someTerms, paid), { minLength: 1, maxLength: 8 }).map((tickets) =>
    tickets.map(([some, ticket]) => {
      const terms = termsFrom(some);
      const basis = paidOf(terms, ticket, ticket);
      return { paid: basis, ...boundsOf(terms, basis) };
    }),
  );

  it('is split exactly, each part between its floor and its cap', () => {
    fc.assert(
      fc.property(group, fc.double({ min: 0, max: 1, noNaN: true }), (parts, at) => {
        const { cap, floor } = groupBounds(parts);
        const most = cap ?? floor + 5_000_000;
        const price = floor + Math.floor((most - floor) * at);
        const prices = splitPrice(price, parts);
        expect(prices.reduce((sum, own) => sum + own, 0)).toBe(price);
        for (const [index, own] of prices.entries()) {
          const part = parts[index];
          expect(own).toBeGreaterThanOrEqual(part?.floor ?? 0);
          if (part?.cap != null) expect(own).toBeLessThanOrEqual(part.cap);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
