import type * as z from 'zod';
import type { TypeTerms } from '../pricing/index.ts';
import type { Event, EventRecord, Session, SessionRecord } from './event.ts';
import type { Series, SeriesRecord } from './series.ts';
import type { TicketType, TicketTypeRecord } from './ticket-type.ts';

export function eventResource(
  event: EventRecord,
  sessions: readonly SessionRecord[],
): z.output<typeof Event> {
  return {
    id: event.id,
    organizerId: event.organizerId,
    slug: event.slug,
    name: event.name,
    description: event.description,
    category: event.category,
    tags: [...event.tags],
    venue: event.venue,
    timezone: event.timezone,
    currency: event.currency,
    visibility: event.visibility,
    maxPerOrder: event.maxPerOrder,
    maxPerBuyer: event.maxPerBuyer,
    state: event.state,
    sessions: sessions.map(sessionResource),
    createdAt: event.createdAt,
    publishedAt: event.publishedAt,
    cancelledAt: event.cancelledAt,
    cancelReason: event.cancelReason,
    revision: event.revision,
  };
}

export function sessionResource(session: SessionRecord): z.output<typeof Session> {
  const { id, name, startsAt, endsAt, doorsAt, state, seriesId, occurrence } = session;
  return { id, name, startsAt, endsAt, doorsAt, state, seriesId, occurrence };
}

export function seriesResource(series: SeriesRecord, timezone: string): z.output<typeof Series> {
  return {
    id: series.id,
    eventId: series.eventId,
    rule: series.rule,
    timezone,
    startsAt: series.startsAt,
    endsAt: series.endsAt,
    durationMinutes: series.durationMinutes,
    exceptDates: [...series.exceptDates],
    alsoOn: [...series.alsoOn],
    createdAt: series.createdAt,
  };
}

export function ticketTypeResource(
  type: TicketTypeRecord,
  currency: string,
): z.output<typeof TicketType> {
  return {
    id: type.id,
    eventId: type.eventId,
    name: type.name,
    description: type.description,
    price: type.price,
    currency,
    draws: type.draws.map(({ poolId, units }) => ({ poolId, units })),
    seating: type.seating === null ? null : { categories: [...type.seating.categories] },
    sessionIds: type.sessionIds === null ? null : [...type.sessionIds],
    saleFrom: type.saleFrom,
    saleUntil: type.saleUntil,
    maxPerOrder: type.maxPerOrder,
    maxPerBuyer: type.maxPerBuyer,
    maxInAll: type.maxInAll,
    ...termsResource(type.terms),
    state: type.state,
    revision: type.revision,
  };
}

function termsResource({ tiers, dynamic, requires, parts, ...terms }: TypeTerms) {
  return {
    ...terms,
    tiers: [...tiers],
    dynamic,
    requires,
    parts: parts === null ? null : [...parts],
  };
}
