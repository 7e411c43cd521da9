import * as z from 'zod';
import { Amount, Currency, Instant, idOf } from '../kernel/index.ts';
import { OrderId } from '../orders/index.ts';
import { Document } from './document.ts';

/** Of an invoice or a credit note: they are listed together, in the order in which they came. */
export const InvoiceId = idOf('inv');

export const InvoiceKind = z.enum(['invoice', 'credit_note']).meta({ id: 'InvoiceKind' });
export type InvoiceKind = z.output<typeof InvoiceKind>;

export const Invoice = z
  .object({
    id: InvoiceId,
    kind: InvoiceKind,
    number: z.string().meta({ examples: ['2027-00042'] }),
    year: z.int().meta({ description: 'Of its series: in the issuer’s time zone.' }),
    sequence: z.int().meta({ description: 'Its place in the series, from 1 without a gap.' }),
    organizerId: idOf('org'),
    eventId: idOf('evt'),
    orderId: OrderId,
    invoiceId: InvoiceId.nullable().meta({ description: 'Of a credit note: what it credits.' }),
    invoiceNumber: z.string().nullable(),
    refundId: z.string().nullable().meta({ description: 'The refund that a credit note is for.' }),
    reason: z.string().nullable().meta({ description: 'Why a credit note was issued.' }),
    issuedAt: Instant,
    currency: Currency,
    credited: Amount.meta({ description: 'What credit notes took off an invoice so far.' }),
    ...Document.shape,
  })
  .meta({
    id: 'Invoice',
    description: 'An invoice or a credit note, as it was issued. It never changes.',
  });
export type Invoice = z.output<typeof Invoice>;

/** Never written again once it is there: what a later one changes of it is a credit note. */
export interface InvoiceRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly orderId: string;
  readonly kind: InvoiceKind;
  /** Of a credit note: the invoice. */
  readonly invoiceId: string | null;
  readonly invoiceNumber: string | null;
  readonly refundId: string | null;
  readonly reason: string | null;
  /** How many invoices of the order came before it: those before are credited in full. */
  readonly replaces: number;
  readonly year: number;
  readonly sequence: number;
  readonly number: string;
  readonly currency: string;
  readonly total: number;
  readonly content: Document;
  readonly issuedAt: string;
}
