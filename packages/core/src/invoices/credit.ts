import { distribute, type Ratio, type Refusal, ratio, sumOf, times } from '../kernel/index.ts';
import type { Document, DocumentLine, DocumentTax } from './document.ts';
import type { InvoiceRecord } from './invoice.ts';
import { type Left, leftOf } from './left.ts';
import { creditAboveInvoice } from './refusals.ts';

/** What of a line is credited. */
export interface CreditLine {
  /** Index of the line in the order's quote. */
  readonly line: number;
  /** Units; zero where money goes back and no ticket. */
  readonly quantity: number;
  /** Minor units, with tax. */
  readonly amount: number;
  /** Its taxes, where they are known by line; else they are spread over the lines. */
  readonly taxes?: DocumentLine['taxes'];
}

/** What is credited of an invoice, all in minor units. */
export interface Credit {
  readonly lines: readonly CreditLine[];
  /** The tax inside, by rate. */
  readonly taxes: readonly { readonly taxId: string; readonly amount: number }[];
  /** In all: what the lines come to, and what coins rounded. */
  readonly amount: number;
}

/**
 * What a credit note says, after those that were issued of the invoice before.
 * It credits no more than is left: of the whole and of a line's units it
 * refuses, of a tax it takes what there is. What credits the last of an invoice
 * credits the last of its taxes too.
 */
export function creditNoteOf(
  invoice: InvoiceRecord,
  { lines, taxes, amount }: Credit,
  before: readonly InvoiceRecord[] = [],
): Document | Refusal<'credit_above_invoice'> {
  const { id: invoiceId, content } = invoice;
  const left = leftOf(invoice, before);
  if (amount < 1 || amount > left.total) {
    return creditAboveInvoice({ invoiceId, line: null, left: left.total });
  }
  const tooMuch = lines.find(({ line, quantity }) => quantity > unitsLeft(left, line));
  if (tooMuch !== undefined) {
    const { line } = tooMuch;
    return creditAboveInvoice({ invoiceId, line, left: unitsLeft(left, line) });
  }
  const isRest = amount === left.total;
  const credited = left.taxes.map((tax): DocumentTax => {
    if (isRest) return tax;
    const asked = sumOf(taxes, (own) => (own.taxId === tax.taxId ? own.amount : 0));
    const taken = Math.max(0, Math.min(asked, tax.amount));
    const share = tax.amount > 0 ? part(taken, tax.amount) : part(amount, left.total);
    return { ...tax, base: times(tax.base, share), amount: taken };
  });
  const own = linesOf(left, lines, credited);
  const gross = sumOf(own, (line) => line.gross);
  const tax = sumOf(own, (line) => line.tax);
  return {
    ...content,
    lines: own,
    discounts: [],
    fees: [],
    taxes: credited.filter(({ base, amount: its }) => base !== 0 || its !== 0),
    net: gross - tax,
    tax,
    rounding: amount - gross,
    total: amount,
    paidByGiftCards: 0,
    paid: 0,
    due: 0,
    paidAt: null,
    dueAt: null,
  };
}

function unitsLeft({ lines }: Left, at: number): number {
  return lines.find(({ line }) => line === at)?.quantity ?? 0;
}

/** The lines with their taxes: those that each has, or each tax in proportion to what is left of it. */
function linesOf(
  left: Left,
  lines: readonly CreditLine[],
  taxes: readonly DocumentTax[],
): DocumentLine[] {
  const known = lines.flatMap((credited) => {
    const line = left.lines.find((one) => one.line === credited.line);
    return line === undefined ? [] : [{ credited, line, share: part(credited.amount, line.gross) }];
  });
  if (known.length === 0) return [];
  const spread = taxes.map(({ taxId, amount }) => {
    const weights = known.map(({ line, share }) => times(taxOf(line.taxes, taxId), share));
    return {
      taxId,
      amounts: distribute(
        amount,
        weights.map((weight) => Math.max(0, weight)),
      ),
    };
  });
  const exact = known.every(({ credited }) => credited.taxes !== undefined);
  return known.map(({ credited, line, share }, at): DocumentLine => {
    const { quantity, amount: gross } = credited;
    const own = exact
      ? (credited.taxes ?? [])
      : spread.map(({ taxId, amounts }) => ({ taxId, amount: amounts[at] ?? 0 }));
    const tax = sumOf(own, ({ amount }) => amount);
    return {
      ...line,
      quantity,
      discount: times(line.discount, share),
      fee: times(line.fee, share),
      net: gross - tax,
      tax,
      gross,
      taxes: own.filter(({ amount }) => amount !== 0),
    };
  });
}

function taxOf(taxes: DocumentLine['taxes'], id: string): number {
  return sumOf(taxes, ({ taxId, amount }) => (taxId === id ? amount : 0));
}

/** A part of a whole as a fraction; nothing of nothing. */
function part(amount: number, of: number): Ratio {
  return of > 0 ? ratio(BigInt(amount), BigInt(of)) : ratio(0n, 1n);
}
