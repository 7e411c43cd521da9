import { isRefusal, type WriteContext } from '../kernel/index.ts';
import { lockWithGroup, wholeOf } from './group.ts';
import type { ClosedListing, ListingRecord } from './listing.ts';
import { lockReservations } from './reservation.ts';
import { listingResource } from './resource.ts';
import {
  expireListing,
  invalidateListing,
  withdrawAnyhow,
  withdrawListing,
} from './transitions.ts';

/**
 * Withdraws the open listing of a ticket that its holder is using at the door, with
 * all that are sold together with it only. Returns false, and changes nothing, while a
 * buyer has it reserved. The caller holds the ticket's lock.
 */
export async function withdrawForScan(context: WriteContext, ticketId: string): Promise<boolean> {
  const { now } = context;
  const open = await lockOpen(context, ticketId);
  const closed: [ClosedListing, ListingRecord][] = [];
  const reserved = await reservedOf(context, open);
  for (const was of open) {
    const stand = { reserved: reserved.has(was.id), now };
    const next = expireListing(was, stand) ?? withdrawListing(was, stand);
    if (isRefusal(next)) return false;
    closed.push([next, was]);
  }
  for (const [next, was] of closed) await closeListing(context, next, was);
  return true;
}

/**
 * Withdraws the open listings of tickets that a door without a connection has let in, with all
 * that are sold together with them only, reserved or not: who is just paying is refunded. The
 * caller holds the tickets' locks.
 */
export async function withdrawForVisits(
  context: WriteContext,
  ticketIds: readonly string[],
): Promise<void> {
  const { tx, now } = context;
  const found = await tx.resale.listings.openOfTickets(ticketIds);
  const groups = new Map(found.map((own) => [own.soldWhole ? own.groupId : own.id, own]));
  const whole = await Promise.all([...groups.values()].map((own) => wholeOf(context, own)));
  const ids = whole.flat().map(({ id }) => id);
  if (ids.length === 0) return;
  const listings = await tx.resale.listings.findForUpdate(ids);
  const open = listings.filter(({ state }) => state === 'open');
  const reserved = await reservedOf(context, open);
  await tx.together(
    open.map((was) => async (own) => {
      const stand = { reserved: reserved.has(was.id), now };
      const next = expireListing(was, stand) ?? withdrawAnyhow(was, now);
      if (!isRefusal(next)) await closeListing({ ...context, tx: own }, next, was);
    }),
  );
}

/**
 * Closes the open listing of a ticket that becomes void; what is sold together with it
 * only is withdrawn. The caller holds the ticket's lock.
 */
export async function invalidateListingOfTicket(
  context: WriteContext,
  ticketId: string,
): Promise<void> {
  const { now } = context;
  for (const was of await lockOpen(context, ticketId)) {
    const next = was.ticketId === ticketId ? invalidateListing(was, now) : withdrawAnyhow(was, now);
    if (!isRefusal(next)) await closeListing(context, next, was);
  }
}

/** Closes the open listings of an event that is being cancelled. */
export async function invalidateListingsOfEvent(
  context: WriteContext,
  eventId: string,
): Promise<void> {
  const open = await context.tx.resale.listings.openOfEvent(eventId);
  const listings = await context.tx.resale.listings.findForUpdate(open.map(({ id }) => id));
  for (const was of listings) {
    const next = invalidateListing(was, context.now);
    if (!isRefusal(next)) await closeListing(context, next, was);
  }
}

/** Writes a closed listing and announces it. */
export async function closeListing(
  { tx, emit, now }: WriteContext,
  next: ClosedListing,
  was: ListingRecord,
): Promise<void> {
  await tx.resale.listings.save(next, was);
  emit({
    type: `listing.${next.state}`,
    organizerId: next.organizerId,
    eventId: next.eventId,
    subject: next.id,
    data: listingResource(next, { reserved: false, seller: true, now }),
  });
}

/** The open listing of a ticket, locked, with those that are sold together with it only. */
async function lockOpen(context: WriteContext, ticketId: string): Promise<ListingRecord[]> {
  const found = await context.tx.resale.listings.openOfTicket(ticketId);
  if (found === undefined) return [];
  const listings = await lockWithGroup(context, found);
  return listings.filter(({ state }) => state === 'open');
}

async function reservedOf(context: WriteContext, listings: readonly ListingRecord[]) {
  const [{ eventId } = { eventId: '' }] = listings;
  return lockReservations(
    context,
    eventId,
    listings.map(({ id }) => id),
  );
}
