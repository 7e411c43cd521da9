import type { EventRecord, SessionRecord, TicketTypeRecord } from '../events/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import { codeKey, type QuoteCatalogue } from '../pricing/index.ts';

/** Everything that a sale of one event depends on, besides what is free. */
export interface Catalogue extends QuoteCatalogue {
  readonly event: EventRecord;
  readonly sessions: readonly SessionRecord[];
  readonly ticketTypes: ReadonlyMap<string, TicketTypeRecord>;
}

/** The event's catalogue with the codes that buyers named; undefined: no such event. */
export async function loadCatalogue(
  { tx }: Pick<ReadContext, 'tx'>,
  eventId: string,
  codes: readonly string[],
): Promise<Catalogue | undefined> {
  const event = await tx.events.events.find(eventId);
  if (event === undefined) return undefined;
  const keys = [...new Set(codes.map(codeKey))];
  const ticketTypes = await tx.events.ticketTypes.ofEvent(eventId);
  const found = keys.length === 0 ? [] : await tx.pricing.codes.findByKeys(eventId, keys);
  return {
    event,
    sessions: await tx.events.sessions.ofEvents([eventId]),
    currency: event.currency,
    ticketTypes: new Map(ticketTypes.map((type) => [type.id, type])),
    fee: await tx.pricing.fees.ofEvent(eventId),
    codes: new Map(found.map((code) => [code.codeKey, code])),
  };
}
