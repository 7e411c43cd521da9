import { decimalOf } from '@ticketi/core';
import { isObject } from '../settings.ts';
import { cellOf, type Row } from './cells.ts';
import { harmless } from './columns.ts';
import { listTable } from './lists.ts';
import { moreLine, pageOf } from './page.ts';
import type { Paint } from './paint.ts';

/** The lines of an account, between the balance before and the one after. */
export function statement(paint: Paint, answer: Row, width: number | undefined): string {
  const page = pageOf(answer);
  if (page === undefined || page.items.length === 0) return `${paint.dim('nothing is booked')}\n`;
  const balance = (field: 'opening' | 'closing') => `${field} ${cellOf(paint, answer, field)}\n`;
  const lines = listTable(paint, page.items, width, undefined, answer.currency);
  return `${balance('opening')}\n${lines}\n${balance('closing')}${moreLine(paint, page)}`;
}

/** The books, entry by entry. */
export function entries(paint: Paint, answer: Row, width: number | undefined): string {
  const page = pageOf(answer);
  if (page === undefined || page.items.length === 0) return `${paint.dim('nothing is booked')}\n`;
  const columns = ['date', 'kind', '~sourceId', 'account', 'item', '>debit', '>credit'];
  return listTable(paint, page.items, width, columns) + moreLine(paint, page);
}

/** What does not agree, a sentence each. */
export function findings(paint: Paint, { findings: found }: Row): string {
  const sentences = Array.isArray(found) ? found.filter(isObject) : [];
  if (sentences.length === 0) return `${paint.green('The books and the records agree.')}\n`;
  return sentences
    .map(({ message }) => `${paint.red('✗')} ${harmless(String(message))}\n`)
    .join('');
}

/** An export as accountants read it: amounts as decimals, and a side that is not there left empty. */
export function withDecimals(answer: unknown): unknown {
  const page = pageOf(answer);
  if (page === undefined) return answer;
  const decimal = ({ currency }: Row, amount: unknown) => {
    if (amount === 0 || typeof amount !== 'number') return '';
    return decimalOf(amount, String(currency));
  };
  return {
    ...page,
    items: page.items.map((row) => ({
      ...row,
      debit: decimal(row, row.debit),
      credit: decimal(row, row.credit),
    })),
  };
}
