import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Quote, recomputeTotal, unknownBuyer } from '../src/pricing/index.ts';
import { exactTaxes } from './support/exact-taxes.ts';
import { anything, type Drawn, priceOf, steady } from './support/random-prices.ts';

const runs = { numRuns: 1000 };
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** Says something of the quote of anything that can be drawn. */
function holds(property: (quote: Quote, drawn: Drawn) => void) {
  fc.assert(
    fc.property(anything, (drawn) => property(priceOf(drawn), drawn)),
    runs,
  );
}

describe('a quote of anything', () => {
  it('has lines that sum to its totals', () => {
    holds((quote) => {
      const of = (field: 'subtotal' | 'discount' | 'fee' | 'tax' | 'total') =>
        sum(quote.lines.map((line) => line[field]));
      const { subtotal, discount, fee, tax, total, rounding } = quote;
      expect([of('subtotal'), of('discount'), of('fee'), of('tax')]).toEqual([
        subtotal,
        discount,
        fee,
        tax,
      ]);
      expect(of('total') + rounding).toBe(total);
      for (const line of quote.lines) {
        const onTop = quote.taxIncluded ? 0 : line.tax;
        expect(line.subtotal - line.discount + line.fee + onTop + (line.rounding ?? 0)).toBe(
          line.total,
        );
      }
    });
  });

  it('has discounts, codes, fees and taxes that sum to its totals', () => {
    holds((quote) => {
      const { discounts, codes, fees, taxes } = quote;
      const amounts = (rows: readonly { readonly amount: number }[]) =>
        sum(rows.map(({ amount }) => amount));
      expect(amounts(discounts) + amounts(codes)).toBe(quote.discount);
      expect(amounts(fees.filter(({ mode }) => mode === 'passed_on'))).toBe(quote.fee);
      expect(amounts(fees.filter(({ mode }) => mode === 'absorbed'))).toBe(quote.absorbedFee);
      expect(amounts(taxes)).toBe(quote.tax);
      for (const step of quote.trace) {
        if (step.parts !== undefined) expect(sum(step.parts)).toBe(step.output);
      }
    });
  });

  it('is whole and never negative, on any line', () => {
    holds((quote) => {
      for (const line of quote.lines) {
        const { unitPrice, quantity, subtotal, discount, fee, tax, total } = line;
        for (const amount of [unitPrice, subtotal, discount, fee, tax, total]) {
          expect(Number.isSafeInteger(amount) && amount >= 0, JSON.stringify(line)).toBe(true);
        }
        expect(subtotal).toBe(unitPrice * quantity);
        expect(discount).toBeLessThanOrEqual(subtotal);
        expect(tax).toBeLessThanOrEqual(total);
      }
      expect(quote.total).toBeGreaterThanOrEqual(0);
      expect(quote.absorbedFee).toBeLessThanOrEqual(quote.subtotal - quote.discount);
      for (const { base, amount } of quote.taxes)
        expect(Math.min(base, amount)).toBeGreaterThan(-1);
    });
  });

  it('has tickets whose shares sum to their line without its fees', () => {
    holds((quote) => {
      for (const { tickets, admits, total, fee, feeCharge = fee } of quote.lines) {
        expect(feeCharge).toBeLessThanOrEqual(total);
        if (tickets === undefined || tickets.length === 0) continue;
        for (const { share } of tickets) expect(share).toBeGreaterThan(-1);
        expect(sum(tickets.map(({ share }) => share))).toBe(total - feeCharge);
        expect(sum(tickets.map(({ quantity }) => quantity))).toBe(admits);
      }
    });
  });

  it('costs the same in whatever order its lines are named', () => {
    fc.assert(
      fc.property(anything, fc.infiniteStream(fc.nat()), (drawn, numbers) => {
        const order = drawn.selections
          .map((_, at) => ({ at, by: numbers.next().value }))
          .sort((a, b) => a.by - b.by)
          .map(({ at }) => at);
        const selections = order.flatMap((at) => drawn.selections[at] ?? []);
        const [one, other] = [priceOf(drawn), priceOf({ ...drawn, selections })];
        expect(order.map((at) => one.lines[at])).toEqual(other.lines);
        expect({ ...one, lines: [], trace: [] }).toEqual({ ...other, lines: [], trace: [] });
      }),
      runs,
    );
  });

  it('costs no less when more is bought, where no rule asks for a quantity', () => {
    fc.assert(
      fc.property(steady, fc.nat(), (drawn, pick) => {
        const at = pick % drawn.selections.length;
        const more = drawn.selections.map((selection, index) =>
          index === at ? { ...selection, quantity: selection.quantity + 1 } : selection,
        );
        const chosen = drawn.selections[at];
        fc.pre(chosen !== undefined && chosen.unitPrice >= 500);
        const catalogue = {
          ...drawn.catalogue,
          policy: { ...drawn.catalogue.policy, cashStep: null },
        };
        const before = priceOf({ ...drawn, catalogue });
        expect(priceOf({ ...drawn, catalogue, selections: more }).total).toBeGreaterThanOrEqual(
          before.total,
        );
      }),
      runs,
    );
  });

  it('has a sound trace, from which its total can be computed again', () => {
    holds((quote) => {
      expect(recomputeTotal(quote)).toEqual({ total: quote.total, unsound: [] });
    });
  });

  it('is plain JSON: the same in process as over the wire', () => {
    holds((quote) => {
      expect(JSON.parse(JSON.stringify(quote))).toEqual(quote);
    });
  });

  it('has the taxes that exact fractions give, in every mode', () => {
    fc.assert(
      fc.property(anything, (drawn) => {
        const quote = priceOf({ ...drawn, buyer: unknownBuyer, isCash: false });
        const exact = exactTaxes(quote, drawn.selections, {
          ...drawn.catalogue,
          taxes: drawn.taxes,
        });
        const amounts = Object.fromEntries(quote.taxes.map(({ taxId, amount }) => [taxId, amount]));
        expect({ amounts, total: quote.total }).toEqual(exact);
      }),
      { numRuns: 2000 },
    );
  });
});
