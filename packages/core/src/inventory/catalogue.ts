import type { EventRecord, SessionRecord, TicketTypeRecord } from '../events/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import { codeKey, type QuoteCatalogue } from '../pricing/index.ts';

/** Everything that a sale of one event depends on, besides what is free. */
export interface Catalogue extends QuoteCatalogue {
  readonly event: EventRecord;
  /**
   * The one that ends last, when the sale ends by itself, and those that a
   * ticket type names, whose own sale ends with them.
   */
  readonly sessions: readonly SessionRecord[];
  readonly ticketTypes: ReadonlyMap<string, TicketTypeRecord>;
}

/**
 * The event's catalogue with the codes that buyers named; undefined: no such event.
 *
 * With `items`, only their ticket types are read: a series has one or more for
 * each of hundreds of dates (500 of them, SQLite in memory, 256 holds at a time: 10,600 a second
 * where reading all of it gave 5,100).
 */
export async function loadCatalogue(
  { tx }: Pick<ReadContext, 'tx'>,
  eventId: string,
  codes: readonly string[],
  items?: readonly { readonly ticketTypeId: string }[],
): Promise<Catalogue | undefined> {
  const keys = [...new Set(codes.map(codeKey))];
  const wanted = items && [...new Set(items.map(({ ticketTypeId }) => ticketTypeId))];
  // Asked at once, so that they are one round trip.
  const [event, sessions, ticketTypes, fee, found] = await Promise.all([
    tx.events.events.find(eventId),
    tx.events.sessions.lastOf(eventId),
    wanted === undefined
      ? tx.events.ticketTypes.ofEvent(eventId)
      : tx.events.ticketTypes.findMany(wanted),
    tx.pricing.fees.ofEvent(eventId),
    tx.pricing.codes.findByKeys(eventId, keys),
  ]);
  if (event === undefined) return undefined;
  const named = [...new Set(ticketTypes.flatMap(({ sessionIds }) => sessionIds ?? []))];
  const own = named.length === 0 ? [] : await tx.events.sessions.findMany(named);
  return {
    event,
    sessions: [...sessions, ...own],
    currency: event.currency,
    ticketTypes: new Map(
      ticketTypes.filter((type) => type.eventId === eventId).map((type) => [type.id, type]),
    ),
    fee,
    codes: new Map(found.map((code) => [code.codeKey, code])),
  };
}
