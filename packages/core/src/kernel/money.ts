import * as z from 'zod';

/** The most that a price or an order may come to, in minor units: sums of many stay exact. */
export const MAX_AMOUNT = 999_999_999_999;

/** An amount that cannot be negative, in minor units of the currency beside it. */
export const Amount = z
  .int()
  .min(0)
  .max(MAX_AMOUNT)
  .meta({ description: 'Minor units of the currency (cents for EUR).', examples: [4900] });

/** A percentage as a decimal string, so that no floating point comes near a price. */
export const Percent = z
  .string()
  .regex(/^(0|[1-9]\d{0,3})(\.\d{1,6})?$/, {
    error: 'Expected a percentage as a decimal string, such as "12.5".',
  })
  .meta({ description: 'A percentage as a decimal string.', examples: ['12.5'] });

/** A percentage up or down: `-10` makes a price a tenth cheaper. */
export const SignedPercent = z
  .string()
  .regex(/^-?(0|[1-9]\d{0,3})(\.\d{1,6})?$/, {
    error: 'Expected a percentage as a decimal string, such as "-12.5".',
  })
  .meta({ description: 'A percentage as a decimal string; negative: down.', examples: ['-10'] });

/** Where a half of a minor unit goes: away from zero (commercial rounding), or to the even neighbour. */
export const Halves = z.enum(['up', 'even']);
export type Halves = z.output<typeof Halves>;

/** An exact fraction, in lowest terms. Its denominator is positive. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The fraction of these two, in lowest terms. */
export function ratio(numerator: bigint, denominator: bigint): Ratio {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}

/** A percentage as a fraction: `12.5` is 1/8. */
export function ratioOf(percent: string): Ratio {
  const sign = percent.startsWith('-') ? -1n : 1n;
  const [whole = '0', fraction = ''] = percent.replace('-', '').split('.');
  return ratio(sign * BigInt(whole + fraction), 100n * 10n ** BigInt(fraction.length));
}

/** `amount` times a fraction, exact but for the last step, which rounds to a whole minor unit. */
export function times(
  amount: number,
  { numerator, denominator }: Ratio,
  halves: Halves = 'up',
): number {
  const product = BigInt(amount) * numerator;
  const magnitude = product < 0n ? -product : product;
  const quotient: bigint = magnitude / denominator;
  const twice = 2n * (magnitude - quotient * denominator);
  const isUp =
    twice > denominator || (twice === denominator && (halves === 'up' || quotient % 2n === 1n));
  const rounded = isUp ? quotient + 1n : quotient;
  return Number(product < 0n ? -rounded : rounded);
}

/**
 * `percent` of `amount` in minor units, exact, with halves rounded away from
 * zero (the usual commercial rounding) unless `even` is asked for.
 * `portion(2300, '7')` is 161.
 */
export function portion(amount: number, percent: string, halves: Halves = 'up'): number {
  return times(amount, ratioOf(percent), halves);
}

/** An amount as the nearest multiple of a step of minor units: 1.02 in steps of 0.05 is 1.00. */
export function toStep(amount: number, step: number, halves: Halves = 'up'): number {
  return step * times(amount, ratio(1n, BigInt(step)), halves);
}

/**
 * Splits `amount` over `weights` in proportion, by largest remainder: the parts
 * are whole minor units, always sum to `amount`, and no part is off its exact
 * share by a whole unit. A tie goes to the earlier part. When all weights are
 * zero the first part takes it all.
 */
export function distribute(amount: number, weights: readonly number[]): number[] {
  if (weights.length === 0) {
    if (amount !== 0) throw new RangeError('An amount cannot be split over nothing.');
    return [];
  }
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) return weights.map((_, index) => (index === 0 ? amount : 0));

  const shares = weights.map((weight, index) => {
    const product = BigInt(amount) * BigInt(weight);
    return { index, floor: product / total, remainder: product % total };
  });
  const given = shares.reduce((sum, share) => sum + share.floor, 0n);
  const left = Number(BigInt(amount) - given);
  const parts = shares.map((share) => Number(share.floor));
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const share of byRemainder.slice(0, left)) {
    parts[share.index] = (parts[share.index] ?? 0) + 1;
  }
  return parts;
}

/** The sum of some field over rows. */
export function sumOf<T>(rows: readonly T[], amountOf: (row: T) => number): number {
  return rows.reduce((sum, row) => sum + amountOf(row), 0);
}
