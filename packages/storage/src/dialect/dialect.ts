import type { StorageCheck } from '@ticketi/core';
import type { Column, ColumnKind, DriverRow, Layout } from '../columns.ts';
import type { Connection, Sql } from '../sql.ts';

/** What may be bound to a `?` of a statement. */
export type Bound = string | number | null | string[] | Buffer;

/** What a statement came to: its rows, and how many rows it changed. */
export interface Outcome {
  readonly rows: readonly DriverRow[];
  readonly changes: number;
}

/** What became of a transaction whose COMMIT failed. */
type FailedCommit = 'rolled_back' | 'unknown';

/** Words of the data definition language. */
interface Ddl {
  /** The type of a column of this kind, with its collation and its own check. */
  readonly type: Readonly<Record<ColumnKind, string>>;
  /** What follows a table's columns. */
  readonly table: string;
  /** The same for a table each of whose rows is soon updated once. */
  readonly updatedTable: string;
  /** The same for a narrow table whose rows are updated in place all the time. */
  readonly hotTable: string;
  /** The name of a new index: a schema's own, or with the prefix of the tables. */
  index(name: string): string;
}

/**
 * Everything in which the two databases differ. `sqlite.ts` and `postgres.ts`
 * mirror each other; whatever else is in this package is the same for both.
 */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** What knex calls it. */
  readonly knexClient: string;
  readonly ddl: Ddl;

  /** A table of ours, quoted, with its schema or prefix. */
  table(name: string): string;
  /**
   * A FROM item `alias` with the columns of the layout and a row for each record.
   * It has a `?` for each shared column, then those of `ownValues`.
   */
  rowsFrom(layout: Layout, alias: string): string;
  /** What is bound for the columns that are each record's own; nothing where there are none. */
  ownValues(columns: readonly Column[], records: readonly object[]): readonly Bound[];
  /** `column` is one of the texts bound to its one `?` (see `list`). */
  among(column: string): string;
  list(texts: readonly string[]): Bound;
  /** A column in a condition for which no index is to be taken: another one leaves far fewer rows. */
  aside(column: string): string;
  /** The sum of an integer in the elements of an array in a JSON column; 0 if there are none. */
  sumOf(column: string, array: string, field: string): string;
  /** The whole seconds since 1970 of an instant, an integer. */
  secondsOf(column: string): string;

  /** How a transaction begins. */
  readonly begin: Readonly<Record<'write' | 'read', string>>;
  /** Ends a SELECT whose rows are to be locked. */
  readonly forUpdate: string;
  /** The same, passing over rows that another transaction has locked. */
  readonly forUpdateSkipLocked: string;
  /** The same for rows that only have to stay as they are: several may share them. */
  readonly forShare: string;
  /** The same for rows that only have to be there: they keep nobody out but who locks `forAlone`. */
  readonly forPresence: string;
  /** The same, keeping out even who only needs them to be there. */
  readonly forAlone: string;

  /** Whether the connection takes a statement before it has answered the last. */
  pipelines(connection: Connection): boolean;
  /**
   * Sends a statement over the driver. What only inserts is kept prepared where
   * `prepares`; other statements are planned each time, for the tables as they
   * are: the plan of an empty table is a scan, and it would stay.
   */
  send(
    connection: Connection,
    statement: string,
    values: readonly Bound[],
    prepares: boolean,
  ): Promise<Outcome>;
  /** Given to the driver with each query that knex built. */
  readonly statementOptions: object;
  outcomeOf(result: unknown): Outcome;
  /** A field's value as the driver takes it. */
  bind(value: unknown, kind: ColumnKind): Bound;
  /** A driver's value (never null) as the field's. */
  read(value: unknown, kind: ColumnKind): unknown;

  /** Whether the session no longer knows a prepared statement, or knows another of its name. */
  hasLostPrepared(error: unknown): boolean;
  /** Whether it failed only because an earlier statement of the transaction had. */
  isAborted(error: unknown): boolean;
  /** Whether the whole transaction may succeed when it runs again. */
  isConflict(error: unknown): boolean;
  /** Whether it failed only because another one was writing. */
  isBusy(error: unknown): boolean;
  /** Why the database is out of reach, if that is what the error says. */
  whyAway(error: unknown): string | undefined;
  afterFailedCommit(error: unknown): FailedCommit;

  /** Whether the table is there. */
  hasTable(sql: Sql, name: string): Promise<boolean>;
  /** Makes this transaction the only one that migrates. */
  lockMigrations(sql: Sql): Promise<void>;
  /** Makes what the tables lie in, when it is not there yet. */
  makeSchema(sql: Sql): Promise<void>;
  /** Facts for `doctor`. */
  check(sql: Sql): Promise<readonly StorageCheck[]>;
}
