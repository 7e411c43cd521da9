import type { Connections } from './connections.ts';

/** How long a transaction waits for the one before it. */
const PATIENCE_MILLIS = 60_000;

export interface SingleConnection<Database extends object> {
  /** Opens it: at the first transaction, and again after it had to be closed. */
  open(): Promise<Database>;
  /** Makes an end of a database that may be broken; false when it is not ours to close. */
  discard(database: Database): boolean;
  close(database: Database): void;
}

/**
 * One connection, lent to one transaction at a time, first come first served.
 * Who waits before trying again (a busy file) has given it back meanwhile.
 */
export function createSingle<Database extends object>(
  single: SingleConnection<Database>,
): Connections {
  const waiting: (() => void)[] = [];
  let lent = false;
  let database: Database | undefined;

  function turn(): Promise<void> {
    if (!lent) {
      lent = true;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const next = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(next), 1);
        reject(
          new Error(
            `A transaction waited ${PATIENCE_MILLIS / 1000} s for the one before it. Was a transaction begun, and awaited, inside another one?`,
          ),
        );
      }, PATIENCE_MILLIS);
      waiting.push(next);
    });
  }

  function giveBack(): void {
    const next = waiting.shift();
    if (next === undefined) lent = false;
    else next();
  }

  return {
    async acquire() {
      await turn();
      try {
        database ??= await single.open();
        return database;
      } catch (error) {
        giveBack();
        throw error;
      }
    },
    async release() {
      giveBack();
    },
    async discard() {
      if (database !== undefined && single.discard(database)) database = undefined;
      giveBack();
    },
    async close() {
      await turn();
      if (database !== undefined) single.close(database);
      database = undefined;
      giveBack();
    },
  };
}
