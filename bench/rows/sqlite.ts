import type { BenchRow } from './row.ts';
import { selling } from './selling.ts';

export const holdsOnSqlite: BenchRow = {
  name: 'holds-sqlite',
  async run(context) {
    const row = 'holds on one hot pool, SQLite, 64 buyers';
    const base = await context.sqlite();
    return [await selling(context, base, { row, sale: 'hold', buyers: 64, timesNaive: 5 })];
  },
};

export const ordersOnSqlite: BenchRow = {
  name: 'orders-sqlite',
  async run(context) {
    const row = 'whole orders (hold, place, pay; 2 tickets), one hot event, SQLite, 64 buyers';
    const base = await context.sqlite();
    return [await selling(context, base, { row, sale: 'order', buyers: 64, timesNaive: 5 })];
  },
};
