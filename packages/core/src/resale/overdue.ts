import type { WriteContext } from '../kernel/index.ts';
import { closeListing } from './close.ts';
import type { ClosedListing, ListingRecord } from './listing.ts';
import { lockReservations } from './reservation.ts';
import { expireListing } from './transitions.ts';

/** A listing whose time is over, and what it becomes. */
type Overdue = readonly [next: ClosedListing, was: ListingRecord];

/** How the open listings of some tickets stand, locked. */
export interface ListedTickets {
  /** Tickets that are for sale, or that a buyer has reserved still. */
  readonly listed: ReadonlySet<string>;
  /** Listings that are over but were not written down: they stand in nobody's way. */
  readonly overdue: readonly Overdue[];
}

/**
 * Locks the open listings of tickets, whose locks the caller holds, and says which of
 * them are over. Who goes on writes that with `closeOverdue`, after all refusals.
 */
export async function lockListed(
  context: WriteContext,
  ticketIds: readonly string[],
): Promise<ListedTickets> {
  const { tx, now } = context;
  const open = await tx.resale.listings.openOfTickets(ticketIds);
  const past = open.filter(({ expiresAt }) => expiresAt <= now).map(({ id }) => id);
  const { overdue, reserved } = await lockPast(context, past);
  // One that somebody else wrote down meanwhile is neither.
  const standing = open.filter(({ id, expiresAt }) => expiresAt > now || reserved.has(id));
  return { listed: new Set(standing.map(({ ticketId }) => ticketId)), overdue };
}

/** Of listings whose time is over, those that are reserved still, and the others as expired. */
async function lockPast(
  context: WriteContext,
  ids: readonly string[],
): Promise<{ overdue: Overdue[]; reserved: ReadonlySet<string> }> {
  const { tx, now } = context;
  if (ids.length === 0) return { overdue: [], reserved: new Set() };
  const listings = await tx.resale.listings.findForUpdate([...ids]);
  const reserved = await lockReservations(context, listings[0]?.eventId ?? '', ids);
  const overdue = listings.flatMap((was): Overdue[] => {
    const next = expireListing(was, { reserved: reserved.has(was.id), now });
    return next === undefined ? [] : [[next, was]];
  });
  return { overdue, reserved };
}

/** Writes that listings have expired, and tells of it. */
export async function closeOverdue(
  context: WriteContext,
  overdue: readonly Overdue[],
): Promise<void> {
  for (const [next, was] of overdue) await closeListing(context, next, was);
}
