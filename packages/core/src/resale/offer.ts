import { isRefusal, notFound, type WriteContext } from '../kernel/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import { factsOf, sellerTarget } from './facts.ts';
import { listTickets } from './list-tickets.ts';
import type { Listing } from './listing.ts';
import type { ListingFacts } from './obstacles.ts';
import { closeOverdue, lockListed } from './overdue.ts';
import { listingResource } from './resource.ts';

/** Puts tickets of one holder up for sale, each as a listing of its own. */
export async function offer(
  context: WriteContext,
  ticketIds: readonly string[],
  { price, soldWhole }: { readonly price: number; readonly soldWhole: boolean },
) {
  const { tx, ids, now, emit } = context;
  // Shared, so that none is listed while the event is being cancelled.
  const [named] = await tx.tickets.tickets.findMany(ticketIds.slice(0, 1));
  if (named !== undefined) await tx.events.events.findForShare(named.eventId);
  const locked = await tx.tickets.tickets.findForUpdate([...ticketIds]);
  const tickets: TicketRecord[] = [];
  for (const id of ticketIds) {
    const ticket = locked.find((own) => own.id === id);
    if (ticket === undefined) return notFound({ kind: 'ticket', id });
    tickets.push(ticket);
  }
  const found = await factsOf(context, tickets);
  if (isRefusal(found)) return found;
  // One whose time is over does not keep its ticket from being listed again.
  const { listed: standing, overdue } = await lockListed(context, ticketIds);
  const facts = found.map((own) => ({ ...own, isListed: standing.has(own.ticket.id) }));
  const listed = await lockListedBefore(context, facts);
  const listings = listTickets(facts, price, {
    ids: tickets.map(() => ids.next('lst')),
    groupId: tickets.length > 1 ? ids.next('lsg') : null,
    soldWhole,
    listed,
    now,
  });
  if (isRefusal(listings)) return listings;
  await closeOverdue(context, overdue);
  await tx.resale.listings.insert(listings);
  await tx.inventory.openCounters(
    listings.map(({ id: targetId, organizerId, eventId }) => ({
      targetId,
      organizerId,
      eventId,
      capacity: 1,
      claimed: 0,
    })),
  );
  return listings.map((listing): Listing => {
    const { id: subject, organizerId, eventId } = listing;
    const data = listingResource(listing, { reserved: false, seller: true, now });
    emit({ type: 'listing.created', organizerId, eventId, subject, data });
    return data;
  });
}

/**
 * What the seller has listed already. Where the policy sets a limit, under a lock of
 * the seller's own, so that two listings at once cannot both be the last one.
 */
async function lockListedBefore({ tx, now }: WriteContext, facts: readonly ListingFacts[]) {
  const [first] = facts;
  const isLimited = facts.some(({ terms }) => terms.maxOpen !== null || terms.maxInAll !== null);
  if (first === undefined || !isLimited) return { open: 0, sold: 0 };
  const { sellerKey, ticket } = first;
  const { organizerId, eventId } = ticket;
  const targetId = sellerTarget(sellerKey);
  await tx.inventory.ensureCounters([
    { targetId, organizerId, eventId, capacity: null, claimed: 0 },
  ]);
  await tx.inventory.lockCounters(eventId, [targetId]);
  return tx.resale.listings.ofSeller(eventId, sellerKey, now);
}
