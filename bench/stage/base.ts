import type { Storage } from '@ticketi/core';

/** A row as text, by column; instants as Ticketi writes them. */
export type Row = Readonly<Record<string, string | null>>;

/** A database that Ticketi has migrated, looked at from outside of Ticketi as well. */
export interface Base {
  readonly dialect: 'postgres' | 'sqlite';
  /** The address, or the file's name. */
  readonly at: string;
  /** The columns of every table, in order. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /** A storage with connections of its own; whoever asks for it closes it. */
  storage(): Storage;
  /** A table's rows of one event. */
  rows(table: string, eventId: string): Promise<Row[]>;
  /** The first column of a statement's first row; `{t}` before a table's name stands for its schema or prefix. */
  one(statement: string): Promise<string>;
  execute(statement: string): Promise<void>;
  /** Brings the planner's statistics up to date, as the database does by itself in time. */
  settle(): Promise<void>;
  drop(): Promise<void>;
}
