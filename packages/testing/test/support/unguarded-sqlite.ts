import type { SqliteDatabase } from '@ticketi/storage/sqlite';
import Database from 'better-sqlite3';

/** Long enough for the other processes to read what this one has read. */
const PAUSE_MILLIS = 15;
const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * A database on which nothing guards a write: every statement commits by itself,
 * the counters' conditions are gone, and who is about to write dawdles. For
 * negative controls only.
 */
export function unguardedDatabase(file: string): SqliteDatabase {
  // It waits for the others itself: run again from its beginning, a batch would find what it wrote.
  const database = new Database(file, { timeout: 20_000 });
  database.pragma('ignore_check_constraints = ON');
  return {
    inTransaction: false,
    prepare(statement) {
      if (/^(?:BEGIN|COMMIT|ROLLBACK)/.test(statement)) return database.prepare('SELECT 1');
      if (/^(?:UPDATE|INSERT INTO \S*payouts)/.test(statement))
        Atomics.wait(pause, 0, 0, PAUSE_MILLIS);
      return database.prepare(withoutGuards(statement));
    },
    exec: (statement) => database.exec(statement),
    pragma: (statement) =>
      statement.startsWith('busy_timeout') ? undefined : database.pragma(statement),
    close: () => database.close(),
  };
}

function withoutGuards(statement: string): string {
  return statement
    .replace(/AND \(c\.capacity IS NULL OR c\.claimed \+ d\.units <= c\.capacity\)/, '')
    .replace(/AND c\.spent \+ d\.amount BETWEEN 0 AND c\.loaded/, '')
    .replace(/AND u\.refunded \+ d\.amount <= u\.amount/, '')
    .replace(/AND revision = \?/, 'AND ? IS NOT NULL')
    .replace(/WHERE p\.revision = excluded\.revision - 1/, '')
    .replace(/AND t\.revision = d\.was/, '');
}
