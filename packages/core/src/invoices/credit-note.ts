import { isRefusal, localDate, type WriteContext } from '../kernel/index.ts';
import { type Credit, creditNoteOf } from './credit.ts';
import { fitted } from './credit-parts.ts';
import type { Document } from './document.ts';
import type { InvoiceRecord } from './invoice.ts';
import { leftOf } from './left.ts';
import { writtenNumber } from './number.ts';
import { invoiceFacts } from './resource.ts';

/** What issuing takes of a write. */
type Issuing = Pick<WriteContext, 'tx' | 'ids' | 'now' | 'emit'>;

/** Why a credit note is issued. */
interface Cause {
  readonly reason: string;
  readonly refundId: string | null;
}

/**
 * Issues a credit note, and takes its number last of all. The caller holds the
 * invoice's lock, under which the contents were worked out.
 */
export async function issueCreditNote(
  { tx, ids, now, emit }: Issuing,
  invoice: InvoiceRecord,
  content: Document,
  { reason, refundId }: Cause,
): Promise<InvoiceRecord> {
  const { organizerId, eventId, orderId, currency } = invoice;
  const issuer = await tx.invoices.issuers.find(organizerId);
  if (issuer === undefined) throw new Error(`Invoice ${invoice.id} has no issuer.`);
  const { year } = localDate(now, issuer.timezone);
  const series = { organizerId, kind: 'credit_note', year } as const;
  const sequence = await tx.invoices.takeNumbers(series, 1);
  const { creditNoteFormat, numberPrefix: prefix } = issuer;
  const note: InvoiceRecord = {
    id: ids.next('inv'),
    organizerId,
    eventId,
    orderId,
    kind: 'credit_note',
    invoiceId: invoice.id,
    invoiceNumber: invoice.number,
    refundId,
    reason,
    replaces: 0,
    year,
    sequence,
    number: writtenNumber(creditNoteFormat, { prefix, year, sequence }),
    currency,
    total: content.total,
    content,
    issuedAt: now,
  };
  await tx.invoices.invoices.insert([note]);
  emit({
    type: 'invoice.credited',
    organizerId,
    eventId,
    subject: note.id,
    data: invoiceFacts(note),
  });
  return note;
}

/** A refund of an order, as far as an invoice has to show it. */
export interface RefundToCredit extends Credit {
  readonly id: string;
  readonly orderId: string;
  readonly reason: string | null;
}

/**
 * Issues the credit note of a refund where the order has an invoice and money goes back: one a
 * refund, however often it is called. Of an invoice that has less left (some of
 * it was credited by hand) the rest is credited. The caller holds the order's
 * lock; the invoice and its series are locked after all that a refund locks.
 */
export async function creditNoteForRefund(
  context: Issuing,
  { id: refundId, orderId, reason, lines, taxes, amount }: RefundToCredit,
): Promise<InvoiceRecord | undefined> {
  if (amount === 0) return undefined;
  const { invoices } = context.tx.invoices;
  const newest = (await invoices.ofOrders([orderId])).at(-1);
  const invoice = newest && (await invoices.findForCredit(newest.id));
  if (invoice === undefined) return undefined;
  const before = await invoices.creditNotesOf([invoice.id]);
  const same = before.find((note) => note.refundId === refundId);
  if (same !== undefined) return same;
  const left = leftOf(invoice, before);
  if (left.total === 0) return undefined;
  const content = creditNoteOf(invoice, fitted(left, { lines, taxes, amount }), before);
  if (isRefusal(content)) throw new Error(`Refund ${refundId}: ${content.message}`);
  return issueCreditNote(context, invoice, content, { reason: reason ?? 'Refund', refundId });
}
