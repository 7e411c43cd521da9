import { formatAmount } from '@ticketi/core';
import { isObject } from '../settings.ts';
import type { Row } from './cells.ts';
import { listTable } from './lists.ts';
import type { Paint } from './paint.ts';

/** What a selection costs: a line each, then how the total comes about. */
export function quoteTable(paint: Paint, quote: Row, width: number | undefined): string {
  const { currency } = quote;
  const lines = Array.isArray(quote.lines) ? quote.lines.filter(isObject) : [];
  const rows = lines.map((line) => ({ ...line, currency }));
  const columns = ['>quantity', '~name', '>unitPrice', '>discount', '>fee', '>total'];
  const codes = Array.isArray(quote.codes) ? quote.codes.filter(isObject) : [];
  const named = codes.map(({ code }) => String(code)).join(', ');
  const sums: [string, unknown][] = [
    ['subtotal', quote.subtotal],
    [named === '' ? 'discount' : `discount ${named}`, negative(quote.discount)],
    ['fees', quote.fee],
  ];
  const shown = sums.filter(([, amount]) => amount !== 0);
  const label = Math.max(5, ...shown.map(([title]) => title.length));
  const amount = (value: unknown) =>
    typeof value === 'number' && typeof currency === 'string' ? formatAmount(value, currency) : '';
  const size = Math.max(
    ...[...shown.map(([, value]) => value), quote.total].map((v) => amount(v).length),
  );
  const sum = (title: string, value: unknown) =>
    `${title.padEnd(label)}  ${amount(value).padStart(size)}`;
  return [
    listTable(paint, rows, width, columns),
    '\n',
    ...shown.map(([title, value]) => `${paint.dim(sum(title, value))}\n`),
    `${paint.bold(sum('total', quote.total))}\n`,
  ].join('');
}

function negative(value: unknown): unknown {
  return typeof value === 'number' && value !== 0 ? -value : value;
}
