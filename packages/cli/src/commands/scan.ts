import { createInterface } from 'node:readline';
import type { Surface } from '@ticketi/core';
import type { Fields, Given } from '../flags/input.ts';
import type { Io } from '../io.ts';
import { harmless } from '../output/columns.ts';
import { type Paint, paintFor } from '../output/paint.ts';
import { inWords } from '../output/scan.ts';
import { isObject, type Settings } from '../settings.ts';

/** Without a code on the command line, codes are typed: by a scanner, line by line. */
export function codesFromStdin(given: Given, told: Fields): Fields {
  const named = told.code !== undefined || [...given.keys()].some(({ path }) => path[0] === 'code');
  return named ? told : { ...told, code: '-' };
}

interface Tally {
  admitted: number;
  refused: number;
  failed: number;
}

/**
 * Scans the code of the flag or, with `-` or without one, every line of stdin: a keyboard-wedge
 * scanner types one after another. What cannot be asked (the server is away) is told, and the next
 * line is read all the same. The exit code is 0 when all were admitted, 1 when one was not.
 */
export async function scanCodes(
  io: Io,
  settings: Settings,
  surface: Surface,
  fields: Fields,
): Promise<number> {
  const tally: Tally = { admitted: 0, refused: 0, failed: 0 };
  const scan = async (code: string) => {
    const answer = await surface.call('checkin.scan', { ...fields, code });
    const admitted = isObject(answer) && answer.admitted === true;
    tally[admitted ? 'admitted' : 'refused'] += 1;
    await show(io, settings, answer);
    ring(io, settings, admitted ? 1 : 3);
  };
  if (fields.code !== '-') await scan(String(fields.code));
  else {
    for await (const code of linesOf(io)) {
      try {
        await scan(code);
      } catch (error) {
        const { isTicketiError } = await import('@ticketi/core');
        if (!isTicketiError(error) || !error.retryable) throw error;
        tally.failed += 1;
        io.stderr.write(`${paintFor(io, 'stderr').yellow.bold('NOT SCANNED')}  ${error.message}\n`);
        ring(io, settings, 3);
      }
    }
    if (!settings.quiet) io.stderr.write(`${inNumbers(tally)}\n`);
  }
  return tally.refused + tally.failed === 0 ? 0 : 1;
}

function inNumbers({ admitted, refused, failed }: Tally): string {
  const parts = [`${admitted} admitted`, `${refused} refused`];
  return [...parts, ...(failed === 0 ? [] : [`${failed} not scanned`])].join(', ');
}

/** One ring for who may pass, three for who may not; only where a person sits, who may switch it off. */
function ring({ stderr, env }: Io, { quiet }: Settings, times: number): void {
  if (stderr.isTTY && !quiet && env.TICKETI_SOUND !== 'off') stderr.write('\u0007'.repeat(times));
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
    const word = paint.green.bold(scan.direction === 'exit' ? 'OUT' : 'ADMITTED');
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
