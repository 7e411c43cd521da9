import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median, middle } from '../contest.ts';
import type { CrowdOptions } from '../crowd.ts';
import { atLeast, type Figures, type Result } from '../result.ts';
import type { Base } from '../stage/base.ts';
import { hotEvent, open } from '../stage/event.ts';
import { proveRecords, proveSales } from '../stage/proof.ts';
import type { BenchRow } from './row.ts';

const PROCESSES = 4;
const BUYERS = 256;
/** Enough for the race to its end to be one, few enough for it to be short. */
const LAST_PLACES = 2000;

/** What a process is told to sell, and what it answers. */
export interface Shift extends CrowdOptions {
  readonly at: string;
  readonly eventId: string;
  readonly ticketTypeId: string;
}
export interface Sold {
  readonly figures: Figures;
  /** Units, those of the warm-up included. */
  readonly units: number;
}

/** One event sold by several processes at once, none of which knows of the others. */
export const processes: BenchRow = {
  name: 'processes',
  async run({ effort, postgres }) {
    const base = await postgres();
    const figures: Record<string, Figures[]> = { ours: [], 'one process': [] };
    const many = await eventOn(base, null);
    const alone = await eventOn(base, null);
    for (let round = 0; round < effort.rounds; round += 1) {
      figures.ours?.push(await sold(base, many, PROCESSES, effort));
      figures['one process']?.push(await sold(base, alone, 1, effort));
    }
    const last = await eventOn(base, LAST_PLACES);
    await sold(base, last, PROCESSES, { warmUp: 0, duration: effort.quick ? 5000 : 15_000 });
    await proveSales(base, [many, alone, last]);
    await proveRecords(base);
    const both = {
      ours: middle(figures.ours ?? []),
      'one process': middle(figures['one process'] ?? []),
    };
    const result: Result = {
      row: `${PROCESSES} processes on one event, PostgreSQL, ${BUYERS} buyers in all`,
      unit: 'holds',
      figures: both,
      aims: [
        atLeast('of one process', 0.5, both.ours, both['one process']),
        {
          what: `of the last ${LAST_PLACES} places were sold, by ${PROCESSES} processes to the end`,
          aim: `${LAST_PLACES}`,
          found: `${last.units}`,
          met: last.units === LAST_PLACES,
        },
      ],
    };
    return [result];
  },
};

interface Place {
  readonly eventId: string;
  readonly poolId: string;
  readonly ticketTypeId: string;
  units: number;
}

async function eventOn(base: Base, capacity: number | null): Promise<Place> {
  const ticketi = await open(base);
  try {
    const { event, pool, standard } = await hotEvent(ticketi, { capacity });
    return { eventId: event.id, poolId: pool.id, ticketTypeId: standard.id, units: 0 };
  } finally {
    await ticketi.close();
  }
}

/** Lets processes sell at the same time; together they have all the buyers. */
async function sold(
  base: Base,
  place: Place,
  count: number,
  { warmUp, duration }: Pick<CrowdOptions, 'warmUp' | 'duration'>,
): Promise<Figures> {
  const { eventId, ticketTypeId } = place;
  const shift: Shift = {
    at: base.at,
    eventId,
    ticketTypeId,
    buyers: BUYERS / count,
    warmUp,
    duration,
  };
  const sellers = Array.from({ length: count }, () =>
    fork(fileURLToPath(new URL('seller-process.ts', import.meta.url)), [JSON.stringify(shift)]),
  );
  try {
    await Promise.all(sellers.map(heard));
    const reports = sellers.map(heard);
    for (const seller of sellers) seller.send('begin');
    const parts = (await Promise.all(reports)) as Sold[];
    place.units += parts.reduce((sum, { units }) => sum + units, 0);
    const figures = parts.map((part) => part.figures);
    return {
      perSecond: figures.reduce((sum, { perSecond }) => sum + perSecond, 0),
      p50: median(figures.map(({ p50 }) => p50)),
      p99: Math.max(...figures.map(({ p99 }) => p99)),
      requests: figures.reduce((sum, { requests }) => sum + requests, 0),
    };
  } finally {
    for (const seller of sellers) seller.kill();
  }
}

/** The next message of a process; its end before that is a failure. */
async function heard(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`A selling process ended with ${code}.`);
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => {});
  return message;
}
