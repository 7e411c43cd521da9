import type { EventRecord, SessionRecord, TicketTypeRecord } from '../events/index.ts';
import type { Instant, Refusal } from '../kernel/index.ts';
import { notOnSale } from './refusals.ts';

/**
 * Why an event, or one of its ticket types, does not sell: the event is not
 * published, or the last of the sessions that it admits to is over.
 */
export function saleClosed(
  event: EventRecord,
  sessions: readonly SessionRecord[],
  now: Instant,
  type?: Pick<TicketTypeRecord, 'id' | 'sessionIds'>,
): Refusal<'not_on_sale'> | undefined {
  const sale = { eventId: event.id, ticketTypeId: type?.id ?? null, from: null };
  if (event.state !== 'published') return notOnSale({ ...sale, until: null });
  let last: string | undefined;
  for (const { id, endsAt } of sessions) {
    const isIts = type?.sessionIds?.includes(id) ?? true;
    if (isIts && (last === undefined || endsAt > last)) last = endsAt;
  }
  return last === undefined || now < last ? undefined : notOnSale({ ...sale, until: last });
}

/**
 * Why a type of this event cannot be had at this moment; undefined: it can. A
 * bundle ends with the sessions of its parts, which may be off sale by themselves.
 */
export function notSold(
  {
    event,
    sessions,
    ticketTypes,
  }: {
    readonly event: EventRecord;
    readonly sessions: readonly SessionRecord[];
    readonly ticketTypes: ReadonlyMap<string, TicketTypeRecord>;
  },
  type: TicketTypeRecord,
  now: Instant,
): Refusal<'not_on_sale'> | undefined {
  for (const { ticketTypeId } of type.terms.parts ?? []) {
    const part = ticketTypes.get(ticketTypeId);
    const closed = part && saleClosed(event, sessions, now, part);
    if (closed !== undefined) return closed;
  }
  return saleClosed(event, sessions, now, type) ?? typeClosed(type, now);
}

/** Why a ticket type does not sell at this moment; undefined: it does. */
function typeClosed(type: TicketTypeRecord, now: Instant): Refusal<'not_on_sale'> | undefined {
  const sale = { eventId: type.eventId, ticketTypeId: type.id };
  if (type.state === 'off_sale') return notOnSale({ ...sale, from: null, until: null });
  if (type.saleFrom !== null && now < type.saleFrom) {
    return notOnSale({ ...sale, from: type.saleFrom, until: null });
  }
  if (type.saleUntil !== null && type.saleUntil <= now) {
    return notOnSale({ ...sale, from: null, until: type.saleUntil });
  }
  return undefined;
}
