import type { OperationName } from '@ticketi/core';
import { type Io, widthOf } from '../io.ts';
import { isObject, type Settings } from '../settings.ts';
import { pageOf } from './page.ts';
import { paintFor } from './paint.ts';

/** Writes an answer to stdout in the format that is asked for. */
export async function printAnswer(
  io: Io,
  { format, quiet }: Pick<Settings, 'format' | 'quiet'>,
  name: OperationName,
  value: unknown,
): Promise<void> {
  io.stdout.write(await textOf(io, { format, quiet }, name, value));
}

async function textOf(
  io: Io,
  { format, quiet }: Pick<Settings, 'format' | 'quiet'>,
  name: OperationName,
  value: unknown,
): Promise<string> {
  if (format === 'json') return `${JSON.stringify(value, null, 2)}\n`;
  if (format === 'yaml') return (await import('yaml')).stringify(value);
  if (format === 'csv') return (await import('./csv.ts')).csvOf(value);
  if (quiet) return quietly(name, value);
  const { viewOf } = await import('./views.ts');
  return viewOf(name, paintFor(io, 'stdout'), value, widthOf(io));
}

/** Only what a script needs to go on: ids, one a line; the code of a ticket. */
function quietly(name: OperationName, value: unknown): string {
  if (!isObject(value)) return '';
  if (name === 'tickets.code') return `${String(value.code)}\n`;
  const rows = pageOf(value)?.items ?? [value];
  return rows
    .map(({ id }) => id)
    .filter((id) => typeof id === 'string')
    .map((id) => `${id}\n`)
    .join('');
}
