import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '@ticketi/core';
import { databasePath } from '../open.ts';
import { dropSchema, isPostgres, openStorage } from '../storage.ts';

/** Where the story takes place, and how to leave nothing behind. */
export interface Place {
  readonly storage: Storage;
  /** In words, for the title. */
  readonly described: string;
  readonly kept: string | undefined;
  /** Takes away what the demo made, unless it is kept. Call it after the storage is closed. */
  leave(): Promise<void>;
}

/** A fresh SQLite file, the file that was named, or a fresh schema of a PostgreSQL database. */
export async function findPlace(
  database: string | undefined,
  keep: boolean,
  cwd: string,
): Promise<Place> {
  if (database !== undefined && isPostgres(database)) {
    const schema = `ticketi_demo_${randomBytes(6).toString('hex')}`;
    return {
      storage: await openStorage(database, schema),
      described: 'on PostgreSQL, in a schema of its own',
      kept: keep ? `schema ${schema}` : undefined,
      leave: async () => {
        if (!keep) await dropSchema(database, schema);
      },
    };
  }
  if (database !== undefined) {
    const storage = await openStorage(databasePath(database, cwd));
    return {
      storage,
      described: `on SQLite, in ${database}`,
      kept: database,
      leave: async () => {},
    };
  }
  const folder = mkdtempSync(join(tmpdir(), 'ticketi-demo-'));
  const file = join(folder, 'demo.db');
  return {
    storage: await openStorage(file),
    described: 'on SQLite, in a temporary file',
    kept: keep ? file : undefined,
    leave: async () => {
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}
