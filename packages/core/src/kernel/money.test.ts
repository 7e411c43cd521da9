import { describe, expect, it } from 'vitest';
import { Amount, distribute, Percent, portion } from './money.ts';

describe('portion', () => {
  it.each([
    [2300, '7', 161],
    [10000, '19', 1900],
    [9900, '22', 2178],
    [1, '50', 1], // a half goes up
    [1, '49.9', 0],
    [3, '33.333333', 1],
    [4999, '0', 0],
    [-1, '50', -1], // and away from zero
    [999_999_999_999, '100', 999_999_999_999],
    [4900, '110', 5390],
  ])('%i at %s %% is %i', (amount, percent, expected) => {
    expect(portion(amount, percent)).toBe(expected);
  });

  it('is exact where floating point is not', () => {
    // 1.005 * 100 is 100.49999999999999 in floating point.
    expect(portion(100, '100.5')).toBe(101);
    expect(portion(29, '50')).toBe(15);
  });
});

describe('distribute', () => {
  it('gives the remainder to the largest remainders, ties to the earlier part', () => {
    expect(distribute(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(distribute(10, [3, 3, 4])).toEqual([3, 3, 4]);
    expect(distribute(5, [1, 2, 2])).toEqual([1, 2, 2]);
    expect(distribute(7, [50, 30, 20])).toEqual([4, 2, 1]);
  });

  it('gives everything to the first part when nothing has weight', () => {
    expect(distribute(5, [0, 0])).toEqual([5, 0]);
    expect(distribute(0, [0, 0])).toEqual([0, 0]);
  });

  it('splits nothing over nothing, and refuses to lose an amount', () => {
    expect(distribute(0, [])).toEqual([]);
    expect(() => distribute(1, [])).toThrow(RangeError);
  });
});

describe('the schemas of money', () => {
  it.each(['0', '7', '12.5', '100', '33.333333'])('take %s as a percentage', (text) => {
    expect(Percent.parse(text)).toBe(text);
  });

  it.each(['', '-1', '1e2', '07', '1.', '.5', '12,5', '1.2345678', '99999', ' 7'])(
    'refuse %j as a percentage',
    (text) => {
      expect(Percent.safeParse(text).success).toBe(false);
    },
  );

  it.each([-1, 1.5, Number.NaN, 1e12, Number.MAX_SAFE_INTEGER])(
    'refuse %d as an amount',
    (amount) => {
      expect(Amount.safeParse(amount).success).toBe(false);
    },
  );
});
