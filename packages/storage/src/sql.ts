import type { Knex } from 'knex';
import { type Column, recordOf } from './columns.ts';
import type { Bound, Dialect, Outcome } from './dialect/dialect.ts';

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
}

/** An `Sql` as whoever drives the transaction has it. */
export interface DrivenSql extends Sql {
  /** Throws when a statement failed and the work went on as if it had not. */
  assertSound(): void;
  /** From here on the connection is somebody else's: statements throw. */
  end(): void;
}

export function createSql(knex: Knex, dialect: Dialect, connection: Connection): DrivenSql {
  let ended = false;
  let failure: unknown;

  async function outcomeOf(query: Knex.ChainableInterface): Promise<Outcome> {
    if (ended) {
      throw new Error('The transaction has ended. Was one of its statements not awaited?');
    }
    try {
      return dialect.outcomeOf(
        await query.connection(connection).options(dialect.statementOptions),
      );
    } catch (error) {
      failure ??= error;
      throw error;
    }
  }

  return {
    dialect,
    async run(statement, values = []) {
      return (await outcomeOf(knex.raw(statement, [...values]))).changes;
    },
    async rows<Row>(columns: readonly Column[], statement: string, values: readonly Bound[] = []) {
      const { rows } = await outcomeOf(knex.raw(statement, [...values]));
      return rows.map((row) => recordOf<Row>(columns, row, dialect.read));
    },
    async select<Row>(columns: readonly Column[], build: (knex: Knex) => Knex.QueryBuilder) {
      const { rows } = await outcomeOf(build(knex));
      return rows.map((row) => recordOf<Row>(columns, row, dialect.read));
    },
    assertSound() {
      if (failure === undefined) return;
      throw new Error(
        'A statement of the transaction failed and the work went on; all of it was rolled back.',
        { cause: failure },
      );
    },
    end() {
      ended = true;
    },
  };
}
