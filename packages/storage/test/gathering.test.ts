import { LostRace, type Storage, type WriteTx } from '@ticketi/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sqlite } from '../src/sqlite.ts';
import { databases, sqliteFile, type TestStorage } from './support/databases.ts';
import * as sample from './support/records.ts';
import {
  counter,
  event,
  eventId,
  hold,
  idOf,
  later,
  now,
  order,
  ticket,
} from './support/records.ts';
import { rewritingDatabase } from './support/rewriting-database.ts';

const numbers = [1, 2, 3, 4, 5];

async function seedOrders(tx: WriteTx): Promise<void> {
  await sample.seed(tx);
  await tx.inventory.openCounters([counter(1, { capacity: 10, claimed: 0 })]);
  await tx.inventory.holds.insert(numbers.map((n) => hold(n)));
  await tx.orders.orders.insert(numbers.map((n) => order(n, { eventId, holdId: idOf('hld', n) })));
}

describe.each(databases)('tasks together on %s', (_name, create) => {
  let made: TestStorage;
  let storage: Storage;
  beforeEach(async () => {
    made = await create();
    storage = made.storage;
    await storage.write(seedOrders);
  });
  afterEach(() => made.drop());

  const states = async () =>
    (await storage.read((tx) => tx.orders.orders.findMany(numbers.map((n) => idOf('ord', n))))).map(
      ({ state, revision }) => `${state} ${revision}`,
    );

  test('each gets its own answers, and what each writes is there', async () => {
    const seen = await storage.write((tx) =>
      tx.together(
        numbers.map((n) => async (own) => {
          const found = await own.orders.orders.find(idOf('ord', n));
          const [was] = await own.orders.orders.findForUpdate([idOf('ord', n)]);
          if (was?.state !== 'pending') throw new Error('no order');
          await own.orders.orders.save({ ...was, state: 'cancelled', cancelledAt: now }, was);
          const is = await own.orders.orders.find(was.id);
          return [found?.id, is?.state, is?.revision];
        }),
      ),
    );
    expect(seen).toEqual(numbers.map((n) => [idOf('ord', n), 'cancelled', 2]));
    expect(await states()).toEqual(numbers.map(() => 'cancelled 2'));
  });

  test('the claims of several holds are moved and counted for each', async () => {
    await storage.write(async (tx) => {
      await tx.inventory.claims.insert(
        [1, 2, 2, 3].map((n, index) =>
          sample.claim(index + 1, { eventId, claimantId: idOf('hld', n), expiresAt: later }),
        ),
      );
    });
    const moved = await storage.write((tx) =>
      tx.together(
        numbers.map(
          (n) => (own) =>
            own.inventory.moveExpiry(eventId, idOf('hld', n), n === 3 ? null : now, now),
        ),
      ),
    );
    expect(moved).toEqual([1, 2, 1, 0, 0]);
    const claims = await storage.write((tx) =>
      tx.together(numbers.map((n) => (own) => own.inventory.claimsOf(eventId, idOf('hld', n)))),
    );
    expect(claims.map((own) => own.map(({ expiresAt }) => expiresAt))).toEqual([
      [now],
      [now, now],
      [null],
      [],
      [],
    ]);
  });

  test('units asked for together are added up against the capacity', async () => {
    const add = (units: number) =>
      storage.write((tx) =>
        tx.together(
          [1, 2].map(
            () => (own) => own.inventory.addUnits(eventId, [{ targetId: idOf('pol', 1), units }]),
          ),
        ),
      );
    await add(5);
    await expect(add(1)).rejects.toMatchObject({ code: 'conflict', cause: expect.any(LostRace) });
    const [left] = await storage.read((tx) => tx.inventory.counters(eventId, [idOf('pol', 1)]));
    expect(left?.claimed).toBe(10);
  });

  test('one stale row among several loses the whole of it', async () => {
    const save = storage.write(async (tx) => {
      const rows = await tx.orders.orders.findMany(numbers.map((n) => idOf('ord', n)));
      await tx.together(
        rows.map((row, index) => async (own) => {
          const was = index === 3 ? { ...row, revision: 7 } : row;
          await own.orders.orders.save({ ...was, buyerName: 'Somebody else' }, was);
        }),
      );
    });
    await expect(save).rejects.toMatchObject({ code: 'conflict' });
    expect(await states()).toEqual(numbers.map(() => 'pending 1'));
  });

  test('a task that throws takes all of it with it, once the others have ended', async () => {
    const ended: number[] = [];
    const fault = new Error('no');
    const work = storage.write((tx) =>
      tx.together(
        numbers.map((n) => async (own) => {
          if (n === 2) throw fault;
          const [was] = await own.orders.orders.findForUpdate([idOf('ord', n)]);
          if (was !== undefined) await own.orders.orders.save({ ...was, buyerName: 'x' }, was);
          ended.push(n);
        }),
      ),
    );
    await expect(work).rejects.toBe(fault);
    expect(ended).toEqual([1, 3, 4, 5]);
    expect(await states()).toEqual(numbers.map(() => 'pending 1'));
  });

  test('a save writes what it changes, and nothing else', async () => {
    const id = idOf('ord', 1);
    await storage.write(async (tx) => {
      const [was] = await tx.orders.orders.findForUpdate([id]);
      if (was === undefined) throw new Error('no order');
      // Read before somebody else's change of another field, as a save under a lock never is.
      await tx.orders.orders.save({ ...was, buyerName: 'Bob' }, was);
      await tx.orders.orders.save({ ...was, provider: 'cash' }, { ...was, revision: 2 });
    });
    const is = await storage.read((tx) => tx.orders.orders.find(id));
    expect(is).toMatchObject({ buyerName: 'Bob', provider: 'cash', revision: 3 });
  });
});

describe('the statements of tasks together', () => {
  let made: TestStorage;
  beforeEach(async () => {
    made = await sqliteFile();
    await made.storage.write(seedOrders);
  });
  afterEach(() => made.drop());

  /** What the work sends, by its verb and table, between BEGIN and COMMIT. */
  async function statementsOf(work: (tx: WriteTx) => Promise<unknown>): Promise<string[]> {
    const seen: string[] = [];
    const watched = sqlite({
      database: () =>
        rewritingDatabase(made.at, (statement) => {
          const [verb = ''] = statement.split(' ');
          const [, table = ''] = /"ticketi_(\w+)"/.exec(statement) ?? [];
          if (table !== '') seen.push(`${verb} ${table}`);
          return statement;
        }),
    });
    await watched.write(work);
    await watched.close();
    return seen;
  }

  test('are those of one, however many there are', async () => {
    const work = (tx: WriteTx) =>
      tx.together(
        numbers.map((n) => async (own) => {
          const found = await own.orders.orders.find(idOf('ord', n));
          await own.events.events.findForShare(found?.eventId ?? '');
          const [was] = await own.orders.orders.findForUpdate([idOf('ord', n)]);
          if (was === undefined) throw new Error('no order');
          await own.orders.orders.save({ ...was, buyerName: `Buyer ${n}` }, was);
          await own.tickets.tickets.insert([
            ticket(n, { eventId, orderId: was.id, holdId: was.holdId }),
          ]);
        }),
      );
    expect(await statementsOf(work)).toEqual([
      'SELECT orders',
      'SELECT events',
      'SELECT orders',
      'UPDATE orders',
      'INSERT tickets',
    ]);
  });

  test('go out in one burst, what is locked before what is read, when a task asks for all at once', async () => {
    const work = (tx: WriteTx) =>
      tx.together(
        numbers.map(
          (n) => (own) =>
            Promise.all([
              own.orders.orders.find(idOf('ord', n)),
              own.inventory.holds.findForUpdate([idOf('hld', n)]),
              own.events.events.findForShare(eventId),
              own.orders.orders.findForUpdate([idOf('ord', n)]),
            ]),
        ),
      );
    expect(await statementsOf(work)).toEqual([
      'SELECT events',
      'SELECT orders',
      'SELECT holds',
      'SELECT orders',
    ]);
  });

  test('lock in the one order, however far each task has come', async () => {
    const { id } = event;
    const work = (tx: WriteTx) =>
      tx.together([
        async (own) => {
          await own.inventory.holds.findForUpdate([idOf('hld', 1)]);
          await own.inventory.lockCounters(eventId, [idOf('pol', 1)]);
        },
        async (own) => {
          await own.orders.orders.find(idOf('ord', 2));
          await own.events.events.findForShare(id);
          await own.orders.orders.findForUpdate([idOf('ord', 2)]);
          await own.inventory.holds.findForUpdate([idOf('hld', 2)]);
        },
      ]);
    expect(await statementsOf(work)).toEqual([
      'SELECT orders',
      'SELECT events',
      'SELECT orders',
      'SELECT holds',
      'SELECT counters',
    ]);
  });
});
