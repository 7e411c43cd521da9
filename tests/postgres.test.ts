import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { adminUrl, createDatabase } from './support/postgres.ts';

test('a test file gets a database of its own on a durable server, and can drop it', async () => {
  const database = await createDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query(
    "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit",
  );
  expect(rows[0]).toMatchObject({ fsync: 'on', commit: 'on' });
  await client.end();
  await database.drop();
  const gone = new pg.Client({ connectionString: database.url });
  await expect(gone.connect()).rejects.toThrow('does not exist');
  expect(inject('postgresUrl')).toBe(adminUrl());
});
