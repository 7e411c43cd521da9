import { createInterface } from 'node:readline';
import type { TicketiError } from '@ticketi/core';
import type { Io } from '../io.ts';
import { paintFor } from '../output/paint.ts';
import { scanLine } from '../output/scan.ts';
import { isObject, type Settings } from '../settings.ts';

/** Whoever decides about a code: a server, or this device alone. */
export interface Doorkeeper {
  readonly decide: (code: string) => Promise<unknown>;
  /** `--no-sound` switches it off. */
  readonly sound: boolean;
}

interface Tally {
  admitted: number;
  refused: number;
  failed: number;
}

/**
 * Scans one code, or every line of stdin: a keyboard-wedge scanner types one after another. What
 * cannot be asked (the server is away, a line is no code at all) is told, and the next line is
 * read all the same. The exit code is 0 when all were admitted, 1 when one was not.
 */
export async function scanCodes(
  io: Io,
  settings: Settings,
  { decide, sound }: Doorkeeper,
  only?: string,
): Promise<number> {
  const tally: Tally = { admitted: 0, refused: 0, failed: 0 };
  const scan = async (code: string) => {
    const answer = await decide(code);
    const admitted = isObject(answer) && answer.admitted === true;
    tally[admitted ? 'admitted' : 'refused'] += 1;
    await show(io, settings, answer);
    if (sound) ring(io, settings, admitted ? 1 : 3);
  };
  const sumUp = async () => {
    if (!settings.quiet) io.stderr.write(`${inNumbers(tally)}\n`);
  };
  if (only !== undefined) await scan(only);
  else {
    // Whoever ends the evening with Ctrl-C wants to know, too.
    io.onInterrupt.add(sumUp);
    try {
      for await (const code of linesOf(io)) {
        try {
          await scan(code);
        } catch (error) {
          const { isTicketiError } = await import('@ticketi/core');
          if (!isTicketiError(error) || !concernsOneScan(error)) throw error;
          tally.failed += 1;
          io.stderr.write(notScanned(io, settings, error));
          if (sound) ring(io, settings, 3);
        }
      }
    } finally {
      if (io.onInterrupt.delete(sumUp)) await sumUp();
    }
  }
  return tally.refused + tally.failed === 0 ? 0 : 1;
}

/** The next scan may well succeed: the trouble passes, or it is the line's own. */
function concernsOneScan({ retryable, issues = [] }: TicketiError): boolean {
  return retryable || (issues.length > 0 && issues.every(({ path }) => path === 'code'));
}

function notScanned(io: Io, { format }: Settings, error: TicketiError): string {
  if (format === 'json') return `${JSON.stringify(error)}\n`;
  return `${paintFor(io, 'stderr').yellow.bold('NOT SCANNED')}  ${error.message}\n`;
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
  else if (isObject(answer)) io.stdout.write(scanLine(paintFor(io, 'stdout'), answer, quiet));
}
