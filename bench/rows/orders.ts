import type { BenchRow } from './row.ts';
import { selling } from './selling.ts';

export const orders: BenchRow = {
  name: 'orders',
  async run(context) {
    const base = await context.postgres();
    const row = 'whole orders (hold, place, pay; 2 tickets), one hot event, PostgreSQL, 64 buyers';
    return [await selling(context, base, { row, sale: 'order', buyers: 64, timesNaive: 15 })];
  },
};
