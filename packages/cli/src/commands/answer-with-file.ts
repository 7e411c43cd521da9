import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OperationName } from '@ticketi/core';
import { UsageError } from '../errors.ts';
import type { Given } from '../flags/input.ts';
import type { Io } from '../io.ts';
import { isObject, type Settings } from '../settings.ts';

/** Operations that answer with a file, and what its name could be. */
const FILES: Partial<Record<OperationName, string>> = {
  'invoices.pdf': 'invoice.pdf',
  'documents.qr': 'ticket.svg',
  'documents.pdf': 'tickets.pdf',
  'documents.calendar': 'dates.ics',
  'documents.appleWallet': 'ticket.pkpass',
};

export const filesOf: ReadonlySet<string> = new Set(Object.keys(FILES));

/** Files that a terminal shows as well. */
function isText(name: OperationName, given: Given): boolean {
  if (name !== 'documents.qr') return name === 'documents.calendar';
  const image = [...given].find(([{ long }]) => long === 'image')?.[1];
  return String(image ?? 'svg') !== 'png';
}

/** A terminal cannot show bytes; who wants the JSON around them says so. */
export function refuseBinary(
  { stdout }: Pick<Io, 'stdout'>,
  { format }: Pick<Settings, 'format'>,
  {
    name,
    given,
    outputFile,
  }: { name: OperationName; given: Given; outputFile: string | undefined },
): void {
  const file = FILES[name];
  if (file === undefined || outputFile !== undefined || format !== 'table' || !stdout.isTTY) return;
  if (isText(name, given)) return;
  throw new UsageError(
    'A file is nothing to show on a terminal.',
    `Save it with --output ${file}, or send it on: > ${file}.`,
  );
}

/** Writes the file of an answer where it is to go; false where the answer itself is wanted. */
export function answerWithFile(
  io: Io,
  { format, quiet }: Pick<Settings, 'format' | 'quiet'>,
  answer: unknown,
  outputFile: string | undefined,
): boolean {
  if (outputFile === undefined && format !== 'table') return false;
  if (!isObject(answer)) return false;
  const bytes = Buffer.from(String(answer.base64), 'base64');
  if (outputFile === undefined || outputFile === '-') {
    io.stdout.write(bytes);
    return true;
  }
  writeFileSync(resolve(io.cwd, outputFile), bytes);
  if (!quiet) io.stderr.write(`Saved ${outputFile} (${bytes.length} bytes).\n`);
  return true;
}
