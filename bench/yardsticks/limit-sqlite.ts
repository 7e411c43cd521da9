import type Database from 'better-sqlite3';
import type { Step } from '../pattern/capture.ts';
import { type Cell, written } from '../pattern/cell.ts';
import type { Base } from '../stage/base.ts';
import { openPlain } from '../stage/sqlite-base.ts';
import { oneInFlight } from './one-in-flight.ts';
import { QUANTITY, type Seller, type Target } from './purchase.ts';

interface Command {
  readonly step: 'hold' | 'place' | 'pay';
  readonly fresh: readonly string[];
}

/**
 * The practical ceiling on SQLite: whatever has arrived in one transaction, by prepared statements
 * that bind only what differs from row to row. In the same process a statement for each row costs
 * less than one that takes rows apart from JSON. Nothing is checked but the counter.
 */
export function limitSqlite(base: Base, target: Target): Seller {
  const { eventId, poolId, pattern } = target;
  const database = openPlain(base.at);
  const claim = database.prepare<[number, number]>(
    `UPDATE ticketi_counters SET claimed = claimed + ?
     WHERE event_id = '${eventId}' AND target_id = '${poolId}' AND claimed + ? <= capacity`,
  );
  const writers = {
    hold: writersOf(database, pattern.steps.hold),
    place: writersOf(database, pattern.steps.place),
    pay: writersOf(database, pattern.steps.pay),
  };
  let sold = 0;

  const serve = database.transaction((batch: readonly Command[]) => {
    const moments = pattern.moments();
    const units = QUANTITY * batch.filter(({ step }) => step === 'hold').length;
    if (units > 0 && claim.run(units, units).changes !== 1) throw new Error('Sold out');
    for (const { step, fresh } of batch) {
      for (const { statement, cells } of writers[step]) {
        const { changes } = statement.run(cells.map((cell) => written(cell, { fresh, moments })));
        if (changes !== 1) throw new Error('A row was changed meanwhile');
      }
    }
  });
  const submit = oneInFlight<Command>(async (batch) => void serve.immediate(batch));

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
    close: async () => void database.close(),
  };
}

interface Writer {
  readonly statement: Database.Statement<unknown[]>;
  /** What its `?` stand for. */
  readonly cells: readonly Cell[];
}

function writersOf(database: Database.Database, { inserts, updates }: Step): Writer[] {
  const writers: Writer[] = [];
  for (const { table, columns, rows } of inserts) {
    for (const row of rows) {
      const values = row.map(sqlOf).join(', ');
      writers.push({
        statement: database.prepare(
          `INSERT INTO ticketi_${table} (${columns.join(', ')}) VALUES (${values})`,
        ),
        cells: row.filter(varies),
      });
    }
  }
  for (const { table, columns, rows } of updates) {
    for (const { id, guard, cells } of rows) {
      const sets = columns.map((column, at) => `${column} = ${sqlOf(cells[at] ?? nothing)}`);
      const guards = Object.entries(guard).map(([column, was]) => ` AND ${column} = '${was}'`);
      writers.push({
        statement: database.prepare(
          `UPDATE ticketi_${table} SET ${sets.join(', ')} WHERE id = ?${guards.join('')}`,
        ),
        cells: [...cells.filter(varies), id],
      });
    }
  }
  return writers;
}

const nothing: Cell = { pieces: null, per: 'event' };

const varies = ({ per }: Cell) => per !== 'event';

function sqlOf(cell: Cell): string {
  if (varies(cell)) return '?';
  const text = written(cell, { fresh: [], moments: [] });
  return text === null ? 'NULL' : `'${text.replaceAll("'", "''")}'`;
}
