export { bookRefund, bookResale, bookSale, bookUnexpectedPayment } from './book.ts';
export type { Account, EntryRecord, PostingKind, PostingRecord } from './posting.ts';
export type {
  AccountBalance,
  BalanceFilter,
  LedgerFinding,
  LedgerReads,
  LedgerWrites,
} from './store.ts';
