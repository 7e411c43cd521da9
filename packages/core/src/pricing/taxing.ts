import { distribute, sumOf } from '../kernel/index.ts';
import type { KnownBuyer } from './buyer.ts';
import type { FeeRecord } from './fee.ts';
import { bears } from './fee-amount.ts';
import { type LaidFee, passedOn } from './laid-fee.ts';
import type { PricePolicy } from './policy.ts';
import { left, type PricedLine } from './priced-line.ts';
import type { QuoteCatalogue, QuoteRefusal, QuoteRequest } from './quote-catalogue.ts';
import { taxPlaceMissing } from './refusals.ts';
import { singly, type Taxed, type TaxPosition, taxOn } from './tax-amount.ts';

/** Taxes the lines with some fees on them, or the fees alone. */
export type Taxer = (fees: readonly LaidFee[], alone?: 'fees') => Taxed;

const untaxed: Taxed = { taxes: [], changes: [] };

/** Taxes these lines with any fees on them. */
export function taxerOf(
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

/** All taxes of one line. */
export function taxOfLine({ taxes }: Taxed, at: number): number {
  return sumOf(taxes, ({ parts }) => parts[at] ?? 0);
}

/** What of the lines’ taxes is that of their fees. */
export function feeTaxesOf(
  taxed: Taxed,
  fees: readonly LaidFee[],
  taxing: Taxer,
): readonly number[] {
  if (taxed.taxes.length === 0 || passedOn(fees) === 0) return [];
  const own = taxing(fees, 'fees');
  return taxed.changes.map((_, at) => taxOfLine(own, at));
}

/** Why the buyer owes no tax here; undefined: they do, or there is none. */
export function reliefOf(
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
