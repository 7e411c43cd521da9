import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Quote, recomputeTotal, type TraceStep } from '../src/pricing/index.ts';
import { anything, priceOf } from './support/random-prices.ts';

/** A step that says a unit more, on one of the lines that it lies on. */
function tampered(step: TraceStep, by: number): TraceStep {
  const { parts, output } = step;
  if (parts === undefined) return { ...step, output: output + by };
  const touched = Math.max(
    0,
    parts.findIndex((part) => part !== 0),
  );
  return {
    ...step,
    output: output + by,
    parts: parts.map((part, at) => (at === touched ? part + by : part)),
  };
}

/**
 * Whether a step says enough for a single unit to be missed: not a price that is
 * a unit itself, a code for the dearest tickets only, what an absorbed fee may be
 * at most, and the sum of many roundings.
 */
function isExact({ rule, terms, output, parts }: TraceStep, quote: Quote): boolean {
  if (parts !== undefined && output === 0) return false;
  switch (rule) {
    case 'n_for_m':
    case 'cheapest_free':
      return quote.lines.every(({ unitPrice }) => unitPrice > 1);
    case 'set_price_code':
      return terms.maxTickets === undefined;
    case 'absorbed_fee':
    case 'tax_rounding':
    case 'access_code':
    case 'tax_inside':
      return false;
    case 'tax_on_top':
      return terms.rounding !== 'line';
    default:
      return true;
  }
}

function unsoundIn(quote: Quote, step: TraceStep, instead: TraceStep): readonly TraceStep[] {
  const trace = quote.trace.map((one) => (one === step ? instead : one));
  return recomputeTotal({ ...quote, trace }).unsound;
}

const quoteOf = (
  mode: Partial<Quote['trace'][number]['terms']>,
  drawn: Parameters<typeof priceOf>[0],
) =>
  priceOf({
    ...drawn,
    catalogue: { ...drawn.catalogue, policy: { ...drawn.catalogue.policy, ...mode } },
  });

describe('an auditor', () => {
  it('finds a unit too much in any step that says what it is of', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anything, fc.constantFrom(-1, 1), (drawn, by) => {
        const quote = priceOf(drawn);
        for (const step of quote.trace) {
          if (!isExact(step, quote)) continue;
          seen.add(step.rule);
          const instead = tampered(step, by);
          expect(unsoundIn(quote, step, instead), JSON.stringify(instead)).toContain(instead);
        }
      }),
      { numRuns: 1500 },
    );
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...['list_price', 'tier_price', 'own_price', 'demand_step', 'time_step', 'price_bound'],
        ...['n_for_m', 'group', 'minimum_value', 'cheapest_free', 'attribute', 'percent_code'],
        ...['fixed_code', 'set_price_code', 'free_code', 'fee', 'tax_on_top', 'cash_rounding'],
        ...['tax_relief', 'total'],
      ]),
    );
  });

  it('finds a tax inside a price that was taken once of the sum and is a unit off', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(-1, 1), (drawn, by) => {
        const mode = { pricesInclude: 'tax', taxRounding: 'sum_by_net_keep_gross' } as const;
        const quote = quoteOf(mode, drawn);
        const step = quote.trace.find(({ rule }) => rule === 'tax_inside');
        fc.pre(step !== undefined);
        const later = tampered(step, by);
        // What is tax is no net price: the gross one stays.
        const instead = { ...later, input: step.input - by };
        expect(unsoundIn(quote, step, instead).length).toBeGreaterThan(1);
      }),
      { numRuns: 300 },
    );
  });

  it('finds a tax of single amounts that is further off than their roundings may be', () => {
    fc.assert(
      fc.property(anything, (drawn) => {
        const quote = quoteOf({ taxRounding: 'line' }, drawn);
        const step = quote.trace.find(({ rule }) => ['tax_inside', 'tax_on_top'].includes(rule));
        fc.pre(step !== undefined);
        const by = 2 * Number(step.terms.amounts) * 4 + 4;
        const instead = tampered(step, by);
        expect(unsoundIn(quote, step, instead)).toContain(instead);
      }),
      { numRuns: 300 },
    );
  });

  it('finds a line that says something else than the steps', () => {
    const fields = [
      'unitPrice',
      'quantity',
      'subtotal',
      'discount',
      'fee',
      'tax',
      'total',
    ] as const;
    fc.assert(
      fc.property(anything, fc.constantFrom(...fields), (drawn, field) => {
        const quote = priceOf(drawn);
        const lines = quote.lines.map((line, at) =>
          at === 0 ? { ...line, [field]: line[field] + 1 } : line,
        );
        expect(recomputeTotal({ ...quote, lines }).unsound.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('finds terms that were changed afterwards', () => {
    const changes: Record<string, TraceStep['terms']> = {
      demand_step: { sold: 0 },
      group: { min: 1_000_000 },
      minimum_value: { min: 999_999_999 },
      cheapest_free: { free: 0 },
      fee: { fixed: 999_999, min: 0, max: 999_999 },
      price_bound: { floor: 777_777, ceiling: 777_777 },
    };
    const seen = new Set<string>();
    fc.assert(
      fc.property(anything, (drawn) => {
        const quote = priceOf(drawn);
        for (const step of quote.trace) {
          const terms = changes[step.rule];
          if (terms === undefined || step.output === 0) continue;
          seen.add(step.rule);
          const instead = { ...step, terms: { ...step.terms, ...terms } };
          expect(unsoundIn(quote, step, instead), JSON.stringify(instead)).toContain(instead);
        }
      }),
      { numRuns: 500 },
    );
    expect(seen).toEqual(new Set(Object.keys(changes)));
  });
});
