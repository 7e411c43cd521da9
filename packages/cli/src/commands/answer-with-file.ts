import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OperationName } from '@ticketi/core';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { isObject, type Settings } from '../settings.ts';

/** Operations that answer with a file. */
export const filesOf: ReadonlySet<OperationName> = new Set(['invoices.pdf']);

/** A terminal cannot show bytes; who wants the JSON around them says so. */
export function refuseBinary(
  { stdout }: Pick<Io, 'stdout'>,
  { format }: Pick<Settings, 'format'>,
  outputFile: string | undefined,
): void {
  if (outputFile !== undefined || format !== 'table' || !stdout.isTTY) return;
  throw new UsageError(
    'A PDF is nothing to show on a terminal.',
    'Save it with --output invoice.pdf, or send it on: > invoice.pdf.',
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
