import {
  type FreeOfType,
  LostRace,
  type WaitingFor,
  type WaitlistEntryRecord,
  type WaitlistOfferRecord,
  type WaitlistPolicyRecord,
  type WaitlistWishRecord,
  type WaitlistWrites,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { turns } from '../gathering.ts';
import { withRows } from '../rows.ts';
import type { Sql } from '../sql.ts';
import {
  defineTable,
  equals,
  type FilterOf,
  insertOf,
  leads,
  statementsOf,
  writesOf,
} from '../table.ts';
import { waitlistDrift } from './waitlist-drift.ts';

/** Its id is the event's. */
const policies = defineTable<WaitlistPolicyRecord>('waitlist_policies', {
  id: 'text',
  organizerId: 'text',
  terms: 'json',
  revision: 'integer',
});

const entries = defineTable<WaitlistEntryRecord>(
  'waitlist_entries',
  {
    id: 'text',
    organizerId: 'text',
    eventId: 'text',
    userId: 'text',
    name: 'text',
    email: 'text',
    buyerKey: 'text',
    ticketTypeIds: 'json',
    quantity: 'integer',
    minQuantity: 'integer',
    priority: 'integer',
    place: 'text',
    misses: 'integer',
    state: 'text',
    endedFor: 'text',
    joinedAt: 'instant',
    revision: 'integer',
  },
  turns.waitlist,
);

const wishes = defineTable<WaitlistWishRecord>('waitlist_wishes', {
  entryId: 'text',
  organizerId: 'text',
  eventId: 'text',
  ticketTypeId: 'text',
  quantity: 'integer',
  minQuantity: 'integer',
});

const offers = defineTable<WaitlistOfferRecord>(
  'waitlist_offers',
  {
    id: 'text',
    organizerId: 'text',
    eventId: 'text',
    entryId: 'text',
    holdId: 'text',
    ticketTypeId: 'text',
    quantity: 'integer',
    state: 'text',
    claimedAt: 'instant',
    createdAt: 'instant',
    revision: 'integer',
  },
  turns.waitlist,
);

type Count = Awaited<ReturnType<WaitlistWrites['entries']['counts']>>[number];
type Before = Awaited<ReturnType<WaitlistWrites['entries']['before']>>;

const free = columnsOf<FreeOfType>({ ticketTypeId: 'text', leaves: 'integer' });
const waitingFor = columnsOf<WaitingFor>({
  ticketTypeId: 'text',
  minQuantity: 'integer',
  quantity: 'integer',
  entries: 'integer',
});
const counted = columnsOf<Count>({ state: 'text', entries: 'integer', tickets: 'integer' });
const standing = columnsOf<Before>({ entries: 'integer', tickets: 'integer' });
const eventIds = columnsOf<{ eventId: string }>({ eventId: 'text' });

export function waitlistStore(dialect: Dialect): (sql: Sql) => WaitlistWrites {
  const policyVerbs = writesOf<WaitlistPolicyRecord, object>(dialect, policies, {});
  const entryVerbs = writesOf<WaitlistEntryRecord, FilterOf<WaitlistWrites['entries']>>(
    dialect,
    entries,
    {
      userId: leads('user_id'),
      eventId: leads('event_id'),
      state: equals('state'),
    },
  );
  const offerVerbs = writesOf<WaitlistOfferRecord, FilterOf<WaitlistWrites['offers']>>(
    dialect,
    offers,
    {
      eventId: leads('event_id'),
    },
  );
  const insertWishes = insertOf(dialect, wishes);
  const entry = statementsOf(dialect, entries);
  const offer = statementsOf(dialect, offers);
  const wish = statementsOf(dialect, wishes).at;
  const holds = dialect.table('holds');
  const drift = waitlistDrift(dialect, { entry: entry.at, offer: offer.at, wish });
  // WHERE true: without it SQLite takes ON for the condition of a join.
  const admit = entry.insert(' WHERE true ON CONFLICT DO NOTHING');
  const fitting = withRows<FreeOfType>(
    dialect,
    free,
    (from) => `WITH free AS (SELECT d.ticket_type_id, d.leaves FROM ${from})
      ${entry.select} AS e
      WHERE e.event_id = ? AND e.state = 'waiting' AND EXISTS (
        SELECT 1 FROM ${wish} AS w JOIN free AS f
          ON f.ticket_type_id = w.ticket_type_id AND f.leaves >= w.min_quantity
        WHERE w.entry_id = e.id AND w.event_id = e.event_id)
      ORDER BY e.place LIMIT ?`,
  );

  return (sql) => ({
    policies: policyVerbs(sql),
    entries: {
      ...entryVerbs(sql),
      async admit(row) {
        const inserted = await sql.run(...admit([row]));
        if (inserted === 0) throw new LostRace('The buyer was put on the waitlist meanwhile.');
      },
      async active(eventId, buyerKey) {
        const [row] = await sql.rows<WaitlistEntryRecord>(
          entries.columns,
          `${entry.select} WHERE event_id = ? AND buyer_key = ? AND state IN ('waiting', 'offered')`,
          [eventId, buyerKey],
        );
        return row;
      },
      async before({ eventId, place, ticketTypeIds }) {
        const [row] = await sql.rows<Before>(
          standing,
          `SELECT count(*) AS entries, coalesce(sum(e.quantity), 0) AS tickets FROM ${entry.at} AS e
           WHERE e.event_id = ? AND e.state = 'waiting' AND e.place < ? AND EXISTS (
             SELECT 1 FROM ${wish} AS w
             WHERE w.entry_id = e.id AND w.event_id = e.event_id AND ${dialect.among('w.ticket_type_id')})`,
          [eventId, place, dialect.list(ticketTypeIds)],
        );
        return row ?? { entries: 0, tickets: 0 };
      },
      async fitting(eventId, there, limit) {
        const some = there.filter(({ leaves }) => leaves > 0);
        if (some.length === 0) return [];
        return sql.rows<WaitlistEntryRecord>(entries.columns, ...fitting(some, [eventId, limit]));
      },
      waitingFor: (eventId, ticketTypeIds, limit) =>
        sql.rows<WaitlistEntryRecord>(
          entries.columns,
          `${entry.select} AS e WHERE e.event_id = ? AND e.state = 'waiting' AND EXISTS (
             SELECT 1 FROM ${wish} AS w
             WHERE w.entry_id = e.id AND w.event_id = e.event_id AND ${dialect.among('w.ticket_type_id')})
           ORDER BY e.place LIMIT ?`,
          [eventId, dialect.list(ticketTypeIds), limit],
        ),
      withoutWish: (eventId, limit) =>
        sql.rows<WaitlistEntryRecord>(
          entries.columns,
          `${entry.select} AS e WHERE e.event_id = ? AND e.state = 'waiting'
             AND NOT EXISTS (SELECT 1 FROM ${wish} AS w WHERE w.entry_id = e.id AND w.event_id = e.event_id)
           ORDER BY e.place LIMIT ?`,
          [eventId, limit],
        ),
      counts: (eventId) =>
        sql.rows<Count>(
          counted,
          `SELECT state, count(*) AS entries, sum(quantity) AS tickets FROM ${entry.at}
           WHERE event_id = ? GROUP BY state ORDER BY state`,
          [eventId],
        ),
    },
    offers: {
      ...offerVerbs(sql),
      async openOf(entryIds) {
        if (entryIds.length === 0) return [];
        return sql.rows<WaitlistOfferRecord>(
          offers.columns,
          `${offer.select} WHERE ${dialect.among('entry_id')} AND state = 'open' ORDER BY id`,
          [dialect.list(entryIds)],
        );
      },
      over: (eventId, now, limit) =>
        sql.rows<WaitlistOfferRecord>(
          offers.columns,
          `${offer.select} AS o WHERE o.event_id = ? AND o.state = 'open' AND EXISTS (
             SELECT 1 FROM ${holds} AS h WHERE h.id = o.hold_id AND h.event_id = o.event_id
               AND (h.state <> 'active' OR h.expires_at <= ?))
           ORDER BY o.id LIMIT ?`,
          [eventId, now, limit],
        ),
    },
    wishes: {
      insert: insertWishes(sql),
      async remove(entryIds) {
        if (entryIds.length === 0) return;
        await sql.run(`DELETE FROM ${wish} WHERE ${dialect.among('entry_id')}`, [
          dialect.list(entryIds),
        ]);
      },
      async removeTypes(entryIds, ticketTypeIds) {
        if (entryIds.length === 0) return;
        await sql.run(
          `DELETE FROM ${wish} WHERE ${dialect.among('entry_id')} AND ${dialect.among('ticket_type_id')}`,
          [dialect.list(entryIds), dialect.list(ticketTypeIds)],
        );
      },
    },
    waiting: (eventId) =>
      sql.rows<WaitingFor>(
        waitingFor,
        `SELECT ticket_type_id, min_quantity, sum(quantity) AS quantity, count(*) AS entries
         FROM ${wish} WHERE event_id = ?
         GROUP BY ticket_type_id, min_quantity ORDER BY ticket_type_id, min_quantity`,
        [eventId],
      ),
    async events(after, limit) {
      const rows = await sql.rows<{ eventId: string }>(
        eventIds,
        `SELECT event_id FROM (
           SELECT event_id FROM ${wish} WHERE event_id > ?
           UNION SELECT event_id FROM ${offer.at} WHERE state = 'open' AND event_id > ?) AS due
         ORDER BY event_id LIMIT ?`,
        [after, after, limit],
      );
      return rows.map(({ eventId }) => eventId);
    },
    drift: () => drift(sql),
  });
}
