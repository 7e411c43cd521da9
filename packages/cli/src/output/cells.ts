import { formatAmount } from '@ticketi/core';
import { isObject } from '../settings.ts';
import { harmless } from './columns.ts';
import type { Paint } from './paint.ts';
import { termWords } from './terms.ts';

export type Row = Readonly<Record<string, unknown>>;

/** Fields in minor units of the currency beside them. */
const amounts = new Set([
  'price',
  'fixed',
  'amount',
  'fee',
  'buyerFee',
  'total',
  'refunded',
  'credited',
  'due',
  'loaded',
  'balance',
  'subtotal',
  'discount',
  'unitPrice',
  'absorbedFee',
  'min',
  'max',
  'minValue',
  'tax',
  'rounding',
  'opening',
  'closing',
  'debit',
  'credit',
]);

const good = new Set(['published', 'paid', 'valid', 'active', 'on_sale', 'open', 'succeeded']);
const bad = new Set(['cancelled', 'expired', 'void', 'declined', 'failed', 'disabled']);

/** One field of a record as a person reads it. */
export function cellOf(paint: Paint, row: Row, field: string): string {
  const value = row[field];
  if (typeof value === 'number' && amounts.has(field) && typeof row.currency === 'string') {
    return formatAmount(value, row.currency);
  }
  if (typeof value === 'number' && (field === 'capacity' || field === 'available'))
    return String(value);
  if (value === null && (field === 'capacity' || field === 'available')) return 'unlimited';
  const words = termWords(field, value, row.currency);
  if (words !== undefined) return harmless(words);
  if (field === 'cashStep' && typeof value === 'number') return `${value} minor units`;
  if (field === 'percent' && typeof value === 'string') return `${value} %`;
  return textOf(paint, value);
}

function textOf(paint: Paint, value: unknown): string {
  if (value === null || value === undefined || value === '') return paint.dim('–');
  if (typeof value === 'string') return paintedWord(paint, value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? paint.green('yes') : 'no';
  if (Array.isArray(value)) {
    return value.length === 0
      ? paint.dim('–')
      : value.map((each) => textOf(paint, each)).join(', ');
  }
  if (!isObject(value)) return String(value);
  return Object.values(value)
    .filter((part) => part !== null)
    .map((part) => textOf(paint, part))
    .join(' · ');
}

function paintedWord(paint: Paint, text: string): string {
  const instant = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):\d{2}\.\d{3}Z$/.exec(text);
  if (instant !== null) return `${instant[1]} ${instant[2]} UTC`;
  if (good.has(text)) return paint.green(text);
  if (bad.has(text)) return paint.red(text);
  return harmless(text);
}
