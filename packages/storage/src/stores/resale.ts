import {
  type CountedListing,
  type Listed,
  type ListingRecord,
  LostRace,
  type MovedListing,
  type ResalePolicyRecord,
  type ResaleWrites,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { lookup, turns } from '../gathering.ts';
import { withRows } from '../rows.ts';
import type { Sql } from '../sql.ts';
import { defineTable, type FilterOf, leads, statementsOf, writesOf } from '../table.ts';
import { listingSearch, namesOf, reservedAt } from './listing-search.ts';

const listings = defineTable<ListingRecord>(
  'listings',
  {
    id: 'text',
    organizerId: 'text',
    eventId: 'text',
    ticketId: 'text',
    ticketTypeId: 'text',
    name: 'text',
    section: 'text',
    seatLabel: 'text',
    startsAt: 'instant',
    sellerName: 'text',
    sellerEmail: 'text',
    sellerUserId: 'text',
    sellerHoldId: 'text',
    sellerKey: 'text',
    groupId: 'text',
    groupSize: 'integer',
    soldWhole: 'boolean',
    price: 'integer',
    paid: 'integer',
    currency: 'text',
    terms: 'json',
    state: 'text',
    expiresAt: 'instant',
    settleDueAt: 'instant',
    refunded: 'integer',
    createdAt: 'instant',
    closedAt: 'instant',
    buyerOrderId: 'text',
    revision: 'integer',
  },
  turns.listing,
);

/** Its id is the event's. */
const policies = defineTable<ResalePolicyRecord>('resale_policies', {
  id: 'text',
  organizerId: 'text',
  preset: 'text',
  terms: 'json',
  ticketTypes: 'json',
  revision: 'integer',
});

const listedColumns = columnsOf<Listed>({ open: 'integer', sold: 'integer' });

const movedColumns = columnsOf<MovedListing>({
  id: 'text',
  startsAt: 'instant',
  expiresAt: 'instant',
  revision: 'integer',
});

const countedColumns = columnsOf<CountedListing>({
  id: 'text',
  ticketTypeId: 'text',
  state: 'text',
  price: 'integer',
  paid: 'integer',
  createdAt: 'instant',
  closedAt: 'instant',
  expiresAt: 'instant',
});

export function resaleStore(dialect: Dialect): (sql: Sql) => ResaleWrites {
  const listingVerbs = writesOf<ListingRecord, FilterOf<ResaleWrites['listings']>>(
    dialect,
    listings,
    {
      ticketId: leads('ticket_id'),
      sellerUserId: leads('seller_user_id'),
      eventId: leads('event_id'),
      state: leads('state'),
    },
  );
  const policyVerbs = writesOf<ResalePolicyRecord, object>(dialect, policies, {});
  const listing = statementsOf(dialect, listings);
  const openOf = lookup<ListingRecord>(
    turns.read,
    (sql, ticketIds) =>
      sql.rows<ListingRecord>(
        listings.columns,
        `${listing.select} WHERE ${dialect.among('ticket_id')} AND state = 'open'`,
        [dialect.list(ticketIds)],
      ),
    ({ ticketId }) => ticketId,
  );

  const reserved = reservedAt(dialect);
  const names = namesOf(listings);
  const search = listingSearch(dialect, listings);

  const move = withRows<MovedListing>(
    dialect,
    movedColumns,
    (from) => `UPDATE ${listing.at} AS l
      SET starts_at = d.starts_at, expires_at = d.expires_at, revision = l.revision + 1
      FROM ${from}
      WHERE l.event_id = ? AND l.id = d.id AND ${dialect.among('l.id')} AND l.revision = d.revision`,
  );

  return (sql) => ({
    listings: {
      ...listingVerbs(sql),
      openOfTickets: async (ticketIds) =>
        ticketIds.length === 0
          ? []
          : sql.rows<ListingRecord>(
              listings.columns,
              `${listing.select} WHERE ${dialect.among('ticket_id')} AND state = 'open' ORDER BY id`,
              [dialect.list(ticketIds)],
            ),
      openOfTicket: (ticketId) => sql.ask(openOf, ticketId),
      async soldOfTicket(ticketId) {
        const [row] = await sql.rows<ListingRecord>(
          listings.columns,
          `${listing.select} WHERE ticket_id = ? AND state = 'sold'`,
          [ticketId],
        );
        return row;
      },
      openOfEvent: (eventId) =>
        sql.rows<ListingRecord>(
          listings.columns,
          `${listing.select} WHERE event_id = ? AND state = 'open' ORDER BY id`,
          [eventId],
        ),
      ofGroup: (groupId) =>
        sql.rows<ListingRecord>(
          listings.columns,
          `${listing.select} WHERE group_id = ? ORDER BY id`,
          [groupId],
        ),
      async ofSeller(eventId, sellerKey, now) {
        const [row] = await sql.rows<Listed>(
          listedColumns,
          `SELECT COUNT(CASE WHEN l.state = 'open' AND (l.expires_at > ? OR ${reserved}) THEN 1 END) AS open,
             COUNT(CASE WHEN l.state = 'sold' THEN 1 END) AS sold
           FROM ${listing.at} AS l WHERE l.event_id = ? AND l.seller_key = ?`,
          [now, now, eventId, sellerKey],
        );
        return row ?? { open: 0, sold: 0 };
      },
      async move(eventId, next) {
        if (next.length === 0) return;
        const ids = dialect.list(next.map(({ id }) => id));
        const moved = await sql.run(...move(next, [eventId, ids]));
        if (moved < next.length) throw new LostRace(`Listings of ${eventId} were changed.`);
      },
      search: search(sql),
      overdue: (now, limit) =>
        sql.rows<ListingRecord>(
          listings.columns,
          `SELECT ${names} FROM ${listing.at} AS l
           WHERE l.state = 'open' AND l.expires_at <= ? AND NOT ${reserved}
           ORDER BY l.expires_at, l.id LIMIT ?`,
          [now, now, limit],
        ),
      settleDue: (limit) =>
        sql.rows<ListingRecord>(
          listings.columns,
          `${listing.select} WHERE settle_due_at IS NOT NULL ORDER BY settle_due_at, id LIMIT ?`,
          [limit],
        ),
      counted: (eventId, after, limit) =>
        sql.rows<CountedListing>(
          countedColumns,
          `SELECT ${countedColumns.map(({ name }) => name).join(', ')} FROM ${listing.at}
           WHERE event_id = ? AND id > ? ORDER BY event_id, id LIMIT ?`,
          [eventId, after, limit],
        ),
    },
    policies: policyVerbs(sql),
  });
}
