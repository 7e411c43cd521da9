import { type Storage, TicketiError, type WriteTx } from '@ticketi/core';
import type { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** An empty, migrated database with a storage on it. */
export interface Opened {
  readonly storage: Storage;
  /** Another storage on the same database, with connections of its own. It closes itself with `close`. */
  another?(): Storage;
  /** Runs `work` inside a transaction of the host's, which then commits or rolls back. */
  joined?(work: (storage: Storage) => Promise<void>, end: 'commit' | 'rollback'): Promise<void>;
  /** Closes the storage, and removes the database. */
  close(): Promise<void>;
}

/** An adapter as the suite sees it. */
export interface Conformance {
  /** Names the adapter in the titles of the tests. */
  readonly name: string;
  open(): Promise<Opened>;
  /** Whether writing transactions run side by side, or one after another. */
  readonly parallelWrites: boolean;
  /** Pretends that a newer library has migrated the database of this opened storage. */
  makeNewer?(opened: Opened): Promise<void>;
}

/** What the suite needs of vitest; it is passed in, so that nothing else here loads it. */
export interface TestTools {
  readonly describe: typeof describe;
  readonly it: typeof it;
  readonly expect: typeof expect;
  readonly beforeAll: typeof beforeAll;
  readonly afterAll: typeof afterAll;
}

/** What each part of the suite works with. `opened` may be called inside tests only. */
export interface Part extends TestTools {
  readonly subject: Conformance;
  opened(): Opened;
  storage(): Storage;
}

class Undo extends Error {}

/** What `work` comes to inside a transaction that is rolled back whatever happens. */
export async function tried<T>(
  storage: Storage,
  work: (tx: WriteTx) => Promise<T>,
): Promise<T | Error> {
  let outcome: T | Error = new Error('The work did not run.');
  try {
    await storage.write(async (tx) => {
      outcome = await work(tx);
      // An adapter may send a write without waiting; a read is answered after it, or not at all.
      await tx.audit.list({}, { limit: 1, after: undefined });
      throw new Undo('This transaction is rolled back on purpose.');
    });
  } catch (error) {
    if (!(error instanceof Undo)) outcome = causeOf(error);
  }
  return outcome;
}

/** What a storage gave up on after several tries, or threw at once. */
function causeOf(error: unknown): Error {
  if (error instanceof TicketiError && error.cause instanceof Error) return error.cause;
  return error instanceof Error ? error : new Error(String(error));
}
