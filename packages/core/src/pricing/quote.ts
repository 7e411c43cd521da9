import { isRefusal, MAX_AMOUNT } from '../kernel/index.ts';
import { feesOf } from './charge.ts';
import { afterAutomatic, afterCodes } from './discounted.ts';
import { asNamed, type PricedLine, sumLeft } from './priced-line.ts';
import type { QuoteCatalogue, QuoteRefusal, QuoteRequest } from './quote-catalogue.ts';
import type { Quote, TraceStep } from './quote-schema.ts';
import { amountTooLarge } from './refusals.ts';
import type { Selection } from './selection.ts';
import { isTooLarge, summedUp } from './summary.ts';
import { taxerOf } from './taxing.ts';
import { adjustmentStep, feeStep, priceStep } from './trace.ts';

/**
 * What a selection costs: unit prices, automatic discounts, codes in the order
 * given, fees, taxes, cash rounding. Pure, in whole minor units; each step is in
 * the trace, and the lines sum to the total. The order in which the lines are
 * named changes nothing.
 */
export function quote(catalogue: QuoteCatalogue, request: QuoteRequest): Quote | QuoteRefusal {
  const trace: TraceStep[] = [];
  const lines = linesOf(request.selections, trace);
  if (isTooLarge(sumLeft(lines))) return amountTooLarge({ max: MAX_AMOUNT });

  const automatic = afterAutomatic(catalogue, request, lines, trace);
  const coded = afterCodes(catalogue, request, automatic.lines, trace);
  if (isRefusal(coded)) return coded;

  const taxing = taxerOf(catalogue, request, coded.lines);
  if (isRefusal(taxing)) return taxing;
  const fees = feesOf(catalogue, request, coded.lines, taxing);
  for (const { fee, base, amounts } of fees) {
    trace.push(feeStep(fee, base, asNamed(coded.lines, amounts), catalogue.policy.halves));
  }
  const taxed = taxing(fees);
  return summedUp(catalogue, request, {
    ...coded,
    taxing,
    discounts: automatic.discounts,
    fees,
    taxed,
    trace,
  });
}

/** Lines in an order of their own, so that the order of the buyer's makes no difference. */
function linesOf(selections: readonly Selection[], trace: TraceStep[]): PricedLine[] {
  const lines = selections.map((selection, index): PricedLine => {
    const subtotal = selection.unitPrice * selection.quantity;
    for (const adjustment of selection.adjustments) {
      trace.push(adjustmentStep(selection, adjustment, index));
    }
    trace.push(priceStep(selection, index, subtotal));
    return { selection, index, subtotal, discount: 0, automatic: null };
  });
  return lines.sort(
    ({ selection: a }, { selection: b }) =>
      compare(a.ticketTypeId, b.ticketTypeId) ||
      a.unitPrice - b.unitPrice ||
      compare(a.source, b.source),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
