import {
  distribute,
  type Instant,
  isRefusal,
  MAX_AMOUNT,
  type Refusal,
  sumOf,
  toStep,
} from '../kernel/index.ts';
import { automaticDiscount } from './automatic.ts';
import type { KnownBuyer } from './buyer.ts';
import { type CodeRecord, codeKey } from './code.ts';
import { codeEffect, codeIsOpen } from './code-discount.ts';
import type { DiscountRecord } from './discount.ts';
import type { FeeRecord } from './fee.ts';
import { bears, feeOf, grossedUp, spreadFee } from './fee-amount.ts';
import type { PricePolicy } from './policy.ts';
import { asNamed, left, type PricedLine, sumLeft, takenOff } from './priced-line.ts';
import type { Quote, QuoteLine, TraceStep } from './quote-schema.ts';
import { amountTooLarge, codeNotValid, codesNotCombinable, taxPlaceMissing } from './refusals.ts';
import type { Selection } from './selection.ts';
import { singly, type Taxed, type TaxPosition, taxOn } from './tax-amount.ts';
import type { TaxTable } from './tax-rates.ts';
import { ticketsOf } from './tickets-of.ts';
import {
  adjustmentStep,
  cashStep,
  changeStep,
  codeStep,
  discountStep,
  feeStep,
  priceStep,
  reliefStep,
  taxStep,
  totalStep,
} from './trace.ts';

/** What the price depends on besides the selection and the buyer. */
export interface QuoteCatalogue {
  readonly currency: string;
  readonly policy: PricePolicy;
  /** In the order in which they are tried. */
  readonly discounts: readonly DiscountRecord[];
  /** Those of prices come first, those of the whole charge last. */
  readonly fees: readonly FeeRecord[];
  readonly taxes: TaxTable;
  /** The event's codes that the buyer named, by `codeKey`. */
  readonly codes: ReadonlyMap<string, CodeRecord>;
}

/** Who asks for what, and when. */
export interface QuoteRequest {
  readonly selections: readonly Selection[];
  readonly codes: readonly string[];
  readonly buyer: KnownBuyer;
  /** Whether it is paid in coins, where the smallest one may round the total. */
  readonly isCash: boolean;
  readonly now: Instant;
}

export type QuoteRefusal = Refusal<
  | 'code_not_valid'
  | 'code_minimum'
  | 'codes_not_combinable'
  | 'tax_place_missing'
  | 'amount_too_large'
>;

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

function afterAutomatic(
  { discounts, policy: { halves } }: QuoteCatalogue,
  { buyer: { attributes }, now }: QuoteRequest,
  before: readonly PricedLine[],
  trace: TraceStep[],
): { lines: readonly PricedLine[]; discounts: Quote['discounts'] } {
  let lines = before;
  const applied: Quote['discounts'] = [];
  for (const discount of discounts) {
    const effect = automaticDiscount(discount, lines, { now, halves, attributes });
    if (effect === undefined) continue;
    const { base, amounts, used } = effect;
    trace.push(discountStep(discount, base, asNamed(lines, amounts), halves));
    lines = takenOff(lines, amounts).map((line, at) =>
      used[at] ? { ...line, automatic: discount.id } : line,
    );
    const amount = sumOf(amounts, (one) => one);
    applied.push({ discountId: discount.id, name: discount.name, amount });
  }
  return { lines, discounts: applied };
}

function afterCodes(
  catalogue: QuoteCatalogue,
  { codes: named, now }: QuoteRequest,
  before: readonly PricedLine[],
  trace: TraceStep[],
): { lines: readonly PricedLine[]; codes: Quote['codes'] } | QuoteRefusal {
  const keys = [...new Set(named.map(codeKey))];
  const found: CodeRecord[] = [];
  for (const key of keys) {
    const code = catalogue.codes.get(key);
    if (code === undefined || !codeIsOpen(code, now)) return codeNotValid({ code: key });
    found.push(code);
  }
  const loner = found.find(({ stacking }) => stacking === 'alone');
  if (loner !== undefined && found.length > 1) {
    const codes = keys.filter((key) => key !== loner.codeKey);
    return codesNotCombinable({ code: loner.codeKey, codes });
  }
  let lines = before;
  const applied: Quote['codes'] = [];
  for (const code of found) {
    const effect = codeEffect(code, lines, catalogue.policy.halves);
    if (isRefusal(effect)) return effect;
    const { base, amounts } = effect;
    trace.push(codeStep(code, base, asNamed(lines, amounts), catalogue.policy.halves));
    lines = takenOff(lines, amounts);
    applied.push({
      codeId: code.id,
      code: code.code,
      amount: sumOf(amounts, (one) => one),
      ...(code.reserve === null ? {} : { reserves: code.reserve.ticketTypeId }),
    });
  }
  return { lines, codes: applied };
}

/** A fee as it lies on the lines. */
interface LaidFee {
  readonly fee: FeeRecord;
  readonly base: number;
  readonly amounts: readonly number[];
}

/** Taxes the lines with some fees on them, or the fees alone. */
type Taxer = (fees: readonly LaidFee[], alone?: 'fees') => Taxed;

const untaxed: Taxed = { taxes: [], changes: [] };

/** Taxes these lines with any fees on them. */
function taxerOf(
  { fees: all, taxes, policy }: QuoteCatalogue,
  { buyer, now }: QuoteRequest,
  lines: readonly PricedLine[],
): Taxer | QuoteRefusal {
  if (taxes.isEmpty) return () => untaxed;
  const at = policy.taxAt ?? now;
  const place = policy.taxPlace ?? buyer.place;
  if (place === null) {
    const unplaced = classesOf(lines, all).find((taxClass) => taxes.needsPlace(taxClass, at));
    if (unplaced !== undefined) return taxPlaceMissing({ taxClass: unplaced });
  }
  const sharesOfClass = (taxClass: string) => taxes.of(taxClass, place, at);
  const prices = lines.flatMap(pricePositions);
  return (fees, alone) => {
    const onFees = fees.flatMap((fee) => feePositions(fee, lines));
    const positions = alone === 'fees' ? onFees : [...prices, ...onFees];
    return taxOn(positions, sharesOfClass, lines.length, policy);
  };
}

/** The tax classes of everything that may be charged. */
function classesOf(lines: readonly PricedLine[], fees: readonly FeeRecord[]): string[] {
  return [
    ...lines.flatMap(({ selection: { parts, taxClass } }) =>
      parts === null ? [taxClass] : parts.map((part) => part.taxClass),
    ),
    ...fees.flatMap((fee) =>
      fee.mode === 'passed_on' && lines.some((line) => bears(fee, line)) ? [fee.taxClass] : [],
    ),
  ];
}

/** A line's tickets as they are taxed: each by itself, and of a bundle each part. */
function pricePositions(line: PricedLine, at: number): TaxPosition[] {
  const { selection } = line;
  const amounts = singly(left(line), selection.quantity);
  const { parts } = selection;
  if (parts === null) return [{ taxClass: selection.taxClass, amounts, on: at }];
  const weights = parts.map(({ weight }) => weight);
  const split = amounts.map(({ amount, count }) => ({
    count,
    shares: distribute(amount, weights),
  }));
  return parts.map(({ taxClass }, part) => ({
    taxClass,
    amounts: split.map(({ count, shares }) => ({ amount: shares[part] ?? 0, count })),
    on: at,
  }));
}

/** A fee as it is taxed: ticket by ticket, or once for the order. */
function feePositions({ fee, amounts }: LaidFee, lines: readonly PricedLine[]): TaxPosition[] {
  if (fee.mode === 'absorbed') return [];
  const { taxClass } = fee;
  if (fee.per === 'order') {
    const amount = sumOf(amounts, (one) => one);
    return amount === 0 ? [] : [{ taxClass, amounts: [{ amount, count: 1 }], on: amounts }];
  }
  return lines.flatMap(({ selection }, at) => {
    const amount = amounts[at] ?? 0;
    return amount === 0 ? [] : [{ taxClass, amounts: singly(amount, selection.quantity), on: at }];
  });
}

function feesOf(
  { fees, policy }: QuoteCatalogue,
  { buyer }: QuoteRequest,
  lines: readonly PricedLine[],
  taxing: Taxer,
): LaidFee[] {
  const { halves } = policy;
  const laid: LaidFee[] = [];
  for (const fee of fees) {
    const price = sumOf(lines, (line) => (bears(fee, line) ? left(line) : 0));
    if (fee.basis === 'price') {
      laid.push({ fee, base: price, amounts: feeOf(fee, lines, halves, absorbedOf(laid, lines)) });
      continue;
    }
    const charged = (amount: number) =>
      chargedWith([...laid, { fee, base: 0, amounts: spreadFee(fee, amount, lines) }], lines, {
        taxing,
        policy,
        buyer,
      });
    const amount = price === 0 ? 0 : grossedUp(fee, charged, halves);
    const base = price === 0 ? 0 : charged(amount);
    laid.push({ fee, base, amounts: spreadFee(fee, amount, lines) });
  }
  return laid;
}

/** Everything that the buyer is charged with these fees, before coins round it. */
function chargedWith(
  fees: readonly LaidFee[],
  lines: readonly PricedLine[],
  { taxing, policy, buyer }: { taxing: Taxer; policy: PricePolicy; buyer: KnownBuyer },
): number {
  const taxed = taxing(fees);
  const tax = sumOf(taxed.taxes, ({ amount }) => amount);
  const isRelieved = reliefOf(policy, buyer, taxed) !== undefined;
  const isOnTop = policy.pricesInclude === 'no_tax';
  const added = isRelieved === isOnTop ? 0 : isOnTop ? tax : 0 - tax;
  return sumLeft(lines) + passedOn(fees) + added + sumOf(taxed.changes, (change) => change);
}

/** What of each line absorbed fees take already. */
function absorbedOf(fees: readonly LaidFee[], lines: readonly PricedLine[]): number[] {
  const absorbed = fees.filter(({ fee }) => fee.mode === 'absorbed');
  if (absorbed.length === 0) return [];
  return lines.map((_, at) => sumOf(absorbed, ({ amounts }) => amounts[at] ?? 0));
}

function passedOn(fees: readonly LaidFee[]): number {
  return sumOf(fees, ({ fee, amounts }) =>
    fee.mode === 'passed_on' ? sumOf(amounts, (amount) => amount) : 0,
  );
}

interface Worked {
  readonly lines: readonly PricedLine[];
  readonly discounts: Quote['discounts'];
  readonly codes: Quote['codes'];
  readonly fees: readonly LaidFee[];
  readonly taxing: Taxer;
  readonly taxed: Taxed;
  readonly trace: TraceStep[];
}

function summedUp(
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

function taxOfLine({ taxes }: Taxed, at: number): number {
  return sumOf(taxes, ({ parts }) => parts[at] ?? 0);
}

/** What of the lines’ taxes is that of their fees. */
function feeTaxesOf(taxed: Taxed, fees: readonly LaidFee[], taxing: Taxer): readonly number[] {
  if (taxed.taxes.length === 0 || passedOn(fees) === 0) return [];
  const own = taxing(fees, 'fees');
  return taxed.changes.map((_, at) => taxOfLine(own, at));
}

function quoteTax({
  share: { tax },
  base,
  amount,
}: Taxed['taxes'][number]): Quote['taxes'][number] {
  return { taxId: tax.id, name: tax.name, percent: tax.percent, base, amount };
}

/** Why the buyer owes no tax here; undefined: they do, or there is none. */
function reliefOf(
  { reverseCharge, taxPlace }: PricePolicy,
  { exemption, taxId, place }: KnownBuyer,
  { taxes }: Taxed,
): { reason: 'reverse_charge' | 'exempt'; note: string } | undefined {
  if (taxes.length === 0) return undefined;
  if (exemption !== null) return { reason: 'exempt', note: exemption };
  if (taxId === null || reverseCharge === 'never') return undefined;
  const isAbroad = (taxPlace ?? place)?.slice(0, 2) !== countryOfTaxId(taxId);
  return reverseCharge === 'always' || isAbroad
    ? { reason: 'reverse_charge', note: taxId }
    : undefined;
}

/** Tax ids of Greece begin with EL, and those of Northern Ireland with XI. */
function countryOfTaxId(taxId: string): string {
  const prefix = taxId.slice(0, 2);
  return { EL: 'GR', XI: 'GB' }[prefix] ?? prefix;
}

/** What the smallest coin adds to a total, or takes off it. */
function coinRounding(policy: PricePolicy, isCash: boolean, sum: number): number {
  const { cashStep: step, cashRounding } = policy;
  if (step === null || (cashRounding === 'cash' && !isCash)) return 0;
  return toStep(sum, step, policy.halves) - sum;
}

/** Every single price is bounded, so a sum of prices that are too many is still seen as one. */
function isTooLarge(amount: number): boolean {
  return amount > MAX_AMOUNT;
}
