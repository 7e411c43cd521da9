import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REVERSE_CHARGE } from '../src/invoices/contents.ts';
import { amountDue } from '../src/orders/index.ts';
import { contentOf, orderOf } from './support/invoices.ts';
import { anything, priceOf } from './support/random-prices.ts';

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

describe('an invoice of any price', () => {
  it('sums to the order’s total, line by line and tax by tax', () => {
    fc.assert(
      fc.property(anything, (drawn) => {
        const quote = priceOf(drawn);
        const content = contentOf(orderOf(quote));
        const { lines, net, tax, rounding, total, taxes } = content;
        expect(total).toBe(quote.total);
        expect(sum(lines.map(({ gross }) => gross)) + rounding).toBe(total);
        expect(net + tax + rounding).toBe(total);
        expect(sum(lines.map((line) => line.net))).toBe(net);
        expect(sum(lines.map((line) => line.tax))).toBe(tax);
        expect(sum(taxes.map(({ amount }) => amount))).toBe(tax);
        for (const line of lines) {
          expect(line.net + line.tax).toBe(line.gross);
          expect(sum(line.taxes.map(({ amount }) => amount))).toBe(line.tax);
        }
        for (const { taxId, amount } of taxes) {
          const on = lines.flatMap((line) => line.taxes.filter((own) => own.taxId === taxId));
          expect(sum(on.map((own) => own.amount))).toBe(amount);
        }
        expect(content.paid + content.due + content.paidByGiftCards).toBe(total);
      }),
      { numRuns: 400 },
    );
  });

  it('says by whom the tax is owed wherever none is charged for a tax id', () => {
    let relieved = 0;
    fc.assert(
      fc.property(anything, (drawn) => {
        const quote = priceOf(drawn);
        const { taxRelief, buyer, tax, taxes } = contentOf(orderOf(quote), {
          billing: { lines: [], taxId: 'AT U13585627' },
        });
        if (quote.taxRelief?.reason !== 'reverse_charge') return;
        relieved += 1;
        expect(taxRelief?.text).toBe(`${REVERSE_CHARGE}.`);
        expect(buyer.taxId).toBe('ATU13585627');
        expect([tax, taxes]).toEqual([0, []]);
      }),
      { numRuns: 400 },
    );
    expect(relieved).toBeGreaterThan(10);
  });

  it('says what gift cards and the provider paid, and what is left to pay', () => {
    fc.assert(
      fc.property(anything, fc.nat(100), fc.boolean(), (drawn, share, isPaid) => {
        const quote = priceOf(drawn);
        const credited = Math.trunc((quote.total * share) / 100);
        const pending = { state: 'pending', paidAt: null } as const;
        const order = orderOf(quote, { credited, ...(isPaid ? {} : pending) });
        const { paidByGiftCards, paid, due, dueAt } = contentOf(order);
        expect(paidByGiftCards).toBe(credited);
        expect([paid, due]).toEqual(isPaid ? [amountDue(order), 0] : [0, amountDue(order)]);
        expect(dueAt).toBe(isPaid ? null : order.expiresAt);
      }),
    );
  });
});
