import { isRefusal, notFound, type WriteContext } from '../kernel/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import { closeListing } from './close.ts';
import { factsOf, sellerTarget } from './facts.ts';
import type { Listing, ListingRecord } from './listing.ts';
import { lockReservations } from './reservation.ts';
import { listingResource } from './resource.ts';
import {
  type ClosedListing,
  expireListing,
  type ListingFacts,
  listTickets,
} from './transitions.ts';

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
  const { facts, overdue } = await withoutOverdue(context, found);
  const listed = await lockListed(context, facts);
  const listings = listTickets(facts, price, {
    ids: tickets.map(() => ids.next('lst')),
    groupId: tickets.length > 1 ? ids.next('lsg') : null,
    soldWhole,
    listed,
    now,
  });
  if (isRefusal(listings)) return listings;
  for (const [next, was] of overdue) await closeListing(context, next, was);
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

/** A listing whose time is over does not keep its ticket from being listed again. */
async function withoutOverdue(context: WriteContext, found: readonly ListingFacts[]) {
  const { tx, now } = context;
  const ids = found.flatMap(({ before }) => (before && before.expiresAt <= now ? before.id : []));
  const overdue: [ClosedListing, ListingRecord][] = [];
  if (ids.length === 0) return { facts: found, overdue };
  const listings = await tx.resale.listings.findForUpdate(ids);
  const reserved = await lockReservations(context, listings[0]?.eventId ?? '', ids);
  for (const was of listings) {
    const next = expireListing(was, { reserved: reserved.has(was.id), now });
    if (next !== undefined) overdue.push([next, was]);
  }
  const over = new Set(overdue.map(([{ id }]) => id));
  const facts = found.map((own) =>
    over.has(own.before?.id ?? '') ? { ...own, before: undefined } : own,
  );
  return { facts, overdue };
}

/**
 * What the seller has listed already. Where the policy sets a limit, under a lock of
 * the seller's own, so that two listings at once cannot both be the last one.
 */
async function lockListed({ tx, now }: WriteContext, facts: readonly ListingFacts[]) {
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
