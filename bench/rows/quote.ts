import type { Ticketi } from '@ticketi/core';
import { contest } from '../contest.ts';
import type { Result } from '../result.ts';
import { digits } from '../result.ts';
import { hotEvent, open } from '../stage/event.ts';
import type { BenchRow } from './row.ts';

const LINES = 10;
const BUYERS = 64;

/** A price for ten lines with codes and a fee, through the SDK in one process. */
export const quote: BenchRow = {
  name: 'quote',
  async run({ effort, sqlite }) {
    const base = await sqlite();
    const ticketi = await open(base);
    try {
      const input = await tenLines(ticketi);
      const asked = ticketi.as({ type: 'user', id: 'u_1' }).quotes;
      const sample = await asked.get(input);
      if (sample.lines.length !== LINES) throw new Error('The quote lacks lines.');
      const figures = await contest({ ...effort, buyers: BUYERS }, [
        { name: 'ours', request: async () => void (await asked.get(input)) },
      ]);
      const perSecond = figures.ours?.perSecond ?? 0;
      const result: Result = {
        row: `quote of ${LINES} lines with a code and a fee, in one process, SQLite`,
        unit: 'quotes',
        figures,
        aims: [
          { what: 'a second', aim: '≥ 20,000', found: digits(perSecond), met: perSecond >= 20_000 },
        ],
      };
      return [result];
    } finally {
      await ticketi.close();
    }
  },
};

async function tenLines(ticketi: Ticketi) {
  const { event, pool } = await hotEvent(ticketi);
  const items: { ticketTypeId: string; quantity: number }[] = [];
  for (let line = 0; line < LINES; line += 1) {
    const { id } = await ticketi.ticketTypes.create({
      eventId: event.id,
      name: `Category ${line + 1}`,
      price: 1990 + 1000 * line,
      draws: [{ poolId: pool.id }],
    });
    items.push({ ticketTypeId: id, quantity: 1 + (line % 3) });
  }
  return { eventId: event.id, items, codes: ['EARLY'] };
}
