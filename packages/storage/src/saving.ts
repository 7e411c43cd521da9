import { LostRace, type Revised } from '@ticketi/core';
import type { Column } from './columns.ts';
import { columnsOf } from './columns.ts';
import type { Bound, Dialect } from './dialect/dialect.ts';
import { type RowStatement, withRows } from './rows.ts';
import type { Sql } from './sql.ts';
import type { Table } from './table.ts';

/** A row as it is to be, and as it was read. */
export interface Change<Row> {
  readonly next: Row;
  readonly was: Row;
}

/** Columns that a row is found by for ever; `revision` counts by itself. */
const FIXED = new Set(['id', 'organizer_id', 'event_id', 'revision']);

const keys = columnsOf<{ id: string; was: number }>({ id: 'text', was: 'integer' });

/**
 * Writes changed rows, where each still has the revision that was read: one
 * statement for all in which the same columns changed, and of those columns
 * only, so that a new state does not carry the whole quote along.
 */
export function savesOf<Row extends Revised>(
  dialect: Dialect,
  table: Table<Row>,
): (sql: Sql, changes: readonly Change<Row>[]) => Promise<void> {
  const at = dialect.table(table.name);
  const changing = table.columns.filter(({ name }) => !FIXED.has(name));

  function changedColumns({ next, was }: Change<Row>): readonly Column[] {
    return changing.filter(({ field }) => Reflect.get(next, field) !== Reflect.get(was, field));
  }

  async function saveOne(sql: Sql, columns: readonly Column[], { next, was }: Change<Row>) {
    const sets = [...columns.map(({ name }) => `"${name}" = ?`), 'revision = ?'];
    const values = columns.map(
      ({ field, kind }): Bound => dialect.bind(Reflect.get(next, field), kind),
    );
    await sql.send(
      `UPDATE ${at} SET ${sets.join(', ')} WHERE id = ? AND revision = ?`,
      [...values, was.revision + 1, was.id, was.revision],
      (changed) => assertAll(changed, [was]),
    );
  }

  const statements = new Map<string, RowStatement<object>>();

  /** The statement that saves these columns; few sets of them ever change together. */
  function savingOf(columns: readonly Column[]): RowStatement<object> {
    const names = columns.map(({ name }) => `"${name}"`);
    const kept = statements.get(names.join());
    if (kept !== undefined) return kept;
    const sets = [...names.map((name) => `${name} = d.${name}`), 'revision = d.was + 1'];
    const made = withRows(
      dialect,
      [...keys, ...columns],
      (from) => `UPDATE ${at} AS t SET ${sets.join(', ')} FROM ${from}
        WHERE t.id = d.id AND ${dialect.among('t.id')} AND t.revision = d.was`,
    );
    statements.set(names.join(), made);
    return made;
  }

  async function saveMany(sql: Sql, columns: readonly Column[], changes: readonly Change<Row>[]) {
    const rows = changes.map(({ next, was }) => ({
      ...Object.fromEntries(columns.map(({ field }) => [field, Reflect.get(next, field)])),
      id: was.id,
      was: was.revision,
    }));
    const save = savingOf(columns);
    const ids = dialect.list(changes.map(({ was }) => was.id));
    await sql.send(...save(rows, [ids]), (changed) =>
      assertAll(
        changed,
        changes.map(({ was }) => was),
      ),
    );
  }

  return async (sql, changes) => {
    const alike = Map.groupBy(
      changes.map((change) => ({ change, columns: changedColumns(change) })),
      ({ columns }) => columns.map(({ name }) => name).join(),
    );
    for (const group of alike.values()) {
      const [first] = group;
      if (first === undefined) continue;
      if (group.length === 1) await saveOne(sql, first.columns, first.change);
      else {
        await saveMany(
          sql,
          first.columns,
          group.map(({ change }) => change),
        );
      }
    }
  };
}

function assertAll(changed: number, rows: readonly Revised[]): void {
  if (changed === rows.length) return;
  const which = rows.length === 1 ? rows[0]?.id : `One of ${rows.length} rows`;
  throw new LostRace(`${which} was changed meanwhile.`);
}
