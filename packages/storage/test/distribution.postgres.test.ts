import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresDatabase, type TestStorage } from './support/databases.ts';

/** Tables with a row for each thing that is sold; the others are small and can be on every node. */
const HOT = [
  'counters',
  'holds',
  'blocks',
  'claims',
  'orders',
  'payments',
  'refunds',
  'tickets',
  'custody',
  'gift_card_uses',
  'gift_card_refunds',
  'listings',
  'transfers',
  'offered_tickets',
  'waitlist_entries',
  'waitlist_wishes',
  'waitlist_offers',
  'revocations',
  'revocation_heads',
  'checkin_lists',
  'scans',
  'presences',
  'postings',
  'entries',
  'outbox',
  'audit',
];

/**
 * What a PostgreSQL that is spread over servers by event asks of the schema
 * (docs/selling-out.md): its unique keys cannot see the rows of other servers.
 */
describe('tables of what is sold, keyed by event', () => {
  let made: TestStorage;
  let client: pg.Client;

  beforeAll(async () => {
    made = await postgresDatabase();
    client = new pg.Client({ connectionString: made.at });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await made.drop();
  });

  const names = async (statement: string): Promise<string[]> =>
    (await client.query<{ name: string }>(statement, [HOT])).rows.map(({ name }) => name);

  test('are there, each with its event', async () => {
    const withEvent = await names(`
      SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'ticketi' AND column_name = 'event_id' AND table_name = ANY($1)
      ORDER BY 1`);
    expect(withEvent).toEqual([...HOT].sort());
  });

  test('have the event in every unique key', async () => {
    const without = await names(`
      SELECT i.indexrelid::regclass::text AS name
      FROM pg_index AS i JOIN pg_class AS t ON t.oid = i.indrelid
      WHERE t.relnamespace = 'ticketi'::regnamespace AND t.relname = ANY($1) AND i.indisunique
        AND NOT EXISTS (SELECT 1 FROM pg_attribute AS a
                        WHERE a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
                          AND a.attname = 'event_id')`);
    expect(without).toEqual([]);
  });

  test('refer to each other with the event', async () => {
    const without = await names(`
      SELECT c.conrelid::regclass::text || '.' || c.conname AS name
      FROM pg_constraint AS c
      JOIN pg_class AS t ON t.oid = c.conrelid JOIN pg_class AS f ON f.oid = c.confrelid
      WHERE c.contype = 'f' AND t.relnamespace = 'ticketi'::regnamespace
        AND t.relname = ANY($1) AND f.relname = ANY($1)
        AND NOT EXISTS (SELECT 1 FROM pg_attribute AS a
                        WHERE a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)
                          AND a.attname = 'event_id')`);
    expect(without).toEqual([]);
  });

  test('are looked at: a key without the event would be found', async () => {
    await client.query('CREATE UNIQUE INDEX one ON ticketi.tickets (key_id, id)');
    const without = await names(`
      SELECT i.indexrelid::regclass::text AS name
      FROM pg_index AS i JOIN pg_class AS t ON t.oid = i.indrelid
      WHERE t.relname = ANY($1) AND i.indisunique
        AND NOT EXISTS (SELECT 1 FROM pg_attribute AS a
                        WHERE a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
                          AND a.attname = 'event_id')`);
    expect(without).toEqual(['ticketi.one']);
  });
});
