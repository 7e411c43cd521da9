import { describe, expect, it } from 'vitest';
import { Currency, decimalOf, exponentOf, formatAmount, minorUnitsOf } from './currency.ts';

describe('currencies', () => {
  it.each([
    ['JPY', 0],
    ['EUR', 2],
    ['KWD', 3],
    ['CLF', 4],
    ['IQD', 3], // CLDR, and so Intl, says 0
    ['ISK', 0],
  ])('%s has %i digits', (currency, digits) => {
    expect(exponentOf(currency)).toBe(digits);
  });

  it('know ISO 4217 codes in capitals only', () => {
    expect(Currency.safeParse('EUR').success).toBe(true);
    for (const code of ['eur', 'EU', 'XYZ', '', 'EURO', '__proto__', 'constructor']) {
      expect(Currency.safeParse(code).success, code).toBe(false);
    }
  });

  it.each([
    [4900, 'EUR', '49.00'],
    [5, 'EUR', '0.05'],
    [-5, 'EUR', '-0.05'],
    [4900, 'JPY', '4900'],
    [1234, 'KWD', '1.234'],
    [1, 'CLF', '0.0001'],
    [0, 'EUR', '0.00'],
  ])('%i minor units of %s are written %s, and read back', (amount, currency, text) => {
    expect(decimalOf(amount, currency)).toBe(text);
    expect(minorUnitsOf(text, currency)).toBe(amount);
    expect(formatAmount(amount, currency)).toBe(`${text} ${currency}`);
  });

  it.each([
    ['49.001', 'EUR'],
    ['1.5', 'JPY'],
    ['', 'EUR'],
    ['49,00', 'EUR'],
    ['1e3', 'EUR'],
    ['99999999999999999', 'EUR'],
  ])('do not read %j as %s', (text, currency) => {
    expect(minorUnitsOf(text, currency)).toBeUndefined();
  });

  it('read a decimal with fewer digits', () => {
    expect(minorUnitsOf('49', 'EUR')).toBe(4900);
    expect(minorUnitsOf('49.5', 'EUR')).toBe(4950);
  });
});
