import type { AccessRequestRecord, OrderNoteRecord, OrderRecord, OrderWrites } from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { turns } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import {
  type Condition,
  defineTable,
  equals,
  eventsOf,
  type FilterOf,
  insertsOf,
  leads,
  statementsOf,
  walkOf,
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
    channel: 'text',
    complimentaryReason: 'text',
    state: 'text',
    buyerName: 'text',
    buyerEmail: 'text',
    buyerSearch: 'text',
    answers: 'json',
    attendees: 'json',
    billing: 'json',
    userId: 'text',
    provider: 'text',
    currency: 'text',
    total: 'integer',
    credited: 'integer',
    giftCards: 'json',
    refunded: 'integer',
    givenBack: 'integer',
    quote: 'json',
    dueAt: 'instant',
    expiresAt: 'instant',
    createdAt: 'instant',
    paidAt: 'instant',
    cancelledAt: 'instant',
    revision: 'integer',
  },
  turns.order,
);

const notes = defineTable<OrderNoteRecord>('order_notes', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  orderId: 'text',
  text: 'text',
  author: 'text',
  createdAt: 'instant',
});

const accessRequests = defineTable<AccessRequestRecord>('access_requests', {
  id: 'text',
  since: 'instant',
  requests: 'integer',
  revision: 'integer',
});

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
    query: (query) => ({
      where: `buyer_search || ' ' || id LIKE ? ESCAPE '!'`,
      value: `%${query.replace(/[!%_]/g, '!$&')}%`,
    }),
    state: ({ is, now }) => stateAt(is, now),
    channel: equals('channel'),
    complimentary: (isGiven) => ({
      where: "CASE WHEN complimentary_reason IS NULL THEN 'sold' ELSE 'given' END = ?",
      value: isGiven ? 'given' : 'sold',
    }),
    createdFrom: (value) => ({ where: 'created_at >= ?', value }),
    createdUntil: (value) => ({ where: 'created_at < ?', value }),
    paidFrom: (value) => ({ where: 'paid_at >= ?', value }),
    paidUntil: (value) => ({ where: 'paid_at < ?', value }),
  });
  const noteVerbs = insertsOf<OrderNoteRecord, FilterOf<OrderWrites['notes']>>(dialect, notes, {
    orderId: equals('order_id'),
  });
  const note = statementsOf(dialect, notes);
  const requestVerbs = writesOf<AccessRequestRecord, object>(dialect, accessRequests, {});
  const request = statementsOf(dialect, accessRequests);
  // WHERE true: without it SQLite takes ON for the condition of a join.
  const ensureRequest = request.insert(' WHERE true ON CONFLICT (id) DO NOTHING');
  const order = statementsOf(dialect, orders);
  const events = eventsOf(dialect, orders);
  const walk = walkOf(dialect, orders, {
    eventId: leads('event_id'),
    organizerId: leads('organizer_id'),
  });

  return (sql) => ({
    orders: {
      ...verbs(sql),
      walk: walk(sql),
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
                    (SELECT count(*) FROM ${dialect.table('tickets')} AS t
                     WHERE t.order_id = o.id
                       AND (t.void_reason IS NULL OR t.void_reason NOT IN ('transferred', 'reissued'))) AS tickets
             FROM ${order.at} AS o
             WHERE o.state = 'paid') AS sold
           WHERE bought <> tickets
           ORDER BY order_id`,
        ),
      ofGuest: ({ organizerId, eventId, email }, limit) =>
        sql.rows<OrderRecord>(
          orders.columns,
          `${order.select}
           WHERE organizer_id = ? AND buyer_email = ? AND user_id IS NULL
             AND state IN ('pending', 'paid')${eventId === undefined ? '' : ' AND event_id = ?'}
           ORDER BY id DESC LIMIT ?`,
          [organizerId, email, ...(eventId === undefined ? [] : [eventId]), limit],
        ),
    },
    notes: {
      ...noteVerbs(sql),
      ofOrder: (orderId) =>
        sql.rows<OrderNoteRecord>(notes.columns, `${note.select} WHERE order_id = ? ORDER BY id`, [
          orderId,
        ]),
    },
    accessRequests: {
      ...requestVerbs(sql),
      async ensure(row) {
        await sql.run(...ensureRequest([row]));
      },
      async sweep(until, limit) {
        await sql.run(
          `DELETE FROM ${request.at} WHERE id IN (
             SELECT id FROM ${request.at} WHERE since <= ?
             ORDER BY since, id LIMIT ? ${dialect.forUpdateSkipLocked})`,
          [until, limit],
        );
      },
    },
  });
}

/** The state that a reader sees: what waits past its time has expired. */
function stateAt(is: OrderRecord['state'], now: string): Condition {
  if (is === 'pending') return { where: "state = 'pending' AND expires_at > ?", value: now };
  if (is !== 'expired') return { where: 'state = ?', value: is };
  return {
    where: "(state = 'expired' OR state = 'pending' AND expires_at <= ?)",
    value: now,
  };
}
