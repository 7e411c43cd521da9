import { formatAmount } from '../kernel/index.ts';
import type { CodeRecord } from './code.ts';
import type { FeeRecord } from './fee.ts';
import type { TraceStep } from './quote-schema.ts';
import type { Selection } from './selection.ts';

/** So many tickets at their price. */
export function priceStep(
  { name, unitPrice, quantity, source, sourceId }: Selection,
  line: number,
  subtotal: number,
  currency: string,
): TraceStep {
  return {
    rule: source,
    source: sourceId,
    line,
    input: unitPrice,
    output: subtotal,
    text: `${quantity} x ${name} at ${formatAmount(unitPrice, currency)}: ${formatAmount(subtotal, currency)}.`,
  };
}

/** What a code takes off. */
export function codeStep(
  code: CodeRecord,
  base: number,
  amount: number,
  currency: string,
): TraceStep {
  const { discount } = code;
  const what =
    discount.type === 'percent'
      ? `${discount.percent} % off ${formatAmount(base, currency)}`
      : `${formatAmount(discount.amount, currency)} off ${formatAmount(base, currency)}`;
  return {
    rule: discount.type === 'percent' ? 'percent_code' : 'fixed_code',
    source: code.id,
    line: null,
    input: base,
    output: 0 - amount,
    text: `Code ${code.code}: ${what} is ${formatAmount(amount, currency)}.`,
  };
}

/** What the event's fee comes to. */
export function feeStep(fee: FeeRecord, base: number, amount: number, currency: string): TraceStep {
  const rate = `${fee.percent} % + ${formatAmount(fee.fixed, currency)} per ${fee.per}`;
  const bearer = fee.mode === 'passed_on' ? 'on top' : 'inside the price';
  return {
    rule: 'fee',
    source: fee.id,
    line: null,
    input: base,
    output: amount,
    text: `${fee.name} (${rate}, ${bearer}): ${formatAmount(amount, currency)}.`,
  };
}

/** What the buyer of a resold ticket pays on top. */
export function resaleFeeStep(
  listingId: string,
  price: number,
  fee: number,
  currency: string,
): TraceStep {
  return {
    rule: 'fee',
    source: listingId,
    line: null,
    input: price,
    output: fee,
    text: `Resale fee for the buyer: ${formatAmount(fee, currency)}.`,
  };
}

/** The end of every trace. */
export function totalStep(subtotal: number, total: number, currency: string): TraceStep {
  return {
    rule: 'total',
    source: null,
    line: null,
    input: subtotal,
    output: total,
    text: `Total ${formatAmount(total, currency)}.`,
  };
}
