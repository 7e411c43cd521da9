import {
  distribute,
  type Instant,
  MAX_AMOUNT,
  portion,
  type Refusal,
  sumOf,
} from '../kernel/index.ts';
import { type CodeRecord, codeKey } from './code.ts';
import type { FeeRecord } from './fee.ts';
import { feeOf } from './fee-amount.ts';
import type { Quote, QuoteLine, TraceStep } from './quote-schema.ts';
import { amountTooLarge, codeNotValid } from './refusals.ts';
import type { Selection } from './selection.ts';
import { codeStep, feeStep, priceStep, resaleFeeStep, totalStep } from './trace.ts';

/** What the price depends on besides the selection. */
export interface QuoteCatalogue {
  readonly currency: string;
  readonly fee: FeeRecord | undefined;
  /** The event's codes that the buyer named, by `codeKey`. */
  readonly codes: ReadonlyMap<string, CodeRecord>;
}

/**
 * What a selection costs: unit prices, then codes in the order given, then the
 * fee. Pure, in whole minor units; each step is in the trace, and the lines sum
 * to the total. Refused when a code is not for this selection, or when the sum
 * is beyond what is counted exactly.
 */
export function quote(
  catalogue: QuoteCatalogue,
  selections: readonly Selection[],
  codes: readonly string[],
  now: Instant,
): Quote | Refusal<'code_not_valid' | 'amount_too_large'> {
  const { currency, fee } = catalogue;
  const trace: TraceStep[] = [];
  const prices = selections.map((selection, line) => {
    const subtotal = selection.unitPrice * selection.quantity;
    trace.push(priceStep(selection, line, subtotal, currency));
    return { selection, subtotal, discount: 0 };
  });
  if (tooLarge(sumOf(prices, ({ subtotal }) => subtotal)))
    return amountTooLarge({ max: MAX_AMOUNT });

  const applied: Quote['codes'] = [];
  for (const typed of new Set(codes.map(codeKey))) {
    const code = catalogue.codes.get(typed);
    if (code === undefined || !validAt(code, now)) return codeNotValid({ code: typed });
    const eligible = prices.filter(
      ({ selection }) =>
        selection.source === 'list_price' &&
        (code.ticketTypeIds?.includes(selection.ticketTypeId) ?? true),
    );
    if (eligible.length === 0) return codeNotValid({ code: typed });
    const remaining = eligible.map(({ subtotal, discount }) => subtotal - discount);
    const amount = discountOf(
      code,
      sumOf(remaining, (rest) => rest),
    );
    distribute(amount, remaining).forEach((part, index) => {
      const price = eligible[index];
      if (price !== undefined) price.discount += part;
    });
    applied.push({ codeId: code.id, code: code.code, amount });
    trace.push(
      codeStep(
        code,
        sumOf(remaining, (rest) => rest),
        amount,
        currency,
      ),
    );
  }

  const fees = feeOf(
    fee,
    prices.map(({ selection, subtotal, discount }) => ({
      price: subtotal - discount,
      quantity: selection.quantity,
    })),
  );
  if (fee !== undefined) {
    const base = sumOf(prices, ({ subtotal, discount }) => subtotal - discount);
    trace.push(
      feeStep(
        fee,
        base,
        sumOf(fees, (amount) => amount),
        currency,
      ),
    );
  }

  const passedOn = fee?.mode === 'passed_on';
  const lines = prices.map(({ selection, subtotal, discount }, index): QuoteLine => {
    const lineFee = passedOn ? (fees[index] ?? 0) : 0;
    return {
      ticketTypeId: selection.ticketTypeId,
      name: selection.name,
      quantity: selection.quantity,
      unitPrice: selection.unitPrice,
      subtotal,
      discount,
      fee: lineFee,
      total: subtotal - discount + lineFee,
    };
  });
  const total = sumOf(lines, (line) => line.total);
  if (tooLarge(total)) return amountTooLarge({ max: MAX_AMOUNT });
  const subtotal = sumOf(lines, (line) => line.subtotal);
  trace.push(totalStep(subtotal, total, currency));
  return {
    currency,
    lines,
    codes: applied,
    subtotal,
    discount: sumOf(lines, (line) => line.discount),
    fee: sumOf(lines, (line) => line.fee),
    absorbedFee: passedOn ? 0 : sumOf(fees, (amount) => amount),
    total,
    trace,
  };
}

/**
 * The price of one resold ticket: what the seller asks, and the buyer's fee
 * of the policy on top. The event's own fee was paid at the first sale.
 */
export function resaleQuote(
  currency: string,
  listing: { id: string; ticketTypeId: string; name: string; price: number },
  buyerFee: number,
): Quote {
  const { id, ticketTypeId, name, price } = listing;
  const total = price + buyerFee;
  const selection: Selection = {
    ticketTypeId,
    name,
    unitPrice: price,
    quantity: 1,
    source: 'resale_price',
    sourceId: id,
  };
  return {
    currency,
    lines: [
      {
        ticketTypeId,
        name,
        quantity: 1,
        unitPrice: price,
        subtotal: price,
        discount: 0,
        fee: buyerFee,
        total,
      },
    ],
    codes: [],
    subtotal: price,
    discount: 0,
    fee: buyerFee,
    absorbedFee: 0,
    total,
    trace: [
      priceStep(selection, 0, price, currency),
      resaleFeeStep(id, price, buyerFee, currency),
      totalStep(price, total, currency),
    ],
  };
}

/** Every single price is bounded, so a sum of prices that are too many is still seen as one. */
function tooLarge(amount: number): boolean {
  return amount > MAX_AMOUNT;
}

function validAt(code: CodeRecord, now: Instant): boolean {
  return (
    code.state === 'active' &&
    (code.validFrom === null || code.validFrom <= now) &&
    (code.validUntil === null || now < code.validUntil)
  );
}

/** What a code takes off `base`: never more than there is. */
function discountOf(code: CodeRecord, base: number): number {
  const { discount } = code;
  const amount = discount.type === 'percent' ? portion(base, discount.percent) : discount.amount;
  return Math.min(amount, base);
}
