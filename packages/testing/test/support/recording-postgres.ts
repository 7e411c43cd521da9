import type { PgPool } from '@ticketi/storage/postgres';
import pg from 'pg';

/** A pool that keeps the text of every statement that is sent over it. */
export function recordingPool(
  connectionString: string,
): PgPool & { readonly statements: string[]; end(): Promise<void> } {
  const pool = new pg.Pool({ connectionString, max: 2 });
  pool.on('error', () => {});
  const statements: string[] = [];
  const heard = new WeakSet<pg.PoolClient>();
  return {
    statements,
    async connect() {
      const client = await pool.connect();
      if (!heard.has(client)) {
        heard.add(client);
        const send: (config: pg.QueryConfig, ...rest: unknown[]) => unknown =
          client.query.bind(client);
        Object.assign(client, {
          query: (config: pg.QueryConfig, ...rest: unknown[]) => {
            statements.push(config.text);
            return send(config, ...rest);
          },
        });
      }
      return client;
    },
    end: () => pool.end(),
  };
}

/** The tables whose rows these statements lock, in the order in which they do first. */
export function lockedTables(statements: readonly string[]): string[] {
  const locking = statements.filter((text) => /FOR (NO KEY UPDATE|UPDATE|SHARE)/.test(text));
  const tables = locking.map((text) => /FROM\s+"?\w+"?\."?(\w+)"?/.exec(text)?.[1] ?? text);
  return [...new Set(tables)];
}
