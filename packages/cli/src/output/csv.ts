import { isObject } from '../settings.ts';
import { pageOf } from './page.ts';

/** A list as CSV (RFC 4180): a line for each item, nested fields as `buyer.email`, lists as JSON. */
export function csvOf(value: unknown): string {
  const items = pageOf(value)?.items ?? [value];
  const rows = items.map((item) => flattened(item));
  const fields = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const lines = rows.map((row) => fields.map((field) => row.get(field) ?? ''));
  if (fields.length === 0) return '';
  return [fields, ...lines].map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

function flattened(value: unknown, prefix = ''): Map<string, string> {
  if (!isObject(value)) return new Map([[prefix || 'value', textOf(value)]]);
  const pairs = Object.entries(value).flatMap(([key, part]): [string, string][] => {
    const field = prefix === '' ? key : `${prefix}.${key}`;
    return isObject(part) ? [...flattened(part, field)] : [[field, textOf(part)]];
  });
  return new Map(pairs);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  // A spreadsheet would run what looks like a formula.
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
