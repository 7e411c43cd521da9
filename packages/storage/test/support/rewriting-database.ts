import Database from 'better-sqlite3';
import type { SqliteDatabase } from '../../src/sqlite.ts';

/**
 * Opens a database whose statements are changed before they are prepared.
 * `rewrite` may throw in the place of SQLite.
 */
export function rewritingDatabase(
  filename: string,
  rewrite: (statement: string) => string,
): SqliteDatabase {
  return new Proxy(new Database(filename), {
    get(target, property) {
      if (property === 'prepare') {
        return (statement: string) => target.prepare(rewrite(statement));
      }
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
