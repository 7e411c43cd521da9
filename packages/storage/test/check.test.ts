import type { StorageCheck } from '@ticketi/core';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { postgres } from '../src/postgres.ts';
import { sqlite } from '../src/sqlite.ts';
import { postgresDatabase, type TestStorage } from './support/databases.ts';
import { hostPool } from './support/host-pool.ts';

const failed = (checks: readonly StorageCheck[]) =>
  checks.filter(({ ok }) => !ok).map(({ name }) => name);

describe('facts about a SQLite database', () => {
  test("a host's database that may lose commits is reported", async () => {
    const database = new Database(':memory:');
    database.pragma('synchronous = NORMAL');
    const checks = await sqlite({ database }).check();
    expect(failed(checks)).toEqual(['synchronous']);
    expect(checks.find(({ name }) => name === 'synchronous')?.message).toContain('below FULL');
    database.close();
  });
});

describe('facts about a PostgreSQL database', () => {
  let made: TestStorage;
  beforeAll(async () => {
    made = await postgresDatabase();
  });
  afterAll(() => made.drop());

  test('a server that may lose commits is reported', async () => {
    const pool = hostPool(made.at, { options: '-c synchronous_commit=off' });
    const checks = await postgres({ pool }).check();
    expect(failed(checks)).toEqual(['durability']);
    await pool.end();
  });

  test('a clock that is minutes off is reported', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * 60_000 });
    const checks = await made.storage.check();
    vi.useRealTimers();
    expect(failed(checks)).toEqual(['clock']);
    expect(failed(await made.storage.check())).toEqual([]);
  });
});
