import { describe, expect, it } from 'vitest';
import { open } from '../../test/support/listings.ts';
import { NOW } from '../../test/support/records.ts';
import { isRefusal } from '../kernel/index.ts';
import { termsFrom } from './policy.ts';
import {
  expireListing,
  invalidateListing,
  repriceListings,
  sellListing,
  withdrawAnyhow,
  withdrawListing,
} from './transitions.ts';

const LATER = '2027-06-02T12:00:00.000Z';

describe('another price', () => {
  const at = (price: number, stand = { reserved: false, now: NOW }) =>
    repriceListings([open()], price, stand);

  it('keeps to the terms that the ticket was listed under', () => {
    expect(at(5390)).toMatchObject([{ price: 5390, state: 'open' }]);
    expect(at(5391)).toMatchObject({ code: 'price_above_cap' });
    expect(at(2449)).toMatchObject({ code: 'price_below_floor' });
  });

  it('is not for what is reserved, over, or closed', () => {
    const closed = (state: string) => ({ code: 'listing_closed', details: { state } });
    expect(at(5000, { reserved: true, now: NOW })).toMatchObject(closed('reserved'));
    const over = { reserved: false, now: open().expiresAt };
    expect(at(5000, over)).toMatchObject(closed('expired'));
    const sold = sellListing(open(), 'ord_2', LATER);
    if (isRefusal(sold)) throw new Error(sold.message);
    expect(repriceListings([sold], 5000, over)).toMatchObject(closed('sold'));
  });
});

describe('an open listing', () => {
  it('expires when its time is over, unless somebody has it reserved', () => {
    const now = open().expiresAt;
    expect(expireListing(open(), { reserved: false, now: LATER })).toBeUndefined();
    expect(expireListing(open(), { reserved: true, now })).toBeUndefined();
    expect(expireListing(open(), { reserved: false, now })).toMatchObject({
      state: 'expired',
      closedAt: now,
    });
    expect(withdrawListing(open(), { reserved: false, now })).toMatchObject({
      details: { state: 'expired' },
    });
  });

  it('is withdrawn, reserved or not, when its ticket was used or one of its group is gone', () => {
    expect(withdrawAnyhow(open(), LATER)).toMatchObject({ state: 'withdrawn' });
  });

  it('owes its seller a refund where the terms say so', () => {
    const due = (settlement: 'refund_and_rebuy' | 'payout_after_event') =>
      sellListing({ ...open(), terms: termsFrom({ settlement }) }, 'ord_2', LATER);
    expect(due('refund_and_rebuy')).toMatchObject({ settleDueAt: LATER });
    expect(due('payout_after_event')).toMatchObject({ settleDueAt: null });
  });

  it('is withdrawn, unless a buyer has it reserved', () => {
    expect(withdrawListing(open(), { reserved: false, now: LATER })).toMatchObject({
      state: 'withdrawn',
      closedAt: LATER,
    });
    expect(withdrawListing(open(), { reserved: true, now: LATER })).toMatchObject({
      code: 'listing_closed',
      details: { state: 'reserved' },
    });
  });

  it('is invalidated even when it is reserved', () => {
    expect(invalidateListing(open(), LATER)).toMatchObject({ state: 'invalidated' });
  });

  it('is sold to one order, and is closed then for everybody', () => {
    const sold = sellListing(open(), 'ord_2', LATER);
    expect(sold).toMatchObject({ state: 'sold', buyerOrderId: 'ord_2', closedAt: LATER });
    if (isRefusal(sold)) throw new Error(sold.message);
    const closed = { code: 'listing_closed', details: { state: 'sold' } };
    expect(sellListing(sold, 'ord_3', LATER)).toMatchObject(closed);
    expect(withdrawListing(sold, { reserved: false, now: LATER })).toMatchObject(closed);
    expect(invalidateListing(sold, LATER)).toMatchObject(closed);
  });
});
