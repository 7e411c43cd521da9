import type { EventRecord } from '../events/index.ts';
import type { WriteContext } from '../kernel/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import type { TransferFacts } from './decide.ts';
import { transferTermsOf } from './terms.ts';

/** What is known of tickets that are passed on, but for the offers that they are in. The caller has locked them. */
export async function factsOf(
  context: WriteContext,
  event: EventRecord,
  tickets: readonly TicketRecord[],
): Promise<Omit<TransferFacts, 'offered'>> {
  const { tx } = context;
  const [sessions, terms, listings] = await Promise.all([
    tx.events.sessions.ofEvents([event.id]),
    transferTermsOf(context, event.id),
    Promise.all(tickets.map(({ id }) => tx.resale.listings.openOfTicket(id))),
  ]);
  const listed = new Set(listings.flatMap((listing) => (listing ? [listing.ticketId] : [])));
  return { event, sessions, terms, tickets, listed };
}
