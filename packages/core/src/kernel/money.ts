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

/**
 * `percent` of `amount` in minor units, exact, with halves rounded away from
 * zero (the usual commercial rounding). `portion(2300, '7')` is 161.
 */
export function portion(amount: number, percent: string): number {
  const { digits, scale } = parseDecimal(percent);
  const divisor = 100n * scale;
  const product = BigInt(amount) * digits;
  const magnitude = product < 0n ? -product : product;
  const rounded = (2n * magnitude + divisor) / (2n * divisor);
  return Number(product < 0n ? -rounded : rounded);
}

/** A decimal string as an integer and its power of ten: `12.5` is 125 and 10. */
function parseDecimal(decimal: string): { digits: bigint; scale: bigint } {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return { digits: BigInt(whole + fraction), scale: 10n ** BigInt(fraction.length) };
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
