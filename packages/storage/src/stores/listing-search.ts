import {
  type ListingRecord,
  type ListingSearch,
  type Page,
  type PageRequest,
  pageFrom,
} from '@ticketi/core';
import type { Bound, Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';
import { statementsOf, type Table } from '../table.ts';

/** What each order goes by; whatever is alike comes newest first. */
const ORDERS: Readonly<
  Record<ListingSearch['order'], readonly [by: string, 'asc' | 'desc'] | null>
> = {
  newest: null,
  price: ['l.price', 'asc'],
  price_desc: ['l.price', 'desc'],
  quantity: ['l.group_size', 'desc'],
  ticket_type: ['l.name', 'asc'],
  session: ["COALESCE(l.starts_at, '9999-12-31T23:59:59.999Z')", 'asc'],
  section: ["COALESCE(l.section, '')", 'asc'],
};

/** The columns of listings, which are `l` in the statement. */
export function namesOf(table: Table<ListingRecord>): string {
  return table.columns.map(({ name }) => `l."${name}"`).join(', ');
}

/** Whether somebody has the listing `l` reserved at an instant, the value that it takes. */
export function reservedAt(dialect: Dialect): string {
  return `EXISTS (SELECT 1 FROM ${dialect.table('claims')} AS c
    WHERE c.event_id = l.event_id AND c.target_id = l.id AND c.released_at IS NULL AND c.expires_at > ?)`;
}

/**
 * Open listings of an event whose time is not over, in an order. A page goes on behind the row
 * that its cursor names, wherever that one stands by now.
 */
export function listingSearch(dialect: Dialect, table: Table<ListingRecord>) {
  const { at } = statementsOf(dialect, table);
  const names = namesOf(table);
  const unreserved = `NOT ${reservedAt(dialect)}`;

  return (sql: Sql) =>
    async (search: ListingSearch, { limit, after }: PageRequest): Promise<Page<ListingRecord>> => {
      const conditions: [string, readonly Bound[]][] = [
        ["l.event_id = ? AND l.state = 'open' AND l.expires_at > ?", [search.eventId, search.now]],
      ];
      const where = (condition: string, ...values: Bound[]) => conditions.push([condition, values]);
      if (!search.reserved) where(unreserved, search.now);
      if (search.ticketTypeIds !== undefined) {
        where(dialect.among('l.ticket_type_id'), dialect.list(search.ticketTypeIds));
      }
      if (search.section !== undefined) where('l.section = ?', search.section);
      if (search.minPrice !== undefined) where('l.price >= ?', search.minPrice);
      if (search.maxPrice !== undefined) where('l.price <= ?', search.maxPrice);
      if (search.quantity !== undefined) where('l.group_size >= ?', search.quantity);
      const [last] = after ?? [];
      const order = ORDERS[search.order];
      if (last !== undefined) where(...behind(order, at, last));
      const by = order === null ? '' : `${order[0]} ${order[1]}, `;
      const rows = await sql.rows<ListingRecord>(
        table.columns,
        `SELECT ${names} FROM ${at} AS l WHERE ${conditions.map(([condition]) => condition).join(' AND ')}
         ORDER BY ${by}l.id DESC LIMIT ?`,
        [...conditions.flatMap(([, values]) => values), limit + 1],
      );
      return pageFrom(rows, limit, ({ id }) => [id]);
    };
}

/** What comes behind a row in an order. */
function behind(
  order: readonly [by: string, 'asc' | 'desc'] | null,
  at: string,
  last: string,
): [string, ...Bound[]] {
  if (order === null) return ['l.id < ?', last];
  const [by, direction] = order;
  const its = `(SELECT ${by} FROM ${at} AS l WHERE l.id = ?)`;
  const beyond = direction === 'asc' ? '>' : '<';
  return [`(${by} ${beyond} ${its} OR (${by} = ${its} AND l.id < ?))`, last, last, last];
}
