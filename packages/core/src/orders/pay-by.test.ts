import { describe, expect, it } from 'vitest';
import { payBy } from './pay-by.ts';

const now = '2027-07-01T12:00:00.000Z';
const settings = { paymentMinutes: 30 };
const usual = '2027-07-01T12:30:00.000Z';
const startsAt = '2027-07-10T16:00:00.000Z';
const session = [{ startsAt }];

describe('until when an order waits', () => {
  it('is so many minutes without a term', () => {
    expect(payBy(now, settings, session, {})).toBe(usual);
    expect(payBy(now, settings, [], { pastStart: true })).toBe(usual);
  });

  it('is so many days with one', () => {
    expect(payBy(now, settings, session, { termDays: 7 })).toBe('2027-07-08T12:00:00.000Z');
  });

  it('is the start of the last session, unless the term may pass it', () => {
    expect(payBy(now, settings, session, { termDays: 14 })).toBe(startsAt);
    expect(payBy(now, settings, session, { termDays: 14, pastStart: true })).toBe(
      '2027-07-15T12:00:00.000Z',
    );
  });

  it('is never sooner than without a term', () => {
    const begun = [{ startsAt: '2027-07-01T11:00:00.000Z' }];
    expect(payBy(now, settings, begun, { termDays: 14 })).toBe(usual);
  });
});
