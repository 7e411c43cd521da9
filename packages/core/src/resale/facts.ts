import { buyerKeyOf, hasPlacesLeft } from '../inventory/index.ts';
import { notFound, type ReadContext, type Refusal } from '../kernel/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import { openTransferOfTicket } from '../transfers/index.ts';
import { termsOfType } from './policy.ts';
import type { ListingFacts } from './transitions.ts';
import { sessionsOfTicket } from './window.ts';

/** What is known of tickets of one event that are to be listed, in their order. */
export async function factsOf(
  context: ReadContext,
  tickets: readonly TicketRecord[],
): Promise<readonly ListingFacts[] | Refusal<'not_found'>> {
  const { tx } = context;
  const [{ eventId } = { eventId: '' }] = tickets;
  const [event, sessions, types, policy, firsts] = await Promise.all([
    tx.events.events.find(eventId),
    tx.events.sessions.ofEvents([eventId]),
    tx.events.ticketTypes.findMany(tickets.map(({ ticketTypeId }) => ticketTypeId)),
    tx.resale.policies.find(eventId),
    // The first ticket of a place has the place's id.
    tx.tickets.tickets.findMany(tickets.map(({ admissionId }) => admissionId)),
  ]);
  if (event === undefined) return notFound({ kind: 'event', id: eventId });
  const facts: ListingFacts[] = [];
  for (const ticket of tickets) {
    const terms = termsOfType(policy, ticket.ticketTypeId);
    const before = await tx.resale.listings.openOfTicket(ticket.id);
    facts.push({
      ticket,
      first: firsts.find(({ id }) => id === ticket.admissionId) ?? ticket,
      event,
      sessions: sessionsOfTicket(ticket, sessions),
      saleFrom: types.find(({ id }) => id === ticket.ticketTypeId)?.saleFrom ?? null,
      terms,
      before,
      pendingTransfer: (await openTransferOfTicket(context, ticket.id)) !== undefined,
      primaryLeft: terms.primaryFirst && (await hasPlacesLeft(context, event, ticket.ticketTypeId)),
      sellerKey: sellerKeyOf(context, ticket),
    });
  }
  return facts;
}

/** The holder of a ticket as limits of sellers know them. */
function sellerKeyOf({ secrets }: Pick<ReadContext, 'secrets'>, ticket: TicketRecord): string {
  const { eventId, holderUserId: userId, holderEmail: email } = ticket;
  return buyerKeyOf(secrets, eventId, { userId, email }) ?? '';
}

/** What is locked while a seller's listings are counted: not a place, so nothing is claimed of it. */
export function sellerTarget(sellerKey: string): string {
  return `${sellerKey}.resale`;
}
