import type { PgPool } from '@ticketi/storage/postgres';
import pg from 'pg';

/**
 * A pool on whose connections counters are locked in descending order where
 * `reversed`. For negative controls only.
 */
export function unorderedPool(
  connectionString: string,
  reversed: boolean,
): PgPool & { end(): Promise<void> } {
  const pool = new pg.Pool({ connectionString, max: 4 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const changed = new WeakSet<pg.PoolClient>();
  return {
    async connect() {
      const client = await pool.connect();
      if (!changed.has(client)) {
        changed.add(client);
        const send: (config: pg.QueryConfig, ...rest: unknown[]) => unknown =
          client.query.bind(client);
        Object.assign(client, {
          query: (config: pg.QueryConfig, ...rest: unknown[]) =>
            send({ ...config, text: inOwnOrder(config.text, reversed) }, ...rest),
        });
      }
      return client;
    },
    end: () => pool.end(),
  };
}

function inOwnOrder(statement: string, reversed: boolean): string {
  const order = `ORDER BY target_id${reversed ? ' DESC' : ''}`;
  if (!/"counters".*ORDER BY target_id FOR NO KEY UPDATE/s.test(statement)) return statement;
  return statement.replace('ORDER BY target_id', order);
}
