import { distribute, portion, sumOf } from '../kernel/index.ts';
import type { FeeRecord } from './fee.ts';

/** A line as the fee sees it: its price after discounts, for so many tickets. */
export interface FeeBase {
  readonly price: number;
  readonly quantity: number;
}

/**
 * The fee on each line. Per ticket, it is taken on every single ticket's share
 * of its line; per order, on the sum, and then spread over the lines in
 * proportion. What costs nothing bears no fee, and an absorbed fee is never more
 * than the price that it lies in.
 */
export function feeOf(fee: FeeRecord | undefined, lines: readonly FeeBase[]): number[] {
  if (fee === undefined) return lines.map(() => 0);
  const amounts = fee.per === 'ticket' ? feePerTicket(fee, lines) : feePerOrder(fee, lines);
  return fee.mode === 'absorbed'
    ? amounts.map((amount, index) => Math.min(amount, lines[index]?.price ?? 0))
    : amounts;
}

function feePerTicket(fee: FeeRecord, lines: readonly FeeBase[]): number[] {
  return lines.map(({ price, quantity }) => {
    const { least, dearer } = sharesOf(price, quantity);
    const more = dearer === 0 ? 0 : dearer * feeOn(fee, least + 1);
    return more + (quantity - dearer) * feeOn(fee, least);
  });
}

function feePerOrder(fee: FeeRecord, lines: readonly FeeBase[]): number[] {
  const prices = lines.map((line) => line.price);
  return distribute(
    feeOn(
      fee,
      sumOf(prices, (price) => price),
    ),
    prices,
  );
}

function feeOn(fee: FeeRecord, price: number): number {
  return price === 0 ? 0 : fee.fixed + portion(price, fee.percent);
}

/** An amount over the tickets of a line, so that they sum to it. */
export function sharePerTicket(amount: number, quantity: number): number[] {
  const { least, dearer } = sharesOf(amount, quantity);
  return Array.from({ length: quantity }, (_, index) => (index < dearer ? least + 1 : least));
}

/** What each ticket has of an amount, and how many of them a minor unit more. */
function sharesOf(amount: number, quantity: number): { least: number; dearer: number } {
  const least = Math.floor(amount / quantity);
  return { least, dearer: amount - least * quantity };
}
