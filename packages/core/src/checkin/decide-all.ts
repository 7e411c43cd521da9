import type { EventRecord, SessionRecord } from '../events/index.ts';
import type { CheckedCode, TicketRecord } from '../tickets/index.ts';
import type { CheckinListRecord } from './checkin-list.ts';
import { type Direction, decide, type Presence, type Verdict } from './decide.ts';
import { doorOf, shownTicket } from './door.ts';
import type { Presences } from './presences.ts';
import type { ScanReason } from './scan.ts';

/** What was shown at a door. */
export interface Shown {
  /** Undefined: the event has none. */
  readonly list: CheckinListRecord | undefined;
  readonly read: CheckedCode;
  readonly direction: Direction;
  readonly gate: string | null;
}

/** What the scans of a batch are decided on, under the locks of their tickets. */
export interface Scene {
  readonly event: EventRecord;
  readonly sessions: readonly SessionRecord[];
  readonly tickets: ReadonlyMap<string, TicketRecord>;
  readonly presences: Presences;
  readonly now: string;
}

export interface Decision {
  readonly shown: Shown;
  readonly ticket: TicketRecord | undefined;
  readonly admitted: boolean;
  readonly reason: ScanReason | null;
  readonly why: string | null;
  /** How often the place had come in before. */
  readonly before: Presence | undefined;
}

/**
 * Decides scans one after another, in the order in which they came, and notes in `presences`
 * where they leave their places. Tickets that are `reserved` are just being bought by others.
 */
export function decideAll(
  scene: Scene,
  all: readonly Shown[],
  reserved: ReadonlySet<string>,
): Decision[] {
  return all.map((shown) => {
    const { read, list } = shown;
    const ticket = ticketOf(scene, read);
    const refused = { shown, admitted: false, why: null } as const;
    if (!read.genuine) {
      return { ...refused, reason: read.reason, ticket: undefined, before: undefined };
    }
    if (ticket === undefined) {
      return { ...refused, reason: 'unknown_code', ticket, before: undefined };
    }
    const listId = list?.id ?? scene.event.id;
    const before = scene.presences.of(listId, ticket.admissionId);
    const verdict = verdictOn(scene, shown, ticket, before);
    if (!verdict.admitted) {
      const { reason, why } = verdict;
      return { ...refused, reason, why, ticket, before };
    }
    if (reserved.has(ticket.id)) {
      return { ...refused, reason: 'resale_in_progress', ticket, before };
    }
    scene.presences.set(ticket, listId, verdict.presence);
    return { shown, ticket, admitted: true, reason: null, why: null, before };
  });
}

/** Tickets that come in for the first time if nothing else forbids it. */
export function comingIn(scene: Scene, all: readonly Shown[]): TicketRecord[] {
  const coming = all.flatMap((shown) => {
    const ticket = ticketOf(scene, shown.read);
    if (ticket === undefined || ticket.checkedInAt !== null || shown.direction === 'exit')
      return [];
    const before = scene.presences.of(shown.list?.id ?? scene.event.id, ticket.admissionId);
    return verdictOn(scene, shown, ticket, before).admitted ? [ticket] : [];
  });
  return [...new Set(coming)];
}

function ticketOf({ tickets }: Scene, read: CheckedCode): TicketRecord | undefined {
  return read.genuine ? tickets.get(read.ticketId) : undefined;
}

function verdictOn(
  { event, sessions, now }: Scene,
  { list, read, direction, gate }: Shown,
  ticket: TicketRecord,
  before: Presence,
): Verdict {
  const issue = read.genuine ? read.issue : ticket.issue;
  const door = doorOf(event, sessions, list);
  return decide(door, shownTicket(ticket, issue, null), before, { direction, gate, at: now });
}
