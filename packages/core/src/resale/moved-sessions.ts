import type { SessionRecord } from '../events/index.ts';
import type { WriteContext } from '../kernel/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import type { ListingRecord } from './listing.ts';
import { listingEnd, sessionsOfTicket, startOf, windowOf } from './window.ts';

/** What of a listing follows the sessions of its ticket. */
export type MovedListing = Pick<ListingRecord, 'id' | 'startsAt' | 'expiresAt' | 'revision'>;

/**
 * Those of open listings that change with the sessions of their tickets as they are now:
 * each ends no later than its window does, and is not prolonged. A group that is sold
 * whole ends with the first of it.
 */
export function followSessions(
  listings: readonly ListingRecord[],
  sessionsOf: (listing: ListingRecord) => readonly SessionRecord[],
): MovedListing[] {
  const all = listings.map((was) => ({ was, ...timesOf(was, sessionsOf(was)) }));
  const ends = new Map<string | null, string>();
  for (const { was, expiresAt } of all.filter(({ was }) => was.soldWhole)) {
    const [first = expiresAt] = [expiresAt, ends.get(was.groupId) ?? expiresAt].sort();
    ends.set(was.groupId, first);
  }
  return all.flatMap(({ was, startsAt, expiresAt: own }): MovedListing[] => {
    const expiresAt = was.soldWhole ? (ends.get(was.groupId) ?? own) : own;
    if (expiresAt === was.expiresAt && startsAt === was.startsAt) return [];
    return [{ id: was.id, startsAt, expiresAt, revision: was.revision }];
  });
}

/** When a listing by itself begins and ends, with these sessions of its ticket. */
function timesOf({ terms, expiresAt }: ListingRecord, sessions: readonly SessionRecord[]) {
  // Only when tickets may be listed from depends on their sale.
  const end = listingEnd(windowOf(terms, { sessions, saleFrom: null }), sessions);
  return { startsAt: startOf(sessions), expiresAt: end < expiresAt ? end : expiresAt };
}

/**
 * Lets the open listings of an event follow its sessions, which were moved or added to in
 * this transaction. The caller has locked the event, so that none is listed meanwhile by
 * the sessions as they were. Who has one reserved keeps it.
 */
export async function moveListings(context: WriteContext, eventId: string): Promise<void> {
  const { tx } = context;
  const open = await tx.resale.listings.openOfEvent(eventId);
  if (open.length === 0) return;
  const [sessions, found] = await Promise.all([
    tx.events.sessions.ofEvents([eventId]),
    tx.tickets.tickets.findMany(open.map(({ ticketId }) => ticketId)),
  ]);
  const tickets = new Map<string, TicketRecord>(found.map((ticket) => [ticket.id, ticket]));
  const moved = followSessions(
    open.filter(({ ticketId }) => tickets.has(ticketId)),
    ({ ticketId }) => sessionsOfTicket(tickets.get(ticketId) ?? { sessionIds: [] }, sessions),
  );
  if (moved.length === 0) return;
  const locked = await tx.resale.listings.findForUpdate(moved.map(({ id }) => id));
  // Under the event's lock nothing else changes their times; some may be closed or repriced meanwhile.
  const standing = new Map(
    locked.filter(({ state }) => state === 'open').map(({ id, revision }) => [id, revision]),
  );
  await tx.resale.listings.move(
    eventId,
    moved.flatMap((next) => {
      const revision = standing.get(next.id);
      return revision === undefined ? [] : [{ ...next, revision }];
    }),
  );
}
