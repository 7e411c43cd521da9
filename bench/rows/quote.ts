import { Session } from 'node:inspector/promises';
import type { Ticketi } from '@ticketi/core';
import { contest } from '../contest.ts';
import type { Result } from '../result.ts';
import { digits } from '../result.ts';
import { hotEvent, open } from '../stage/event.ts';
import type { BenchRow } from './row.ts';

const LINES = 10;
const BUYERS = 64;
/** Quotes whose allocation is sampled. */
const SAMPLED = 50 * BUYERS;

/** A price for ten lines with a code, a fee and two taxes, through the SDK in one process. */
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
      if (sample.taxes.length !== 2) throw new Error('The quote lacks taxes.');
      const request = async () => void (await asked.get(input));
      const figures = await contest({ ...effort, buyers: BUYERS }, [{ name: 'ours', request }]);
      const perSecond = figures.ours?.perSecond ?? 0;
      const kilobytes = (await allocatedBy(request)) / 1024;
      const result: Result = {
        row: `quote of ${LINES} lines with a code, a fee and taxes, in one process, SQLite`,
        unit: 'quotes',
        figures,
        aims: [
          { what: 'a second', aim: '≥ 20,000', found: digits(perSecond), met: perSecond >= 20_000 },
          {
            what: 'allocated by each',
            aim: '≤ 100 kB',
            found: `${digits(kilobytes)} kB`,
            met: kilobytes <= 100,
          },
        ],
      };
      return [result];
    } finally {
      await ticketi.close();
    }
  },
};

async function tenLines(ticketi: Ticketi) {
  const { event, pool, organizer } = await hotEvent(ticketi);
  const vat = { organizerId: organizer.id, place: 'DE' };
  await ticketi.taxes.set({ ...vat, name: 'VAT 19 %', percent: '19' });
  await ticketi.taxes.set({ ...vat, name: 'VAT 7 %', percent: '7', taxClass: 'reduced' });
  await ticketi.prices.setPolicy({ eventId: event.id, taxPlace: 'DE' });
  const items: { ticketTypeId: string; quantity: number }[] = [];
  for (let line = 0; line < LINES; line += 1) {
    const { id } = await ticketi.ticketTypes.create({
      eventId: event.id,
      name: `Category ${line + 1}`,
      price: 1990 + 1000 * line,
      taxClass: line % 2 === 0 ? 'reduced' : 'standard',
      draws: [{ poolId: pool.id }],
    });
    items.push({ ticketTypeId: id, quantity: 1 + (line % 3) });
  }
  return { eventId: event.id, items, codes: ['EARLY'] };
}

/** Bytes that a request allocates, what is collected again included, as V8 samples them. */
async function allocatedBy(request: () => Promise<void>): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.startSampling', {
      samplingInterval: 32_768,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    for (let asked = 0; asked < SAMPLED; asked += BUYERS) {
      await Promise.all(Array.from({ length: BUYERS }, request));
    }
    const { profile } = await session.post('HeapProfiler.stopSampling');
    return sizeOf(profile.head) / SAMPLED;
  } finally {
    session.disconnect();
  }
}

interface Allocator {
  readonly selfSize: number;
  readonly children: readonly Allocator[];
}

function sizeOf({ selfSize, children }: Allocator): number {
  return children.reduce((sum, child) => sum + sizeOf(child), selfSize);
}
