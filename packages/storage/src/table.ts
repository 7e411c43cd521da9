import {
  type EventOf,
  type InsertStore,
  pageFrom,
  type ReadStore,
  type Revised,
  type Scope,
  type Walk,
  type WriteStore,
} from '@ticketi/core';
import type { Knex } from 'knex';
import { type Column, columnsOf, type Shape } from './columns.ts';
import type { Bound, Dialect } from './dialect/dialect.ts';
import { lookup, lookupAll, type Turn, turns, writing } from './gathering.ts';
import { withRows } from './rows.ts';
import { type Change, savesOf } from './saving.ts';
import type { Sql } from './sql.ts';

const eventOfColumns = columnsOf<EventOf>({ id: 'text', eventId: 'text' });

/** How a record lies in its table. Declared once; the common verbs come from it. */
export interface Table<Row> {
  readonly name: string;
  readonly columns: readonly Column[];
  /** When its rows are locked, of all that a batch locks. */
  readonly turn: Turn;
  /** Never present: it ties the record's type to its table. */
  readonly row?: Row;
}

export function defineTable<Row>(
  name: string,
  shape: Shape<Row>,
  turn: Turn = turns.event,
): Table<Row> {
  return { name, columns: columnsOf<Row>(shape), turn };
}

/** A filter field as a condition with one `?`. */
export interface Condition {
  readonly where: string;
  readonly value: Bound;
  /** The column of an index `(column, id)`, which gives the list in its order. */
  readonly leads?: string;
}

/**
 * One condition for each field that a list may be filtered by: none can be
 * forgotten. Those that narrow most come first.
 */
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

/** The same, for a column that has an index `(column, id)`: the list is read along it. */
export function leads(column: string): (value: string) => Condition {
  return (value) => ({ where: `${column} = ?`, value, leads: column });
}

/** The statements of a table, made once for a storage. */
export function statementsOf<Row>(dialect: Dialect, table: Table<Row>) {
  const at = dialect.table(table.name);
  const names = table.columns.map(({ name }) => `"${name}"`);
  const select = `SELECT ${names.join(', ')} FROM ${at}`;
  return {
    at,
    /** Followed by a condition; its rows read with the table's columns. */
    select,
    find: `${select} WHERE id = ?`,
    findMany: `${select} WHERE ${dialect.among('id')} ORDER BY id`,
    findForUpdate: `${select} WHERE ${dialect.among('id')} ORDER BY id ${dialect.forUpdate}`,
    /** Inserts rows; `conflict` follows, and says what becomes of those whose key is there. */
    insert: (conflict = '') =>
      withRows<Row & object>(
        dialect,
        table.columns,
        (from) =>
          `INSERT INTO ${at} (${names.join(', ')}) SELECT ${names.map((name) => `d.${name}`).join(', ')} FROM ${from}${conflict}`,
      ),
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
  const read = (sql: Sql, ids: readonly string[]): Promise<Row[]> => {
    const [id] = ids;
    return ids.length === 1 && id !== undefined
      ? sql.rows<Row>(columns, statements.find, [id])
      : sql.rows<Row>(columns, statements.findMany, [dialect.list(ids)]);
  };
  const find = lookup<Row>(turns.read, read, ({ id }) => id);
  const findMany = lookupAll<Row>(turns.read, read, ({ id }) => id);
  return (sql) => ({
    find: (id) => sql.ask(find, id),
    findMany: (ids) => sql.ask(findMany, ids),
    async list(filter, { limit, after }) {
      const conditions = conditionsOf(dialect, filters, filter);
      const rows = await sql.select<Row>(columns, (knex) => {
        const query = knex
          .select(columns.map(({ name }) => name))
          .from(knex.raw(statements.at))
          .limit(limit + 1);
        return alongAnIndex(query, conditions, after?.[0]);
      });
      return pageFrom(rows, limit, ({ id }) => [id]);
    },
  });
}

/**
 * Newest first by id, after the row `after`, along the index of the first
 * condition that has one. That one is written as a range, not as an equation:
 * a constant would drop out of the order, and PostgreSQL might then read the
 * primary key backwards, past every row that is newer than those of an old event.
 */
function alongAnIndex(
  query: Knex.QueryBuilder,
  conditions: readonly Condition[],
  after: string | undefined,
): Knex.QueryBuilder {
  const leading = conditions.find((condition) => condition.leads !== undefined);
  for (const condition of conditions) {
    if (condition !== leading) query.whereRaw(condition.where, [condition.value]);
  }
  if (leading?.leads === undefined) {
    if (after !== undefined) query.where('id', '<', after);
    return query.orderBy('id', 'desc');
  }
  const { leads: column, value } = leading;
  query.whereRaw(`${column} >= ?`, [value]);
  if (after === undefined) query.whereRaw(`${column} <= ?`, [value]);
  else query.whereRaw(`(${column}, id) < (?, ?)`, [value, after]);
  return query.orderBy([
    { column, order: 'desc' },
    { column: 'id', order: 'desc' },
  ]);
}

/**
 * Every row of a scope, oldest first by id, along the index that the filter leads; a
 * range again and not an equation, as above.
 */
export function walkOf<Row>(
  dialect: Dialect,
  table: Table<Row>,
  filters: Filters<Scope>,
): (sql: Sql) => Walk<Row> {
  const { at } = statementsOf(dialect, table);
  const { columns } = table;
  return (sql) =>
    (scope, { after, limit }) =>
      sql.select<Row>(columns, (knex) => {
        const query = knex
          .select(columns.map(({ name }) => name))
          .from(knex.raw(at))
          .limit(limit);
        const conditions = conditionsOf(dialect, filters, scope);
        const leading = conditions.find((condition) => condition.leads !== undefined);
        for (const condition of conditions) {
          if (condition !== leading) query.whereRaw(condition.where, [condition.value]);
        }
        if (leading?.leads === undefined) {
          if (after !== undefined) query.where('id', '>', after);
          return query.orderBy('id');
        }
        const { leads: column, value } = leading;
        return query
          .whereRaw(`(${column}, id) > (?, ?)`, [value, after ?? ''])
          .whereRaw(`${column} <= ?`, [value])
          .orderBy([column, 'id']);
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
  const insert = statementsOf(dialect, table).insert();
  const verb = writing<Row>(turns.write, async (sql, rows) => {
    if (rows.length > 0) await sql.send(...insert(rows));
  });
  return (sql) => (rows) => sql.ask(verb, rows);
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
  const { findForUpdate } = statementsOf(dialect, table);
  const lock = lookupAll<Row>(
    table.turn,
    (sql, ids) => sql.rows<Row>(table.columns, findForUpdate, [dialect.list(ids)]),
    ({ id }) => id,
  );
  const save = writing<Change<Row>>(turns.write, savesOf(dialect, table));
  return (sql) => ({
    ...inserts(sql),
    findForUpdate: (ids) => sql.ask(lock, ids),
    save: (next, was) => sql.ask(save, [{ next, was }]),
  });
}

/** The events of rows, for as many as are asked; rows that do not exist are left out. */
export function eventsOf(
  dialect: Dialect,
  { name }: Table<{ readonly id: string; readonly eventId: string }>,
): (sql: Sql) => (ids: readonly string[]) => Promise<EventOf[]> {
  const find = `SELECT id, event_id FROM ${dialect.table(name)} WHERE ${dialect.among('id')}`;
  return (sql) => async (ids) =>
    ids.length === 0 ? [] : sql.rows<EventOf>(eventOfColumns, find, [dialect.list(ids)]);
}

/** All rows of an event or an organizer, in an order. */
export function allOf<Row>(dialect: Dialect, table: Table<Row>, owner: string, order: string) {
  const { select } = statementsOf(dialect, table);
  return (sql: Sql) => (id: string) =>
    sql.rows<Row>(table.columns, `${select} WHERE ${owner} = ? ORDER BY ${order}`, [id]);
}

/** Takes rows away that nothing refers to. */
export function removing<Row>(dialect: Dialect, table: Table<Row>) {
  const { at } = statementsOf(dialect, table);
  return (sql: Sql) => async (ids: readonly string[]) => {
    await sql.run(`DELETE FROM ${at} WHERE ${dialect.among('id')}`, [dialect.list(ids)]);
  };
}
