import * as z from 'zod';
import { anyOf, notFound, read } from '../../kernel/index.ts';
import { Locale, newSheet, pdfNotAvailable } from '../../print/index.ts';
import { buyerOfInvoice, membersOfInvoice } from '../access.ts';
import { InvoiceId } from '../invoice.ts';

export const getInvoicePdf = read({
  name: 'invoices.pdf',
  summary: 'An invoice or credit note as a PDF: the same bytes each time.',
  input: z.strictObject({ invoiceId: InvoiceId, locale: Locale.default('en') }),
  output: z
    .object({
      fileName: z.string().meta({ examples: ['2027-00042.pdf'] }),
      contentType: z.literal('application/pdf'),
      base64: z.string().meta({ description: 'The file, in base64.', examples: ['JVBERi0xLjM='] }),
    })
    .meta({ id: 'InvoicePdf' }),
  refusals: [pdfNotAvailable],
  allow: anyOf(buyerOfInvoice, membersOfInvoice('see_money'), membersOfInvoice('sell')),
  run: async ({ tx }, { invoiceId, locale }) => {
    const invoice = await tx.invoices.invoices.find(invoiceId);
    if (invoice === undefined) return notFound({ kind: 'invoice', id: invoiceId });
    // Loaded when somebody wants to see an invoice, not when the SDK starts.
    const { drawInvoice } = await import('../pdf/draw.ts');
    const sheet = await newSheet({
      title: invoice.number,
      author: invoice.content.seller.legalName,
      createdAt: invoice.issuedAt,
    });
    if (sheet === undefined) return pdfNotAvailable({ library: 'pdfkit' });
    const bytes = await drawInvoice(sheet, invoice, locale);
    return {
      fileName: `${invoice.number.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.pdf`,
      contentType: 'application/pdf' as const,
      base64: bytes.toString('base64'),
    };
  },
});
