import { contentsOf } from '../../src/invoices/contents.ts';
import type { Document } from '../../src/invoices/document.ts';
import type { InvoiceRecord } from '../../src/invoices/invoice.ts';
import type { IssuerRecord } from '../../src/invoices/issuer.ts';
import { type Billing, type OrderRecord, plainOrder } from '../../src/orders/index.ts';
import type { Quote } from '../../src/pricing/index.ts';
import { NOW } from './random-prices.ts';

const issuer: IssuerRecord = {
  id: 'org_1',
  legalName: 'Łódź Kultur e.V.',
  address: { lines: ['Park 1'], postcode: '10115', city: 'Berlin', country: 'DE' },
  taxIds: [{ label: 'USt-IdNr.', number: 'DE136695976' }],
  email: 'office@example.com',
  bankDetails: 'IBAN DE02 1203 0000 0000 2020 51',
  paymentTerms: 'Payable within 14 days.',
  footer: 'Registered in Berlin, VR 12345',
  timezone: 'Europe/Berlin',
  numberPrefix: 'SF-',
  invoiceFormat: '{prefix}{year}-{number:5}',
  creditNoteFormat: '{prefix}CN{year}-{number:5}',
  issue: 'on_request',
  followedTo: NOW,
  beginsAfter: 'pst_1',
  updatedAt: NOW,
  revision: 1,
};

/** A paid order at this price. */
export function orderOf(quote: Quote, change: Partial<OrderRecord> = {}): OrderRecord {
  const paid: OrderRecord = {
    id: 'ord_01k0000000e008000000000000',
    organizerId: 'org_1',
    eventId: 'evt_1',
    holdId: 'hld_1',
    kind: 'primary',
    listingId: null,
    buyerName: 'Ada Byron',
    buyerEmail: 'ada@example.com',
    buyerSearch: 'ada byron ada@example.com',
    billing: null,
    ...plainOrder,
    userId: null,
    provider: 'manual',
    currency: quote.currency,
    total: quote.total,
    credited: 0,
    giftCards: [],
    refunded: 0,
    givenBack: 0,
    quote,
    expiresAt: NOW,
    createdAt: NOW,
    revision: 1,
    state: 'paid',
    paidAt: NOW,
    cancelledAt: null,
  };
  return Object.assign(paid, change);
}

export function contentOf(
  order: OrderRecord,
  {
    billing = null,
    seller = {},
  }: { billing?: Billing | null; seller?: Partial<IssuerRecord> } = {},
): Document {
  return contentsOf({
    order,
    billing,
    issuer: { ...issuer, ...seller },
    event: { name: 'Αθήνα by Night', venue: 'Клуб' },
    sessions: [{ startsAt: '2027-07-10T16:00:00.000Z', endsAt: '2027-07-11T00:00:00.000Z' }],
  });
}

/** The invoice that says it. */
export function invoiceOf(content: Document, change: Partial<InvoiceRecord> = {}): InvoiceRecord {
  return {
    id: 'inv_01k0000000e008000000000000',
    organizerId: 'org_1',
    eventId: 'evt_1',
    orderId: 'ord_01k0000000e008000000000000',
    kind: 'invoice',
    invoiceId: null,
    invoiceNumber: null,
    refundId: null,
    reason: null,
    replaces: 0,
    year: 2027,
    sequence: 42,
    number: 'SF-2027-00042',
    currency: 'EUR',
    total: content.total,
    content,
    issuedAt: NOW,
    ...change,
  };
}

/** A credit note of it that says this. */
export function noteOf(invoice: InvoiceRecord, content: Document): InvoiceRecord {
  return {
    ...invoice,
    id: 'inv_01k0000000e008000000000001',
    kind: 'credit_note',
    invoiceId: invoice.id,
    invoiceNumber: invoice.number,
    reason: 'Given back',
    number: 'SF-CN2027-00001',
    total: content.total,
    content,
  };
}
