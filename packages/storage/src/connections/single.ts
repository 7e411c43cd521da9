import type { Connections } from './connections.ts';
import { createTurns } from './turns.ts';

export interface SingleConnection<Database extends object> {
  /** Opens it: at the first transaction, and again after it had to be given up. */
  open(): Promise<Database>;
  /** Makes an end of a database that may be broken; false when it is not ours to close. */
  discard(database: Database): boolean;
  close(database: Database): void;
}

/**
 * One connection, lent to one transaction at a time.
 *
 * Writers take turns before they ask for it: the first of them may find the file
 * busy and wait with the connection given back, so that readers go on; if the
 * others asked meanwhile, each would stop the process to find the same.
 */
export function createSingle<Database extends object>(
  single: SingleConnection<Database>,
): Connections {
  const lending = createTurns();
  const writing = createTurns();
  let database: Database | undefined;

  return {
    async acquire() {
      await lending.take();
      try {
        database ??= await single.open();
        return database;
      } catch (error) {
        lending.pass();
        throw error;
      }
    },
    async release() {
      lending.pass();
    },
    async discard() {
      if (database !== undefined && single.discard(database)) database = undefined;
      lending.pass();
    },
    async inTurn(write) {
      await writing.take();
      try {
        return await write();
      } finally {
        writing.pass();
      }
    },
    async close() {
      await lending.take();
      if (database !== undefined) single.close(database);
      database = undefined;
      lending.pass();
    },
  };
}
