import { setTimeout as sleep } from 'node:timers/promises';
import { middle } from './contest.ts';
import { type CrowdOptions, crowd } from './crowd.ts';
import { atLeast, type Figures, type Result } from './result.ts';
import { everybody, outside } from './rows/scans.ts';
import type { Base } from './stage/base.ts';
import { hotEvent, open } from './stage/event.ts';
import { fill, sizes } from './stage/filled.ts';
import { wholeTableReads } from './stage/plans.ts';
import { proveRecords, proveSales } from './stage/proof.ts';
import { ourDoor } from './yardsticks/doors.ts';
import { ours } from './yardsticks/ours.ts';

const SMALL = 10_000;
const BEFORE = `at ${SMALL.toLocaleString('en-US')}`;
const BUYERS = 64;
/** Above this, proving every record takes longer than the benchmark. */
const PROVABLE = 1_000_000;

export interface ScaleOptions extends Omit<CrowdOptions, 'buyers'> {
  readonly tickets: number;
  readonly rounds: number;
}

interface Measured {
  readonly row: string;
  measure(): Promise<Figures>;
}

/**
 * Holds, whole orders and scans on a database with few tickets stored and on one with many, in
 * turns. The event that is sold is a new one in both.
 */
export async function scale(
  base: () => Promise<Base>,
  { tickets, rounds, ...effort }: ScaleOptions,
): Promise<Result[]> {
  const small = await stage(await base(), SMALL, effort);
  const large = await stage(await base(), tickets, effort);
  try {
    const taken = new Map<string, { small: Figures[]; large: Figures[] }>();
    for (let round = 0; round < rounds; round += 1) {
      for (const [at, { row, measure }] of small.rows.entries()) {
        const of = taken.get(row) ?? { small: [], large: [] };
        taken.set(row, of);
        of.small.push(await measure());
        const atSize = large.rows[at];
        if (atSize !== undefined) of.large.push(await atSize.measure());
      }
    }
    for (const { prove } of [small, large]) await prove();
    const stored = `${tickets.toLocaleString('en-US')} tickets stored, ${small.dialect}`;
    const plans: Result = {
      row: `statements of a purchase and a scan, ${stored}`,
      unit: 'statements',
      figures: {},
      aims: [
        {
          what: 'read a whole table',
          aim: '0',
          found: [large.wholeReads.length, ...large.wholeReads].join('; '),
          met: large.wholeReads.length === 0,
        },
      ],
      notes: large.sizes,
    };
    const compared = [...taken].map(([row, { small: few, large: many }]) => {
      const figures = { ours: middle(many), [BEFORE]: middle(few) };
      const aims = [atLeast(`of what it is ${BEFORE}`, 0.8, figures.ours, figures[BEFORE])];
      return { row: `${row}, ${stored}`, unit: row, figures, aims };
    });
    return [...compared, plans];
  } finally {
    await small.close();
    await large.close();
  }
}

async function stage(base: Base, tickets: number, effort: Omit<CrowdOptions, 'buyers'>) {
  const began = performance.now();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(0);
  await fill(base, tickets, (made) => {
    if (made % 100_000 === 0) process.stderr.write(`${made} tickets after ${seconds()} s\n`);
  });
  // Let the checkpoint of so many rows pass before anything is measured.
  await base.execute(base.dialect === 'postgres' ? 'CHECKPOINT' : 'PRAGMA optimize');
  await sleep(1000);
  const spent = `filled in ${seconds()} s; MB by table and index:`;
  const wholeReads = await wholeTableReads(base);

  const ticketi = await open(base);
  const office = await hotEvent(ticketi);
  const eventId = office.event.id;
  const people = Math.max(200, effort.duration / 4);
  const waiting = await outside(ticketi, office, people);
  const forSale = await hotEvent(ticketi, { ownerId: 'another owner' });
  const sale = { eventId: forSale.event.id, ticketTypeId: forSale.standard.id };
  const seller = await ours(base, sale);
  const door = ourDoor(ticketi, eventId, waiting);
  const calm: Base = { ...base, settle: async () => {} };
  const options = { ...effort, buyers: BUYERS };
  const rows: Measured[] = [
    { row: 'holds', measure: () => crowd(options, (buyer) => seller.hold(buyer)) },
    { row: 'orders', measure: () => crowd(options, (buyer) => seller.order(buyer)) },
    { row: 'scans', measure: () => everybody(calm, eventId, door, waiting.length) },
  ];
  return {
    dialect: base.dialect,
    rows,
    wholeReads,
    sizes: [spent, ...(await sizes(base))],
    async prove() {
      await proveSales(base, [{ ...sale, poolId: forSale.pool.id, units: seller.sold() }]);
      if (tickets <= PROVABLE) await proveRecords(base);
    },
    async close() {
      await seller.close();
      await door.close();
    },
  };
}
