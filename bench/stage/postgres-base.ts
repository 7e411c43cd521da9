import { randomBytes } from 'node:crypto';
import { postgres } from '@ticketi/storage/postgres';
import pg from 'pg';
import type { Base, Row } from './base.ts';

/** A database of its own on a PostgreSQL, removed in the end. */
export async function postgresBase(adminUrl: string): Promise<Base> {
  const name = `ticketi_bench_${randomBytes(6).toString('hex')}`;
  await administer(adminUrl, `CREATE DATABASE ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const at = url.href;
  const storage = postgres({ connectionString: at });
  await storage.migrate();
  await storage.close();

  const pool = new pg.Pool({ connectionString: at, max: 1 });
  pool.on('error', () => {});
  const execute = async (statement: string) => {
    await pool.query(statement.replaceAll('{t}', 'ticketi.'));
  };
  return {
    dialect: 'postgres',
    at,
    tables: await tablesOf(pool),
    storage: () => postgres({ connectionString: at }),
    async rows(table, eventId) {
      const { rows } = await pool.query<Row>({
        text: `SELECT * FROM ticketi."${table}" WHERE event_id = $1`,
        values: [eventId],
        types: { getTypeParser: textOf },
      });
      return rows;
    },
    async one(statement) {
      const { rows } = await pool.query<unknown[]>({
        text: statement.replaceAll('{t}', 'ticketi.'),
        rowMode: 'array',
      });
      return String(rows[0]?.[0]);
    },
    execute,
    settle: () => execute('VACUUM ANALYZE'),
    async drop() {
      await pool.end();
      await administer(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** A pool for the yardsticks; the server may end its connections first. */
export function plainPool(at: string, max: number, pipeline = false): pg.Pool {
  const pool = new pg.Pool({ connectionString: at, max, pipeline });
  pool.on('error', () => {});
  return pool;
}

async function tablesOf(pool: pg.Pool): Promise<Map<string, string[]>> {
  const { rows } = await pool.query<{ name: string; columns: string[] }>(
    `SELECT table_name AS name, array_agg(column_name::text ORDER BY ordinal_position) AS columns
     FROM information_schema.columns WHERE table_schema = 'ticketi' GROUP BY table_name ORDER BY 1`,
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

const TIMESTAMPTZ = 1184;

/** Values as text whatever their type; instants as Ticketi writes them. */
function textOf(type: number): (text: string) => string {
  return type === TIMESTAMPTZ ? (text) => new Date(text).toISOString() : String;
}

async function administer(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
