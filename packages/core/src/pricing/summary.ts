import { MAX_AMOUNT, sumOf, toStep } from '../kernel/index.ts';
import { type LaidFee, passedOn } from './laid-fee.ts';
import type { PricePolicy } from './policy.ts';
import { asNamed, type PricedLine, sumLeft } from './priced-line.ts';
import type { QuoteCatalogue, QuoteRefusal, QuoteRequest } from './quote-catalogue.ts';
import type { Quote, QuoteLine, TraceStep } from './quote-schema.ts';
import { amountTooLarge } from './refusals.ts';
import type { Taxed } from './tax-amount.ts';
import { feeTaxesOf, reliefOf, type Taxer, taxOfLine } from './taxing.ts';
import { ticketsOf } from './tickets-of.ts';
import { cashStep, changeStep, reliefStep, taxStep, totalStep } from './trace.ts';

/** Everything that a quote is summed up from. */
interface Worked {
  readonly lines: readonly PricedLine[];
  readonly discounts: Quote['discounts'];
  readonly codes: Quote['codes'];
  readonly fees: readonly LaidFee[];
  readonly taxing: Taxer;
  readonly taxed: Taxed;
  readonly trace: TraceStep[];
}

/** The quote of what was worked out: taxes, coins and sums, with the last steps of the trace. */
export function summedUp(
  { currency, policy }: QuoteCatalogue,
  { buyer, isCash }: QuoteRequest,
  { lines, discounts, codes, fees, taxing, taxed, trace }: Worked,
): Quote | QuoteRefusal {
  const isGross = policy.pricesInclude === 'tax';
  const relief = reliefOf(policy, buyer, taxed);
  const named = (amounts: readonly number[]) => asNamed(lines, amounts);
  for (const taken of taxed.taxes) {
    if (relief === undefined || isGross) {
      trace.push(taxStep(taken, policy, named(taken.parts)));
    }
  }
  const changed = sumOf(taxed.changes, (change) => change);
  if (taxed.changes.some((change) => change !== 0)) {
    trace.push(changeStep(sumLeft(lines) + passedOn(fees), changed, named(taxed.changes)));
  }
  const taxAt = (at: number) => taxOfLine(taxed, at);
  const reliefs = lines.map((_, at) => (relief !== undefined && isGross ? taxAt(at) : 0));
  if (relief !== undefined) trace.push(reliefStep(relief, named(reliefs)));
  // A fee's own tax goes with it, where it is on top of the fee or taken out of it.
  const feeTaxes = isGross === (relief === undefined) ? [] : feeTaxesOf(taxed, fees, taxing);

  const priced = lines.map((line, at): QuoteLine => {
    const { selection, subtotal, discount } = line;
    const fee = sumOf(fees, (own) => (own.fee.mode === 'passed_on' ? (own.amounts[at] ?? 0) : 0));
    const tax = relief === undefined ? taxAt(at) : 0;
    const rounding = (taxed.changes[at] ?? 0) - (reliefs[at] ?? 0);
    const total = subtotal - discount + fee + (isGross ? 0 : tax) + rounding;
    const feeTax = feeTaxes[at] ?? 0;
    const feeCharge =
      fee === 0 ? 0 : Math.min(total, Math.max(0, isGross ? fee - feeTax : fee + feeTax));
    return {
      ticketTypeId: selection.ticketTypeId,
      name: selection.name,
      quantity: selection.quantity,
      ...(selection.tier === null ? {} : { tier: selection.tier }),
      ...ticketsOf(selection, total - feeCharge),
      unitPrice: selection.unitPrice,
      subtotal,
      discount,
      fee,
      ...(feeCharge === fee ? {} : { feeCharge }),
      tax,
      total,
      ...(rounding === 0 ? {} : { rounding }),
    };
  });
  const sum = sumOf(priced, (line) => line.total);
  const rounding = coinRounding(policy, isCash, sum);
  if (isTooLarge(sum + rounding)) return amountTooLarge({ max: MAX_AMOUNT });
  if (rounding !== 0 && policy.cashStep !== null) {
    trace.push(cashStep(sum, rounding, policy.cashStep, policy.halves));
  }
  const subtotal = sumOf(priced, (line) => line.subtotal);
  trace.push(totalStep(subtotal, sum + rounding));
  const inOrder: QuoteLine[] = [];
  lines.forEach(({ index }, at) => {
    const line = priced[at];
    if (line !== undefined) inOrder[index] = line;
  });
  return {
    currency,
    lines: inOrder,
    discounts,
    codes,
    fees: fees.map(({ fee, amounts }) => ({
      feeId: fee.id,
      name: fee.name,
      amount: sumOf(amounts, (amount) => amount),
      mode: fee.mode,
    })),
    taxes: relief === undefined ? taxed.taxes.map(quoteTax) : [],
    taxIncluded: isGross,
    ...(relief === undefined
      ? {}
      : { taxRelief: { ...relief, amount: sumOf(reliefs, (one) => one) } }),
    subtotal,
    discount: sumOf(priced, (line) => line.discount),
    fee: sumOf(priced, (line) => line.fee),
    absorbedFee: sumOf(fees, ({ fee, amounts }) =>
      fee.mode === 'absorbed' ? sumOf(amounts, (amount) => amount) : 0,
    ),
    tax: sumOf(priced, (line) => line.tax),
    rounding,
    total: sum + rounding,
    trace,
  };
}

function quoteTax({
  share: { tax },
  base,
  amount,
}: Taxed['taxes'][number]): Quote['taxes'][number] {
  return { taxId: tax.id, name: tax.name, percent: tax.percent, base, amount };
}

/** What the smallest coin adds to a total, or takes off it. */
function coinRounding(policy: PricePolicy, isCash: boolean, sum: number): number {
  const { cashStep: step, cashRounding } = policy;
  if (step === null || (cashRounding === 'cash' && !isCash)) return 0;
  return toStep(sum, step, policy.halves) - sum;
}

/** Every single price is bounded, so a sum of prices that are too many is still seen as one. */
export function isTooLarge(amount: number): boolean {
  return amount > MAX_AMOUNT;
}
