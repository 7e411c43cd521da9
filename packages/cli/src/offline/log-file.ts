import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import type { DoorLog, LogEntry } from '@ticketi/core/checkin-offline';
import { UsageError } from '../errors.ts';

/** Whose log it is: the first line of the file. Every further line is a decision. */
export type LogOwner = Omit<DoorLog, 'entries'>;

/** A decision is appended, and on the disk, before the door shows it. */
export interface LogFile {
  /** What was decided before the door was started again. */
  readonly entries: readonly LogEntry[];
  append(entry: LogEntry): void;
  close(): void;
}

const NEWLINE = 10;
/** The log holds codes, which let people in. */
const OWNER_ONLY = 0o600;

/** Opens the log of a door, or begins one. A log of another door, list or event is refused. */
export async function openLog(path: string, owner: LogOwner): Promise<LogFile> {
  const begun = existsSync(path) ? await readLog(path) : undefined;
  if (begun !== undefined) refuseForeign(path, begun, owner);
  const file = openSync(path, 'a', OWNER_ONLY);
  let size = wholeLines(path).length;
  // What was cut off when the door was killed was never shown.
  if (fstatSync(file).size > size) ftruncateSync(file, size);
  const append = (line: object) => {
    if (fstatSync(file).size !== size) {
      throw new UsageError(
        `Another door writes to ${path}.`,
        'Each device needs a log and a --device name of its own.',
      );
    }
    writeFileSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
    size = fstatSync(file).size;
  };
  if (begun === undefined) append(owner);
  return { entries: begun?.entries ?? [], append, close: () => closeSync(file) };
}

/** Reads a log; undefined: nothing was written to it yet. A last line that was cut off is left out. */
export async function readLog(path: string): Promise<DoorLog | undefined> {
  const lines = wholeLines(path).toString('utf8').split('\n').slice(0, -1);
  const [head, ...rest] = lines.map((line, index) => parsed(path, line, index + 1));
  if (head === undefined) return undefined;
  const { entries: _none, ...owner } = await checked(path, head, []);
  const entries: LogEntry[] = [];
  for (let from = 0; from < rest.length; from += ENTRIES_AT_A_TIME) {
    const part = rest.slice(from, from + ENTRIES_AT_A_TIME);
    entries.push(...(await checked(path, head, part, from)).entries);
  }
  return { ...owner, entries };
}

/** As many entries as `checkin.merge` takes at once. */
export const ENTRIES_AT_A_TIME = 1000;

function wholeLines(path: string): Buffer {
  const bytes = readFileSync(path);
  return bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1);
}

function parsed(path: string, line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new UsageError(`Line ${number} of ${path} is not JSON.`, { cause });
  }
}

/** The lines as the merge would read them: what it would refuse is told at once, with its line. */
async function checked(
  path: string,
  head: unknown,
  entries: readonly unknown[],
  from = 0,
): Promise<DoorLog> {
  const { operations } = await import('@ticketi/core');
  const read = operations.checkin.merge.input.safeParse({ ...Object(head), entries });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const [first, index] = issue?.path ?? [];
  const line = first === 'entries' ? from + Number(index) + 2 : 1;
  throw new UsageError(
    `Line ${line} of ${path} is not of a door's log: ${issue?.message}`,
    'A log is written by `ticketi checkin offline --log`.',
  );
}

function refuseForeign(path: string, begun: LogOwner, owner: LogOwner): void {
  for (const [field, what] of [
    ['eventId', 'event'],
    ['listId', 'check-in list'],
    ['deviceId', 'device'],
  ] as const) {
    if (begun[field] === owner[field]) continue;
    throw new UsageError(
      `${path} is the log of another ${what}: ${begun[field] ?? 'none'}.`,
      'Give each door a log of its own.',
    );
  }
}
