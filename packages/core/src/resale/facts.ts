import { buyerKeyOf, typesWithPlacesLeft } from '../inventory/index.ts';
import { notFound, type ReadContext, type Refusal } from '../kernel/index.ts';
import { heldSince, type TicketRecord } from '../tickets/index.ts';
import { offeredTickets } from '../transfers/index.ts';
import type { ListingFacts } from './obstacles.ts';
import { termsOfType } from './policy.ts';
import { reservedListings } from './reservation.ts';
import { sessionsOfTicket } from './window.ts';

/** What is known of tickets of one event that are to be listed, in their order. */
export async function factsOf(
  context: ReadContext,
  tickets: readonly TicketRecord[],
): Promise<readonly ListingFacts[] | Refusal<'not_found'>> {
  const { tx } = context;
  const [{ eventId } = { eventId: '' }] = tickets;
  const ids = tickets.map(({ id }) => id);
  const [event, sessions, types, policy, firsts, since, listed, offered] = await Promise.all([
    tx.events.events.find(eventId),
    tx.events.sessions.ofEvents([eventId]),
    tx.events.ticketTypes.findMany(tickets.map(({ ticketTypeId }) => ticketTypeId)),
    tx.resale.policies.find(eventId),
    // The first ticket of a place has the place's id.
    tx.tickets.tickets.findMany(tickets.map(({ admissionId }) => admissionId)),
    heldSince(context, tickets),
    listedNow(context, eventId, ids),
    offeredTickets(context, ids),
  ]);
  if (event === undefined) return notFound({ kind: 'event', id: eventId });
  const typeIds = [...new Set(tickets.map(({ ticketTypeId }) => ticketTypeId))];
  const primaryFirst = typeIds.filter((id) => termsOfType(policy, id).primaryFirst);
  const primaryLeft = await typesWithPlacesLeft(context, event, primaryFirst);
  return tickets.map((ticket) => ({
    ticket,
    first: firsts.find(({ id }) => id === ticket.admissionId) ?? ticket,
    heldSince: since.get(ticket.id) ?? ticket.createdAt,
    event,
    sessions: sessionsOfTicket(ticket, sessions),
    saleFrom: types.find(({ id }) => id === ticket.ticketTypeId)?.saleFrom ?? null,
    terms: termsOfType(policy, ticket.ticketTypeId),
    isListed: listed.has(ticket.id),
    pendingTransfer: offered.has(ticket.id),
    primaryLeft: primaryLeft.has(ticket.ticketTypeId),
    sellerKey: sellerKeyOf(context, ticket),
  }));
}

/** Those of these tickets that are for sale, or reserved by a buyer although their time is over. */
async function listedNow(
  context: ReadContext,
  eventId: string,
  ticketIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const open = await context.tx.resale.listings.openOfTickets(ticketIds);
  const past = open.filter(({ expiresAt }) => expiresAt <= context.now).map(({ id }) => id);
  const reserved = past.length === 0 ? past : await reservedListings(context, eventId, past);
  const over = new Set(past);
  for (const id of reserved) over.delete(id);
  return new Set(open.filter(({ id }) => !over.has(id)).map(({ ticketId }) => ticketId));
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
