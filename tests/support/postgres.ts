import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  /** Where to connect: `postgres://user@host:port/ticketi_test_...`. */
  readonly url: string;
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>;
}

/**
 * An empty database of its own for one test file.
 * @param server where; by default on the run's PostgreSQL
 */
export async function createDatabase(server = adminUrl()): Promise<TestDatabase> {
  const name = `ticketi_test_${randomBytes(8).toString('hex')}`;
  await administer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => administer(server, `drop database if exists ${name} with (force)`),
  };
}

/** The run's PostgreSQL, as whoever may create databases there. */
export function adminUrl(): string {
  const url = process.env.TICKETI_TEST_POSTGRES_URL;
  if (!url) throw new Error('TICKETI_TEST_POSTGRES_URL is not set: start the tests with vitest');
  return url;
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
