import { MAX_AMOUNT, type Refusal, sumOf } from '../kernel/index.ts';
import { amountTooLarge } from '../pricing/index.ts';
import type { ResaleTerms } from './policy.ts';
import { boundsOf, buyerFeeOf, groupBounds, splitPrice } from './price.ts';
import { priceAboveCap, priceBelowFloor } from './refusals.ts';

export type PriceRefusal = Refusal<'price_above_cap' | 'price_below_floor' | 'amount_too_large'>;

/** What of a ticket its price is bound by. */
interface Priced {
  readonly terms: ResaleTerms;
  /** What was paid for it, as the terms count it. Minor units. */
  readonly paid: number;
}

/** The part of each ticket of a price that is asked for all of them, or why it may not be asked. */
export function askedPrices(
  tickets: readonly Priced[],
  price: number,
  currency: string,
): number[] | PriceRefusal {
  const parts = tickets.map(({ terms, paid }) => ({ paid, ...boundsOf(terms, paid) }));
  const { cap, floor } = groupBounds(parts);
  if (cap !== null && price > cap) return priceAboveCap({ cap, price, currency });
  if (price < floor) return priceBelowFloor({ floor, price, currency });
  const prices = splitPrice(price, parts);
  const fees = sumOf([...tickets.entries()], ([at, { terms }]) =>
    buyerFeeOf(terms, prices[at] ?? 0),
  );
  return price + fees > MAX_AMOUNT ? amountTooLarge({ max: MAX_AMOUNT }) : prices;
}
