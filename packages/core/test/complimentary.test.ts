import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complimentaryQuote, recomputeTotal } from '../src/pricing/index.ts';
import { anything, priceOf } from './support/random-prices.ts';

describe('a complimentary price', () => {
  it('is nothing, of whatever was priced, and follows from its steps', () => {
    fc.assert(
      fc.property(anything, (drawn) => {
        const sold = priceOf(drawn);
        const given = complimentaryQuote(sold, 'Press');
        expect(recomputeTotal(given)).toEqual({ total: 0, unsound: [] });
        expect(given.total).toBe(0);
        expect(given.subtotal).toBe(sold.subtotal);
        for (const [at, line] of given.lines.entries()) {
          expect([line.total, line.fee, line.tax]).toEqual([0, 0, 0]);
          expect(line.discount).toBe(sold.lines[at]?.subtotal);
          expect(line.tickets ?? []).toEqual(
            (sold.lines[at]?.tickets ?? []).map((lot) => ({ ...lot, share: 0 })),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it('that takes a unit less off than it says is found', () => {
    fc.assert(
      fc.property(anything, (drawn) => {
        const given = complimentaryQuote(priceOf(drawn), 'Press');
        fc.pre(given.subtotal > 0);
        const at = given.lines.findIndex(({ subtotal }) => subtotal > 0);
        const trace = given.trace.map((step) =>
          step.rule === 'complimentary'
            ? {
                ...step,
                output: step.output + 1,
                parts: step.parts?.map((part, line) => (line === at ? part + 1 : part)) ?? [],
              }
            : step,
        );
        expect(recomputeTotal({ ...given, trace }).unsound).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
