import { describe, expect, it } from 'vitest';
import { fromStripe, toStripe } from '../src/amounts.ts';

/** From Stripe's page on currencies: what to send for so much of a currency. */
const rules: readonly [string, number, number][] = [
  ['USD', 1000, 1000],
  ['EUR', 1, 1],
  // Zero-decimal, at ISO 4217 too.
  ...[
    'BIF',
    'CLP',
    'DJF',
    'GNF',
    'JPY',
    'KMF',
    'KRW',
    'PYG',
    'RWF',
    'VND',
    'VUV',
    'XAF',
    'XOF',
    'XPF',
  ].map((currency): [string, number, number] => [currency, 500, 500]),
  // 5 of them are 500, although they have no decimals.
  ['ISK', 5, 500],
  ['UGX', 5, 500],
  // 5 ariary: 500 minor units of ISO 4217, and 5 at Stripe.
  ['MGA', 500, 5],
  // Two decimals for charges, although payouts have none.
  ['HUF', 1045, 1045],
  ['TWD', 80_045, 80_045],
  // 5.120 dinar: three decimals, the last of them 0.
  ['KWD', 5120, 5120],
  ['BHD', 10, 10],
  ['JOD', 5130, 5130],
  ['OMR', 0, 0],
  ['TND', 1000, 1000],
];

describe('amounts at Stripe', () => {
  it.each(rules)('%s: %i are %i there, and back', (currency, ours, theirs) => {
    expect(toStripe(ours, currency)).toEqual({ amount: theirs, currency: currency.toLowerCase() });
    expect(fromStripe(theirs, currency.toLowerCase())).toEqual({ amount: ours, currency });
  });

  it.each([
    ['KWD', 5124],
    ['TND', 1],
    ['MGA', 550],
  ])('%s has no %i there', (currency, amount) => {
    expect(() => toStripe(amount, currency)).toThrow(/cannot move/);
  });

  it('does not take what is no whole unit', () => {
    expect(() => fromStripe(550, 'isk')).toThrow(/no whole minor unit/);
  });
});
