import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

export const issuerMissing = refusal('issuer_missing', {
  kind: 'conflict',
  meaning: 'The organizer has not said who issues its invoices.',
  details: z.object({ organizerId: z.string() }),
  hint: 'Say who the seller is with invoices.setIssuer: legal name, address, tax ids, time zone.',
  message: ({ organizerId }) =>
    `Organizer ${organizerId} issues no invoices yet: its legal name and address are not set.`,
});

export const notInvoiceable = refusal('not_invoiceable', {
  kind: 'conflict',
  meaning: 'The order has nothing that the organizer can invoice.',
  details: z.object({
    orderId: z.string(),
    reason: z.enum(['pending', 'expired', 'cancelled', 'refunded', 'resale', 'free']),
  }),
  hint: 'Pay the order first. Members who sell may invoice one that waits for its payment.',
  message: ({ orderId, reason }) => {
    switch (reason) {
      case 'resale':
        return `Order ${orderId} was bought of another buyer, not of the organizer.`;
      case 'free':
        return `Order ${orderId} cost nothing, so there is no invoice of it.`;
      default:
        return `Order ${orderId} is ${reason}, so there is no invoice of it.`;
    }
  },
});

export const invoiceIssued = refusal('invoice_issued', {
  kind: 'conflict',
  meaning: 'The order has its invoice, made out to somebody: it does not change any more.',
  details: z.object({ orderId: z.string(), invoiceId: z.string(), number: z.string() }),
  hint: 'Credit the invoice in full with invoices.credit, then change the billing details and issue a new one.',
  message: ({ orderId, number }) => `Order ${orderId} is invoiced already, as ${number}.`,
});

export const billingTaxId = refusal('billing_tax_id', {
  kind: 'conflict',
  meaning: 'The order was priced without tax for another tax id than the billing details have.',
  details: z.object({ orderId: z.string(), taxId: z.string(), pricedFor: z.string() }),
  hint: 'Leave `taxId` out: the invoice shows the one that the price was made for.',
  message: ({ pricedFor, taxId }) =>
    `The price is without tax for ${pricedFor}; the invoice cannot name ${taxId}.`,
});

export const creditAboveInvoice = refusal('credit_above_invoice', {
  kind: 'conflict',
  meaning: 'More is to be credited than is left of the invoice.',
  details: z.object({
    invoiceId: z.string(),
    line: z.int().nullable().meta({ description: 'Index of the line; null: the whole.' }),
    left: z.int().meta({ description: 'Units of the line, or minor units, that are left.' }),
  }),
  hint: 'Credit less; invoices.get shows what was credited of it before.',
  message: ({ invoiceId, line, left }) =>
    line === null
      ? `At most ${left} minor units of invoice ${invoiceId} can be credited.`
      : `At most ${left} of line ${line} of invoice ${invoiceId} can be credited.`,
});
