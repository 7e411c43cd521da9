import type { OrderRecord, OrderWrites } from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { turns } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import {
  defineTable,
  equals,
  eventsOf,
  type FilterOf,
  leads,
  statementsOf,
  writesOf,
} from '../table.ts';

const orders = defineTable<OrderRecord>(
  'orders',
  {
    id: 'text',
    organizerId: 'text',
    eventId: 'text',
    holdId: 'text',
    kind: 'text',
    listingId: 'text',
    state: 'text',
    buyerName: 'text',
    buyerEmail: 'text',
    billing: 'json',
    userId: 'text',
    provider: 'text',
    currency: 'text',
    total: 'integer',
    credited: 'integer',
    giftCards: 'json',
    refunded: 'integer',
    quote: 'json',
    expiresAt: 'instant',
    createdAt: 'instant',
    paidAt: 'instant',
    cancelledAt: 'instant',
    revision: 'integer',
  },
  turns.order,
);

interface WrongTickets {
  readonly orderId: string;
  readonly bought: number;
  readonly tickets: number;
}

const wrongTickets = columnsOf<WrongTickets>({
  orderId: 'text',
  bought: 'integer',
  tickets: 'integer',
});

export function orderStore(dialect: Dialect): (sql: Sql) => OrderWrites {
  const verbs = writesOf<OrderRecord, FilterOf<OrderWrites['orders']>>(dialect, orders, {
    userId: leads('user_id'),
    eventId: leads('event_id'),
    organizerId: leads('organizer_id'),
    state: equals('state'),
  });
  const order = statementsOf(dialect, orders);
  const events = eventsOf(dialect, orders);

  return (sql) => ({
    orders: {
      ...verbs(sql),
      eventsOf: events(sql),
      async findByHold(holdId) {
        const [row] = await sql.rows<OrderRecord>(
          orders.columns,
          `${order.select} WHERE hold_id = ?`,
          [holdId],
        );
        return row;
      },
      pendingOfEvent: (eventId) =>
        sql.rows<OrderRecord>(
          orders.columns,
          `${order.select} WHERE event_id = ? AND state = 'pending' ORDER BY id`,
          [eventId],
        ),
      overdue: (now, limit) =>
        sql.rows<OrderRecord>(
          orders.columns,
          `${order.select} WHERE state = 'pending' AND expires_at <= ? ORDER BY expires_at, id LIMIT ?`,
          [now, limit],
        ),
      withWrongTickets: () =>
        sql.rows<WrongTickets>(
          wrongTickets,
          `SELECT order_id, bought, tickets FROM (
             SELECT o.id AS order_id,
                    ${dialect.sumOf('o.quote', 'lines', 'admits')} AS bought,
                    (SELECT count(*) FROM ${dialect.table('tickets')} AS t WHERE t.order_id = o.id) AS tickets
             FROM ${order.at} AS o
             WHERE o.state = 'paid') AS sold
           WHERE bought <> tickets
           ORDER BY order_id`,
        ),
    },
  });
}
