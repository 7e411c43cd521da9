import type { ScanRecord } from './scan.ts';

/** What bounds the time that a device states: both ends are facts of the server. */
interface Bounds {
  /** The ticket of the code; undefined: it names none. */
  readonly ticket: { readonly createdAt: string } | undefined;
  /** When the log of the device came; null: the server decided, by its own clock. */
  readonly receivedAt: string | null;
}

/**
 * When a code was shown, as far as the clock of a device can be believed: not before its ticket
 * was there, and not after the log came. Whoever changes hands gets a new ticket, so no clock puts
 * the code of a new holder into the time of the one before.
 */
export function whenShown(at: string, { ticket, receivedAt }: Bounds): string {
  if (receivedAt === null) return at;
  const earliest = ticket !== undefined && isBehind(at, ticket) ? ticket.createdAt : at;
  return receivedAt < earliest ? receivedAt : earliest;
}

/** Whether the clock of a device was wrong: it states a time at which there was no such ticket. */
export function isBehind(at: string, { createdAt }: { readonly createdAt: string }): boolean {
  return at < createdAt;
}

/** The same of a scan, among the tickets that it may name. */
export function instantOf(
  { at, receivedAt, ticketId }: Pick<ScanRecord, 'at' | 'receivedAt' | 'ticketId'>,
  tickets: ReadonlyMap<string, { readonly createdAt: string }>,
): string {
  return whenShown(at, { ticket: tickets.get(ticketId ?? ''), receivedAt });
}
