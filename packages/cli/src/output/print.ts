import type { OperationName } from '@ticketi/core';
import { type Io, widthOf } from '../io.ts';
import { isObject, type Settings } from '../settings.ts';
import { listed, lotLines } from './lot.ts';
import { pageOf } from './page.ts';
import { paintFor } from './paint.ts';

/** Writes an answer to stdout in the format that is asked for. */
export async function printAnswer(
  io: Io,
  settings: Pick<Settings, 'format' | 'quiet' | 'locale'>,
  name: OperationName,
  value: unknown,
): Promise<void> {
  io.stdout.write(await textOf(io, settings, name, value));
}

async function textOf(
  io: Io,
  { format, quiet, locale }: Pick<Settings, 'format' | 'quiet' | 'locale'>,
  name: OperationName,
  value: unknown,
): Promise<string> {
  if (format === 'json') return `${JSON.stringify(value, null, 2)}\n`;
  if (format === 'yaml') return (await import('yaml')).stringify(value);
  if (format === 'csv') {
    const { csvOf } = await import('./csv.ts');
    if (name !== 'ledger.export') return csvOf(listed(value));
    return csvOf((await import('./books.ts')).withDecimals(value));
  }
  if (quiet) return quietly(name, value);
  const { viewOf } = await import('./views.ts');
  return viewOf(name, value, { paint: paintFor(io, 'stdout'), width: widthOf(io), locale });
}

/** Only what a script needs to go on: ids, one a line; the code of a ticket. */
function quietly(name: OperationName, value: unknown): string {
  if (!isObject(value)) return '';
  if (name === 'tickets.code') return `${String(value.code)}\n`;
  if (name === 'codes.createMany') return lotLines(value);
  const rows = pageOf(value)?.items ?? [value];
  return rows
    .map(({ id }) => id)
    .filter((id) => typeof id === 'string')
    .map((id) => `${id}\n`)
    .join('');
}
