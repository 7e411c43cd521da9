import { explainQuote, formatAmount, type Quote } from '@ticketi/core';
import { isObject } from '../settings.ts';
import type { Row } from './cells.ts';
import { harmless } from './columns.ts';
import { listTable } from './lists.ts';
import { amountWriter } from './money.ts';
import type { Paint } from './paint.ts';

/** What a selection costs and, when that was asked for, how that comes about in sentences. */
export function quoteView(
  paint: Paint,
  quote: Row,
  width: number | undefined,
  locale: string | undefined,
): string {
  const shown = quoteTable(paint, quote, width);
  if (quote.explanation === undefined || !isTraced(quote)) return shown;
  const sentences = explainQuote(quote, amountWriter(locale));
  return `${shown}\n${sentences.map((sentence) => `${harmless(sentence)}\n`).join('')}`;
}

function isTraced(quote: Row): quote is Row & Pick<Quote, 'trace' | 'currency'> {
  const { trace, currency } = quote;
  const isStep = (step: unknown) =>
    isObject(step) && typeof step.rule === 'string' && isObject(step.terms);
  return typeof currency === 'string' && Array.isArray(trace) && trace.every(isStep);
}

/** A line each, then how the total comes about, then what of it lies inside. */
export function quoteTable(paint: Paint, quote: Row, width: number | undefined): string {
  const { currency } = quote;
  const lines = rowsOf(quote.lines);
  const rows = lines.map((line) => ({ ...line, currency, name: nameOf(line) }));
  const columns = ['>quantity', '~name', '>unitPrice', '>discount', '>fee', '>total'];
  const sums = sumsOf(quote, lines).filter(([, amount, always]) => always || amount !== 0);
  const inside = insideOf(quote).filter(([, amount]) => amount !== 0);
  const all: Sum[] = [...sums, ['total', numberOf(quote.total)], ...inside];
  const label = Math.max(...all.map(([title]) => title.length));
  const money = (value: number) =>
    typeof currency === 'string' ? formatAmount(value, currency) : String(value);
  const size = Math.max(...all.map(([, value]) => money(value).length));
  const written = ([title, value]: Sum) => `${title.padEnd(label)}  ${money(value).padStart(size)}`;
  return [
    listTable(paint, rows, width, columns),
    '\n',
    ...sums.map((sum) => `${paint.dim(written(sum))}\n`),
    `${paint.bold(written(['total', numberOf(quote.total)]))}\n`,
    ...inside.map((sum) => `${paint.dim(written(sum))}\n`),
  ].join('');
}

type Sum = readonly [title: string, amount: number, always?: boolean];

/** Everything that is added up to the total, and so sums to it. */
function sumsOf(quote: Row, lines: readonly Row[]): Sum[] {
  const relief = isObject(quote.taxRelief) ? quote.taxRelief : undefined;
  const spared = numberOf(relief?.amount);
  const rounded = lines.reduce((sum, { rounding }) => sum + numberOf(rounding), 0);
  const reason = relief?.reason === 'exempt' ? 'exempt' : 'reverse charge';
  return [
    ['subtotal', numberOf(quote.subtotal)],
    ...rowsOf(quote.discounts).map((own) => off(own, own.name)),
    ...rowsOf(quote.codes).map((own) => off(own, `discount ${String(own.code)}`)),
    ...feesOf(quote, 'passed_on'),
    ...(quote.taxIncluded === false ? taxesOf(quote, 'on top') : []),
    ['tax rounding', rounded + spared],
    [`no tax, ${reason}: ${harmless(String(relief?.note))}`, 0 - spared, relief !== undefined],
    ['cash rounding', numberOf(quote.rounding)],
  ];
}

/** What lies in the total already. */
function insideOf(quote: Row): Sum[] {
  return [
    ...(quote.taxIncluded === false ? [] : taxesOf(quote, 'inside')),
    ...feesOf(quote, 'absorbed').map(([name, amount]): Sum => [`${name} inside`, amount]),
  ];
}

function off({ amount }: Row, name: unknown): Sum {
  return [harmless(String(name)), 0 - numberOf(amount)];
}

function feesOf(quote: Row, mode: 'passed_on' | 'absorbed'): Sum[] {
  return rowsOf(quote.fees)
    .filter((fee) => fee.mode === mode)
    .map(({ name, amount }): Sum => [harmless(String(name)), numberOf(amount)]);
}

function taxesOf(quote: Row, where: string): Sum[] {
  return rowsOf(quote.taxes).map(
    ({ name, amount }): Sum => [`${harmless(String(name))} ${where}`, numberOf(amount)],
  );
}

/** The type, with the tier whose price it is. */
function nameOf({ name, tier }: Row): string {
  return isObject(tier) ? `${String(name)} (${String(tier.name)})` : String(name);
}

function rowsOf(value: unknown): Row[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
