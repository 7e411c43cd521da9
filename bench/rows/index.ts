import { holds } from './holds.ts';
import { http } from './http.ts';
import { orders } from './orders.ts';
import { processes } from './processes.ts';
import { quote } from './quote.ts';
import { resale } from './resale.ts';
import type { BenchRow } from './row.ts';
import { scans } from './scans.ts';
import { soldOut } from './sold-out.ts';
import { holdsOnSqlite, ordersOnSqlite } from './sqlite.ts';
import { start } from './start.ts';

/** In the order of the table. */
export const rows: readonly BenchRow[] = [
  holds,
  orders,
  holdsOnSqlite,
  ordersOnSqlite,
  processes,
  soldOut,
  scans,
  resale,
  quote,
  http,
  start,
];
