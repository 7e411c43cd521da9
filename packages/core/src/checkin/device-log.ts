import { millisOf } from '../kernel/index.ts';
import type { LogEntryInput } from './merged.ts';
import { digestOf } from './read-codes.ts';
import type { ScanRecord } from './scan.ts';

/** An entry of a device's log under the name that it has among all devices. */
export interface NamedEntry {
  readonly scanId: string;
  readonly entry: LogEntryInput;
}

/** The entries of a log, each once, in the order of the device's clock. */
export function namedEntries(deviceId: string, entries: readonly LogEntryInput[]): NamedEntry[] {
  const byId = new Map(entries.map((entry) => [`${deviceId}/${entry.scanId}`, entry]));
  return [...byId]
    .map(([scanId, entry]) => ({ scanId, entry }))
    .sort((a, b) => millisOf(a.entry.at) - millisOf(b.entry.at) || (a.scanId < b.scanId ? -1 : 1));
}

/**
 * Sorts a log by what is known already: entries that are new, those that repeat a scan, and those
 * that contradict one, by its code or by what was answered.
 */
export function sortLog<Entry extends NamedEntry>(
  log: readonly Entry[],
  known: readonly ScanRecord[],
) {
  const byId = new Map(known.map((scan) => [scan.scanId, scan]));
  const sorted = Map.groupBy(log, ({ scanId, entry }) => {
    const scan = byId.get(scanId);
    if (scan === undefined) return 'fresh';
    const same = scan.codeDigest === digestOf(entry.code) && scan.admitted === entry.admitted;
    return same ? 'repeated' : 'clashing';
  });
  const of = (kind: 'fresh' | 'repeated' | 'clashing') => sorted.get(kind) ?? [];
  return { fresh: of('fresh'), repeated: of('repeated'), clashing: of('clashing') };
}
