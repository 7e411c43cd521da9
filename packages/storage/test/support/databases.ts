import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '@ticketi/core';
import { createDatabase } from '../../../../tests/support/postgres.ts';
import { postgres } from '../../src/postgres.ts';
import { sqlite } from '../../src/sqlite.ts';

export interface TestStorage {
  readonly storage: Storage;
  /** The file's name, or the address of the database. */
  readonly at: string;
  drop(): Promise<void>;
}

/** A name for `describe.each` and how to make an empty, migrated storage of that kind. */
export const databases: readonly (readonly [
  name: 'sqlite' | 'postgres',
  create: () => Promise<TestStorage>,
])[] = [
  ['sqlite', sqliteFile],
  ['postgres', postgresDatabase],
];

export async function sqliteFile(): Promise<TestStorage> {
  const folder = mkdtempSync(join(tmpdir(), 'ticketi-storage-'));
  const at = join(folder, 'test.db');
  const storage = sqlite(at);
  await storage.migrate();
  return {
    storage,
    at,
    async drop() {
      await storage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function postgresDatabase(): Promise<TestStorage> {
  const database = await createDatabase();
  const storage = postgres({ connectionString: database.url });
  await storage.migrate();
  return {
    storage,
    at: database.url,
    async drop() {
      await storage.close();
      await database.drop();
    },
  };
}
