import type { Quote, TraceRule } from './quote-schema.ts';
import { complimentaryStep, totalStep } from './trace.ts';

/** Steps that say what the tickets would cost, and what unlocked them. */
const KEPT: ReadonlySet<TraceRule> = new Set([
  ...(['demand_step', 'time_step', 'price_bound', 'list_price', 'tier_price'] as const),
  ...(['own_price', 'kept_price', 'access_code'] as const),
]);

/**
 * The same selection given away: its prices stay to be seen, and one step takes
 * all of them off. Nothing that was charged on them, or taken off before, is left.
 */
export function complimentaryQuote(quote: Quote, reason: string): Quote {
  const { taxRelief: _relief, ...own } = quote;
  const lines = quote.lines.map(({ feeCharge: _charge, rounding: _rounding, ...line }) => ({
    ...line,
    ...(line.tickets === undefined
      ? {}
      : { tickets: line.tickets.map((lot) => ({ ...lot, share: 0 })) }),
    discount: line.subtotal,
    fee: 0,
    tax: 0,
    total: 0,
  }));
  const prices = lines.map(({ subtotal }) => subtotal);
  return {
    ...own,
    lines,
    discounts: [],
    codes: quote.codes.map((code) => ({ ...code, amount: 0 })),
    fees: [],
    taxes: [],
    discount: quote.subtotal,
    fee: 0,
    absorbedFee: 0,
    tax: 0,
    rounding: 0,
    total: 0,
    trace: [
      ...quote.trace.filter(({ rule }) => KEPT.has(rule)),
      complimentaryStep(quote.subtotal, prices, reason),
      totalStep(quote.subtotal, 0),
    ],
  };
}
