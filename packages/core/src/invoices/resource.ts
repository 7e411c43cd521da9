import type { ReadContext } from '../kernel/index.ts';
import { sumOf } from '../kernel/index.ts';
import type { Invoice, InvoiceRecord } from './invoice.ts';

/** An invoice as its readers see it. `credited`: minor units that credit notes took off it. */
function invoiceResource(invoice: InvoiceRecord, credited: number): Invoice {
  const { replaces: _replaces, total: _total, content, ...facts } = invoice;
  return {
    id: facts.id,
    kind: facts.kind,
    number: facts.number,
    year: facts.year,
    sequence: facts.sequence,
    organizerId: facts.organizerId,
    eventId: facts.eventId,
    orderId: facts.orderId,
    invoiceId: facts.invoiceId,
    invoiceNumber: facts.invoiceNumber,
    refundId: facts.refundId,
    reason: facts.reason,
    issuedAt: facts.issuedAt,
    currency: facts.currency,
    credited,
    ...content,
  };
}

/** The same, with what was credited of them so far. */
export async function invoiceResources(
  { tx }: Pick<ReadContext, 'tx'>,
  invoices: readonly InvoiceRecord[],
): Promise<Invoice[]> {
  const ids = invoices.filter(({ kind }) => kind === 'invoice').map(({ id }) => id);
  const notes = ids.length === 0 ? [] : await tx.invoices.invoices.creditNotesOf(ids);
  return invoices.map((invoice) =>
    invoiceResource(
      invoice,
      sumOf(notes, (note) => (note.invoiceId === invoice.id ? note.total : 0)),
    ),
  );
}

/** One of them. */
export async function shownInvoice(
  context: Pick<ReadContext, 'tx'>,
  invoice: InvoiceRecord,
): Promise<Invoice> {
  const [shown] = await invoiceResources(context, [invoice]);
  if (shown === undefined) throw new Error(`Invoice ${invoice.id} has no resource.`);
  return shown;
}

/** What an event says of it: where it is, without what is personal. */
export function invoiceFacts(invoice: InvoiceRecord): object {
  const { id, kind, number, orderId, invoiceId, refundId, currency, total, issuedAt } = invoice;
  return { id, kind, number, orderId, invoiceId, refundId, currency, total, issuedAt };
}
