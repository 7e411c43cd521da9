import { contest } from '../contest.ts';
import { crowd } from '../crowd.ts';
import { type Aim, atLeast, ceiling, type Figures, type Result, under } from '../result.ts';
import type { Base } from '../stage/base.ts';
import { proveRecords, proveSales } from '../stage/proof.ts';
import { limitPostgres } from '../yardsticks/limit-postgres.ts';
import { limitSqlite } from '../yardsticks/limit-sqlite.ts';
import { naivePostgres } from '../yardsticks/naive-postgres.ts';
import { naiveSqlite } from '../yardsticks/naive-sqlite.ts';
import { ours } from '../yardsticks/ours.ts';
import { QUANTITY, type Seller, type Target, targetOn } from '../yardsticks/purchase.ts';
import type { RowContext } from './row.ts';

type Sale = 'hold' | 'order';

/** How many connections naive is given, besides the 20 that people give it, to find its best. */
const CONNECTIONS = [4, 8, 40];

export interface SellingOptions {
  readonly row: string;
  readonly sale: Sale;
  readonly buyers: number;
  readonly timesNaive: number;
}

interface Entry {
  readonly seller: Seller;
  readonly target: Target;
}

/** Holds or whole orders: ours beside naive and limit, each on an event of its own. */
export async function selling(
  context: RowContext,
  base: Base,
  { row, sale, buyers, timesNaive }: SellingOptions,
): Promise<Result> {
  const entries: Entry[] = [];
  const join = async (make: (target: Target) => Seller | Promise<Seller>) => {
    const target = await targetOn(base);
    const seller = await make(target);
    entries.push({ seller, target });
    return seller;
  };
  const wanted = ({ name }: Seller) =>
    context.contenders?.some((beginning) => name.startsWith(beginning)) ?? true;

  try {
    const our = await join((target) => ours(base, target));
    const yardsticks =
      base.dialect === 'postgres'
        ? await yardsticksOnPostgres(context, base, join, { sale, buyers })
        : await yardsticksOnSqlite(base, join);
    const field = [our, ...yardsticks.field].filter(wanted);
    await base.settle();
    const figures = await contest(
      { ...context.effort, buyers },
      field.map((seller) => ({ name: seller.name, request: (buyer) => seller[sale](buyer) })),
    );
    await prove(base, entries);
    return {
      row,
      unit: `${sale}s`,
      figures,
      aims: aimsOf(figures, yardsticks.naive, timesNaive),
      notes: ceiling(figures.limit, figures[yardsticks.naive.name]),
    };
  } finally {
    for (const { seller } of entries) await seller.close();
  }
}

type Join = (make: (target: Target) => Seller | Promise<Seller>) => Promise<Seller>;

interface Yardsticks {
  readonly field: readonly Seller[];
  /** The naive one that counts. */
  readonly naive: Seller;
}

async function yardsticksOnPostgres(
  context: RowContext,
  base: Base,
  join: Join,
  { sale, buyers }: { sale: Sale; buyers: number },
): Promise<Yardsticks> {
  const limit = await join((target) => limitPostgres(base, target));
  const usual = await join((target) => naivePostgres(base, target, { connections: 20 }));
  const naive = await bestNaive(context, base, join, { sale, buyers, naive: usual });
  const field = [limit, ...new Set([usual, naive])];
  if (sale === 'hold') {
    field.push(
      await join((target) => naivePostgres(base, target, { connections: 20, bare: true })),
    );
  }
  return { field, naive };
}

async function yardsticksOnSqlite(base: Base, join: Join): Promise<Yardsticks> {
  const naive = await join((target) => naiveSqlite(base, target));
  return { field: [await join((target) => limitSqlite(base, target)), naive], naive };
}

/** Nobody shall say that naive was crippled: the number of connections that serves it best. */
async function bestNaive(
  { effort, contenders }: RowContext,
  base: Base,
  join: Join,
  { sale, buyers, naive }: { sale: Sale; buyers: number; naive: Seller },
): Promise<Seller> {
  let best = naive;
  if (effort.quick || contenders !== undefined) return best;
  const probe = { buyers, warmUp: 200, duration: 800 };
  let most = (await crowd(probe, naive[sale])).perSecond;
  for (const connections of CONNECTIONS) {
    const other = await join((target) => naivePostgres(base, target, { connections }));
    const { perSecond } = await crowd(probe, other[sale]);
    if (perSecond > most) {
      most = perSecond;
      best = other;
    }
  }
  return best;
}

async function prove(base: Base, entries: readonly Entry[]): Promise<void> {
  await proveSales(
    base,
    entries
      .filter(({ seller }) => !seller.name.includes('bare'))
      // The pattern was taken from a purchase of its own.
      .map(({ seller, target }) => ({ ...target, units: seller.sold() + QUANTITY })),
  );
  // Bare holds have no claims: they are removed before the books are proved.
  for (const { seller, target } of entries) {
    if (!seller.name.includes('bare')) continue;
    const of = `event_id = '${target.eventId}'`;
    await base.execute(
      `UPDATE {t}counters SET claimed = ${QUANTITY} WHERE ${of} AND target_id = '${target.poolId}'`,
    );
  }
  await proveRecords(base);
}

function aimsOf(
  figures: Readonly<Record<string, Figures>>,
  { name }: Seller,
  timesNaive: number,
): Aim[] {
  const { ours: our, limit } = figures;
  const naive = figures[name];
  const aims: Aim[] = [];
  if (our !== undefined && naive !== undefined) {
    aims.push(atLeast(`of ${name}`, timesNaive, our, naive));
    aims.push(under('p99, below the p50 of naive', naive.p50, our.p99));
  }
  if (our !== undefined && limit !== undefined) aims.push(atLeast('of limit', 0.5, our, limit));
  return aims;
}
