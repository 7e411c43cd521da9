import { describe, expect, it } from 'vitest';
import { type OrderRecord, plainOrder } from '../orders/index.ts';
import { plainQuote } from '../pricing/index.ts';
import type { PaymentRecord } from './payment.ts';
import type { PaymentResult } from './provider.ts';
import { settle as settleWord } from './settlement.ts';

const NOW = '2027-06-01T12:00:00.000Z';

const settle = (order: OrderRecord, payment: PaymentRecord, result: PaymentResult, now: string) =>
  settleWord(order, payment, { result, at: now }, now);

const pending: OrderRecord = {
  ...plainOrder,
  id: 'ord_1',
  organizerId: 'org_1',
  eventId: 'evt_1',
  holdId: 'hld_1',
  kind: 'primary',
  listingId: null,
  buyerName: 'Ada',
  buyerEmail: 'ada@example.com',
  buyerSearch: 'ada ada@example.com',
  billing: null,
  userId: null,
  provider: 'sandbox',
  currency: 'EUR',
  total: 4900,
  credited: 0,
  giftCards: [],
  refunded: 0,
  givenBack: 0,
  quote: {
    currency: 'EUR',
    lines: [],
    ...plainQuote,
    subtotal: 4900,
    total: 4900,
    trace: [],
  },
  expiresAt: '2027-06-01T12:30:00.000Z',
  createdAt: NOW,
  revision: 1,
  state: 'pending',
  paidAt: null,
  cancelledAt: null,
};

const created: PaymentRecord = {
  id: 'pay_1',
  organizerId: 'org_1',
  eventId: 'evt_1',
  orderId: 'ord_1',
  provider: 'sandbox',
  method: null,
  amount: 4900,
  currency: 'EUR',
  state: 'created',
  providerRef: null,
  action: null,
  reason: null,
  toldAt: null,
  cancelRequestedAt: null,
  createdAt: NOW,
  settledAt: null,
  revision: 1,
};

const succeeded: PaymentResult = {
  state: 'succeeded',
  providerRef: 'ch_1',
  amount: 4900,
  currency: 'EUR',
};

const paid: OrderRecord = { ...pending, state: 'paid', paidAt: NOW };
const cancelled: OrderRecord = { ...pending, state: 'cancelled', cancelledAt: NOW };
const expired: OrderRecord = { ...pending, state: 'expired' };

describe('money that has come', () => {
  it.each([
    ['pending', pending],
    ['expired', expired],
  ])('fulfils an order that is %s', (_state, order) => {
    expect(settle(order, created, succeeded, NOW)).toMatchObject({
      do: 'fulfil',
      payment: { state: 'succeeded', providerRef: 'ch_1', settledAt: NOW },
    });
  });

  it.each([
    ['an order that another payment paid', paid, succeeded, 'already_paid'],
    ['a cancelled order', cancelled, succeeded, 'order_cancelled'],
    ['too little', pending, { ...succeeded, amount: 4899 }, 'wrong_amount'],
    ['too much', pending, { ...succeeded, amount: 4901 }, 'wrong_amount'],
    ['another currency', pending, { ...succeeded, currency: 'USD' }, 'wrong_amount'],
  ])('goes back in full for %s', (_case, order, result, reason) => {
    expect(settle(order, created, result, NOW)).toMatchObject({
      do: 'return',
      received: result.amount,
      currency: result.currency,
      reason,
    });
  });

  it('counts even when the provider had declined before', () => {
    const declined: PaymentRecord = { ...created, state: 'declined', reason: 'card_declined' };
    expect(settle(pending, declined, succeeded, NOW)).toMatchObject({
      do: 'fulfil',
      payment: { reason: null },
    });
  });

  it('counts once', () => {
    const before: PaymentRecord = { ...created, state: 'succeeded', providerRef: 'ch_1' };
    expect(settle(paid, before, succeeded, NOW)).toEqual({ do: 'none' });
    // And a later word does not take it back.
    const declined: PaymentResult = { state: 'declined', providerRef: 'ch_1', reason: 'late' };
    expect(settle(paid, before, declined, NOW)).toEqual({ do: 'none' });
  });
});

describe('anything else a provider says', () => {
  it.each<[string, PaymentResult, Partial<PaymentRecord>]>([
    ['pending', { state: 'pending', providerRef: 'ch_1' }, { state: 'pending', settledAt: null }],
    [
      'an action for the buyer',
      { state: 'requires_action', providerRef: 'ch_1', action: 'https://bank.example/3ds' },
      { state: 'requires_action', action: 'https://bank.example/3ds' },
    ],
    [
      'declined',
      { state: 'declined', providerRef: 'ch_1', reason: 'card_declined' },
      { state: 'declined', reason: 'card_declined', settledAt: NOW },
    ],
  ])('is noted once: %s', (_case, result, expected) => {
    const first = settle(pending, created, result, NOW);
    expect(first).toMatchObject({ do: 'note', payment: expected });
    if (first.do !== 'note') throw new Error(first.do);
    expect(settle(pending, first.payment, result, NOW)).toEqual({ do: 'none' });
  });
});
