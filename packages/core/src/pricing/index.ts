export { type KnownBuyer, PriceBuyer, unknownBuyer } from './buyer.ts';
export { Code, type CodeRecord, codeKey, plainCode } from './code.ts';
export { codeIsOpen } from './code-discount.ts';
export { complimentaryQuote } from './complimentary.ts';
export { AutomaticDiscount, type DiscountRecord } from './discount.ts';
export { explainQuote, type FormatAmount } from './explain.ts';
export { Fee, type FeeRecord, plainFee } from './fee.ts';
export { knownBuyer } from './known-buyer.ts';
export { defaultPolicy, PricePolicy } from './policy.ts';
export { quote } from './quote.ts';
export type { QuoteCatalogue, QuoteRefusal } from './quote-catalogue.ts';
export { plainQuote, Quote, type QuoteLine, type TraceStep, withoutTrace } from './quote-schema.ts';
export { recomputeTotal } from './recompute.ts';
export {
  paidOf,
  plus as plusUnits,
  type RefundPolicy,
  refundKeepingPrices,
  refundRepriced,
  type Units,
  unitsOf,
} from './refund.ts';
export {
  amountTooLarge,
  batchExists,
  buyerNotVouched,
  codeExists,
  codeMinimum,
  codeNotValid,
  codesNotCombinable,
  notInOrder,
  parentMissing,
  priceNotAllowed,
  taxIdNotValid,
  taxPlaceMissing,
  termsConflict,
  unknownTicketType,
  usesBelowUsed,
} from './refusals.ts';
export { repriced } from './reprice.ts';
export { listingsOfQuote, resaleQuote } from './resale-quote.ts';
export type { Selection, SelectionPart, SelectionType, UnitPrice } from './selection.ts';
export { sharePerTicket, sumOfDearest } from './shares.ts';
export type { PricingReads, PricingWrites } from './store.ts';
export { strangerAmong } from './stranger.ts';
export { Tax, type TaxRecord } from './tax.ts';
export { TaxTable } from './tax-rates.ts';
export {
  plainTerms,
  type Tier,
  TypeKind,
  type TypeTerms,
  termFields,
  termInputs,
} from './terms.ts';
export { type Demand, movesWithSales, type Share, unitPrices } from './unit-price.ts';
