import { sumOf } from '../kernel/index.ts';
import type { DocumentLine, DocumentTax } from './document.ts';
import type { InvoiceRecord } from './invoice.ts';

/** What credit notes have left of an invoice. Minor units. */
export interface Left {
  readonly lines: readonly DocumentLine[];
  readonly taxes: readonly DocumentTax[];
  readonly rounding: number;
  readonly total: number;
}

/** An invoice less its credit notes: line by line, tax by tax, in all. */
export function leftOf(invoice: InvoiceRecord, notes: readonly InvoiceRecord[]): Left {
  const { content, total } = invoice;
  const credited = notes.map((note) => note.content);
  const ofLine = (at: number) =>
    credited.flatMap(({ lines }) => lines.filter(({ line }) => line === at));
  const ofTax = (id: string) =>
    credited.flatMap(({ taxes }) => taxes.filter(({ taxId }) => taxId === id));
  return {
    lines: content.lines.map((line) => minus(line, ofLine(line.line))),
    taxes: content.taxes.map((tax) => ({
      ...tax,
      base: tax.base - sumOf(ofTax(tax.taxId), ({ base }) => base),
      amount: tax.amount - sumOf(ofTax(tax.taxId), ({ amount }) => amount),
    })),
    rounding: content.rounding - sumOf(credited, ({ rounding }) => rounding),
    total: total - sumOf(notes, (note) => note.total),
  };
}

function minus(line: DocumentLine, notes: readonly DocumentLine[]): DocumentLine {
  const less = (of: (one: DocumentLine) => number) => of(line) - sumOf(notes, of);
  return {
    ...line,
    quantity: less(({ quantity }) => quantity),
    discount: less(({ discount }) => discount),
    fee: less(({ fee }) => fee),
    net: less(({ net }) => net),
    tax: less(({ tax }) => tax),
    gross: less(({ gross }) => gross),
    taxes: line.taxes.map(({ taxId, amount }) => ({
      taxId,
      amount:
        amount -
        sumOf(notes, ({ taxes }) => sumOf(taxes, (own) => (own.taxId === taxId ? own.amount : 0))),
    })),
  };
}
