import type { EventRecord } from '../events/index.ts';
import type { WriteContext } from '../kernel/index.ts';
import { type ListedTickets, lockListed } from '../resale/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import type { TransferFacts } from './decide.ts';
import { transferTermsOf } from './terms.ts';

/**
 * What is known of tickets that are passed on, but for the offers that they are in, and
 * which of their listings are over. The caller has locked the tickets and their offers.
 */
export async function factsOf(
  context: WriteContext,
  event: EventRecord,
  tickets: readonly TicketRecord[],
): Promise<Omit<TransferFacts, 'offered'> & Pick<ListedTickets, 'overdue'>> {
  const { tx } = context;
  const [sessions, terms, { listed, overdue }] = await Promise.all([
    tx.events.sessions.ofEvents([event.id]),
    transferTermsOf(context, event.id),
    lockListed(
      context,
      tickets.map(({ id }) => id),
    ),
  ]);
  return { event, sessions, terms, tickets, listed, overdue };
}
