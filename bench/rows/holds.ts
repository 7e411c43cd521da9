import type { Result } from '../result.ts';
import type { BenchRow } from './row.ts';
import { selling } from './selling.ts';

export const holds: BenchRow = {
  name: 'holds',
  async run(context) {
    const base = await context.postgres();
    const results: Result[] = [];
    for (const buyers of [64, 512]) {
      const row = `holds on one hot pool, PostgreSQL, ${buyers} buyers`;
      results.push(await selling(context, base, { row, sale: 'hold', buyers, timesNaive: 20 }));
    }
    return results;
  },
};
