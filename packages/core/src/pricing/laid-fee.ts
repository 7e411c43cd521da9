import { sumOf } from '../kernel/index.ts';
import type { FeeRecord } from './fee.ts';
import type { PricedLine } from './priced-line.ts';

/** A fee as it lies on the lines. */
export interface LaidFee {
  readonly fee: FeeRecord;
  readonly base: number;
  readonly amounts: readonly number[];
}

/** What of each line absorbed fees take already. */
export function absorbedOf(fees: readonly LaidFee[], lines: readonly PricedLine[]): number[] {
  const absorbed = fees.filter(({ fee }) => fee.mode === 'absorbed');
  if (absorbed.length === 0) return [];
  return lines.map((_, at) => sumOf(absorbed, ({ amounts }) => amounts[at] ?? 0));
}

/** What the buyer pays of fees on top. */
export function passedOn(fees: readonly LaidFee[]): number {
  return sumOf(fees, ({ fee, amounts }) =>
    fee.mode === 'passed_on' ? sumOf(amounts, (amount) => amount) : 0,
  );
}
