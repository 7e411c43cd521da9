import * as z from 'zod';
import { Amount, isRefusal, notFound, write } from '../../kernel/index.ts';
import { membersOfInvoice } from '../access.ts';
import { creditNoteOf } from '../credit.ts';
import { issueCreditNote } from '../credit-note.ts';
import { amountOf, unitsOf, wholeOf } from '../credit-parts.ts';
import { Invoice, InvoiceId } from '../invoice.ts';
import { leftOf } from '../left.ts';
import { creditAboveInvoice } from '../refusals.ts';
import { shownInvoice } from '../resource.ts';

export const creditInvoice = write({
  name: 'invoices.credit',
  summary:
    'Issues a credit note of an invoice: of what is left of it, of units of its lines, or of an amount. Moves no money.',
  input: z
    .strictObject({
      invoiceId: InvoiceId,
      reason: z.string().trim().min(1).max(500),
      lines: z
        .array(z.strictObject({ line: z.int().min(0), quantity: z.int().min(1).max(100_000) }))
        .min(1)
        .max(50)
        .optional()
        .meta({ description: 'Units of lines, each named once by its index. Default: all.' }),
      amount: Amount.min(1)
        .optional()
        .meta({ description: 'Minor units with tax, and no tickets. Default: all.' }),
    })
    .refine(({ lines, amount }) => lines === undefined || amount === undefined, {
      path: ['amount'],
      error: 'Name lines or an amount, not both.',
    })
    .refine(({ lines = [] }) => new Set(lines.map(({ line }) => line)).size === lines.length, {
      path: ['lines'],
      error: 'A line is named twice.',
    })
    .meta({
      examples: [{ reason: 'One ticket was given back.', lines: [{ line: 0, quantity: 1 }] }],
    }),
  output: Invoice,
  refusals: [creditAboveInvoice],
  allow: membersOfInvoice('manage_events'),
  run: async (context, { invoiceId, reason, lines, amount }) => {
    const { invoices } = context.tx.invoices;
    const invoice = await invoices.findForCredit(invoiceId);
    if (invoice === undefined) return notFound({ kind: 'invoice', id: invoiceId });
    const before = await invoices.creditNotesOf([invoiceId]);
    const left = leftOf(invoice, before);
    const credit =
      lines !== undefined
        ? unitsOf(invoiceId, left, lines)
        : amount !== undefined
          ? amountOf(left, amount)
          : wholeOf(left);
    if (isRefusal(credit)) return credit;
    const content = creditNoteOf(invoice, credit, before);
    if (isRefusal(content)) return content;
    const note = await issueCreditNote(context, invoice, content, { reason, refundId: null });
    return shownInvoice(context, note);
  },
});
