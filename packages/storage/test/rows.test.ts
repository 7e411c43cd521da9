import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase } from '../../../tests/support/postgres.ts';
import { columnsOf, recordOf } from '../src/columns.ts';
import type { Dialect } from '../src/dialect/dialect.ts';
import { postgresDialect } from '../src/dialect/postgres.ts';
import { sqliteDialect } from '../src/dialect/sqlite.ts';
import { withRows } from '../src/rows.ts';

interface Thing {
  readonly id: string;
  readonly label: string | null;
  readonly count: number | null;
  readonly open: boolean | null;
  readonly at: string | null;
  readonly about: object | null;
}
const columns = columnsOf<Thing>({
  id: 'text',
  label: 'text',
  count: 'integer',
  open: 'boolean',
  at: 'instant',
  about: 'json',
});

const labels = ['', `quotes ' " \\ {},`, 'Füße 東京 🎟️ \u2028', 'null', '[1]', 'line\nbreak\u0001'];

/** A thing like no other: of every kind of column, odd values. */
function thing(n: number): Thing {
  return {
    id: `thing ${n}`,
    label: n % 7 === 6 ? null : `${labels[n % labels.length]}${n}`,
    count: n % 5 === 4 ? null : n * 9_007_199_254 - 4,
    open: n % 3 === 2 ? null : n % 2 === 0,
    at: n % 4 === 3 ? null : `2027-07-10T18:00:00.${String(n % 1000).padStart(3, '0')}Z`,
    about: n % 6 === 5 ? null : { n, 'a "key"': [labels, { deep: null }], not: n % 2 ? {} : [] },
  };
}

const same: Thing = thing(0);
const empty: Thing = { id: '', label: null, count: null, open: null, at: null, about: null };

const sizes = [1, 2, 7, 8, 9, 64, 300];

describe.each(['sqlite', 'postgres'] as const)('records as rows of a statement, on %s', (name) => {
  let dialect: Dialect;
  let connection: object;
  let close: () => Promise<void>;
  let met: string[] = [];

  beforeAll(async () => {
    if (name === 'sqlite') {
      const database = new Database(':memory:');
      dialect = sqliteDialect('');
      connection = database;
      close = async () => void database.close();
    } else {
      const made = await createDatabase();
      const client = new pg.Client(made.url);
      await client.connect();
      dialect = postgresDialect('ticketi');
      connection = client;
      close = async () => {
        await client.end();
        await made.drop();
      };
    }
  });
  afterAll(() => close());

  /** The records, there and back. */
  async function back(records: readonly Thing[], limit = records.length): Promise<Thing[]> {
    const names = columns.map((column) => `d."${column.name}"`).join(', ');
    const all = withRows<Thing>(
      dialect,
      columns,
      (from) => `SELECT ${names} FROM ${from} LIMIT CAST(? AS integer)`,
    );
    const [statement, values] = all(records, [limit]);
    met.push(statement);
    const { rows } = await dialect.send(connection, statement, values, false);
    return rows.map((row) => recordOf<Thing>(columns, row, dialect.read));
  }

  test.each(sizes)('%d that differ in everything', async (size) => {
    const records = Array.from({ length: size }, (_, n) => thing(n));
    expect(await back(records)).toEqual(records);
  });

  test.each(sizes)('%d that agree in everything', async (size) => {
    for (const one of [same, empty]) {
      // Equal, and not the same objects.
      const records = Array.from({ length: size }, () => structuredClone(one));
      expect(await back(records)).toEqual(records);
    }
  });

  test('one that differs in one column, wherever it is among those that agree', async () => {
    for (const { field } of columns) {
      for (const at of [0, 1, 6, 11]) {
        for (const other of [thing(1), empty]) {
          const records = Array.from({ length: 12 }, (_, n) => ({ ...same, id: `id ${n}` }));
          records[at] = { ...same, id: `id ${at}`, [field]: Reflect.get(other, field) };
          expect(await back(records)).toEqual(records);
        }
      }
    }
  });

  test('none', async () => {
    expect(await back([])).toEqual([]);
  });

  test('what is bound behind them', async () => {
    const records = Array.from({ length: 20 }, (_, n) => thing(n));
    expect(await back(records, 3)).toEqual(records.slice(0, 3));
  });

  test('what all agree in is sent once, whatever it is', () => {
    const about = Array.from({ length: 50 }, (_, n) => n);
    const records = (size: number) =>
      Array.from({ length: size }, (_, n) => ({ ...same, id: `id ${n}`, about }));
    const sent = (size: number) => {
      const [, values] = withRows<Thing>(dialect, columns, (from) => from)(records(size));
      return values.join().length;
    };
    expect(sent(200)).toBeLessThan(10 * sent(8));
    expect(sent(200)).toBeLessThan(200 * JSON.stringify(about).length);
  });

  test('however differently batches agree, the statements stay few', async () => {
    const wide = columnsOf<Record<`c${0 | 1 | 2 | 3 | 4 | 5 | 6}`, string>>({
      ...{ c0: 'text', c1: 'text', c2: 'text', c3: 'text', c4: 'text', c5: 'text', c6: 'text' },
    });
    const names = wide.map((column) => `d.${column.name}`).join(', ');
    const all = withRows(dialect, wide, (from) => `SELECT ${names} FROM ${from}`);
    const statements = new Set<string>();
    for (let mask = 1; mask < 128; mask += 1) {
      const records = Array.from({ length: 9 }, (_, n) =>
        Object.fromEntries(
          wide.map(({ field }, at) => [field, (mask >> at) & 1 ? `${n}` : 'same']),
        ),
      );
      const [statement, values] = all(records);
      statements.add(statement);
      const { rows } = await dialect.send(connection, statement, values, false);
      expect(rows.map((row) => ({ ...row }))).toEqual(records);
    }
    expect(statements.size).toBe(33);
  });

  test('few statements serve any number', async () => {
    met = [];
    for (const size of [2, 3, 5, 7]) await back(Array.from({ length: size }, () => same));
    expect(new Set(met).size).toBe(1);
    met = [];
    for (const size of [8, 20, 300]) await back(Array.from({ length: size }, (_, n) => thing(n)));
    expect(new Set(met).size).toBe(1);
  });
});
