import type pg from 'pg';
import type { Base } from '../stage/base.ts';
import { plainPool } from '../stage/postgres-base.ts';
import { oneInFlight } from './one-in-flight.ts';
import { QUANTITY, type Seller, type Target } from './purchase.ts';
import { type ColumnTypes, setStatement } from './set-statement.ts';

/**
 * The practical ceiling: the rows that Ticketi writes, by one prepared statement for each kind of
 * step, from binary arrays that hold only what differs from row to row; what has arrived meanwhile
 * is one transaction, its statements pipelined, and one transaction is in flight for the event. No
 * validation, no prices, no idempotency, nothing read but the counter.
 */
export async function limitPostgres(base: Base, target: Target): Promise<Seller> {
  const { eventId, poolId, pattern } = target;
  const pool = plainPool(base.at, 1, true);
  const types = await columnTypes(pool);
  let sold = 0;

  const room = `room AS (UPDATE ticketi.counters SET claimed = claimed + $1
    WHERE event_id = $2 AND target_id = $3 AND claimed + $1 <= capacity RETURNING 1)`;
  const statements = {
    hold: setStatement(pattern.steps.hold, types, { text: room, parameters: 3 }),
    place: setStatement(pattern.steps.place, types),
    pay: setStatement(pattern.steps.pay, types),
  };

  const client = await pool.connect();

  async function serveStep(name: StepName, batch: readonly Command[], moments: readonly string[]) {
    const { text, values } = statements[name];
    const first = name === 'hold' ? [QUANTITY * batch.length, eventId, poolId] : [];
    const requests = batch.map(({ fresh }) => fresh);
    const { rows } = await client.query<string[]>({
      name,
      text,
      values: [...first, ...values(requests, moments)],
      rowMode: 'array',
    });
    const done = (rows[0] ?? []).map(Number);
    // Nobody runs out of places here: the pool has room for all.
    if (name === 'hold' && done.shift() !== 1) throw new Error('Sold out');
    if (done.some((count) => count !== batch.length)) {
      throw new Error(`A row to ${name} was changed meanwhile`);
    }
  }

  const submit = oneInFlight<Command>(async (batch) => {
    const moments = pattern.moments();
    const steps = STEPS.map((step) => ({ step, of: batch.filter((one) => one.step === step) }));
    const busy = steps.filter(({ of }) => of.length > 0);
    const work = () => busy.map(({ step, of }) => serveStep(step, of, moments));
    // One statement is a transaction by itself.
    if (busy.length === 1) await Promise.all(work());
    else await Promise.all([client.query('BEGIN'), ...work(), client.query('COMMIT')]);
  });

  return {
    name: 'limit',
    async hold(buyer) {
      await submit({ step: 'hold', fresh: pattern.begin(buyer) });
      sold += QUANTITY;
    },
    async order(buyer) {
      const fresh = pattern.begin(buyer);
      await submit({ step: 'hold', fresh });
      sold += QUANTITY;
      await submit({ step: 'place', fresh });
      await submit({ step: 'pay', fresh });
    },
    sold: () => sold,
    async close() {
      client.release();
      await pool.end();
    },
  };
}

const STEPS = ['hold', 'place', 'pay'] as const;
type StepName = (typeof STEPS)[number];

interface Command {
  readonly step: StepName;
  readonly fresh: readonly string[];
}

export async function columnTypes(pool: pg.Pool): Promise<ColumnTypes> {
  const { rows } = await pool.query<{ table: string; column: string; type: string }>(
    `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'ticketi' AND c.relkind = 'r' AND a.attnum > 0`,
  );
  const types = new Map<string, Map<string, string>>();
  for (const { table, column, type } of rows) {
    const of = types.get(table) ?? new Map<string, string>();
    types.set(table, of.set(column, type));
  }
  return types;
}
