import type { TicketRecord } from '../tickets/index.ts';
import { type Door, decide, OUTSIDE, type Presence, pass, type Verdict } from './decide.ts';
import { shownTicket } from './door.ts';
import type { ScanRecord } from './scan.ts';
import { instantOf } from './when-shown.ts';

export interface Conclusion {
  /** All scans of the place, as the server sees them now. */
  readonly scans: readonly ScanRecord[];
  /** Where the place stands, by list. */
  readonly presences: ReadonlyMap<string | null, Presence>;
  /** The first entry that counts, on any list. */
  readonly first: ScanRecord | undefined;
}

/**
 * What the server concludes of all that doors admitted of one place: a function of the set of its
 * scans, whenever and in whatever order they came to be known. They are gone through in the order
 * of their own clocks (as far as these can be believed), then of devices, then of their ids; what
 * a rule does not allow after what came before does not count, whatever the door showed. What the server itself decided was
 * decided under the place's lock; only how often it had come in can turn out differently.
 */
export function concludePlace(
  doorOf: (listId: string | null) => Door,
  tickets: ReadonlyMap<string, TicketRecord>,
  all: readonly ScanRecord[],
): Conclusion {
  const presences = new Map<string | null, Presence>();
  let first: ScanRecord | undefined;
  const scans = all.toSorted(inOrder(tickets)).map((scan) => {
    if (!scan.admitted) return scan;
    const { listId } = scan;
    const was = presences.get(listId) ?? OUTSIDE;
    presences.set(listId, was);
    if (scan.undoneAt !== null) return { ...scan, counts: false, finding: null, findingWhy: null };
    // Codes are not kept: what was wrong with one stays so.
    if (scan.finding === 'key_revoked') return scan;
    const passage = { ...scan, at: instantOf(scan, tickets) };
    const verdict = verdictOn(doorOf(listId), tickets, passage, was);
    if (!verdict.admitted) {
      return { ...scan, counts: false, finding: verdict.reason, findingWhy: verdict.why };
    }
    presences.set(listId, verdict.presence);
    if (scan.direction === 'entry') first ??= scan;
    return { ...scan, counts: true, finding: null, findingWhy: null };
  });
  return { scans, presences, first };
}

function verdictOn(
  door: Door,
  tickets: ReadonlyMap<string, TicketRecord>,
  scan: ScanRecord,
  was: Presence,
): Verdict {
  const ticket = scan.ticketId === null ? undefined : tickets.get(scan.ticketId);
  if (scan.deviceId === null || ticket === undefined) return pass(door, was, scan);
  return decide(door, shownTicket(ticket, ticket.issue, scan.at), was, scan);
}

function inOrder(tickets: ReadonlyMap<string, TicketRecord>) {
  return (a: ScanRecord, b: ScanRecord): number =>
    compare(instantOf(a, tickets), instantOf(b, tickets)) ||
    compare(a.at, b.at) ||
    compare(a.deviceId ?? '', b.deviceId ?? '') ||
    compare(nameOf(a), nameOf(b));
}

/** Ids of what a device decided are given at the merge: its own names do not depend on that. */
function nameOf({ id, deviceId, scanId }: ScanRecord): string {
  return deviceId === null ? id : (scanId ?? id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
