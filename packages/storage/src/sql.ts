import type { Knex } from 'knex';
import { type Column, recordOf } from './columns.ts';
import type { Bound, Dialect } from './dialect/dialect.ts';

/** A driver's connection; only its own dialect and pool look inside. */
export type Connection = object;

/** Statements on one connection, inside one transaction. */
export interface Sql {
  readonly dialect: Dialect;
  /** Runs a statement and tells how many rows it changed. */
  run(statement: string, values?: readonly Bound[]): Promise<number>;
  /** Runs a statement and gives its rows as records. */
  rows<Row>(
    columns: readonly Column[],
    statement: string,
    values?: readonly Bound[],
  ): Promise<Row[]>;
  /** Runs a query that knex's builder made. */
  select<Row>(columns: readonly Column[], build: (knex: Knex) => Knex.QueryBuilder): Promise<Row[]>;
  /** What the driver answers, for statements that are about the transaction itself. */
  answer(statement: string): Promise<unknown>;
}

export function createSql(knex: Knex, dialect: Dialect, connection: Connection): Sql {
  const start = (statement: string, values: readonly Bound[]): Knex.Raw =>
    knex
      .raw(statement, [...values])
      .connection(connection)
      .options(dialect.statementOptions);

  return {
    dialect,
    async run(statement, values = []) {
      return dialect.outcomeOf(await start(statement, values)).changes;
    },
    async rows<Row>(columns: readonly Column[], statement: string, values: readonly Bound[] = []) {
      const { rows } = dialect.outcomeOf(await start(statement, values));
      return rows.map((row) => recordOf<Row>(columns, row, dialect.read));
    },
    async select<Row>(columns: readonly Column[], build: (knex: Knex) => Knex.QueryBuilder) {
      const query = build(knex).connection(connection).options(dialect.statementOptions);
      const { rows } = dialect.outcomeOf(await query);
      return rows.map((row) => recordOf<Row>(columns, row, dialect.read));
    },
    async answer(statement) {
      return await start(statement, []);
    },
  };
}
