import type { EventRecord, EventWrites, SessionRecord, TicketTypeRecord } from '@ticketi/core';
import type { Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';
import { defineTable, equals, type FilterOf, leads, statementsOf, writesOf } from '../table.ts';

const events = defineTable<EventRecord>('events', {
  id: 'text',
  organizerId: 'text',
  slug: 'text',
  name: 'text',
  description: 'text',
  category: 'text',
  tags: 'json',
  venue: 'text',
  timezone: 'text',
  currency: 'text',
  visibility: 'text',
  state: 'text',
  createdAt: 'instant',
  publishedAt: 'instant',
  cancelledAt: 'instant',
  cancelReason: 'text',
  revision: 'integer',
});

const sessions = defineTable<SessionRecord>('sessions', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  name: 'text',
  startsAt: 'instant',
  endsAt: 'instant',
  doorsAt: 'instant',
  state: 'text',
  revision: 'integer',
});

const ticketTypes = defineTable<TicketTypeRecord>('ticket_types', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  name: 'text',
  description: 'text',
  price: 'integer',
  draws: 'json',
  sessionIds: 'json',
  saleFrom: 'instant',
  saleUntil: 'instant',
  maxPerOrder: 'integer',
  state: 'text',
  revision: 'integer',
});

export function eventStore(dialect: Dialect): (sql: Sql) => EventWrites {
  const eventVerbs = writesOf<EventRecord, FilterOf<EventWrites['events']>>(dialect, events, {
    organizerId: leads('organizer_id'),
    state: equals('state'),
    visibility: equals('visibility'),
  });
  const sessionVerbs = writesOf<SessionRecord, FilterOf<EventWrites['sessions']>>(
    dialect,
    sessions,
    { eventId: equals('event_id') },
  );
  const ticketTypeVerbs = writesOf<TicketTypeRecord, FilterOf<EventWrites['ticketTypes']>>(
    dialect,
    ticketTypes,
    { eventId: leads('event_id') },
  );
  const event = statementsOf(dialect, events);
  const session = statementsOf(dialect, sessions);
  const ticketType = statementsOf(dialect, ticketTypes);

  return (sql) => ({
    events: {
      ...eventVerbs(sql),
      async findBySlug(organizerId, slug) {
        const [row] = await sql.rows<EventRecord>(
          events.columns,
          `${event.select} WHERE organizer_id = ? AND slug = ?`,
          [organizerId, slug],
        );
        return row;
      },
      async findForShare(id) {
        const [row] = await sql.rows<EventRecord>(
          events.columns,
          `${event.select} WHERE id = ? ${dialect.forShare}`,
          [id],
        );
        return row;
      },
    },
    sessions: {
      ...sessionVerbs(sql),
      async ofEvents(eventIds) {
        if (eventIds.length === 0) return [];
        return sql.rows<SessionRecord>(
          sessions.columns,
          `${session.select} WHERE ${dialect.among('event_id')} ORDER BY starts_at, id`,
          [dialect.list(eventIds)],
        );
      },
    },
    ticketTypes: {
      ...ticketTypeVerbs(sql),
      ofEvent: (eventId) =>
        sql.rows<TicketTypeRecord>(
          ticketTypes.columns,
          `${ticketType.select} WHERE event_id = ? ORDER BY id`,
          [eventId],
        ),
    },
  });
}
