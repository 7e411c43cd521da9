import { CommitUncertain, type Storage } from '@ticketi/core';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sqlite } from '../src/sqlite.ts';
import { sqliteFile, type TestStorage } from './support/databases.ts';
import { counter, eventId, idOf, organizer, organizerId, seed } from './support/records.ts';
import { rewritingDatabase } from './support/rewriting-database.ts';

let made: TestStorage;
let storage: Storage;
let others: { close(): unknown }[] = [];

beforeEach(async () => {
  made = await sqliteFile();
  storage = made.storage;
  await storage.write(seed);
  await storage.write((tx) => tx.inventory.openCounters([counter(1, { capacity: null })]));
});
afterEach(async () => {
  for (const other of others) await other.close();
  others = [];
  await made.drop();
});

const sleep = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

function another(rewrite: (statement: string) => string, backoff?: () => Promise<void>): Storage {
  const other = sqlite(
    { database: () => rewritingDatabase(made.at, rewrite) },
    'ticketi_',
    backoff,
  );
  others.push(other);
  return other;
}

const rename = (on: Storage, name: string) =>
  on.write(async ({ organizers }) => {
    const [was] = await organizers.organizers.findForUpdate([organizerId]);
    if (was !== undefined) await organizers.organizers.save({ ...was, name }, was);
  });
const nameIn = async (on: Storage) =>
  (await on.read((tx) => tx.organizers.organizers.find(organizerId)))?.name;

test('a write waits for another connection (SQLITE_BUSY), while reads go on', async () => {
  const blocker = new Database(made.at);
  others.push(blocker);
  blocker.exec('BEGIN IMMEDIATE');
  let blocked = true;
  setTimeout(() => {
    blocked = false;
    blocker.exec('COMMIT');
  }, 1000);
  const writing = rename(storage, 'after the wait');
  await sleep(0);
  expect(await nameIn(storage)).toBe(organizer.name);
  expect(blocked).toBe(true);
  await writing;
  expect(blocked).toBe(false);
  expect(await nameIn(storage)).toBe('after the wait');
});

test('many writers that wait for a busy file do not stop the process', async () => {
  const blocker = new Database(made.at);
  others.push(blocker);
  blocker.exec('BEGIN IMMEDIATE');
  let longest = 0;
  let last = performance.now();
  const ticking = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  const writing = Array.from({ length: 100 }, (_, n) => rename(storage, `writer ${n}`));
  await sleep(1500);
  clearInterval(ticking);
  blocker.exec('COMMIT');
  await Promise.all(writing);
  // Each try stands still for 10 ms; one after another all hundred would for a second.
  expect(longest).toBeLessThan(500);
});

test('two storages on one file, each with many writers that take their time, all get there', async () => {
  const other = sqlite(made.at);
  others.push(other);
  const add = (on: Storage) =>
    on.write(async ({ inventory }) => {
      await sleep(1);
      await inventory.addUnits(eventId, [{ targetId: idOf('pol', 1), units: 1 }]);
    });
  await Promise.all(Array.from({ length: 100 }, (_, n) => add(n % 2 === 0 ? storage : other)));
  const [row] = await storage.read(({ inventory }) =>
    inventory.counters(eventId, [idOf('pol', 1)]),
  );
  expect(row?.claimed).toBe(100);
}, 60_000);

test('a file that stays busy is given up after 2000 tries', async () => {
  let tries = 0;
  const busy = another(
    (statement) => {
      if (statement !== 'BEGIN IMMEDIATE') return statement;
      tries += 1;
      throw new Database.SqliteError('database is locked', 'SQLITE_BUSY');
    },
    async () => {},
  );
  await expect(rename(busy, 'never')).rejects.toMatchObject({
    code: 'conflict',
    retryable: true,
    cause: { code: 'SQLITE_BUSY' },
  });
  expect(tries).toBe(2000);
});

test('a commit that the disk refused is in doubt, and is not repeated', async () => {
  let commits = 0;
  const failing = another((statement) => {
    if (statement !== 'COMMIT' || commits++ > 0) return statement;
    throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC');
  });
  const error: unknown = await rename(failing, 'in doubt').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CommitUncertain);
  expect(error).toHaveProperty('cause.code', 'SQLITE_IOERR_FSYNC');
  expect(commits).toBe(1);
  // The connection was given up, and its lock with it.
  await rename(storage, 'afterwards');
  expect(await nameIn(failing)).toBe('afterwards');
});

test('a commit that finds the disk full is rolled back', async () => {
  let full = true;
  const failing = another((statement) => {
    if (statement !== 'COMMIT' || !full) return statement;
    full = false;
    throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
  });
  await expect(rename(failing, 'never')).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  expect(await nameIn(failing)).toBe(organizer.name);
  await rename(failing, 'later');
  expect(await nameIn(storage)).toBe('later');
});

test('a transaction that SQLite itself rolled back throws what caused it', async () => {
  const failing = another((statement) =>
    statement.startsWith('UPDATE')
      ? statement
          .replace('UPDATE', 'UPDATE OR ROLLBACK')
          .replace('SET "name" = ?', 'SET "name" = nullif(?, \'null\')')
      : statement,
  );
  await expect(rename(failing, 'null')).rejects.toMatchObject({
    code: 'SQLITE_CONSTRAINT_NOTNULL',
  });
  await rename(failing, 'later');
  expect(await nameIn(storage)).toBe('later');
});

test('a file that cannot be opened says so, and can be opened later', async () => {
  let there = false;
  const late = sqlite({
    database: () => {
      if (!there) throw new Database.SqliteError('unable to open database file', 'SQLITE_CANTOPEN');
      return new Database(made.at);
    },
  });
  others.push(late);
  await expect(nameIn(late)).rejects.toMatchObject({ code: 'SQLITE_CANTOPEN' });
  there = true;
  expect(await nameIn(late)).toBe(organizer.name);
});
