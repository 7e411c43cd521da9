import createKnex, { type Knex } from 'knex';
import { inkOf, type Step } from '../pattern/capture.ts';
import { type Cell, type Ink, written } from '../pattern/cell.ts';
import type { Base } from '../stage/base.ts';
import { QUANTITY, type Seller, type Target } from './purchase.ts';

/**
 * What most systems do on SQLite: a transaction of knex a request, statements by its builder. The
 * same rows as Ticketi's, as durable. SQLite has one writer, and knex one connection.
 */
export async function naiveSqlite(base: Base, target: Target): Promise<Seller> {
  const { eventId, poolId, pattern } = target;
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename: base.at },
    useNullAsDefault: true,
  });
  await knex.raw('PRAGMA synchronous = FULL');
  await knex.raw('PRAGMA foreign_keys = ON');
  await knex.raw('PRAGMA busy_timeout = 5000');
  const counter = { event_id: eventId, target_id: poolId };
  let sold = 0;

  function hold(fresh: readonly string[]): Promise<void> {
    return knex.transaction(async (trx) => {
      const found = await trx<Counter>('ticketi_counters').where(counter).first();
      if (found === undefined || found.claimed + QUANTITY > (found.capacity ?? Infinity)) {
        throw new Error('Sold out');
      }
      await trx('ticketi_counters').where(counter).increment('claimed', QUANTITY);
      await write(trx, pattern.steps.hold, inkOf(pattern, fresh));
    });
  }

  function next(step: Step, table: string, id: string | undefined, fresh: readonly string[]) {
    return knex.transaction(async (trx) => {
      const found = await trx(table)
        .where('id', id ?? '')
        .first('state');
      if (found === undefined) throw new Error(`There is no ${id}`);
      await write(trx, step, inkOf(pattern, fresh));
    });
  }

  return {
    name: 'naive, through knex',
    async hold(buyer) {
      await hold(pattern.begin(buyer));
      sold += QUANTITY;
    },
    async order(buyer) {
      const fresh = pattern.begin(buyer);
      await hold(fresh);
      sold += QUANTITY;
      const { place, pay } = pattern.steps;
      await next(place, 'ticketi_holds', fresh[pattern.slot('hld')], fresh);
      await next(pay, 'ticketi_orders', fresh[pattern.slot('ord')], fresh);
    },
    sold: () => sold,
    close: () => knex.destroy(),
  };
}

interface Counter {
  readonly capacity: number | null;
  readonly claimed: number;
}

async function write(trx: Knex.Transaction, { inserts, updates }: Step, ink: Ink): Promise<void> {
  for (const { table, columns, rows } of inserts) {
    await trx(`ticketi_${table}`).insert(rows.map((row) => rowOf(columns, row, ink)));
  }
  for (const { table, columns, rows } of updates) {
    for (const { id, cells } of rows) {
      const changed = await trx(`ticketi_${table}`)
        .where('id', written(id, ink))
        .update(rowOf(columns, cells, ink));
      if (changed !== 1) throw new Error(`A row of ${table} is gone`);
    }
  }
}

function rowOf(columns: readonly string[], cells: readonly Cell[], ink: Ink) {
  return Object.fromEntries(
    cells.map((cell, at) => [columns[at] ?? '', written(cell, ink)] as const),
  );
}
