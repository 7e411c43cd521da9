import { plusMinutes, type WriteContext } from '../kernel/index.ts';
import type { SignedCheck, TicketRecord } from '../tickets/index.ts';
import type { NamedEntry } from './device-log.ts';
import type { MergedScans } from './merge-scans.ts';
import { isDouble, type LogEntryInput, type Merged } from './merged.ts';
import { announceScan } from './new-scan.ts';
import { type ScanRecord, scanResource } from './scan.ts';
import type { LogOwner } from './shown-scan.ts';
import { isBehind } from './when-shown.ts';

/** How far the clock of a device may be ahead without being told. */
const AHEAD_MINUTES = 5;

/** Those whose device had a wrong clock, by the device's own ids. */
export function wrongClocks(
  log: readonly (NamedEntry & { readonly read: SignedCheck })[],
  tickets: ReadonlyMap<string, TicketRecord>,
  now: string,
): Pick<Merged, 'ahead' | 'behind'> {
  const latest = plusMinutes(now, AHEAD_MINUTES);
  const idsOf = (wrong: (entry: LogEntryInput, ticket: TicketRecord | undefined) => boolean) =>
    log.flatMap(({ entry, read }) => {
      const ticket = read.genuine ? tickets.get(read.ticketId) : undefined;
      return wrong(entry, ticket) ? [entry.scanId] : [];
    });
  return {
    ahead: idsOf(({ at }) => at > latest),
    behind: idsOf(({ at }, ticket) => ticket !== undefined && isBehind(at, ticket)),
  };
}

/** What a merge answers of the places that it touched. */
export function foundIn({ all }: MergedScans): Pick<Merged, 'doubles' | 'findings'> {
  const found = all
    .filter(({ finding }) => finding !== null)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return {
    doubles: found.filter(isDouble).map(scanResource),
    findings: found.filter((scan) => !isDouble(scan)).map(scanResource),
  };
}

/** Tells of a merge: its new scans, who was let in twice as is known now, and the merge itself. */
export function announceMerge(
  { emit }: Pick<WriteContext, 'emit'>,
  { organizerId, eventId, listId }: LogOwner,
  { fresh, changed }: MergedScans,
  merged: Merged,
): void {
  for (const scan of fresh) announceScan({ emit }, scan);
  for (const scan of [...fresh, ...changed].filter(isDouble)) {
    const data = scanResource(scan);
    emit({ type: 'checkin.double_found', organizerId, eventId, subject: scan.id, data });
  }
  if (fresh.length === 0) return;
  const idsOf = (scans: readonly Pick<ScanRecord, 'id'>[]) => scans.map(({ id }) => id);
  const { doubles, findings } = merged;
  emit({
    type: 'checkin.merged',
    organizerId,
    eventId,
    subject: listId ?? eventId,
    data: { ...merged, doubles: idsOf(doubles), findings: idsOf(findings) },
  });
}
