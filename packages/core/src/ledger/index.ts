export { ACCOUNTS, type AccountFacts } from './accounts.ts';
export {
  bookClawBack,
  bookGiftCardIssue,
  bookGiftCardRefund,
  bookOrderRefund,
  bookRefund,
  bookRefundCredit,
  bookResale,
  bookSale,
  bookSellerRefund,
  bookUnexpectedPayment,
} from './book.ts';
export { Payout, type PayoutRecord } from './payout.ts';
export type { EntryRecord, PostingRecord } from './posting.ts';
export {
  currencyNeeded,
  nothingToPayOut,
  payoutAboveBalance,
  payoutNotDue,
  payoutNotPending,
} from './refusals.ts';
export type {
  AccountBalance,
  EntryFilter,
  LedgerReads,
  LedgerWrites,
} from './store.ts';
export { verifyBooks } from './verify/books.ts';
