import type { SessionRecord } from '../events/index.ts';
import type { Instant, ReadContext } from '../kernel/index.ts';
import { listingsOfQuote, type Quote } from '../pricing/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import { sessionsOfTicket } from './window.ts';

/**
 * Whether a ticket admits to nothing any more, since its last session is over. Who reserved
 * it in time may buy it after the window of the policy, but not then.
 */
export function isOver(
  ticket: Pick<TicketRecord, 'sessionIds'>,
  sessions: readonly SessionRecord[],
  now: Instant,
): boolean {
  const its = sessionsOfTicket(ticket, sessions);
  return its.length > 0 && its.every(({ endsAt }) => endsAt <= now);
}

/** The first listing of a resale whose ticket is over; undefined: there is none. */
export async function overListing(
  { tx, now }: Pick<ReadContext, 'tx' | 'now'>,
  eventId: string,
  quote: Quote,
): Promise<string | undefined> {
  const [listings, sessions] = await Promise.all([
    tx.resale.listings.findMany(listingsOfQuote(quote)),
    tx.events.sessions.ofEvents([eventId]),
  ]);
  const tickets = await tx.tickets.tickets.findMany(listings.map(({ ticketId }) => ticketId));
  const over = new Set(
    tickets.filter((ticket) => isOver(ticket, sessions, now)).map(({ id }) => id),
  );
  return listings.find(({ ticketId }) => over.has(ticketId))?.id;
}
