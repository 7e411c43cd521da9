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
  /** The same as numbers, where they are small: then most products are counted without bigints. */
  readonly small: { readonly numerator: number; readonly denominator: number } | undefined;
}

/** Terms up to this make a small fraction: 100 % in millionths is one. */
const SMALL = 100_000_000n;

/** The fraction of these two, in lowest terms. */
export function ratio(over: bigint, under: bigint): Ratio {
  let [a, b] = [over < 0n ? -over : over, under];
  while (b !== 0n) [a, b] = [b, a % b];
  const [numerator, denominator] = [over / a, under / a];
  const isSmall = numerator < SMALL && numerator > -SMALL && denominator < SMALL;
  const small = isSmall
    ? { numerator: Number(numerator), denominator: Number(denominator) }
    : undefined;
  return { numerator, denominator, small };
}

/** A percentage as a fraction: `12.5` is 1/8. */
export function ratioOf(percent: string): Ratio {
  const sign = percent.startsWith('-') ? -1n : 1n;
  const [whole = '0', fraction = ''] = percent.replace('-', '').split('.');
  return ratio(sign * BigInt(whole + fraction), 100n * 10n ** BigInt(fraction.length));
}

/** `amount` times a fraction, exact but for the last step, which rounds to a whole minor unit. */
export function times(amount: number, fraction: Ratio, halves: Halves = 'up'): number {
  const { small } = fraction;
  if (small !== undefined) {
    const product = Math.abs(amount * small.numerator);
    // Up to here a number counts exactly, twice the remainder included.
    if (product <= Number.MAX_SAFE_INTEGER) {
      const rest = product % small.denominator;
      const quotient = (product - rest) / small.denominator;
      const isUp = roundsUp(2 * rest, small.denominator, quotient % 2 === 1, halves);
      const rounded = isUp ? quotient + 1 : quotient;
      return amount < 0 === small.numerator < 0 ? rounded : 0 - rounded;
    }
  }
  const product = BigInt(amount) * fraction.numerator;
  const magnitude = product < 0n ? -product : product;
  const quotient: bigint = magnitude / fraction.denominator;
  const twice = 2n * (magnitude - quotient * fraction.denominator);
  const isUp = roundsUp(twice, fraction.denominator, quotient % 2n === 1n, halves);
  const rounded = isUp ? quotient + 1n : quotient;
  return Number(product < 0n ? -rounded : rounded);
}

/** Whether what is left of a division, taken twice, makes the next whole number. */
function roundsUp<Count extends number | bigint>(
  twice: Count,
  denominator: Count,
  isOdd: boolean,
  halves: Halves,
): boolean {
  return twice > denominator || (twice === denominator && (halves === 'up' || isOdd));
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
  if (amount === 0) return weights.map(() => 0);
  const total = sumOf(weights, (weight) => weight);
  if (total === 0) return weights.map((_, index) => (index === 0 ? amount : 0));
  const shares = weights.map((weight) => shareOf(amount, weight, total));
  let left = amount - sumOf(shares, ({ floor }) => floor);
  const parts = shares.map(({ floor }) => floor);
  if (left === 0) return parts;
  const byRemainder = shares.map((_, index) => index);
  byRemainder.sort((a, b) => {
    const more = (shares[b]?.remainder ?? 0) - (shares[a]?.remainder ?? 0);
    return more === 0 ? a - b : more;
  });
  for (const index of byRemainder) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}

/** A share in whole units, and what it lacks of being exact, in units of `total`. */
function shareOf(amount: number, weight: number, total: number) {
  const product = amount * weight;
  if (Math.abs(product) <= Number.MAX_SAFE_INTEGER) {
    const rest = product % total;
    const remainder = rest < 0 ? rest + total : rest;
    return { floor: (product - remainder) / total, remainder };
  }
  const [exact, of] = [BigInt(amount) * BigInt(weight), BigInt(total)];
  const rest = exact % of;
  const remainder = rest < 0n ? rest + of : rest;
  return { floor: Number((exact - remainder) / of), remainder: Number(remainder) };
}

/** The sum of some field over rows. */
export function sumOf<T>(rows: readonly T[], amountOf: (row: T) => number): number {
  let sum = 0;
  for (const row of rows) sum += amountOf(row);
  return sum;
}
