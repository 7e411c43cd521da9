import type { InsertStore, ReadStore, WriteStore } from '../kernel/index.ts';
import type { InvoiceKind, InvoiceRecord } from './invoice.ts';
import type { IssuerRecord } from './issuer.ts';

interface InvoiceFilter {
  organizerId?: string | undefined;
  eventId?: string | undefined;
  orderId?: string | undefined;
  kind?: InvoiceKind | undefined;
  year?: number | undefined;
}

/** Numbers that count together: one row is locked for each. */
export interface Series {
  readonly organizerId: string;
  readonly kind: InvoiceKind;
  readonly year: number;
}

/** Something about invoices that cannot be. */
export interface InvoiceFinding {
  readonly finding: 'gap' | 'double' | 'total' | 'lines' | 'over_credited';
  /** The series, or the invoice. */
  readonly id: string;
  readonly expected: number;
  readonly actual: number;
}

export interface InvoiceReads {
  readonly issuers: ReadStore<IssuerRecord, { issue?: IssuerRecord['issue'] | undefined }>;
  readonly invoices: ReadStore<InvoiceRecord, InvoiceFilter> & {
    /** Invoices of these orders, without credit notes, oldest first. */
    ofOrders(orderIds: readonly string[]): Promise<InvoiceRecord[]>;
    /** Credit notes of these invoices, oldest first. */
    creditNotesOf(invoiceIds: readonly string[]): Promise<InvoiceRecord[]>;
  };
  /** Numbers missing from their series, totals that are not their order’s; empty when all is well. */
  findings(): Promise<InvoiceFinding[]>;
}

export interface InvoiceWrites extends InvoiceReads {
  readonly issuers: WriteStore<IssuerRecord, { issue?: IssuerRecord['issue'] | undefined }>;
  readonly invoices: InsertStore<InvoiceRecord, InvoiceFilter> &
    InvoiceReads['invoices'] & {
      /** The invoice (no credit note), locked, so that one credit note after the other is issued of it. */
      findForCredit(id: string): Promise<InvoiceRecord | undefined>;
    };
  /**
   * Takes the next `count` numbers of a series and returns the last of them. The
   * series' row is locked from then on until the transaction ends: with a
   * rollback the numbers are as if never taken. Nothing is locked after it.
   */
  takeNumbers(series: Series, count: number): Promise<number>;
  /**
   * Sold and paid orders without an invoice that were not given back whole, of issuers who
   * issue when paid; by organizer, oldest first.
   */
  uninvoiced(limit: number): Promise<{ orderId: string }[]>;
  /** Remembers that every sale booked before `before` has its invoice, where they are issued when paid. */
  follow(before: string): Promise<void>;
}
