import { textArray } from '../../packages/storage/src/dialect/postgres-array.ts';
import type { Insert, Step, Update } from '../pattern/capture.ts';
import { type Cell, written } from '../pattern/cell.ts';

/** PostgreSQL's types by table and column, as a cast names them. */
export type ColumnTypes = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** A statement for any number of requests at once, and the values of a batch. */
export interface SetStatement {
  readonly text: string;
  values(batch: readonly (readonly string[])[], moments: readonly string[]): unknown[];
}

/**
 * All that a step writes for a batch of requests, in one statement: an INSERT or UPDATE for each
 * table, fed by arrays that hold only what differs from row to row.
 *
 * @param first what the others wait for: `room AS (UPDATE ... RETURNING 1)`; without its row nothing
 * is written. Its parameters come first.
 */
export function setStatement(
  step: Step,
  types: ColumnTypes,
  first?: { readonly text: string; readonly parameters: number },
): SetStatement {
  const arrays: (readonly Cell[] | Cell)[] = [];
  const keys: string[] = [];
  const offset = first?.parameters ?? 0;

  /** The same values are sent once, however many columns they are for. */
  function parameter(cells: readonly Cell[] | Cell): string {
    const key = JSON.stringify(cells);
    if (!keys.includes(key)) {
      keys.push(key);
      arrays.push(cells);
    }
    return `$${offset + keys.indexOf(key) + 1}`;
  }

  function source(columns: readonly { column: string; cells: readonly Cell[]; type: string }[]) {
    const listed: string[] = [];
    const lists: string[] = [];
    const values = columns.map(({ column, cells, type }) => {
      const [cell] = cells;
      const alike = cells.every((other) => JSON.stringify(other) === JSON.stringify(cell));
      if (cell === undefined) return 'NULL';
      if (alike && cell.per === 'moment') return `${parameter(cell)}::${type}`;
      if (alike && cell.per === 'event') return literal(cell, type);
      listed.push(column);
      lists.push(`${parameter(cells)}::text[]`);
      return `d.${column}::${type}`;
    });
    return { values, from: `unnest(${lists.join(', ')}) AS d(${listed.join(', ')})` };
  }

  const typeOf = (table: string, column: string) => types.get(table)?.get(column) ?? 'text';

  function insertion({ table, columns, rows }: Insert): string {
    const { values, from } = source(
      columns.map((column, at) => ({
        column,
        cells: rows.flatMap((row) => row[at] ?? []),
        type: typeOf(table, column),
      })),
    );
    const room = first === undefined ? '' : 'room, ';
    return `INSERT INTO ticketi.${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${room}${from}`;
  }

  function change({ table, columns, rows }: Update): string {
    const all = [
      { column: 'id', cells: rows.map(({ id }) => id), type: 'text' },
      ...columns.map((column, at) => ({
        column,
        cells: rows.flatMap(({ cells }) => cells[at] ?? []),
        type: typeOf(table, column),
      })),
    ];
    const { values, from } = source(all);
    const sets = columns.map((column, at) => `${column} = ${values[at + 1]}`);
    const guards = Object.entries(rows[0]?.guard ?? {}).map(
      ([column, was]) => ` AND r.${column} = '${was}'`,
    );
    return `UPDATE ticketi.${table} AS r SET ${sets.join(', ')} FROM ${from} WHERE r.id = d.id${guards.join('')} RETURNING 1`;
  }

  const parts = [...step.inserts.map(insertion), ...step.updates.map(change)];
  const named = parts.map((part, at) => `w${at} AS (${part})`);
  const changed = step.updates.map(
    (_, at) => `(SELECT count(*) FROM w${step.inserts.length + at})`,
  );
  const done = first === undefined ? changed : ['(SELECT count(*) FROM room)', ...changed];
  return {
    text: `WITH ${[...(first === undefined ? [] : [first.text]), ...named].join(',\n')}\nSELECT ${done.join(', ')}`,
    values(batch, moments) {
      return arrays.map((cells) => {
        if (!Array.isArray(cells)) return written(cells as Cell, { fresh: [], moments });
        const column: (string | null)[] = [];
        for (const fresh of batch) {
          for (const cell of cells) column.push(written(cell, { fresh, moments }));
        }
        return textArray(column);
      });
    },
  };
}

function literal(cell: Cell, type: string): string {
  const text = written(cell, { fresh: [], moments: [] });
  return text === null ? `NULL::${type}` : `'${text.replaceAll("'", "''")}'::${type}`;
}
