import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createDatabase } from '../../../tests/support/postgres.ts';

const script = fileURLToPath(new URL('../src/seed.ts', import.meta.url));
const seed = (database: string) =>
  execFileSync(process.execPath, ['--conditions=ticketi-source', script, database], {
    encoding: 'utf8',
  });

test('makes the same records on every run and on both databases', async () => {
  const first = seed(':memory:');
  expect(JSON.parse(first)).toMatchObject({ admitted: true });
  const database = await createDatabase();
  try {
    expect(seed(database.url)).toBe(first);
  } finally {
    await database.drop();
  }
});
