import {
  type OrderRecord,
  type ReadTx,
  type Storage,
  StorageUnavailable,
  type WriteTx,
} from '@ticketi/core';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ownPool } from '../src/connections/pool.ts';
import { postgresDialect } from '../src/dialect/postgres.ts';
import { loadKnex } from '../src/knex.ts';
import { postgres } from '../src/postgres.ts';
import { createSql } from '../src/sql.ts';
import { inTransaction } from '../src/transaction.ts';
import { postgresDatabase, type TestStorage } from './support/databases.ts';
import * as sample from './support/records.ts';
import { counter, eventId, hold, idOf, order } from './support/records.ts';

const numbers = [1, 2, 3, 4];

let made: TestStorage;
let admin: pg.Client;
let storage: Storage;

beforeAll(async () => {
  made = await postgresDatabase();
  admin = new pg.Client({ connectionString: made.at });
  await admin.connect();
  // A second is the default; each round of the deadlocks would wait for it.
  const { rows } = await admin.query('SELECT current_database() AS name');
  await admin.query(`ALTER DATABASE ${rows[0].name} SET deadlock_timeout = '50ms'`);
  await made.storage.write(async (tx) => {
    await sample.seed(tx);
    await tx.inventory.openCounters([counter(1, { capacity: null })]);
    await tx.inventory.holds.insert(numbers.map((n) => hold(n)));
    await tx.orders.orders.insert(
      numbers.map((n) => order(n, { eventId, holdId: idOf('hld', n) })),
    );
  });
});
afterAll(async () => {
  await admin.end();
  await made.drop();
});
beforeEach(() => {
  storage = postgres({ connectionString: made.at });
});
afterEach(() => storage.close());

const one = async (tx: Pick<ReadTx, 'orders'>, n: number): Promise<OrderRecord> => {
  const found = await tx.orders.orders.find(idOf('ord', n));
  if (found === undefined) throw new Error('no order');
  return found;
};
const rename = async (tx: WriteTx, n: number, buyerName: string) => {
  const was = await one(tx, n);
  await tx.orders.orders.save({ ...was, buyerName }, was);
};

/** Resolves when as many have come. */
function meeting(size: number): () => Promise<void> {
  let come = 0;
  let open: () => void = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    come += 1;
    if (come === size) open();
    return all;
  };
}

describe('a statement that nobody waits for', () => {
  test('is run again when it was the victim of a deadlock, whatever was sent after it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const meet = meeting(2);
      let runs = 0;
      const cross = (first: number, second: number) =>
        storage.write(async (tx) => {
          runs += 1;
          await rename(tx, first, `first ${round}`);
          // Its answer: what was sent before has locked its row.
          const was = await one(tx, second);
          if (runs <= 2) await meet();
          await tx.orders.orders.save({ ...was, buyerName: `second ${round} ${first}` }, was);
          // Three more on the wire behind the one that fails.
          await Promise.all([one(tx, 3), one(tx, 4), one(tx, first)]);
        });
      await Promise.all([cross(1, 2), cross(2, 1)]);
      expect(runs).toBeGreaterThan(2);
    }
  });

  test('is what the transaction failed of, and not those that failed because of it', async () => {
    const twice = storage.write(async (tx) => {
      await tx.inventory.holds.insert([hold(1)]);
      await Promise.all([one(tx, 1), one(tx, 2), one(tx, 3)]);
    });
    await expect(twice).rejects.toMatchObject({ code: '23505' });
  });

  test('loses a race, and the work is run again, though a later statement failed of it too', async () => {
    let runs = 0;
    await storage.write(async (tx) => {
      runs += 1;
      const was = await one(tx, 1);
      const stale = runs === 1 ? { ...was, revision: was.revision + 7 } : was;
      await tx.orders.orders.save({ ...stale, buyerName: 'Stale' }, stale);
      await tx.inventory.holds.insert([hold(runs === 1 ? 1 : 50)]);
      await one(tx, 2);
    });
    expect(runs).toBe(2);
  });

  test('takes the preparing of statements from nobody when one before it failed', async () => {
    let lost = 0;
    const connections = await ownPool(made.at);
    const knex = await loadKnex('pg');
    const connection = await connections.acquire();
    const sql = createSql(knex, postgresDialect('ticketi'), connection, {
      prepares: () => true,
      lostPrepared: () => {
        lost += 1;
      },
    });
    await admin.query('create table if not exists scratch (id text primary key)');
    const insert = 'INSERT INTO scratch (id) VALUES (?)';
    await sql.begin('BEGIN');
    await sql.run('SELECT 1');
    await sql.send('SELECT 1 / 0', []);
    // The first would have prepared it; the others look for it in vain.
    for (const id of ['a', 'b', 'c']) await sql.send(insert, [id]);
    await sql.settle().catch(() => {});
    await sql.control('ROLLBACK');
    expect(sql.firstFailure()).toMatchObject({ code: '22012' });
    expect(lost).toBe(0);
    await connections.release(connection);
    await connections.close();
  });
});

describe('a transaction', () => {
  test('whose statement failed unseen is not said to be committed', async () => {
    const connections = await ownPool(made.at);
    const knex = await loadKnex('pg');
    const dialect = postgresDialect('ticketi');
    const write = inTransaction({ knex, connections }, dialect, 'write', async (sql) => {
      await sql.run('CREATE TABLE IF NOT EXISTS unseen (id int)');
      void sql.run('SELECT 1 / 0').catch(() => {});
    });
    await expect(write).rejects.toMatchObject({ code: '22012' });
    await connections.close();
  });
});

describe('a connection that is killed', () => {
  const backends = "datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'";

  test('in the middle of what was sent leaves nothing, nothing in doubt, and a pool that works', async () => {
    let runs = 0;
    const id = (n: number) => idOf('hld', 100 + n);
    const write = storage.write(async (tx) => {
      runs += 1;
      await one(tx, 1);
      await tx.inventory.holds.insert([hold(101, { id: id(1) })]);
      await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${backends}`);
      // On the wire behind it: writes that nobody waits for, and reads.
      for (const n of [2, 3, 4]) await tx.inventory.holds.insert([hold(100 + n, { id: id(n) })]);
      await Promise.all([one(tx, 1), one(tx, 2)]);
    });
    const error: unknown = await write.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StorageUnavailable);
    expect(runs).toBe(1);
    const left = await storage.read((tx) => tx.inventory.holds.findMany([1, 2, 3, 4].map(id)));
    expect(left).toEqual([]);
    // The pool has other connections, and none that is broken.
    await Promise.all(
      Array.from({ length: 20 }, (_, turn) => storage.write((tx) => rename(tx, 3, `${turn}`))),
    );
  });

  test('while tasks together wait for a lock ends all of them, and says why', async () => {
    const locker = new pg.Client({ connectionString: made.at });
    await locker.connect();
    await locker.query('BEGIN');
    await locker.query('SELECT 1 FROM ticketi.orders WHERE id = $1 FOR UPDATE', [idOf('ord', 2)]);
    const ended: number[] = [];
    const write = storage.write((tx) =>
      tx.together(
        numbers.map((n) => async (own) => {
          try {
            await own.orders.orders.findForUpdate([idOf('ord', n)]);
          } finally {
            ended.push(n);
          }
        }),
      ),
    );
    const outcome = write.catch((reason: unknown) => reason);
    const waiting = "datname = current_database() AND wait_event_type = 'Lock'";
    await expect
      .poll(async () => {
        const kill = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${waiting}`;
        return (await admin.query(kill)).rowCount;
      })
      .toBe(1);
    expect(await outcome).toMatchObject({
      code: 'storage_unavailable',
      details: { reason: '57P01' },
    });
    expect(ended.sort()).toEqual(numbers);
    await locker.query('ROLLBACK');
    await locker.end();
    await storage.write((tx) => rename(tx, 2, 'After'));
  });
});

describe("a host's client that pipelines", () => {
  test('hears what failed first, and its own transaction goes on', async () => {
    const client = new pg.Client({ connectionString: made.at, pipeline: true });
    await client.connect();
    const joinable = postgres({ connectionString: made.at });
    await client.query('BEGIN');
    const joined = joinable.join(client);
    const twice = joined.write(async (tx) => {
      await tx.inventory.holds.insert([hold(1)]);
      await Promise.all([one(tx, 1), one(tx, 2)]);
    });
    await expect(twice).rejects.toMatchObject({ code: '23505' });
    await joined.write((tx) => rename(tx, 4, 'Joined'));
    await client.query('COMMIT');
    await client.end();
    await joinable.close();
    expect((await storage.read((tx) => one(tx, 4))).buyerName).toBe('Joined');
  });
});

test('statements that are kept prepared go on when the tables are changed beneath them', async () => {
  const insert = (n: number) => storage.write((tx) => tx.inventory.holds.insert([hold(n)]));
  await insert(200);
  await admin.query('ALTER TABLE ticketi.holds ADD COLUMN extra text');
  await insert(201);
  await admin.query('ALTER TABLE ticketi.holds DROP COLUMN extra');
  await insert(202);
  const found = await storage.read((tx) =>
    tx.inventory.holds.findMany([200, 201, 202].map((n) => idOf('hld', n))),
  );
  expect(found).toHaveLength(3);
});
