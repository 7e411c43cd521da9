import { describe, expect, it } from 'vitest';
import { headOf, NumberFormat, writtenNumber } from '../src/invoices/number.ts';
import { localDate } from '../src/kernel/index.ts';
import { amountText, dateText, percentText } from '../src/print/index.ts';

describe('numbers of invoices', () => {
  it.each([
    ['{prefix}{year}-{number:5}', 'SF-2027-00042'],
    ['{year}/{number}', '2027/42'],
    ['RE-{prefix}-{year}_{number:3}', 'RE-SF--2027_042'],
  ])('%s writes %s', (format, written) => {
    expect(NumberFormat.safeParse(format).success).toBe(true);
    expect(writtenNumber(format, { prefix: 'SF-', year: 2027, sequence: 42 })).toBe(written);
  });

  it('grow beyond their digits', () => {
    const asked = { prefix: '', year: 2027, sequence: 123_456 };
    expect(writtenNumber('{year}-{number:5}', asked)).toBe('2027-123456');
  });

  it.each([
    '{year}{number}',
    '{number}-{year}-{number}',
    '{number}',
    '{year}-',
    '{year}-0{number}',
    '{year}-{number}-x',
    '{year} {number}',
    '{month}-{year}-{number}',
    '{year}-{prefix}-{number}',
    '',
  ])('%j is no format: two numbers could read the same, or one be missing', (format) => {
    expect(NumberFormat.safeParse(format).success).toBe(false);
  });

  it('are told apart by what stands before the running number', () => {
    expect(headOf('CN{year}-{number:5}')).toBe('CN{year}-');
  });
});

describe('days and amounts of invoices', () => {
  it('a year ends where the issuer is', () => {
    const instant = '2027-12-31T23:30:00.000Z';
    expect(localDate(instant, 'Europe/Berlin')).toMatchObject({ year: 2028, month: 1, day: 1 });
    expect(localDate(instant, 'America/New_York')).toMatchObject({
      year: 2027,
      month: 12,
      day: 31,
    });
    expect(dateText(instant, 'Europe/Berlin', 'de')).toBe('01.01.2028');
    expect(dateText(instant, 'UTC', 'en')).toBe('31 Dec 2027');
  });

  it('amounts have the digits of their currency', () => {
    expect(amountText(123_456_789, 'EUR', 'en')).toBe('1,234,567.89');
    expect(amountText(123_456_789, 'EUR', 'de')).toBe('1.234.567,89');
    expect(amountText(-1_234, 'JPY', 'de')).toBe('-1.234');
    expect(amountText(999, 'JPY', 'en')).toBe('999');
    expect(amountText(-1_234_567, 'KWD', 'en')).toBe('-1,234.567');
    expect(percentText('7.5', 'de')).toBe('7,5 %');
  });
});
