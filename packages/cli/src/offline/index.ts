import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { OfflineDoor } from '@ticketi/core/checkin-offline';
import { scanCodes } from '../commands/scanning.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Settings } from '../settings.ts';
import { readBundle, refuseExpired } from './bundle-file.ts';
import { type LogFile, openLog } from './log-file.ts';

export interface OfflineOptions {
  readonly bundle?: string;
  readonly log?: string;
  readonly device?: string;
  readonly gate?: string;
  readonly direction?: string;
  readonly sound: boolean;
}

/** `checkin offline`: a door that decides alone, by a bundle, and keeps what it decided. */
export async function offlineDoor(io: Io, settings: Settings, options: OfflineOptions) {
  const { bundleFile, logFile, deviceId, direction, gate } = checked(options);
  const bundle = await readBundle(resolve(io.cwd, bundleFile));
  const { systemClock } = await import('@ticketi/core');
  const { createDoor } = await import('@ticketi/core/checkin-offline');
  refuseExpired(bundle, systemClock.now());
  const { entries: _none, ...owner } = createDoor({ bundle, deviceId }).log();
  const log = await openLog(resolve(io.cwd, logFile), owner);
  try {
    const door = createDoor({ bundle, deviceId, entries: log.entries });
    if (!settings.quiet && log.entries.length > 0) {
      io.stderr.write(`Going on after ${log.entries.length} scans of ${logFile}.\n`);
    }
    const decide = async (code: string) => {
      const at = systemClock.now();
      refuseExpired(bundle, at);
      const scan = { scanId: randomUUID(), code: storable(code), at, direction, gate };
      const answer = await door.scan(scan);
      keepLast(door, log);
      return { ...answer, direction, gate, at };
    };
    return await scanCodes(io, settings, { decide, sound: options.sound });
  } finally {
    log.close();
  }
}

/** Only what is on the disk is shown: a door that is killed here and started again knows it. */
function keepLast(door: OfflineDoor, log: LogFile): void {
  const entry = door.log().entries.at(-1);
  if (entry !== undefined) log.append(entry);
}

/** No code is longer; a line that is goes into the log as far as the merge takes it. */
const LONGEST_CODE = 2000;
const storable = (code: string) => code.slice(0, LONGEST_CODE);

const DIRECTIONS = ['entry', 'exit'] as const;
const EXAMPLE =
  'For example: ticketi checkin offline --bundle bundle.json --log south.jsonl --device south';

function checked({ bundle, log, device, gate, direction = 'entry' }: OfflineOptions) {
  const needed = Object.entries({ bundle, log, device });
  const [missing] = needed.find(([, value]) => value === undefined || value === '') ?? [];
  if (bundle === undefined || log === undefined || device === undefined || missing !== undefined) {
    throw new UsageError(`--${missing} is needed.`, EXAMPLE);
  }
  if (!/^[^/\0]{1,60}$/.test(device)) {
    throw new UsageError('--device is a name of 1 to 60 characters, without a slash.', EXAMPLE);
  }
  const named = gate?.trim();
  if (named !== undefined && (named === '' || named.length > 100)) {
    throw new UsageError('--gate is a name of 1 to 100 characters.');
  }
  const way = DIRECTIONS.find((known) => known === direction);
  if (way === undefined) throw new UsageError('--direction is entry or exit.');
  const files = { bundleFile: bundle, logFile: log };
  return { ...files, deviceId: device, gate: named ?? null, direction: way };
}
