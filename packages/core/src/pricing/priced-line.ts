import { sumOf } from '../kernel/index.ts';
import type { Selection } from './selection.ts';

/** A line while its price is worked out. */
export interface PricedLine {
  readonly selection: Selection;
  /** Where the buyer named it: what the trace calls it. */
  readonly index: number;
  /** Units times unit price. */
  readonly subtotal: number;
  /** What was taken off so far. */
  readonly discount: number;
  /** The automatic discount that it is used up by. */
  readonly automatic: string | null;
}

/** What is left of a line's price. */
export function left({ subtotal, discount }: PricedLine): number {
  return subtotal - discount;
}

export function sumLeft(lines: readonly PricedLine[]): number {
  return sumOf(lines, left);
}

/** A donation is given whole, and a resale is priced by its seller. */
export function mayBeDiscounted({ selection }: PricedLine): boolean {
  return selection.kind !== 'donation' && selection.rule !== 'resale_price';
}

/** Lines with so much more taken off each. */
export function takenOff(
  lines: readonly PricedLine[],
  amounts: readonly number[],
  automatic: string | null = null,
): PricedLine[] {
  return lines.map((line, at) => {
    const amount = amounts[at] ?? 0;
    if (amount === 0) return line;
    return { ...line, discount: line.discount + amount, automatic: automatic ?? line.automatic };
  });
}

/** Amounts by line, in the order in which the buyer named the lines. */
export function asNamed(lines: readonly PricedLine[], amounts: readonly number[]): number[] {
  const named = lines.map(() => 0);
  lines.forEach(({ index }, at) => {
    named[index] = amounts[at] ?? 0;
  });
  return named;
}
