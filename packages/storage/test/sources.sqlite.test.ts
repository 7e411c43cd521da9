import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '@ticketi/core';
import Database from 'better-sqlite3';
import knex from 'knex';
import { beforeEach, expect, test } from 'vitest';
import { needDriver } from '../src/driver-error.ts';
import { sqlite } from '../src/sqlite.ts';
import { event, eventId, organizer, organizerId, seed } from './support/records.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ticketi-sources-'));
  file = join(folder, 'test.db');
  return () => rmSync(folder, { recursive: true, force: true });
});

const find = (storage: Storage) => storage.read((tx) => tx.events.events.find(eventId));
async function fill<S extends Storage>(storage: S): Promise<S> {
  await storage.migrate();
  await storage.write(seed);
  expect(await find(storage)).toEqual(event);
  return storage;
}

test('a file is made when it is first used, and kept', async () => {
  const storage = sqlite(file);
  expect(existsSync(file)).toBe(false);
  await (await fill(storage)).close();
  const again = sqlite(file);
  expect(await find(again)).toEqual(event);
  await again.close();
});

test('a file is opened in WAL, with full sync and foreign keys', async () => {
  const storage = sqlite(file);
  await storage.migrate();
  const checks = await storage.check();
  expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
    ['database', true],
    ['journal_mode', true],
    ['synchronous', true],
    ['foreign_keys', true],
    ['integrity', true],
  ]);
  await expect(storage.write((tx) => tx.events.events.insert([event]))).rejects.toMatchObject({
    code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
  });
  await storage.close();
});

test('a database in memory lives as long as its storage', async () => {
  const storage = await fill(sqlite(':memory:'));
  await storage.close();
  expect(await sqlite(':memory:').pendingMigrations()).toEqual(['0001_initial']);
});

test("a host's database is used beside its own tables, and left open", async () => {
  const database = new Database(file);
  database.exec('CREATE TABLE events (n INTEGER); INSERT INTO events VALUES (1)');
  const storage = await fill(sqlite({ database }));
  const named = await fill(sqlite({ database }, 'other "prefix" '));
  await storage.close();
  await named.close();
  expect(database.prepare('SELECT n FROM events').all()).toEqual([{ n: 1 }]);
  database.close();
});

test('a database opened for Ticketi alone is closed with the storage', async () => {
  let opened: Database.Database | undefined;
  const storage = sqlite({
    database: () => {
      opened = new Database(file);
      return opened;
    },
  });
  await fill(storage);
  expect(opened?.pragma('journal_mode', { simple: true })).toBe('wal');
  await storage.close();
  expect(opened?.open).toBe(false);
});

test("inside a transaction on the host's database: the host commits, or not", async () => {
  const database = new Database(file);
  const storage = await fill(sqlite({ database }));
  const rename = (name: string) =>
    storage.join(database).write(async (tx) => {
      const [was] = await tx.organizers.organizers.findForUpdate([organizerId]);
      if (was !== undefined) await tx.organizers.organizers.save({ ...was, name }, was);
    });
  const name = async () =>
    (await storage.read((tx) => tx.organizers.organizers.find(organizerId)))?.name;

  database.exec('BEGIN IMMEDIATE');
  await rename('gone');
  database.exec('ROLLBACK');
  expect(await name()).toBe(organizer.name);

  database.exec('BEGIN IMMEDIATE');
  await expect(
    storage.join(database).write(async (tx) => {
      await tx.organizers.organizers.insert([organizer]);
    }),
  ).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' });
  await rename('kept');
  database.exec('COMMIT');
  expect(await name()).toBe('kept');

  await expect(rename('nowhere')).rejects.toThrow('in no transaction');
  database.close();
});

test("a knex transaction of the host's can be joined", async () => {
  await (await fill(sqlite(file))).close();
  const host = knex({
    client: 'better-sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
  });
  const storage = sqlite(file);
  const trx = await host.transaction();
  const joined = storage.join(trx);
  expect(await find(joined)).toEqual(event);
  await joined.write((tx) => tx.events.events.save({ ...event, name: 'Changed' }, event));
  await trx.commit();
  expect(await find(storage)).toEqual({ ...event, name: 'Changed', revision: 2 });
  await expect(find(joined)).rejects.toThrow('has ended already');
  await host.destroy();
  await storage.close();
});

test('a driver that is not installed is named, with what to do', async () => {
  const name: string = 'no-such-driver';
  const missing = needDriver('better-sqlite3', () => import(name));
  await expect(missing).rejects.toThrow('npm install better-sqlite3');
  await expect(missing).rejects.toHaveProperty('cause.code', 'ERR_MODULE_NOT_FOUND');
});
