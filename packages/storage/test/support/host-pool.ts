import pg from 'pg';

/** A host's pool. As hosts do, it hears of connections that break while nobody uses them. */
export function hostPool(connectionString: string, config: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({ connectionString, ...config });
  pool.on('error', () => {});
  return pool;
}
