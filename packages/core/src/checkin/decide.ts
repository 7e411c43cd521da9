import { localDay, type SessionMoment, windowOf } from './window.ts';

/**
 * What the door decides, on the server and on a device without a connection: this file and
 * `window.ts` know neither a database nor Node.
 */

/** What a list says. Instants are UTC strings, which compare as text. */
export interface DoorRules {
  readonly ticketTypeIds: readonly string[] | null;
  readonly sessionIds: readonly string[] | null;
  readonly opens: SessionMoment | null;
  readonly closes: SessionMoment | null;
  readonly opensAt: string | null;
  readonly closesAt: string | null;
  readonly entries: 'once' | 'once_a_day' | 'unlimited' | number;
  readonly exits: boolean;
  readonly reentry: boolean;
  readonly gates: readonly string[] | null;
}

export interface DoorSession {
  readonly id: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly doorsAt: string | null;
  readonly state: 'scheduled' | 'cancelled';
}

/** A door as it stands: its list's rules, and the event that it leads to. */
export interface Door {
  readonly eventId: string;
  readonly timezone: string;
  /** When the event was cancelled; null: it is not. */
  readonly cancelledAt: string | null;
  readonly sessions: readonly DoorSession[];
  readonly rules: DoorRules;
}

/** The ticket that a genuine code names. */
export interface ShownTicket {
  readonly eventId: string;
  readonly ticketTypeId: string;
  /** Null: it is for all sessions. */
  readonly sessionIds: readonly string[] | null;
  /** Why its code admits nobody any more; null: it does. */
  readonly revoked: string | null;
}

export type Direction = 'entry' | 'exit';

export interface Passage {
  readonly direction: Direction;
  readonly gate: string | null;
  readonly at: string;
}

/** How often a place came in by a list, and whether it is inside. */
export interface Presence {
  /** Those that used an entry of the rule. */
  readonly entries: number;
  readonly inside: boolean;
  readonly firstAt: string | null;
  readonly firstGate: string | null;
  readonly lastAt: string | null;
  readonly lastGate: string | null;
  /** The local day of the last entry. */
  readonly lastDay: string | null;
  readonly leftAt: string | null;
}

export const OUTSIDE: Presence = {
  entries: 0,
  inside: false,
  firstAt: null,
  firstGate: null,
  lastAt: null,
  lastGate: null,
  lastDay: null,
  leftAt: null,
};

type StandingReason =
  | 'wrong_event'
  | 'revoked'
  | 'event_cancelled'
  | 'wrong_list'
  | 'wrong_gate'
  | 'wrong_session'
  | 'too_early'
  | 'too_late';
type PresenceReason = 'already_in' | 'entries_used' | 'no_reentry' | 'not_inside';

export type Verdict =
  | { readonly admitted: true; readonly presence: Presence }
  | {
      readonly admitted: false;
      readonly reason: StandingReason | PresenceReason;
      readonly why: string | null;
    };

/** Decides a scan of a genuine code from all that is known of its place. */
export function decide(
  door: Door,
  ticket: ShownTicket,
  presence: Presence,
  passage: Passage,
): Verdict {
  return standing(door, ticket, passage) ?? pass(door, presence, passage);
}

/** Why a ticket may not pass, however often its place has come in; undefined when it may. */
function standing(
  { rules, ...door }: Door,
  ticket: ShownTicket,
  { direction, gate, at }: Passage,
): Verdict | undefined {
  if (ticket.eventId !== door.eventId) return refuse('wrong_event');
  // Who is inside may leave, whatever the time and whatever became of the ticket or the event.
  const leaving = direction === 'exit';
  if (!leaving && ticket.revoked !== null) return refuse('revoked', ticket.revoked);
  if (rules.ticketTypeIds !== null && !rules.ticketTypeIds.includes(ticket.ticketTypeId)) {
    return refuse('wrong_list');
  }
  if (rules.gates !== null && (gate === null || !rules.gates.includes(gate))) {
    return refuse('wrong_gate', rules.gates.join(', '));
  }
  if (leaving) return undefined;
  if (door.cancelledAt !== null && door.cancelledAt <= at) return refuse('event_cancelled');
  const window = windowOf(door.sessions, rules, ticket.sessionIds, at);
  return window.open ? undefined : refuse(window.reason, window.why);
}

/** Whether a place may come in or go out, as often as it has, and where that leaves it. */
export function pass({ rules, timezone }: Door, was: Presence, passage: Passage): Verdict {
  const { direction, gate, at } = passage;
  if (direction === 'exit') {
    if (!was.inside) return refuse('not_inside');
    return { admitted: true, presence: { ...was, inside: false, leftAt: at } };
  }
  const day = localDay(at, timezone);
  const sameDay = was.lastDay === day;
  // Yesterday's missing exit does not keep anybody out today, where there are further entries.
  const stale = !sameDay && rules.entries !== 'once';
  if (rules.exits && was.inside && !stale) return refuse('already_in');
  const back =
    rules.exits && !was.inside && was.entries > 0 && (sameDay || rules.entries === 'once');
  const free = back && rules.reentry;
  if (!free) {
    const used = usedUp(rules, was, sameDay);
    if (used !== undefined) return refuse(back && used === 'already_in' ? 'no_reentry' : used);
  }
  return {
    admitted: true,
    presence: {
      entries: was.entries + (free ? 0 : 1),
      inside: true,
      firstAt: was.firstAt ?? at,
      firstGate: was.firstAt === null ? gate : was.firstGate,
      lastAt: at,
      lastGate: gate,
      lastDay: day,
      leftAt: was.leftAt,
    },
  };
}

function usedUp({ entries }: DoorRules, was: Presence, sameDay: boolean) {
  if (entries === 'unlimited') return undefined;
  if (entries === 'once') return was.entries > 0 ? 'already_in' : undefined;
  if (entries === 'once_a_day') return sameDay ? 'already_in' : undefined;
  return was.entries >= entries ? 'entries_used' : undefined;
}

function refuse(reason: StandingReason | PresenceReason, why: string | null = null): Verdict {
  return { admitted: false, reason, why };
}
