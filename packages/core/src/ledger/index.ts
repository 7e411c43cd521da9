export {
  bookClawBack,
  bookGiftCardIssue,
  bookGiftCardRefund,
  bookOrderRefund,
  bookRefund,
  bookResale,
  bookSale,
  bookUnexpectedPayment,
} from './book.ts';
export type { EntryRecord, PostingRecord } from './posting.ts';
export type {
  AccountBalance,
  BalanceFilter,
  LedgerFinding,
  LedgerReads,
  LedgerWrites,
} from './store.ts';
