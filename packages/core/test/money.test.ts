import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distribute, portion } from '../src/kernel/index.ts';
import { sharePerTicket } from '../src/pricing/index.ts';

const amount = fc.nat(999_999_999_999);
const weights = fc.array(fc.nat(999_999_999_999), { minLength: 1, maxLength: 40 });
/** A percentage as its digits and how many of them come after the point. */
const percent = fc
  .record({ digits: fc.nat(9_999_999_999), places: fc.integer({ min: 0, max: 6 }) })
  .map(({ digits, places }) => {
    const scale = 10n ** BigInt(places);
    const whole = (BigInt(digits) / scale) % 10_000n;
    const rest = (BigInt(digits) % scale).toString().padStart(places, '0');
    return {
      text: places === 0 ? `${whole}` : `${whole}.${rest}`,
      numerator: whole * scale + (BigInt(digits) % scale),
      denominator: 100n * scale,
    };
  });

describe('money that is split', () => {
  it('sums to what was split', () => {
    fc.assert(
      fc.property(amount, weights, (whole, parts) => {
        const shares = distribute(whole, parts);
        expect(shares).toHaveLength(parts.length);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(whole);
      }),
    );
  });

  it('is off its exact share by less than one unit, and more never gets less', () => {
    fc.assert(
      fc.property(amount, weights, (whole, parts) => {
        const total = parts.reduce((sum, weight) => sum + BigInt(weight), 0n);
        fc.pre(total > 0n);
        distribute(whole, parts).forEach((share, index) => {
          const off = BigInt(share) * total - BigInt(whole) * BigInt(parts[index] ?? 0);
          expect(off < total && -off < total).toBe(true);
        });
      }),
    );
  });

  it('gives equal weights equal shares, but for one unit, the earlier ones first', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 60 }), (whole, count) => {
        const shares = sharePerTicket(whole, count);
        expect([...shares].sort((a, b) => b - a)).toEqual(shares);
        expect((shares[0] ?? 0) - (shares.at(-1) ?? 0)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('a portion', () => {
  it('is the nearest whole unit to the exact fraction, halves away from zero', () => {
    fc.assert(
      fc.property(
        amount,
        percent,
        fc.boolean(),
        (magnitude, { text, numerator, denominator }, minus) => {
          const exact = BigInt(magnitude) * numerator;
          fc.pre(exact / denominator < BigInt(Number.MAX_SAFE_INTEGER));
          const found = BigInt(Math.abs(portion(minus ? -magnitude : magnitude, text)));
          // |found - exact| <= 1/2, and at 1/2 it is the greater one.
          const twiceOff = 2n * (found * denominator - exact);
          expect(twiceOff <= denominator && twiceOff > -denominator).toBe(true);
        },
      ),
    );
  });

  it('of all of it is all of it, and of nothing nothing', () => {
    fc.assert(
      fc.property(amount, percent, (whole, { text }) => {
        expect([portion(whole, '100'), portion(whole, '0'), portion(0, text)]).toEqual([
          whole,
          0,
          0,
        ]);
      }),
    );
  });
});
