import { type CodeProblem, createVerifier, namedTicket } from '../tickets/verify.ts';
import type { KeptBundle } from './bundle.ts';
import { type Direction, type Door, decide, OUTSIDE, type Presence } from './decide.ts';
import { recalled } from './recall.ts';
import type { ScanReason } from './scan.ts';

export type { CheckinBundle, KeptBundle } from './bundle.ts';
export type { Direction } from './decide.ts';
export type { ScanReason } from './scan.ts';

/** A scan as a device remembers it: what `checkin.merge` takes. */
export interface LogEntry {
  /** The device's own id of the scan, which it never gives twice. */
  readonly scanId: string;
  readonly code: string;
  readonly direction: Direction;
  readonly gate: string | null;
  /** By the device's clock. */
  readonly at: string;
  /** What the door showed. */
  readonly admitted: boolean;
  readonly reason: ScanReason | null;
  readonly why: string | null;
}

export interface DoorLog {
  readonly version: 1;
  readonly eventId: string;
  readonly listId: string | null;
  readonly deviceId: string;
  readonly entries: readonly LogEntry[];
}

/** What the door shows. */
export interface OfflineAnswer {
  readonly scanId: string;
  readonly admitted: boolean;
  readonly reason: ScanReason | null;
  readonly why: string | null;
  readonly ticketId: string | null;
  readonly ticketName: string | null;
  /** For `already_in`, `entries_used` and `no_reentry`: the last entry that this device knows of. */
  readonly lastAdmittedAt: string | null;
  readonly lastAdmittedGate: string | null;
}

export interface OfflineScan {
  readonly code: string;
  readonly scanId: string;
  /** A UTC instant with milliseconds, by the device's clock. */
  readonly at: string;
  /** Default: `entry`. */
  readonly direction?: Direction;
  /** Default: null. */
  readonly gate?: string | null;
}

export interface OfflineDoor {
  /**
   * Decides a scan by the bundle and by what this device has decided before. The same scan id
   * gets the same answer.
   *
   * @throws RangeError when the bundle has expired at `at`, or the instant is none
   */
  scan(scan: OfflineScan): Promise<OfflineAnswer>;
  /** All that was decided, to be kept and given to `checkin.merge`. */
  log(): DoorLog;
}

export interface OfflineDoorOptions {
  /** The answer of `checkin.bundle`. */
  readonly bundle: KeptBundle;
  /** A name that no other device has, without a slash. */
  readonly deviceId: string;
  /**
   * What the device decided before it was started again, all of it: what the bundle has of it
   * already (`merged`) is not counted twice. Default: nothing.
   */
  readonly entries?: readonly LogEntry[];
}

interface Known {
  readonly admissionId: string;
  readonly ticketTypeId: string;
  readonly name: string;
  readonly sessionIds: readonly string[] | null;
}

/**
 * A door without a connection: it decides as the server does, with the same rules, on what the
 * bundle knows and on what it has let in itself. What other doors do meanwhile it cannot know: two
 * doors without a connection both let one code in.
 *
 * @throws RangeError when the bundle has another version, or the device's name a slash
 */
export function createDoor({ bundle, deviceId, entries = [] }: OfflineDoorOptions): OfflineDoor {
  if (bundle.version !== 1) throw new RangeError('The bundle has a form of another version.');
  if (!/^[^/]{1,60}$/.test(deviceId)) {
    throw new RangeError('A device has a name of 1 to 60 characters, without a slash.');
  }
  const { eventId, timezone, cancelledAt, sessions, rules, listId } = bundle;
  const door: Door = { eventId, timezone, cancelledAt, sessions, rules };
  const verifier = createVerifier({
    keys: { keys: bundle.keys, revoked: bundle.revokedKeys },
    rotating: bundle.rotating,
  });
  const revoked = new Map(bundle.revocations.map(({ ticketId, reason }) => [ticketId, reason]));
  const tickets = new Map(
    bundle.tickets.flatMap(({ id, admissionId, kind }) => {
      const found = bundle.kinds[kind];
      return found === undefined ? [] : [[id, { admissionId, ...found }] as const];
    }),
  );
  const inBundle = new Map<string, Presence>(
    bundle.presences.map(({ admissionId, ...presence }) => [admissionId, presence]),
  );
  const presences = new Map(inBundle);
  const inPresences = new Set(
    (bundle.merged ?? []).flatMap((of) => (of.deviceId === deviceId ? of.scanIds : [])),
  );
  const log: LogEntry[] = [...entries];
  const answers = new Map<string, OfflineAnswer>();
  // One after another: two scans of one code at once would both find it outside.
  let last: Promise<unknown> = Promise.resolve();

  async function answer(scan: OfflineScan): Promise<OfflineAnswer> {
    const known = answers.get(scan.scanId);
    if (known !== undefined) return known;
    const { code, scanId, at, direction = 'entry', gate = null } = scan;
    if (!(at < bundle.expiresAt))
      throw new RangeError(`The bundle expired at ${bundle.expiresAt}.`);
    const read = await verifier.verify(code, { now: Date.parse(at) });
    const ticket = ticketOf(read.ticketId);
    const before = presenceOf(ticket);
    const decided = decideKnown(read, ticket, before ?? OUTSIDE, { direction, gate, at });
    if (decided.presence !== undefined && ticket !== undefined) {
      presences.set(ticket.admissionId, decided.presence);
    }
    const { admitted, reason, why } = decided;
    const entry = { scanId, code, direction, gate, at, admitted, reason, why };
    log.push(entry);
    return keep(entry, read.ticketId, before);
  }

  /**
   * What the door showed before it was started again, it showed. Whom it let in by its own log is
   * in, whatever became of the code since, so that is not judged again.
   */
  async function recall(entry: LogEntry): Promise<void> {
    if (answers.has(entry.scanId)) return;
    if (!entry.admitted) {
      const read = await verifier.verify(entry.code, { now: Date.parse(entry.at) });
      keep(entry, read.ticketId, presenceOf(ticketOf(read.ticketId)));
      return;
    }
    const ticketId = namedTicket(entry.code) ?? null;
    keep({ ...entry, reason: null, why: null }, ticketId, undefined);
    if (ticketId === null || inPresences.has(entry.scanId)) return;
    // The first ticket of a place has its id, also when it is void and another one took its place.
    const place = tickets.get(ticketId)?.admissionId ?? ticketId;
    const stands = {
      was: presences.get(place) ?? OUTSIDE,
      inBundle: inBundle.get(place) ?? OUTSIDE,
    };
    presences.set(place, recalled(door, stands, entry));
  }

  const ticketOf = (ticketId: string | null) =>
    ticketId === null ? undefined : tickets.get(ticketId);
  const presenceOf = (ticket: Known | undefined) => ticket && presences.get(ticket.admissionId);

  function keep(
    { scanId, admitted, reason, why }: LogEntry,
    ticketId: string | null,
    before: Presence | undefined,
  ): OfflineAnswer {
    const telling = reason === 'already_in' || reason === 'entries_used' || reason === 'no_reentry';
    const given: OfflineAnswer = {
      scanId,
      admitted,
      reason,
      why,
      ticketId,
      ticketName: ticketOf(ticketId)?.name ?? null,
      lastAdmittedAt: telling ? (before?.lastAt ?? null) : null,
      lastAdmittedGate: telling ? (before?.lastGate ?? null) : null,
    };
    answers.set(scanId, given);
    return given;
  }

  function decideKnown(
    read: Awaited<ReturnType<typeof verifier.verify>>,
    ticket: Known | undefined,
    presence: Presence,
    passage: { direction: Direction; gate: string | null; at: string },
  ) {
    const refuse = (reason: ScanReason, why: string | null = null) => ({
      admitted: false as const,
      reason,
      why,
      presence: undefined,
    });
    if (!read.ok) return refuse(...problemOf(read.reason));
    const why = revoked.get(read.ticketId);
    if (why !== undefined) return refuse('revoked', why);
    // Sold after the bundle was made, or for another event: this device cannot tell.
    if (ticket === undefined) return refuse('unknown_code', 'not_in_bundle');
    const shown = { ...ticket, eventId, revoked: null };
    const verdict = decide(door, shown, presence, passage);
    return verdict.admitted
      ? { admitted: true as const, reason: null, why: null, presence: verdict.presence }
      : refuse(verdict.reason, verdict.why);
  }

  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = last.then(task, task);
    last = turn.catch(() => undefined);
    return turn;
  }

  for (const entry of entries) void inTurn(() => recall(entry)).catch(() => undefined);
  return {
    scan: (scan) => inTurn(() => answer(scan)),
    log: () => ({ version: 1, eventId, listId, deviceId, entries: [...log] }),
  };
}

/** What the door says of a code that is not good. Revocations are looked up by the device itself. */
function problemOf(problem: CodeProblem): [ScanReason, string?] {
  if (problem === 'unknown_key' || problem === 'door_key_required') {
    return ['unknown_code', problem];
  }
  return [problem];
}
