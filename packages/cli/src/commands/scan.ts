import { createInterface } from 'node:readline';
import type { Surface } from '@ticketi/core';
import type { Fields } from '../flags/input.ts';
import type { Io } from '../io.ts';
import { harmless } from '../output/columns.ts';
import { type Paint, paintFor } from '../output/paint.ts';
import { inWords } from '../output/scan.ts';
import { isObject, type Settings } from '../settings.ts';

/**
 * Scans the code of the flag or, with `-`, every line of stdin: a keyboard-wedge scanner types one
 * after another. The exit code is 0 when all were admitted, 1 when one was not.
 */
export async function scanCodes(
  io: Io,
  settings: Settings,
  surface: Surface,
  fields: Fields,
): Promise<number> {
  let refused = 0;
  const scan = async (code: string) => {
    const answer = await surface.call('checkin.scan', { ...fields, code });
    if (isObject(answer) && answer.admitted !== true) refused += 1;
    await show(io, settings, answer);
  };
  if (fields.code !== '-') await scan(String(fields.code));
  else for await (const code of linesOf(io)) await scan(code);
  return refused === 0 ? 0 : 1;
}

async function* linesOf({ stdin }: Io): AsyncGenerator<string, void> {
  // The spaces of a line stay: a code may begin with one.
  for await (const line of createInterface({ input: stdin, crlfDelay: Infinity })) {
    if (line.trim() !== '') yield line;
  }
}

async function show(io: Io, { format, quiet }: Settings, answer: unknown): Promise<void> {
  if (format === 'json') io.stdout.write(`${JSON.stringify(answer)}\n`);
  else if (format === 'yaml') {
    const { stringify } = await import('yaml');
    io.stdout.write(`---\n${stringify(answer)}`);
  } else if (format === 'csv') io.stdout.write((await import('../output/csv.ts')).csvOf(answer));
  else if (isObject(answer)) io.stdout.write(line(paintFor(io, 'stdout'), answer, quiet));
}

function line(paint: Paint, scan: Fields, quiet: boolean): string {
  const who = [scan.holderName, scan.ticketName]
    .filter((part) => typeof part === 'string')
    .map(harmless)
    .join(', ');
  if (scan.admitted === true) {
    const word = paint.green.bold('ADMITTED');
    return quiet ? 'ADMITTED\n' : `${word}  ${who}\n`;
  }
  if (quiet) return `REFUSED ${String(scan.reason)}\n`;
  const why = inWords({
    reason: textOrNull(scan.reason),
    why: textOrNull(scan.why),
    lastAdmittedAt: textOrNull(scan.lastAdmittedAt),
    lastAdmittedGate: textOrNull(scan.lastAdmittedGate),
  });
  return `${paint.red.bold('REFUSED')}   ${who === '' ? '' : `${who}: `}${harmless(why)}\n`;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
