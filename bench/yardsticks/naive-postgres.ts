import type pg from 'pg';
import { type Insert, inkOf, type Step, type Update } from '../pattern/capture.ts';
import { type Cell, type Ink, written } from '../pattern/cell.ts';
import type { Base } from '../stage/base.ts';
import { plainPool } from '../stage/postgres-base.ts';
import { QUANTITY, type Seller, type Target } from './purchase.ts';

/**
 * What most systems do: one request a transaction, the counter locked while its rows are written.
 * An order is three such transactions. It writes the rows that Ticketi writes, durable as these.
 *
 * @param connections how many at most; people have 10 to 20
 * @param bare whether a hold is its own row alone: no claim, no outbox, no audit
 */
export function naivePostgres(
  base: Base,
  target: Target,
  { connections, bare = false }: { connections: number; bare?: boolean },
): Seller {
  const { eventId, poolId, pattern } = target;
  const pool = plainPool(base.at, connections);
  let sold = 0;

  async function transaction(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await work(client);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }

  function hold(fresh: readonly string[]): Promise<void> {
    return transaction(async (client) => {
      const { rows } = await client.query<{ capacity: string; claimed: string }>(
        'SELECT capacity, claimed FROM ticketi.counters WHERE event_id = $1 AND target_id = $2 FOR UPDATE',
        [eventId, poolId],
      );
      const [counter] = rows;
      if (Number(counter?.claimed) + QUANTITY > Number(counter?.capacity))
        throw new Error('Sold out');
      await client.query(
        'UPDATE ticketi.counters SET claimed = claimed + $1 WHERE event_id = $2 AND target_id = $3',
        [QUANTITY, eventId, poolId],
      );
      const { inserts, updates } = pattern.steps.hold;
      const wanted = bare ? inserts.filter(({ table }) => table === 'holds') : inserts;
      await write(client, { inserts: wanted, updates }, inkOf(pattern, fresh));
    });
  }

  /** Locks what the step is about, as a check of its state needs it, and writes its rows. */
  function next(step: Step, table: string, id: string | undefined, fresh: readonly string[]) {
    return transaction(async (client) => {
      const { rows } = await client.query(
        `SELECT state FROM ticketi.${table} WHERE id = $1 FOR UPDATE`,
        [id],
      );
      if (rows.length === 0) throw new Error(`There is no ${id}`);
      await write(client, step, inkOf(pattern, fresh));
    });
  }

  return {
    name: `naive${bare ? ', bare hold' : ''}, ${connections} connections`,
    async hold(buyer) {
      await hold(pattern.begin(buyer));
      sold += QUANTITY;
    },
    async order(buyer) {
      const fresh = pattern.begin(buyer);
      await hold(fresh);
      sold += QUANTITY;
      const { place, pay } = pattern.steps;
      await next(place, 'holds', fresh[pattern.slot('hld')], fresh);
      await next(pay, 'orders', fresh[pattern.slot('ord')], fresh);
    },
    sold: () => sold,
    close: () => pool.end(),
  };
}

/** One statement for each table, all values bound. */
export async function write(client: pg.ClientBase, step: Step, ink: Ink): Promise<void> {
  for (const insert of step.inserts) await insertRows(client, insert, ink);
  for (const update of step.updates) await updateRows(client, update, ink);
}

async function insertRows(client: pg.ClientBase, { table, columns, rows }: Insert, ink: Ink) {
  const bound = bindingTo(ink);
  const tuples = rows.map((row) => `(${row.map(bound.one).join(', ')})`);
  await client.query(
    `INSERT INTO ticketi.${table} (${columns.join(', ')}) VALUES ${tuples.join(', ')}`,
    bound.values,
  );
}

async function updateRows(client: pg.ClientBase, { table, columns, rows }: Update, ink: Ink) {
  for (const { id, cells } of rows) {
    const bound = bindingTo(ink);
    const sets = columns.map((column, at) => {
      const cell = cells[at];
      return `${column} = ${cell === undefined ? 'NULL' : bound.one(cell)}`;
    });
    const { rowCount } = await client.query(
      `UPDATE ticketi.${table} SET ${sets.join(', ')} WHERE id = ${bound.one(id)}`,
      bound.values,
    );
    if (rowCount !== 1) throw new Error(`A row of ${table} is gone`);
  }
}

function bindingTo(ink: Ink) {
  const values: (string | null)[] = [];
  return { values, one: (cell: Cell) => `$${values.push(written(cell, ink))}` };
}
