import { type Halves, sumOf } from '../kernel/index.ts';
import type { CodeRecord } from './code.ts';
import type { DiscountRecord } from './discount.ts';
import type { FeeRecord } from './fee.ts';
import type { PricePolicy } from './policy.ts';
import type { TraceRule, TraceStep } from './quote-schema.ts';
import type { Adjustment, Selection } from './selection.ts';
import type { TakenTax } from './tax-amount.ts';

/** A step of demand or time, or a bound, that moved a unit price. */
export function adjustmentStep(
  { ticketTypeId, name }: Selection,
  { rule, input, output, terms }: Adjustment,
  line: number,
): TraceStep {
  return { rule, source: ticketTypeId, line, input, output, terms: { name, ...terms } };
}

/** So many tickets at their price. */
export function priceStep(
  { name, rule, source, quantity, unitPrice, tier }: Selection,
  line: number,
  subtotal: number,
): TraceStep {
  const terms = tier === null ? { name, quantity } : { name, quantity, tier: tier.name };
  return { rule, source, line, input: unitPrice, output: subtotal, terms };
}

/** What an automatic discount takes off. */
export function discountStep(
  { id, name, rule }: DiscountRecord,
  base: number,
  amounts: readonly number[],
  halves: Halves,
): TraceStep {
  return off(rule.type, id, base, amounts, { name, ...figuresOf(rule), ...unusual(halves) });
}

/** Where halves go, unless they go up as usual. */
function unusual(halves: Halves): { halves?: Halves } {
  return halves === 'up' ? {} : { halves };
}

/** The figures of a rule side by side: `{ min: 10, off: 'percent', percent: '20' }`. */
function figuresOf(rule: DiscountRecord['rule']): TraceStep['terms'] {
  switch (rule.type) {
    case 'n_for_m':
      return { n: rule.n, m: rule.m };
    case 'cheapest_free':
      return { min: rule.min, free: rule.free };
    case 'attribute':
      return { attribute: rule.attribute, ...offTerms(rule.off) };
    case 'group':
    case 'minimum_value':
      return { min: rule.min, ...offTerms(rule.off) };
    default:
      return rule satisfies never;
  }
}

function offTerms({ type, ...figures }: { type: string }): TraceStep['terms'] {
  return { off: type, ...figures };
}

const CODE_RULES = {
  percent: 'percent_code',
  fixed: 'fixed_code',
  set_price: 'set_price_code',
  free: 'free_code',
} as const;

/** What a code takes off. */
export function codeStep(
  { id, code, discount, maxTickets }: CodeRecord,
  base: number,
  amounts: readonly number[],
  halves: Halves,
): TraceStep {
  if (discount === null) return off('access_code', id, base, amounts, { code });
  const { type, ...figures } = discount;
  const most = maxTickets === null ? {} : { maxTickets };
  return off(CODE_RULES[type], id, base, amounts, {
    code,
    ...figures,
    ...most,
    ...unusual(halves),
  });
}

function off(
  rule: TraceRule,
  source: string | null,
  input: number,
  amounts: readonly number[],
  terms: TraceStep['terms'],
): TraceStep {
  const parts = amounts.map((amount) => 0 - amount);
  return { rule, source, line: null, input, output: sumOf(parts, (part) => part), terms, parts };
}

/** All of the prices, taken off what is given away. */
export function complimentaryStep(
  input: number,
  amounts: readonly number[],
  reason: string,
): TraceStep {
  return off('complimentary', null, input, amounts, { reason });
}

/** What a fee comes to. */
export function feeStep(
  fee: FeeRecord,
  base: number,
  amounts: readonly number[],
  halves: Halves,
): TraceStep {
  const { name, percent, fixed, per, min, max, basis } = fee;
  return {
    rule: fee.mode === 'passed_on' ? 'fee' : 'absorbed_fee',
    source: fee.id,
    line: null,
    input: base,
    output: sumOf(amounts, (amount) => amount),
    terms: {
      name,
      percent,
      fixed,
      per,
      ...(min === 0 ? {} : { min }),
      ...(max === null ? {} : { max }),
      ...(basis === 'price' ? {} : { basis }),
      ...unusual(halves),
    },
    parts: [...amounts],
  };
}

/** What a tax comes to, on top of prices or inside them. */
export function taxStep(
  { share: { tax }, base, amount, count }: TakenTax,
  { pricesInclude, taxRounding: rounding, halves }: PricePolicy,
  parts: readonly number[],
): TraceStep {
  return {
    rule: pricesInclude === 'tax' ? 'tax_inside' : 'tax_on_top',
    source: tax.id,
    line: null,
    input: base,
    output: amount,
    terms: {
      name: tax.name,
      percent: tax.percent,
      rounding,
      ...(rounding === 'line' ? { amounts: count } : {}),
      ...(tax.taxClass === 'standard' ? {} : { taxClass: tax.taxClass }),
      ...(tax.compound ? { compound: true } : {}),
      ...unusual(halves),
    },
    parts: [...parts],
  };
}

/** What it changed of gross prices to take a tax of the sum of the net ones. */
export function changeStep(input: number, output: number, parts: readonly number[]): TraceStep {
  return {
    rule: 'tax_rounding',
    source: null,
    line: null,
    input,
    output,
    terms: {},
    parts: [...parts],
  };
}

/** Tax that the buyer does not owe, taken out of the prices that it was in. */
export function reliefStep(
  { reason, note }: { reason: string; note: string },
  amounts: readonly number[],
): TraceStep {
  const input = sumOf(amounts, (amount) => amount);
  return off('tax_relief', null, input, amounts, { reason, note });
}

/** What the smallest coin made of the total. */
export function cashStep(input: number, output: number, step: number, halves: Halves): TraceStep {
  const terms = { step, ...unusual(halves) };
  return { rule: 'cash_rounding', source: null, line: null, input, output, terms };
}

/** What the buyer of resold tickets pays on top, by line. */
export function resaleFeeStep(
  listingId: string,
  price: number,
  parts: readonly number[],
): TraceStep {
  return {
    rule: 'fee',
    source: listingId,
    line: null,
    input: price,
    output: sumOf(parts, (part) => part),
    terms: { name: 'Resale fee' },
    parts: [...parts],
  };
}

/** The end of every trace. */
export function totalStep(subtotal: number, total: number): TraceStep {
  return { rule: 'total', source: null, line: null, input: subtotal, output: total, terms: {} };
}
