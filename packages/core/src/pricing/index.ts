export { type CodeRecord, codeKey } from './code.ts';
export type { FeeRecord } from './fee.ts';
export { sharePerTicket } from './fee-amount.ts';
export { type QuoteCatalogue, quote, resaleQuote } from './quote.ts';
export { Quote, type QuoteLine, withoutTrace } from './quote-schema.ts';
export {
  amountTooLarge,
  codeExists,
  codeNotValid,
  unknownTicketType,
  usesBelowUsed,
} from './refusals.ts';
export type { Selection } from './selection.ts';
export type { PricingReads, PricingWrites } from './store.ts';
