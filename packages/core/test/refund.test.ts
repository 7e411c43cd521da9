import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../src/kernel/index.ts';
import {
  plusUnits,
  type Quote,
  type RefundPolicy,
  refundKeepingPrices,
  refundRepriced,
  repriced,
  type SelectionType,
  type Units,
} from '../src/pricing/index.ts';
import { anything, type Drawn, NOW, priceOf } from './support/random-prices.ts';

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** What the units that stay cost, priced anew. */
function restOf({ catalogue, selections, buyer, isCash }: Drawn, quote: Quote, gone: Units) {
  const typeOf = (id: string): SelectionType => {
    const selection = selections.find(({ ticketTypeId }) => ticketTypeId === id);
    if (selection === undefined) throw new Error(`${id} was not bought.`);
    return selection;
  };
  return repriced(quote, gone, { catalogue, typeOf, buyer, isCash, at: NOW });
}

interface Step {
  readonly policy: RefundPolicy;
  readonly feesKept: boolean;
  readonly returned: Units;
  readonly before: Units;
  readonly refunded: number;
}

function stepOf(drawn: Drawn, quote: Quote, { policy, ...step }: Step) {
  const request = { quote, ...step };
  if (policy === 'keep_prices') return refundKeepingPrices(request);
  const rest = restOf(drawn, quote, plusUnits(step.before, step.returned));
  if (isRefusal(rest)) throw new Error(rest.message);
  return refundRepriced(request, rest);
}

const policies = fc.constantFrom<RefundPolicy>('keep_prices', 'reprice');

/** An order of anything, and how many units of each line go in each of some steps, the rest last. */
const returns = fc.record({
  drawn: anything,
  feesKept: fc.boolean(),
  policy: policies,
  steps: fc.array(fc.array(fc.nat(9), { minLength: 24, maxLength: 24 }), { maxLength: 5 }),
});

/** Gives an order back in steps until nothing is left. */
function giveBack(
  drawn: Drawn,
  quote: Quote,
  { policy, feesKept, steps }: { policy: RefundPolicy; feesKept: boolean; steps: readonly Units[] },
  see: (amount: number, lines: readonly { amount: number; quantity: number }[]) => void,
) {
  let before: Units = quote.lines.map(() => 0);
  let refunded = 0;
  for (const wish of [...steps, quote.lines.map(({ quantity }) => quantity)]) {
    const returned = quote.lines.map(({ quantity }, at) =>
      Math.min(wish[at] ?? 0, quantity - (before[at] ?? 0)),
    );
    const { amount, lines } = stepOf(drawn, quote, {
      policy,
      feesKept,
      returned,
      before,
      refunded,
    });
    see(amount, lines);
    before = plusUnits(before, returned);
    refunded += amount;
  }
  return refunded;
}

describe('a refund', () => {
  it('of everything, in any steps and under either policy, is exactly what was paid', () => {
    fc.assert(
      fc.property(returns, ({ drawn, ...how }) => {
        const quote = priceOf(drawn);
        const refunded = giveBack(drawn, quote, { ...how, feesKept: false }, () => undefined);
        expect(refunded).toBe(quote.total);
      }),
      { numRuns: 1500 },
    );
  });

  it('is never below zero, never above what is left of what was paid, and sums by lines', () => {
    fc.assert(
      fc.property(returns, ({ drawn, ...how }) => {
        const quote = priceOf(drawn);
        let left = quote.total;
        giveBack(drawn, quote, how, (amount, lines) => {
          expect(amount).toBeGreaterThanOrEqual(0);
          expect(amount).toBeLessThanOrEqual(left);
          expect(sum(lines.map((line) => line.amount))).toBe(lines.length === 0 ? 0 : amount);
          for (const line of lines) expect(line.amount).toBeGreaterThanOrEqual(0);
          left -= amount;
        });
      }),
      { numRuns: 1500 },
    );
  });

  it('with fees kept leaves exactly the fees and the tax on them, where prices are kept', () => {
    fc.assert(
      fc.property(returns, ({ drawn, ...how }) => {
        const quote = priceOf(drawn);
        const fees = sum(quote.lines.map(({ fee, feeCharge = fee }) => feeCharge));
        const keeping = { ...how, policy: 'keep_prices', feesKept: true } as const;
        const refunded = giveBack(drawn, quote, keeping, () => undefined);
        expect(refunded).toBe(Math.max(0, quote.total - fees));
      }),
      { numRuns: 1000 },
    );
  });

  it('of nothing is nothing: priced anew, all of an order costs what it did', () => {
    fc.assert(
      fc.property(anything, (drawn) => {
        const quote = priceOf(drawn);
        const rest = restOf(drawn, quote, []);
        expect(rest).toMatchObject({ total: quote.total, tax: quote.tax, fee: quote.fee });
      }),
      { numRuns: 1000 },
    );
  });

  it('where coins round the total is itself a multiple of the coin', () => {
    fc.assert(
      fc.property(returns, ({ drawn, ...how }) => {
        const { catalogue } = drawn;
        const policy = { ...catalogue.policy, cashStep: 5, cashRounding: 'always' } as const;
        const own = { ...drawn, catalogue: { ...catalogue, policy } };
        const quote = priceOf(own);
        fc.pre(quote.rounding !== 0);
        giveBack(own, quote, { ...how, feesKept: false }, (amount) => {
          expect(amount % 5).toBe(0);
        });
      }),
      { numRuns: 500 },
    );
  });
});
