import {
  type EventRecord,
  type EventWrites,
  LostRace,
  pageFrom,
  type SeriesRecord,
  type SessionRecord,
  type TicketTypeRecord,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { inEvent, lookup, lookupAll, turns } from '../gathering.ts';
import { withRows } from '../rows.ts';
import type { Sql } from '../sql.ts';
import {
  defineTable,
  equals,
  type FilterOf,
  insertsOf,
  leads,
  statementsOf,
  writesOf,
} from '../table.ts';

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
  maxPerOrder: 'integer',
  maxPerBuyer: 'integer',
  pricePolicy: 'json',
  catalogueVersion: 'text',
  waited: 'json',
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
  seriesId: 'text',
  occurrence: 'text',
  revision: 'integer',
});

type Rescheduled = Pick<
  SessionRecord,
  'id' | 'name' | 'startsAt' | 'endsAt' | 'doorsAt' | 'revision'
>;
const rescheduled = columnsOf<Rescheduled>({
  id: 'text',
  name: 'text',
  startsAt: 'instant',
  endsAt: 'instant',
  doorsAt: 'instant',
  revision: 'integer',
});

type Sale = Pick<TicketTypeRecord, 'id' | 'saleUntil' | 'revision'>;
const saleColumns = columnsOf<Sale>({ id: 'text', saleUntil: 'instant', revision: 'integer' });

const series = defineTable<SeriesRecord>('series', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  rule: 'text',
  startsAt: 'text',
  endsAt: 'text',
  durationMinutes: 'integer',
  exceptDates: 'json',
  alsoOn: 'json',
  createdAt: 'instant',
});

const ticketTypes = defineTable<TicketTypeRecord>('ticket_types', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  name: 'text',
  description: 'text',
  price: 'integer',
  draws: 'json',
  seating: 'json',
  sessionIds: 'json',
  saleFrom: 'instant',
  saleUntil: 'instant',
  maxPerOrder: 'integer',
  maxPerBuyer: 'integer',
  maxInAll: 'integer',
  terms: 'json',
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
  const seriesVerbs = insertsOf<SeriesRecord, FilterOf<EventWrites['series']>>(dialect, series, {
    eventId: leads('event_id'),
  });
  const event = statementsOf(dialect, events);
  const session = statementsOf(dialect, sessions);
  const ticketType = statementsOf(dialect, ticketTypes);
  const share = lookup<EventRecord>(
    turns.event,
    (sql, ids) =>
      sql.rows<EventRecord>(
        events.columns,
        `${event.select} WHERE ${dialect.among('id')} ORDER BY id ${dialect.forShare}`,
        [dialect.list(ids)],
      ),
    ({ id }) => id,
  );
  const lastOf = inEvent<{ eventId: string }, SessionRecord[]>(
    turns.read,
    async (sql, eventId, asked) => {
      const last = await sql.rows<SessionRecord>(
        sessions.columns,
        `${session.select} WHERE event_id = ? ORDER BY ends_at DESC, id DESC LIMIT 1`,
        [eventId],
      );
      return asked.map(() => last);
    },
  );
  const sessionsOf = lookupAll<SessionRecord>(
    turns.read,
    (sql, eventIds) =>
      sql.rows<SessionRecord>(
        sessions.columns,
        `${session.select} WHERE ${dialect.among('event_id')} ORDER BY starts_at, id`,
        [dialect.list(eventIds)],
      ),
    ({ eventId }) => eventId,
  );

  const reschedule = withRows<Rescheduled>(
    dialect,
    rescheduled,
    (from) => `UPDATE ${session.at} AS s
      SET name = d.name, starts_at = d.starts_at, ends_at = d.ends_at, doors_at = d.doors_at,
        revision = s.revision + 1
      FROM ${from}
      WHERE s.event_id = ? AND s.id = d.id AND ${dialect.among('s.id')} AND s.revision = d.revision`,
  );
  const moveSales = withRows<Sale>(
    dialect,
    saleColumns,
    (from) => `UPDATE ${ticketType.at} AS t
      SET sale_until = d.sale_until, revision = t.revision + 1
      FROM ${from}
      WHERE t.event_id = ? AND t.id = d.id AND ${dialect.among('t.id')} AND t.revision = d.revision`,
  );

  return (sql) => ({
    series: seriesVerbs(sql),
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
      findForShare: (id) => sql.ask(share, id),
      async setCatalogueVersion(id, version) {
        await sql.run(`UPDATE ${event.at} SET catalogue_version = ? WHERE id = ?`, [version, id]);
      },
      async setCatalogueVersions(organizerId, version) {
        await sql.run(`UPDATE ${event.at} SET catalogue_version = ? WHERE organizer_id = ?`, [
          version,
          organizerId,
        ]);
      },
      async setWaited(id, ticketTypeIds) {
        await sql.run(`UPDATE ${event.at} SET waited = ? WHERE id = ?`, [
          dialect.bind(ticketTypeIds, 'json'),
          id,
        ]);
      },
    },
    sessions: {
      ...sessionVerbs(sql),
      ofEvents: (eventIds) => sql.ask(sessionsOf, eventIds),
      lastOf: (eventId) => sql.ask(lastOf, { eventId }),
      async timetable({ eventId, seriesId, endsAfter }, { limit, after }) {
        const [last] = after ?? [];
        const values = [
          eventId,
          ...(seriesId === undefined ? [] : [seriesId]),
          ...(endsAfter === undefined ? [] : [endsAfter]),
          ...(last === undefined ? [] : [last]),
          limit + 1,
        ];
        const rows = await sql.rows<SessionRecord>(
          sessions.columns,
          `${session.select} WHERE event_id = ?
             ${seriesId === undefined ? '' : 'AND series_id = ?'}
             ${endsAfter === undefined ? '' : 'AND ends_at > ?'}
             ${last === undefined ? '' : `AND (starts_at, id) > (SELECT starts_at, id FROM ${session.at} WHERE id = ?)`}
           ORDER BY starts_at, id LIMIT ?`,
          values,
        );
        return pageFrom(rows, limit, ({ id }) => [id]);
      },
      ofSeries: (eventId, seriesId) =>
        sql.rows<SessionRecord>(
          sessions.columns,
          `${session.select} WHERE event_id = ? AND series_id = ? ORDER BY occurrence, id`,
          [eventId, seriesId],
        ),
      async reschedule(eventId, next) {
        if (next.length === 0) return;
        const ids = dialect.list(next.map(({ id }) => id));
        const changed = await sql.run(...reschedule(next, [eventId, ids]));
        if (changed < next.length) throw new LostRace(`Sessions of ${eventId} were changed.`);
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
      async moveSales(eventId, next) {
        if (next.length === 0) return;
        const ids = dialect.list(next.map(({ id }) => id));
        const changed = await sql.run(...moveSales(next, [eventId, ids]));
        if (changed < next.length) throw new LostRace(`Ticket types of ${eventId} were changed.`);
      },
    },
  });
}
