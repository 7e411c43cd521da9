import type { ReadContext } from '../kernel/index.ts';
import { listingsOfQuote, type Quote } from '../pricing/index.ts';
import { sessionsOfTicket } from './window.ts';

/**
 * The first listing of a resale whose ticket admits to nothing any more, since its last
 * session is over; undefined: there is none. Who reserved in time may buy after the window
 * of the policy, but not this.
 */
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
  const over = tickets.filter((ticket) => {
    const its = sessionsOfTicket(ticket, sessions);
    return its.length > 0 && its.every(({ endsAt }) => endsAt <= now);
  });
  return listings.find(({ ticketId }) => over.some(({ id }) => id === ticketId))?.id;
}
