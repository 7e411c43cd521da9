import type { ListingRecord, ResalePolicyRecord, ResaleWrites } from '@ticketi/core';
import type { Dialect } from '../dialect/dialect.ts';
import { lookup, turns } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import { defineTable, type FilterOf, leads, statementsOf, writesOf } from '../table.ts';

const listings = defineTable<ListingRecord>(
  'listings',
  {
    id: 'text',
    organizerId: 'text',
    eventId: 'text',
    ticketId: 'text',
    ticketTypeId: 'text',
    name: 'text',
    sellerName: 'text',
    sellerEmail: 'text',
    sellerUserId: 'text',
    sellerHoldId: 'text',
    price: 'integer',
    currency: 'text',
    terms: 'json',
    state: 'text',
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
  terms: 'json',
  revision: 'integer',
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

  return (sql) => ({
    listings: {
      ...listingVerbs(sql),
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
    },
    policies: policyVerbs(sql),
  });
}
