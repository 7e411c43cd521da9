import { exponentOf } from '@ticketi/core';

/**
 * Stripe's minor units, where they are not those of ISO 4217.
 * Source: https://docs.stripe.com/currencies (zero-decimal, three-decimal and special cases).
 */
const EXPONENTS: Readonly<Record<string, number>> = {
  // Without decimals at Stripe, although ISO 4217 has two (the ariary has five iraimbilanja).
  MGA: 0,
  // Without decimals, but written with two for the sake of older integrations: 5 ISK are 500.
  ISK: 2,
  UGX: 2,
};

/** Three-decimal currencies, whose last digit has to be 0. */
const LAST_DIGIT_ZERO = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** An amount that Stripe cannot move: its currency has no such small part there. */
export class AmountNotSupported extends Error {
  override readonly name = 'AmountNotSupported';
}

/** Minor units of ISO 4217 as Stripe's; it takes currencies in lower case. */
export function toStripe(amount: number, currency: string): { amount: number; currency: string } {
  const moved = shifted(amount, stripeExponent(currency) - exponentOf(currency));
  if (moved === undefined || (LAST_DIGIT_ZERO.has(currency) && moved % 10 !== 0)) {
    throw new AmountNotSupported(`Stripe cannot move ${amount} minor units of ${currency}.`);
  }
  return { amount: moved, currency: currency.toLowerCase() };
}

/** Stripe's minor units as those of ISO 4217. */
export function fromStripe(amount: number, lower: string): { amount: number; currency: string } {
  const currency = lower.toUpperCase();
  const moved = shifted(amount, exponentOf(currency) - stripeExponent(currency));
  if (moved === undefined) {
    throw new AmountNotSupported(`${amount} of ${currency} at Stripe is no whole minor unit.`);
  }
  return { amount: moved, currency };
}

function stripeExponent(currency: string): number {
  return EXPONENTS[currency] ?? exponentOf(currency);
}

/** The amount with its decimal point moved; undefined where something would be lost. */
function shifted(amount: number, places: number): number | undefined {
  if (places >= 0) return amount * 10 ** places;
  const divisor = 10 ** -places;
  return amount % divisor === 0 ? amount / divisor : undefined;
}
