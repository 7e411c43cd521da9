import * as z from 'zod';
import { anyOf, notFound, read } from '../../kernel/index.ts';
import { buyerOfInvoice, membersOfInvoice } from '../access.ts';
import { Invoice, InvoiceId } from '../invoice.ts';
import { shownInvoice } from '../resource.ts';

export const getInvoice = read({
  name: 'invoices.get',
  summary: 'One invoice or credit note, for the buyer and for members who sell or see the money.',
  input: z.strictObject({ invoiceId: InvoiceId }),
  output: Invoice,
  allow: anyOf(buyerOfInvoice, membersOfInvoice('see_money'), membersOfInvoice('sell')),
  run: async (context, { invoiceId }) => {
    const invoice = await context.tx.invoices.invoices.find(invoiceId);
    if (invoice === undefined) return notFound({ kind: 'invoice', id: invoiceId });
    return shownInvoice(context, invoice);
  },
});
