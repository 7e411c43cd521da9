import type { SessionRecord } from '../events/index.ts';
import type { WriteContext } from '../kernel/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import type { ListingRecord } from './listing.ts';
import { listingEnd, sessionsOfTicket, startOf, windowOf } from './window.ts';

/** What of a listing follows the sessions of its ticket. */
export type MovedListing = Pick<ListingRecord, 'id' | 'startsAt' | 'expiresAt' | 'revision'>;

/**
 * A listing with its ticket's sessions as they are now: it ends no later than its window
 * does, and is not prolonged. Undefined: nothing changes.
 */
export function followSessions(
  listing: ListingRecord,
  sessions: readonly SessionRecord[],
): MovedListing | undefined {
  const { id, terms, revision } = listing;
  // Only when tickets may be listed from depends on their sale.
  const end = listingEnd(windowOf(terms, { sessions, saleFrom: null }), sessions);
  const [expiresAt = end] = [end, listing.expiresAt].sort();
  const startsAt = startOf(sessions);
  if (expiresAt === listing.expiresAt && startsAt === listing.startsAt) return undefined;
  return { id, startsAt, expiresAt, revision };
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
  const moved = (listings: readonly ListingRecord[]) =>
    listings.flatMap((listing) => {
      const ticket = tickets.get(listing.ticketId);
      return (ticket && followSessions(listing, sessionsOfTicket(ticket, sessions))) ?? [];
    });
  const ids = moved(open).map(({ id }) => id);
  if (ids.length === 0) return;
  const locked = await tx.resale.listings.findForUpdate(ids);
  await tx.resale.listings.move(eventId, moved(locked.filter(({ state }) => state === 'open')));
}
