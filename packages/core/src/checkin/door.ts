import type { EventRecord, SessionRecord } from '../events/index.ts';
import type { ReadContext, WriteContext } from '../kernel/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import { type CheckinListRecord, EVERYBODY } from './checkin-list.ts';
import type { Door, DoorRules, ShownTicket } from './decide.ts';
import { checkinListArchived, checkinListNotNamed } from './refusals.ts';

/** The door of a list, or that of an event without one. */
export function doorOf(
  event: EventRecord,
  sessions: readonly SessionRecord[],
  list: CheckinListRecord | undefined,
): Door {
  return {
    eventId: event.id,
    timezone: event.timezone,
    cancelledAt: event.cancelledAt,
    sessions,
    rules: list ?? EVERYBODY,
  };
}

/** The sessions of an event, read where one of the lists asks for them. */
export function sessionsFor(
  { tx }: Pick<ReadContext, 'tx'>,
  eventId: string,
  lists: readonly DoorRules[],
): Promise<SessionRecord[]> {
  const asked = lists.some(
    ({ opens, closes, sessionIds }) => opens !== null || closes !== null || sessionIds !== null,
  );
  return asked ? tx.events.sessions.ofEvents([eventId]) : Promise.resolve([]);
}

/**
 * The lists of an event, for who lets people in. Where there is none the event is locked, shared,
 * and asked once more: its first list is made under the same row, and so sees who came in without
 * one, or is seen. Not for inside `tx.together`: there the lock waits for its turn, and the
 * lists are asked for at once, before it.
 */
export async function listsToEnterBy(
  { tx }: Pick<WriteContext, 'tx'>,
  eventId: string,
): Promise<CheckinListRecord[]> {
  const lists = await tx.checkin.lists.ofEvent(eventId);
  if (lists.length > 0) return lists;
  // One after the other on the database, without waiting for the lock's answer here.
  const [, since] = await Promise.all([
    tx.events.events.findForShare(eventId),
    tx.checkin.lists.ofEvent(eventId),
  ]);
  return since;
}

/**
 * The list that a scan names, or the only open one of its event. None (`list` undefined) where
 * the event never had one; a refusal where there are several to choose from, or all are archived:
 * everybody would come in anew.
 */
export function listFor(lists: readonly CheckinListRecord[], listId: string | null) {
  if (listId !== null) {
    const list = lists.find(({ id }) => id === listId);
    if (list === undefined) return 'not_found' as const;
    return list.archivedAt === null ? { list } : checkinListArchived({ listId });
  }
  const open = lists.filter(({ archivedAt }) => archivedAt === null);
  if (open.length > 1) {
    return checkinListNotNamed({ lists: open.map(({ id, name }) => ({ id, name })) });
  }
  const last = lists.at(-1);
  if (open.length === 0 && last !== undefined) return checkinListArchived({ listId: last.id });
  return { list: open[0] };
}

/**
 * A ticket as the door looks at it, with the code that was shown. `at`: as it was at an instant;
 * null: as it stands under its lock, since whoever made it void may have a clock that is ahead, or
 * have begun later than who waited for the lock.
 */
export function shownTicket(ticket: TicketRecord, issue: number, at: string | null): ShownTicket {
  const { eventId, ticketTypeId, sessionIds } = ticket;
  return { eventId, ticketTypeId, sessionIds, revoked: whyRevoked(ticket, issue, at) };
}

/** Why a code had been revoked by then; null: it was good. */
function whyRevoked(ticket: TicketRecord, issue: number, at: string | null): string | null {
  if (ticket.issue !== issue) return 'reissued';
  return ticket.state === 'void' && (at === null || ticket.voidedAt <= at)
    ? ticket.voidReason
    : null;
}
