import type { Page, PageRequest } from './page.ts';

/** A record that changes. `revision` counts its changes and guards them. */
export interface Revised {
  readonly id: string;
  readonly revision: number;
}

/** Where a record belongs. */
export interface EventOf {
  readonly id: string;
  readonly eventId: string;
}

/** Which records are looked at: those of an organizer, of an event, or all of them. */
export interface Scope {
  organizerId?: string | undefined;
  eventId?: string | undefined;
}

/** Reads all records of a scope, oldest first by id, so many at a time: those after the id `after`. */
export type Walk<Row> = (
  scope: Scope,
  page: { readonly after: string | undefined; readonly limit: number },
) => Promise<Row[]>;

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
   * Writes what `next` changes of `was` where the row still has that revision,
   * and counts the revision up. When somebody else was there first the
   * transaction ends with `LostRace`, at the latest when it is to commit.
   */
  save(next: Row, was: Row): Promise<void>;
}
