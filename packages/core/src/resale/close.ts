import { isRefusal, type WriteContext } from '../kernel/index.ts';
import type { ListingRecord } from './listing.ts';
import { lockReservation } from './reservation.ts';
import { listingResource } from './resource.ts';
import { type ClosedListing, invalidateListing, withdrawListing } from './transitions.ts';

/**
 * Withdraws the open listing of a ticket that its holder is using at the door.
 * Returns false, and changes nothing, while a buyer has it reserved. The caller
 * holds the ticket's lock.
 */
export async function withdrawForScan(context: WriteContext, ticketId: string): Promise<boolean> {
  const was = await lockOpenListing(context, ticketId);
  if (was === undefined) return true;
  const reserved = await lockReservation(context, was.eventId, was.id);
  const next = withdrawListing(was, reserved, context.now);
  if (isRefusal(next)) return false;
  await closeListing(context, next, was);
  return true;
}

/** Closes the open listing of a ticket that becomes void. The caller holds the ticket's lock. */
export async function invalidateListingOfTicket(
  context: WriteContext,
  ticketId: string,
): Promise<void> {
  const was = await lockOpenListing(context, ticketId);
  if (was === undefined) return;
  const next = invalidateListing(was, context.now);
  if (!isRefusal(next)) await closeListing(context, next, was);
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
  { tx, emit }: WriteContext,
  next: ClosedListing,
  was: ListingRecord,
): Promise<void> {
  await tx.resale.listings.save(next, was);
  emit({
    type: `listing.${next.state}`,
    organizerId: next.organizerId,
    eventId: next.eventId,
    subject: next.id,
    data: listingResource(next, { reserved: false, seller: true }),
  });
}

async function lockOpenListing({ tx }: WriteContext, ticketId: string) {
  const open = await tx.resale.listings.openOfTicket(ticketId);
  if (open === undefined) return undefined;
  const [listing] = await tx.resale.listings.findForUpdate([open.id]);
  return listing?.state === 'open' ? listing : undefined;
}
