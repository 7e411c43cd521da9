import { type Storage, StorageUnavailable } from '@ticketi/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postgresAway } from '../src/dialect/postgres-away.ts';
import { postgres } from '../src/postgres.ts';
import { postgresDatabase, type TestStorage } from './support/databases.ts';
import { organizer, organizerId, seed } from './support/records.ts';
import { type Severed, severable } from './support/severed.ts';

let made: TestStorage;
let way: Severed;
let storage: Storage;

beforeAll(async () => {
  made = await postgresDatabase();
  await made.storage.write(seed);
});
afterAll(() => made.drop());
beforeEach(async () => {
  way = await severable(made.at);
  storage = postgres({ connectionString: way.at });
});
afterEach(async () => {
  await storage.close();
  await way.close();
});

const rename = (name: string, before: () => unknown = () => {}) =>
  storage.write(async ({ organizers }) => {
    const [was] = await organizers.organizers.findForUpdate([organizerId]);
    await before();
    if (was !== undefined) await organizers.organizers.save({ ...was, name }, was);
    await organizers.organizers.find(organizerId);
  });
const name = async () =>
  (await made.storage.read((tx) => tx.organizers.organizers.find(organizerId)))?.name;
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const sleep = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

describe('a connection that is cut in the middle of a write', () => {
  // Between the cut and the next statement: nothing, a turn of the event loop, time to notice.
  const pauses = { 'at once': () => {}, 'a turn later': nextTurn, later: () => sleep(20) };
  const cases = (['reset', 'end'] as const).flatMap((how) =>
    Object.entries(pauses).map(([when, pause]) => ({ how, when, pause })),
  );

  test.each(cases)('by a `$how`, noticed $when, says that nothing was written', async (cut) => {
    await rename('Before');
    // What the statement meets is up to the system: several rounds meet several of them.
    for (let round = 0; round < 10; round++) {
      const writing = rename('Lost', async () => {
        way.cut(cut.how);
        await cut.pause();
      });
      const error: unknown = await writing.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StorageUnavailable);
      expect(error).toMatchObject({
        code: 'storage_unavailable',
        kind: 'busy',
        retryable: true,
        details: { reason: expect.stringMatching(/^\w+$/), retryAfterSeconds: 1 },
        cause: expect.any(Error),
      });
      expect(String(error)).not.toMatch(/SELECT|UPDATE/);
      expect(await name()).toBe('Before');
    }
    await rename(organizer.name);
    expect(await name()).toBe(organizer.name);
  });
});

test('a read is told the same, and the next one has another connection', async () => {
  const reading = storage.read(async ({ organizers }) => {
    await organizers.organizers.find(organizerId);
    way.cut('reset');
    return organizers.organizers.find(organizerId);
  });
  await expect(reading).rejects.toBeInstanceOf(StorageUnavailable);
  expect(await storage.read((tx) => tx.organizers.organizers.find(organizerId))).toBeDefined();
});

test('nobody there is the same to who calls, and has the reason', async () => {
  await way.close();
  await expect(rename('Nobody')).rejects.toMatchObject({
    code: 'storage_unavailable',
    details: { reason: 'ECONNREFUSED' },
  });
});

test('what the work itself throws stays what it is, also when the connection went with it', async () => {
  const mine = Object.assign(new Error('a socket of mine'), { code: 'ECONNRESET' });
  const writing = rename('Mine', () => {
    way.cut('reset');
    throw mine;
  });
  await expect(writing).rejects.toBe(mine);
});

test.each([
  ['57P01', 'x', '57P01'],
  ['57P03', 'x', '57P03'],
  ['08006', 'x', '08006'],
  ['53300', 'x', '53300'],
  ['25P03', 'x', '25P03'],
  ['EPIPE', 'INSERT INTO a - write EPIPE', 'EPIPE'],
  [undefined, 'SELECT 1 - Connection terminated unexpectedly', 'connection_terminated'],
  [undefined, 'Client was closed and is not queryable', 'connection_terminated'],
  ['23505', 'Connection terminated', undefined],
  ['57014', 'canceling statement due to user request', undefined],
  ['25P02', 'current transaction is aborted', undefined],
  ['28P01', 'password authentication failed', undefined],
  ['3D000', 'database does not exist', undefined],
  [undefined, 'x is undefined', undefined],
])('%s, "%s" has the reason %s', (code, message, reason) => {
  const error =
    code === undefined ? new Error(message) : Object.assign(new Error(message), { code });
  expect(postgresAway(error)).toBe(reason);
});
