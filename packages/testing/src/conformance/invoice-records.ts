import type { InvoiceRecord, IssuerRecord, OrderRecord } from '@ticketi/core';
import { newId, now } from './records.ts';

/** An issuer all of whose texts are this one. */
export function anIssuer(organizerId: string, text: string): IssuerRecord {
  return {
    id: organizerId,
    legalName: text,
    address: { lines: [text], postcode: text, city: text, country: 'DE' },
    taxIds: [{ label: text, number: text }],
    email: text,
    bankDetails: text,
    paymentTerms: text,
    footer: text,
    timezone: 'Europe/Berlin',
    numberPrefix: text,
    invoiceFormat: '{year}-{number}',
    creditNoteFormat: 'CN{year}-{number}',
    issue: 'when_paid',
    followedTo: now,
    beginsAfter: newId('pst'),
    updatedAt: now,
    revision: 7,
  };
}

const nowhere = { lines: [], postcode: null, city: null, country: null };

export function anInvoice(order: OrderRecord, change: Partial<InvoiceRecord> = {}): InvoiceRecord {
  return {
    id: newId('inv'),
    organizerId: order.organizerId,
    eventId: order.eventId,
    orderId: order.id,
    kind: 'invoice',
    invoiceId: null,
    invoiceNumber: null,
    refundId: null,
    reason: null,
    replaces: 0,
    year: 2027,
    sequence: 1,
    number: '2027-1',
    currency: order.currency,
    total: Math.max(1, order.total),
    content: {
      seller: {
        legalName: 'Fest e.V.',
        address: nowhere,
        taxIds: [],
        email: null,
        bankDetails: null,
        paymentTerms: null,
        footer: null,
        timezone: 'UTC',
      },
      buyer: { company: null, name: 'Anna', address: nowhere, email: '', taxId: null },
      event: { name: 'Fest', venue: null, startsAt: null, endsAt: now },
      lines: [],
      discounts: [],
      fees: [],
      taxes: [],
      taxIncluded: true,
      taxRelief: { reason: 'reverse_charge', note: 'ATU12345675', text: 'Reverse charge.' },
      net: order.total,
      tax: 0,
      rounding: 0,
      total: order.total,
      paidByGiftCards: 0,
      paid: order.total,
      due: 0,
      paidAt: now,
      dueAt: null,
    },
    issuedAt: now,
    ...change,
  };
}

export function aCreditNote(
  invoice: InvoiceRecord,
  change: Partial<InvoiceRecord> = {},
): InvoiceRecord {
  return {
    ...invoice,
    id: newId('inv'),
    kind: 'credit_note',
    invoiceId: invoice.id,
    invoiceNumber: invoice.number,
    reason: 'Goodwill',
    number: `CN${invoice.number}`,
    ...change,
  };
}
