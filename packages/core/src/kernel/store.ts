import type { Page, PageRequest } from './page.ts';

/** A record that changes. `revision` counts its changes and guards them. */
export interface Revised {
  readonly id: string;
  readonly revision: number;
}

/** What every table offers to read. Ids that do not exist are left out of the answer. */
export interface ReadStore<Row extends { readonly id: string }, Filter extends object> {
  find(id: string): Promise<Row | undefined>;
  findMany(ids: readonly string[]): Promise<Row[]>;
  /** Rows that match every given field of the filter, newest first, by id. */
  list(filter: Filter, page: PageRequest): Promise<Page<Row>>;
}

/** A table whose rows never change once they are there. */
export interface InsertStore<Row extends { readonly id: string }, Filter extends object>
  extends ReadStore<Row, Filter> {
  /** Inserts all of them in one statement. */
  insert(rows: readonly Row[]): Promise<void>;
}

/** A table whose rows change, one guarded update at a time. */
export interface WriteStore<Row extends Revised, Filter extends object>
  extends InsertStore<Row, Filter> {
  /** Locks the rows until the transaction ends, in ascending order of ids. */
  findForUpdate(ids: readonly string[]): Promise<Row[]>;
  /**
   * Writes `next` where the row still has the revision of `was`, and counts the
   * revision up. Throws `LostRace` when somebody else was there first.
   */
  save(next: Row, was: Row): Promise<void>;
}
