import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refundableOfAll, spreadRefund, takeAgain, takeInOrder } from '../src/gift-cards/credit.ts';
import type { GiftCardRecord } from '../src/gift-cards/gift-card.ts';
import type { GiftCardUseRecord } from '../src/gift-cards/use.ts';

const NOW = '2027-06-01T12:00:00.000Z';

function card(n: number, change: Partial<GiftCardRecord> = {}): GiftCardRecord {
  return {
    id: `gft_${n}`,
    organizerId: 'org_1',
    codeHash: '',
    lastFour: `000${n}`,
    currency: 'EUR',
    loaded: 5000,
    spent: 0,
    state: 'active',
    expiresAt: null,
    note: null,
    createdAt: NOW,
    revision: 1,
    ...change,
  };
}

function use(n: number, amount: number, refunded = 0, paid = true): GiftCardUseRecord {
  return {
    id: `gcu_${n}`,
    organizerId: 'org_1',
    eventId: 'evt_1',
    giftCardId: `gft_${n}`,
    orderId: 'ord_1',
    amount,
    refunded,
    usedAt: NOW,
    expiresAt: paid ? null : NOW,
    paidAt: paid ? NOW : null,
    releasedAt: null,
  };
}

const payable = (amount: number) => ({ organizerId: 'org_1', currency: 'EUR', amount });

describe('what cards pay', () => {
  it('is taken from each as far as it goes, in the order given', () => {
    const cards = [card(2, { spent: 4000 }), card(1), card(3)];
    expect(takeInOrder(cards, payable(3500), NOW)).toEqual([
      { giftCardId: 'gft_2', amount: 1000 },
      { giftCardId: 'gft_1', amount: 2500 },
    ]);
    expect(takeInOrder([card(1)], payable(9000), NOW)).toEqual([
      { giftCardId: 'gft_1', amount: 5000 },
    ]);
    expect(takeInOrder([card(1)], payable(0), NOW)).toEqual([]);
  });

  it.each<[string, Partial<GiftCardRecord>]>([
    ['of another organizer', { organizerId: 'org_2' }],
    ['of another currency', { currency: 'CHF' }],
    ['disabled', { state: 'disabled' }],
    ['expired', { expiresAt: NOW }],
    ['empty', { spent: 5000 }],
  ])('is nothing when one of them is %s, and all reasons read alike', (_why, change) => {
    const refused = { code: 'gift_card_not_valid', details: { lastFour: '0002' } };
    expect(takeInOrder([card(1), card(2, change)], payable(1), NOW)).toMatchObject(refused);
  });

  it('is never more than there is or than is due, and nothing is lost', () => {
    const cards = fc.array(
      fc.record({
        loaded: fc.integer({ min: 1, max: 1e12 }),
        part: fc.double({ min: 0, max: 0.9, noNaN: true }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(cards, fc.integer({ min: 0, max: 1e12 }), (given, due) => {
        const all = given.map(({ loaded, part }, n) =>
          card(n, { loaded, spent: Math.floor(loaded * part) }),
        );
        const taken = takeInOrder(all, payable(due), NOW);
        if ('code' in taken) throw new Error(taken.message);
        const sum = taken.reduce((total, { amount }) => total + amount, 0);
        const there = all.reduce((total, { loaded, spent }) => total + loaded - spent, 0);
        expect(sum).toBe(Math.min(due, there));
        for (const { giftCardId, amount } of taken) {
          const from = all.find(({ id }) => id === giftCardId);
          expect(amount).toBeLessThanOrEqual((from?.loaded ?? 0) - (from?.spent ?? 0));
        }
      }),
    );
  });

  it('can be taken again when all of it is still there, else nothing is', () => {
    const lost = [
      { giftCardId: 'gft_1', amount: 5000 },
      { giftCardId: 'gft_2', amount: 1 },
    ];
    expect(takeAgain([card(1), card(2)], lost, NOW)).toBe(lost);
    const refused = { code: 'gift_card_not_valid' };
    expect(takeAgain([card(1, { spent: 1 }), card(2)], lost, NOW)).toMatchObject(refused);
    expect(takeAgain([card(1), card(2, { expiresAt: NOW })], lost, NOW)).toMatchObject(refused);
    expect(takeAgain([card(1), card(2, { state: 'disabled' })], lost, NOW)).toMatchObject(refused);
    expect(takeAgain([card(1)], lost, NOW)).toMatchObject(refused);
  });
});

describe('what goes back to cards', () => {
  it('is at most what each paid, less what came back', () => {
    const uses = [use(1, 300, 100), use(2, 500), use(3, 900, 0, false)];
    expect(refundableOfAll(uses)).toBe(700);
    expect(spreadRefund(uses, 450).map((one) => [one.use.id, one.amount])).toEqual([
      ['gcu_1', 200],
      ['gcu_2', 250],
    ]);
  });

  it('sums to what was asked for', () => {
    const uses = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 1e12 }), fc.integer({ min: 0, max: 100 })),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(uses, fc.integer({ min: 0, max: 100 }), (given, percent) => {
        const all = given.map(([amount, back], n) =>
          use(n, amount, Math.floor((amount * back) / 100)),
        );
        const asked = Math.floor((refundableOfAll(all) * percent) / 100);
        const spread = spreadRefund(all, asked);
        expect(spread.reduce((sum, { amount }) => sum + amount, 0)).toBe(asked);
        for (const { use: from, amount } of spread) {
          expect(from.refunded + amount).toBeLessThanOrEqual(from.amount);
        }
      }),
    );
  });
});
