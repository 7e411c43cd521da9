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
 * refuses, of a tax it takes what its lines have. What credits the last of an invoice
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
  const named = isRest ? [...lines, ...onlyTaxOf(left, lines)] : lines;
  const credited = left.taxes.map((tax): DocumentTax => {
    if (isRest) return tax;
    const asked = sumOf(taxes, (own) => (own.taxId === tax.taxId ? own.amount : 0));
    const within = sumOf(named, ({ line }) => taxOf(lineOf(left, line), tax.taxId));
    const taken = Math.max(0, Math.min(asked, within, tax.amount));
    const share = tax.amount > 0 ? part(taken, tax.amount) : part(amount, left.total);
    return { ...tax, base: times(tax.base, share), amount: taken };
  });
  const own = linesOf(left, named, credited);
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

function lineOf({ lines }: Left, at: number): DocumentLine | undefined {
  return lines.find(({ line }) => line === at);
}

function unitsLeft(left: Left, at: number): number {
  return lineOf(left, at)?.quantity ?? 0;
}

/** The lines with their taxes: those that each has, or each tax in proportion to what is left of it. */
function linesOf(
  left: Left,
  lines: readonly CreditLine[],
  taxes: readonly DocumentTax[],
): DocumentLine[] {
  const known = lines.flatMap((credited) => {
    const line = lineOf(left, credited.line);
    return line === undefined ? [] : [{ credited, line, share: part(credited.amount, line.gross) }];
  });
  if (known.length === 0) return [];
  const spread = taxes.map(({ taxId, amount }) => {
    const has = known.map(({ line }) => taxOf(line, taxId));
    const weights = known.map(({ share }, at) => times(has[at] ?? 0, share));
    return { taxId, amounts: spreadWithin(amount, weights, has) };
  });
  const exact = taxes.every(
    ({ taxId, amount }) =>
      amount === sumOf(known, ({ credited }) => taxIn(credited.taxes ?? [], taxId)),
  );
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

/** An amount in proportion to the weights, where no part exceeds its own most. */
function spreadWithin(
  amount: number,
  weights: readonly number[],
  most: readonly number[],
): number[] {
  const parts = distribute(amount, weights).map((part, at) => Math.min(part, most[at] ?? 0));
  let over = amount - sumOf(parts, (part) => part);
  return parts.map((part, at) => {
    const more = Math.min(over, (most[at] ?? 0) - part);
    over -= more;
    return part + more;
  });
}

/** What a line has of a tax. */
function taxOf(line: DocumentLine | undefined, id: string): number {
  return taxIn(line?.taxes ?? [], id);
}

function taxIn(taxes: DocumentLine['taxes'], id: string): number {
  return sumOf(taxes, ({ taxId, amount }) => (taxId === id ? amount : 0));
}

/** Lines of which rounding has left a tax and nothing else: they go with the rest. */
function onlyTaxOf({ lines }: Left, named: readonly CreditLine[]): CreditLine[] {
  return lines
    .filter(({ line, tax }) => tax !== 0 && named.every((own) => own.line !== line))
    .map(({ line, taxes }) => ({ line, quantity: 0, amount: 0, taxes }));
}

/** A part of a whole as a fraction; nothing of nothing. */
function part(amount: number, of: number): Ratio {
  return of > 0 ? ratio(BigInt(amount), BigInt(of)) : ratio(0n, 1n);
}
