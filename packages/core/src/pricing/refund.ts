import { distribute, type Refusal, sumOf, toStep } from '../kernel/index.ts';
import type { Quote, QuoteLine } from './quote-schema.ts';
import { notInOrder } from './refusals.ts';
import { sumOfDearest } from './shares.ts';

/**
 * How what comes back is reckoned when a part of an order is given back:
 * - `keep_prices`: each unit's own share of what its line came to;
 * - `reprice`: what was paid less what the rest would have cost by itself.
 */
export type RefundPolicy = 'keep_prices' | 'reprice';

/** Units that are given back: so many of each line of the quote, in its order. */
export type Units = readonly number[];

export interface RefundRequest {
  /** As it was frozen with the order. */
  readonly quote: Quote;
  readonly returned: Units;
  /** Units that were given back before. Default: none. */
  readonly before?: Units;
  /** What came back for those, in minor units. Default: nothing. */
  readonly refunded?: number;
  /** Whether fees, with the tax on them, stay paid. */
  readonly feesKept: boolean;
}

/** What comes back for the units of one line. */
interface RefundLine {
  /** Index of the line in the quote. */
  readonly line: number;
  readonly quantity: number;
  readonly amount: number;
}

export interface RefundAmounts {
  /** In minor units: never below zero, and with what came back before never above what was paid. */
  readonly amount: number;
  /** It, as it lies on the lines that units are given back of. */
  readonly lines: readonly RefundLine[];
}

/**
 * What comes back under `keep_prices`: of each line the shares of its units, the
 * dearer ones first where a cent does not divide. Where coins rounded the total,
 * what comes back so far is always a multiple of the coin too. Returned in any
 * steps, everything gives back exactly what was paid.
 */
export function refundKeepingPrices(request: RefundRequest): RefundAmounts {
  const { quote, returned, before = [], feesKept } = request;
  const given = (units: Units) => worthOf(quote, units, feesKept);
  const all = plus(before, returned);
  return refundOf(request, given(all) - given(before));
}

/** The same under `reprice`: `rest` is the price of what stays, null where nothing does. */
export function refundRepriced(request: RefundRequest, rest: Quote | null): RefundAmounts {
  const { quote, refunded = 0, feesKept } = request;
  const costs = rest === null ? 0 : paidOf(rest, feesKept);
  return refundOf(request, paidOf(quote, feesKept) - costs - refunded);
}

/**
 * The lines of a quote that so many of some types are of, the dearest units first
 * where a type has several prices; or the type that it has too few of.
 */
export function unitsOf(
  { lines }: Quote,
  items: readonly { readonly ticketTypeId: string; readonly quantity: number }[],
): Units | Refusal<'not_in_order'> {
  const units = lines.map(() => 0);
  const dearestFirst = [...lines.entries()].sort(([, a], [, b]) => b.unitPrice - a.unitPrice);
  for (const { ticketTypeId, quantity } of items) {
    let missing = quantity;
    for (const [at, line] of dearestFirst) {
      if (line.ticketTypeId !== ticketTypeId) continue;
      const taken = Math.min(missing, line.quantity - (units[at] ?? 0));
      units[at] = (units[at] ?? 0) + taken;
      missing -= taken;
    }
    if (missing > 0) {
      const inOrder = sumOf(lines, (line) =>
        line.ticketTypeId === ticketTypeId ? line.quantity : 0,
      );
      return notInOrder({ ticketTypeId, inOrder, requested: quantity });
    }
  }
  return units;
}

/** So many units of each of two. */
export function plus(units: Units, more: Units): Units {
  const longer = units.length > more.length ? units : more;
  return longer.map((_, line) => (units[line] ?? 0) + (more[line] ?? 0));
}

/** What was paid of a quote, or of it without its fees. */
export function paidOf({ total, lines }: Quote, feesKept: boolean): number {
  return feesKept ? total - sumOf(lines, feeChargeOf) : total;
}

/** What a line’s fees come to with the tax on them. */
function feeChargeOf({ fee, feeCharge }: QuoteLine): number {
  return feeCharge ?? fee;
}

function priceOf(line: QuoteLine, feesKept: boolean): number {
  return feesKept ? line.total - feeChargeOf(line) : line.total;
}

/** What so many units of each line were bought for, all in all. */
function worthOf(quote: Quote, units: Units, feesKept: boolean): number {
  const paid = Math.max(0, paidOf(quote, feesKept));
  if (quote.lines.every(({ quantity }, line) => (units[line] ?? 0) === quantity)) return paid;
  const value = sumOf(
    quote.lines.map((line, at) =>
      sumOfDearest(priceOf(line, feesKept), line.quantity, units[at] ?? 0),
    ),
    (amount) => amount,
  );
  const coin = coinOf(quote);
  return Math.min(paid, coin === undefined ? value : toStep(value, coin));
}

/** The coin that the total was rounded to, if it was. */
function coinOf({ trace }: Quote): number | undefined {
  const step = trace.find(({ rule }) => rule === 'cash_rounding')?.terms.step;
  return typeof step === 'number' ? step : undefined;
}

/** An amount within what there is, on the lines in proportion to what their units cost. */
function refundOf(
  { quote, returned, before = [], refunded = 0, feesKept }: RefundRequest,
  wanted: number,
): RefundAmounts {
  const amount = Math.max(0, Math.min(wanted, quote.total - refunded));
  const going = quote.lines.flatMap((line, at) => {
    const [quantity, were] = [returned[at] ?? 0, before[at] ?? 0];
    if (quantity === 0) return [];
    const of = (units: number) => sumOfDearest(priceOf(line, feesKept), line.quantity, units);
    return [{ line: at, quantity, weight: of(were + quantity) - of(were) }];
  });
  const amounts = distribute(
    amount,
    going.map(({ weight }) => weight),
  );
  return {
    amount,
    lines: going.map(({ line, quantity }, at) => ({ line, quantity, amount: amounts[at] ?? 0 })),
  };
}
