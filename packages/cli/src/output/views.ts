import { formatAmount, type OperationName } from '@ticketi/core';
import { isObject } from '../settings.ts';
import { fillBar } from './bar.ts';
import { entries, findings, statement } from './books.ts';
import { cellOf, type Row } from './cells.ts';
import { type Check, checksTable } from './checks.ts';
import { type Column, harmless, table } from './columns.ts';
import { listTable } from './lists.ts';
import { lotLines } from './lot.ts';
import { type AnsweredPage, moreLine, pageOf } from './page.ts';
import type { Paint } from './paint.ts';
import { qrPicture } from './qr.ts';
import { quoteView } from './quote.ts';
import { recordView } from './record.ts';
import { seatPicture } from './seats.ts';

/** What a view has besides the answer. */
export interface Look {
  readonly paint: Paint;
  /** Columns of the terminal; undefined: nobody looks at columns. */
  readonly width: number | undefined;
  readonly locale: string | undefined;
}

type View = (
  paint: Paint,
  value: Row,
  width: number | undefined,
  locale: string | undefined,
) => string;

/** Answers that a person would rather look at in another form than field by field. */
const views: Partial<Record<OperationName, View>> = {
  'quotes.get': quoteView,
  'codes.createMany': (_paint, lot) => lotLines(lot),
  'availability.get': availability,
  'availability.explain': explanation,
  'pools.list': pools,
  'tickets.code': (paint, { code, ticketId }) =>
    `${qrPicture(paint, String(code)).join('\n')}\n\n${String(code)}\n${paint.dim(String(ticketId))}\n`,
  'seatMaps.state': seatPicture,
  // The picture itself, to be sent to a file.
  'seatMaps.svg': (_paint, { svg }) => `${String(svg)}\n`,
  'ledger.balances': balances,
  'ledger.statement': statement,
  'ledger.sellerStatement': statement,
  'ledger.export': entries,
  'ledger.verify': findings,
  'doctor.check': (paint, { checks }, width) => checksTable(paint, checksOf(checks), width),
};

/** An answer as text for a person. */
export function viewOf(
  name: OperationName,
  value: unknown,
  { paint, width, locale }: Look,
): string {
  if (!isObject(value)) return `${String(value)}\n`;
  const view = views[name];
  if (view !== undefined) return view(paint, value, width, locale);
  const page = pageOf(value);
  if (page !== undefined) return pageTable(paint, page, width);
  return recordView(paint, value, width);
}

function pageTable(paint: Paint, page: AnsweredPage, width: number | undefined) {
  return listTable(paint, page.items, width) + moreLine(paint, page);
}

function availability(paint: Paint, { ticketTypes, currency }: Row, width: number | undefined) {
  const rows = rowsOf(ticketTypes).map((type) => ({ ...type, currency }));
  return listTable(paint, rows, width, ['ticketTypeId', '~name', '>price', '>available', 'onSale']);
}

/** The sentences of each ticket type, then what is not known. */
function explanation(paint: Paint, { at, ticketTypes, unknown }: Row): string {
  const types = rowsOf(ticketTypes).map(({ sentences }) => {
    const [first = '', ...more] = textsOf(sentences);
    return [first, ...more.map((text) => `  ${text}`), ''].map((line) => `${line}\n`).join('');
  });
  const notes = textsOf(unknown).map((text) => `${paint.dim(text)}\n`);
  return [`${paint.dim(`At ${String(at)}`)}\n\n`, ...types, ...notes].join('');
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map((text) => harmless(String(text))) : [];
}

function pools(paint: Paint, answer: Row, width: number | undefined): string {
  const page = pageOf(answer);
  if (page === undefined || page.items.length === 0) return listTable(paint, [], width);
  const fill = (row: Row) =>
    typeof row.capacity === 'number' && typeof row.claimed === 'number'
      ? fillBar(paint, row.claimed, row.capacity, 16)
      : `${cellOf(paint, row, 'claimed')} of unlimited`;
  const columns: Column<Row>[] = [
    { title: 'id', cell: ({ id }) => String(id) },
    { title: 'name', cell: ({ name }) => harmless(String(name)), cuts: true },
    { title: 'claimed', cell: fill },
  ];
  return table(paint, columns, page.items, width);
}

function balances(paint: Paint, { balances: accounts }: Row, width: number | undefined): string {
  const rows = rowsOf(accounts);
  const amount = (row: Row) =>
    typeof row.amount === 'number' && typeof row.currency === 'string'
      ? formatAmount(row.amount, row.currency)
      : '';
  const columns: Column<Row>[] = [
    { title: 'account', cell: ({ account }) => String(account) },
    { title: 'balance', cell: amount, align: 'right' },
  ];
  return rows.length === 0
    ? `${paint.dim('nothing is booked')}\n`
    : table(paint, columns, rows, width);
}

function rowsOf(value: unknown): Row[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function checksOf(value: unknown): Check[] {
  return rowsOf(value).map(({ name, ok, message }) => ({
    name: String(name),
    ok: ok === true,
    message: String(message),
  }));
}
