export { creditNoteForRefund } from './credit-note.ts';
export { Invoice, type InvoiceRecord } from './invoice.ts';
export { Issuer, type IssuerRecord } from './issuer.ts';
export {
  billingTaxId,
  creditAboveInvoice,
  invoiceIssued,
  issuerMissing,
  notInvoiceable,
} from './refusals.ts';
export type { InvoiceFinding, InvoiceReads, InvoiceWrites, Series } from './store.ts';
