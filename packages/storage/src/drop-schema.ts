import { needDriver } from './driver-error.ts';

/**
 * Takes a schema away with all that is in it, for demos and tests that made one
 * of their own. Nothing happens when there is no such schema.
 */
export async function dropSchema(connectionString: string, schema: string): Promise<void> {
  const { default: pg } = await needDriver('pg', () => import('pg'));
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(`drop schema if exists ${pg.escapeIdentifier(schema)} cascade`);
  } finally {
    await client.end();
  }
}
