import { LostRace, type WriteContext } from '../kernel/index.ts';
import type { TicketRecord } from '../tickets/index.ts';

/**
 * Locks tickets and the valid ones of their places, in one statement: nobody is scanned with these
 * places, and none of them changes hands, until the transaction ends.
 */
export async function lockPlaces(
  { tx }: Pick<WriteContext, 'tx'>,
  eventId: string,
  ticketIds: readonly string[],
): Promise<ReadonlyMap<string, TicketRecord>> {
  if (ticketIds.length === 0) return new Map();
  const named = await tx.tickets.tickets.findMany([...new Set(ticketIds)]);
  const admissionIds = [...new Set(named.map(({ admissionId }) => admissionId))];
  const valid = await tx.tickets.tickets.validOf(eventId, admissionIds);
  const wanted = new Set([...named, ...valid].map(({ id }) => id));
  const locked = await tx.tickets.tickets.findForUpdate([...wanted]);
  const now = await tx.tickets.tickets.validOf(eventId, admissionIds);
  if (now.some(({ id }) => !wanted.has(id)))
    throw new LostRace('A ticket changed hands meanwhile.');
  return new Map(locked.map((ticket) => [ticket.id, ticket]));
}

/** The same with the tickets that earlier scans of the places name: void ones, which stay so. */
export async function withEarlier(
  { tx }: Pick<WriteContext, 'tx'>,
  locked: ReadonlyMap<string, TicketRecord>,
  ticketIds: readonly string[],
): Promise<ReadonlyMap<string, TicketRecord>> {
  const missing = new Set(ticketIds.filter((id) => !locked.has(id)));
  const earlier = await tx.tickets.tickets.findMany([...missing]);
  return new Map([...locked, ...earlier.map((ticket) => [ticket.id, ticket] as const)]);
}
