import { isObject } from '../settings.ts';
import { cellOf, type Row } from './cells.ts';
import { listTable, titleOf } from './lists.ts';
import type { Paint } from './paint.ts';
import { quoteTable } from './quote.ts';

/** One record: a line for each field, then what it holds lists of, then its price. */
export function recordView(paint: Paint, record: Row, width: number | undefined): string {
  const lines: [string, string][] = [];
  const lists: [string, Row[]][] = [];
  for (const [field, value] of Object.entries(record)) {
    if (field === 'quote') continue;
    const rows = Array.isArray(value) ? value.filter(isObject) : [];
    if (rows.length > 0) lists.push([field, rows]);
    else lines.push([titleOf(field), cellOf(paint, record, field)]);
  }
  const label = Math.max(...lines.map(([title]) => title.length));
  return [
    ...lines.map(([title, text]) => `${paint.dim(title.padEnd(label))}  ${text}\n`),
    ...lists.map(
      ([field, rows]) =>
        `\n${paint.bold(titleOf(field))}\n${listTable(paint, rows, width, undefined, record.currency)}`,
    ),
    ...(isObject(record.quote) ? [`\n${quoteTable(paint, record.quote, width)}`] : []),
  ].join('');
}
