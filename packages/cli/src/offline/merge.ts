import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Surface } from '@ticketi/core';
import { UsageError } from '../errors.ts';
import type { Fields } from '../flags/input.ts';
import type { Io } from '../io.ts';
import { ENTRIES_AT_A_TIME, readLog } from './log-file.ts';

/** The log of a door as the input of `checkin.merge`. */
export async function logAsInput({ cwd }: Pick<Io, 'cwd'>, logFile: string): Promise<Fields> {
  const path = resolve(cwd, logFile);
  const log = existsSync(path) ? await readLog(path) : undefined;
  if (log !== undefined) return { ...log };
  throw new UsageError(
    `There is no log ${logFile}, or nothing in it.`,
    'A log is written by `ticketi checkin offline --log`.',
  );
}

/**
 * Merges a log however long it is, in parts, and answers as if it had been one. Stopped half-way
 * it is merged again from the beginning, which changes nothing of what is there already.
 */
export async function mergeInParts(surface: Surface, fields: Fields): Promise<unknown> {
  const { operations } = await import('@ticketi/core');
  const { merge } = operations.checkin;
  const entries = Array.isArray(fields.entries) ? fields.entries : [];
  const part = async (from: number) => {
    const some = entries.slice(from, from + ENTRIES_AT_A_TIME);
    return merge.output.parse(await surface.call('checkin.merge', { ...fields, entries: some }));
  };
  let whole = await part(0);
  for (let from = ENTRIES_AT_A_TIME; from < entries.length; from += ENTRIES_AT_A_TIME) {
    const next = await part(from);
    whole = {
      ...next,
      added: whole.added + next.added,
      repeated: whole.repeated + next.repeated,
      clashing: [...whole.clashing, ...next.clashing],
      ahead: [...whole.ahead, ...next.ahead],
      behind: [...whole.behind, ...next.behind],
      doubles: latest(whole.doubles, next.doubles),
      findings: latest(whole.findings, next.findings),
    };
  }
  return whole;
}

/** Two parts may tell of one scan: the later one knows more. */
function latest<Scan extends { readonly id: string }>(earlier: Scan[], later: Scan[]): Scan[] {
  const told = new Set(later.map(({ id }) => id));
  return [...earlier.filter(({ id }) => !told.has(id)), ...later];
}
