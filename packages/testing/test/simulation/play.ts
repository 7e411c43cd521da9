import type { Storage } from '@ticketi/core';
import { dropSchema, postgres } from '@ticketi/storage/postgres';
import { sqlite } from '@ticketi/storage/sqlite';
import { type SimulationReport, simulate } from '../../src/index.ts';

/** One life to be played, on a database of its own. */
export interface Play {
  readonly seed: number;
  readonly ops: number;
  /** Steps that are played, by their numbers; undefined: all. */
  readonly only?: readonly number[] | undefined;
  /** An address of PostgreSQL; undefined: SQLite in memory. */
  readonly url: string | undefined;
}

/** Conflicts are made by the simulator, so nobody has to wait until others are done. */
const atOnce = () => Promise.resolve();

export async function play(
  { seed, ops, only, url }: Play,
  onLine?: (line: string) => void,
): Promise<SimulationReport> {
  const run = (storage: Storage) =>
    simulate({
      ...{ seed, ops, storage },
      ...(only === undefined ? {} : { only: new Set(only) }),
      ...(onLine === undefined ? {} : { onLine }),
    });
  if (url !== undefined) return onPostgres(url, seed, run);
  const storage = sqlite(':memory:', 'ticketi_', atOnce);
  try {
    return await run(storage);
  } finally {
    await storage.close();
  }
}

/** In a schema of its own, so that the tables are empty however often a seed is played. */
async function onPostgres<T>(
  connectionString: string,
  seed: number,
  run: (storage: Storage) => Promise<T>,
): Promise<T> {
  const schema = `sim_${seed}_${process.pid}`;
  const storage = postgres({ connectionString }, schema, atOnce);
  try {
    return await run(storage);
  } finally {
    await storage.close();
    await dropSchema(connectionString, schema);
  }
}
