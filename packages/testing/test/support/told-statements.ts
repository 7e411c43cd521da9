import type { Storage } from '@ticketi/core';
import { postgres } from '@ticketi/storage/postgres';
import { sqlite } from '@ticketi/storage/sqlite';
import Database from 'better-sqlite3';
import pg from 'pg';
import type { TestBase } from './databases.ts';

/** A storage on a database of a test that tells every statement it sends. */
export function telling(
  { dialect, at }: TestBase,
  tell: (statement: string) => void,
): { storage: Storage; end(): Promise<void> } {
  if (dialect === 'sqlite') {
    const verbose = (statement: unknown) => tell(String(statement));
    return {
      storage: sqlite({ database: () => new Database(at, { verbose }) }),
      end: async () => {},
    };
  }
  const pool = new pg.Pool({ connectionString: at, max: 4 });
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    const send: (config: pg.QueryConfig, ...rest: unknown[]) => unknown = client.query.bind(client);
    Object.assign(client, {
      query(config: pg.QueryConfig | string, ...rest: unknown[]) {
        tell(typeof config === 'string' ? config : config.text);
        return Reflect.apply(send, client, [config, ...rest]);
      },
    });
  });
  return { storage: postgres({ pool }), end: () => pool.end() };
}

/** The tables whose rows these statements lock, in the order in which they do first. */
export function lockedTables(statements: readonly string[]): string[] {
  const locking = statements.filter((text) => /FOR (NO KEY UPDATE|UPDATE|SHARE)/.test(text));
  const tables = locking.map((text) => /FROM\s+"?\w+"?\."?(\w+)"?/.exec(text)?.[1] ?? text);
  return [...new Set(tables)];
}
