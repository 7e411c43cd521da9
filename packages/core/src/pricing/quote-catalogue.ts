import type { Instant, Refusal } from '../kernel/index.ts';
import type { KnownBuyer } from './buyer.ts';
import type { CodeRecord } from './code.ts';
import type { DiscountRecord } from './discount.ts';
import type { FeeRecord } from './fee.ts';
import type { PricePolicy } from './policy.ts';
import type { Selection } from './selection.ts';
import type { TaxTable } from './tax-rates.ts';

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
