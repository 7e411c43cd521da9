import {
  type InsertStore,
  LostRace,
  pageFrom,
  type ReadStore,
  type Revised,
  type WriteStore,
} from '@ticketi/core';
import { type Column, columnsOf, jsonRows, type Shape } from './columns.ts';
import type { Bound, Dialect } from './dialect/dialect.ts';
import type { Sql } from './sql.ts';

/** How a record lies in its table. Declared once; the common verbs come from it. */
export interface Table<Row> {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Never present: it ties the record's type to its table. */
  readonly row?: Row;
}

export function defineTable<Row>(name: string, shape: Shape<Row>): Table<Row> {
  return { name, columns: columnsOf<Row>(shape) };
}

/** A filter field as a condition with one `?`. */
export interface Condition {
  readonly where: string;
  readonly value: Bound;
}

/** One condition for each field that a list may be filtered by: none can be forgotten. */
export type Filters<Filter> = {
  readonly [Field in keyof Filter]-?: (
    value: NonNullable<Filter[Field]>,
    dialect: Dialect,
  ) => Condition;
};

/** What a room's list may be filtered by, as its port has it. */
export type FilterOf<Store extends { list(filter: never, page: never): unknown }> = Parameters<
  Store['list']
>[0];

/** The filter field that is a column. */
export function equals(column: string): (value: string) => Condition {
  return (value) => ({ where: `${column} = ?`, value });
}

/** Columns that a row is found by for ever; `revision` counts by itself. */
const FIXED = new Set(['id', 'organizer_id', 'event_id', 'revision']);

/** The statements of a table, made once for a storage. */
export function statementsOf<Row>(dialect: Dialect, table: Table<Row>) {
  const at = dialect.table(table.name);
  const names = table.columns.map(({ name }) => `"${name}"`);
  const changing = table.columns.filter(({ name }) => !FIXED.has(name));
  const sets = changing.map(({ name }) => `"${name}" = ?`);
  const select = `SELECT ${names.join(', ')} FROM ${at}`;
  return {
    at,
    /** Followed by a condition; its rows read with the table's columns. */
    select,
    /** The columns whose values `save` sets, in order. */
    changing,
    find: `${select} WHERE id = ?`,
    findMany: `${select} WHERE ${dialect.among('id')} ORDER BY id`,
    findForUpdate: `${select} WHERE ${dialect.among('id')} ORDER BY id ${dialect.forUpdate}`,
    insert: `INSERT INTO ${at} (${names.join(', ')}) SELECT ${names.map((name) => `d.${name}`).join(', ')} FROM ${dialect.rowsFrom(table.columns, 'd')}`,
    save: `UPDATE ${at} SET ${sets.join(', ')}, revision = ? WHERE id = ? AND revision = ?`,
  };
}

/** `find`, `findMany` and `list` of a table. */
export function readsOf<Row extends { readonly id: string }, Filter extends object>(
  dialect: Dialect,
  table: Table<Row>,
  filters: Filters<Filter>,
): (sql: Sql) => ReadStore<Row, Filter> {
  const statements = statementsOf(dialect, table);
  const { columns } = table;
  return (sql) => ({
    async find(id) {
      const [row] = await sql.rows<Row>(columns, statements.find, [id]);
      return row;
    },
    async findMany(ids) {
      if (ids.length === 0) return [];
      return sql.rows<Row>(columns, statements.findMany, [dialect.list(ids)]);
    },
    async list(filter, { limit, after }) {
      const conditions = conditionsOf(dialect, filters, filter);
      const rows = await sql.select<Row>(columns, (knex) => {
        const query = knex
          .select(columns.map(({ name }) => name))
          .from(knex.raw(statements.at))
          .orderBy('id', 'desc')
          .limit(limit + 1);
        for (const { where, value } of conditions) query.whereRaw(where, [value]);
        const [id] = after ?? [];
        return id === undefined ? query : query.where('id', '<', id);
      });
      return pageFrom(rows, limit, ({ id }) => [id]);
    },
  });
}

/** The conditions of the fields that are given. */
export function conditionsOf<Filter extends object>(
  dialect: Dialect,
  filters: Filters<Filter>,
  filter: Filter,
): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const field in filters) {
    const value = filter[field];
    if (value !== undefined && value !== null) conditions.push(filters[field](value, dialect));
  }
  return conditions;
}

/** Inserts rows, all in one statement. */
export function insertOf<Row extends object>(
  dialect: Dialect,
  table: Table<Row>,
): (sql: Sql) => (rows: readonly Row[]) => Promise<void> {
  const { insert } = statementsOf(dialect, table);
  return (sql) => async (rows) => {
    if (rows.length > 0) await sql.run(insert, [jsonRows(table.columns, rows)]);
  };
}

/** The verbs of a table whose rows never change. */
export function insertsOf<Row extends { readonly id: string }, Filter extends object>(
  dialect: Dialect,
  table: Table<Row>,
  filters: Filters<Filter>,
): (sql: Sql) => InsertStore<Row, Filter> {
  const reads = readsOf(dialect, table, filters);
  const insert = insertOf(dialect, table);
  return (sql) => ({ ...reads(sql), insert: insert(sql) });
}

/** The verbs of a table whose rows change. */
export function writesOf<Row extends Revised, Filter extends object>(
  dialect: Dialect,
  table: Table<Row>,
  filters: Filters<Filter>,
): (sql: Sql) => WriteStore<Row, Filter> {
  const inserts = insertsOf(dialect, table, filters);
  const statements = statementsOf(dialect, table);
  return (sql) => ({
    ...inserts(sql),
    async findForUpdate(ids) {
      if (ids.length === 0) return [];
      return sql.rows<Row>(table.columns, statements.findForUpdate, [dialect.list(ids)]);
    },
    async save(next, was) {
      const fields = new Map<string, unknown>(Object.entries(next));
      const values = statements.changing.map(({ field, kind }) =>
        dialect.bind(fields.get(field), kind),
      );
      const changed = await sql.run(statements.save, [
        ...values,
        was.revision + 1,
        was.id,
        was.revision,
      ]);
      if (changed !== 1) throw new LostRace(`${was.id} was changed meanwhile.`);
    },
  });
}
