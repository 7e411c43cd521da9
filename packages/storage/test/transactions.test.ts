import { LostRace, type Storage, TicketiError } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type TestStorage } from './support/databases.ts';
import { counter, event, eventId, idOf, organizer, organizerId, seed } from './support/records.ts';

describe.each(databases)('transactions on %s', (_name, create) => {
  let made: TestStorage;
  let storage: Storage;

  beforeAll(async () => {
    made = await create();
    storage = made.storage;
    await storage.write(async (tx) => {
      await seed(tx);
      await tx.inventory.openCounters([counter(1, { capacity: null })]);
    });
  });
  afterAll(() => made.drop());

  const nameOf = async (id: string) =>
    (await storage.read((tx) => tx.organizers.organizers.find(id)))?.name;

  test('nothing is left of work that throws, and its error is thrown on', async () => {
    const id = idOf('org', 1);
    const fault = new Error('no');
    const write = storage.write(async (tx) => {
      await tx.organizers.organizers.insert([{ ...organizer, id }]);
      throw fault;
    });
    await expect(write).rejects.toBe(fault);
    expect(await nameOf(id)).toBeUndefined();
  });

  test('gives back what the work gives back', async () => {
    expect(await storage.write(async () => 7)).toBe(7);
    expect(await storage.read(async () => undefined)).toBeUndefined();
  });

  test('runs the work again after a lost race, from a clean slate', async () => {
    const id = idOf('org', 2);
    let runs = 0;
    await storage.write(async (tx) => {
      await tx.organizers.organizers.insert([{ ...organizer, id, name: `run ${++runs}` }]);
      if (runs < 3) throw new LostRace('again');
    });
    expect(runs).toBe(3);
    expect(await nameOf(id)).toBe('run 3');
  });

  test('gives a race up that is always lost, with the race as the cause', async () => {
    let runs = 0;
    const write = storage.write(async () => {
      runs += 1;
      throw new LostRace(`run ${runs}`);
    });
    const error: unknown = await write.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TicketiError);
    expect(error).toMatchObject({
      code: 'conflict',
      kind: 'conflict',
      retryable: true,
      cause: { message: 'run 12' },
    });
    expect(runs).toBe(12);
  });

  test('does not run work again that met a unique key, and the driver says which', async () => {
    let runs = 0;
    const write = storage.write(async (tx) => {
      runs += 1;
      await tx.events.events.insert([{ ...event, id: idOf('evt', 1) }]);
    });
    await expect(write).rejects.toThrow(/unique/i);
    expect(runs).toBe(1);
  });

  test('no value is in the message of an error', async () => {
    const secret = 'somebody@example.org';
    const write = storage.write((tx) =>
      tx.events.events.insert([{ ...event, id: idOf('evt', 1), description: secret }]),
    );
    const error: unknown = await write.catch((reason: unknown) => reason);
    expect(String(error)).toContain('INSERT INTO');
    expect(String(error)).not.toContain(secret);
  });

  test('a refused statement leaves nothing, whether or not the work goes on', async () => {
    const id = idOf('org', 3);
    const write = storage.write(async (tx) => {
      await tx.organizers.organizers.insert([{ ...organizer, id }]);
      await tx.organizers.organizers.insert([{ ...organizer, id }]).catch(() => {});
    });
    const error: unknown = await write.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    // Heard in the work where it was waited for; else when the transaction was to commit.
    const { message, cause } = error instanceof Error ? error : new Error('not refused');
    expect(`${message} ${String(cause)}`).toMatch(/unique/i);
    expect(await nameOf(id)).toBeUndefined();
  });

  test('a statement after the end of its transaction throws', async () => {
    const tx = await storage.write(async (inside) => inside);
    await expect(tx.organizers.organizers.find(organizerId)).rejects.toThrow('has ended');
  });

  test('a guarded save of a row that has changed meanwhile loses, and the work reads anew', async () => {
    const was = await storage.read((tx) => tx.organizers.organizers.find(organizerId));
    if (was === undefined) throw new Error('no organizer');
    const seen: number[] = [];
    await Promise.all(
      Array.from({ length: 5 }, () =>
        storage.write(async ({ organizers }) => {
          // Read without a lock, as nobody should: the guard has to catch it.
          const row = await organizers.organizers.find(organizerId);
          if (row === undefined) throw new Error('no organizer');
          seen.push(row.revision);
          await organizers.organizers.save({ ...row, name: `${row.name}!` }, row);
        }),
      ),
    );
    const is = await storage.read((tx) => tx.organizers.organizers.find(organizerId));
    expect(is).toEqual({ ...was, name: `${was.name}!!!!!`, revision: was.revision + 5 });
    if (storage.dialect === 'postgres') expect(seen.length).toBeGreaterThan(5);
  });

  test('a save with a stale row loses the transaction, whether or not the work goes on', async () => {
    const stale = { ...organizer, revision: 0 };
    const write = storage.write(async ({ organizers }) => {
      await organizers.organizers.save({ ...organizer, name: 'stale' }, stale).catch(() => {});
    });
    await expect(write).rejects.toMatchObject({ code: 'conflict', cause: expect.any(LostRace) });
    expect(await nameOf(organizerId)).not.toBe('stale');
  });

  test('a read sees one snapshot while others write', async () => {
    const counters = () =>
      storage.read(async ({ inventory }) => {
        const before = await inventory.counters(eventId, [idOf('pol', 1)]);
        await new Promise((resolve) => setTimeout(resolve, 50));
        return [before, await inventory.counters(eventId, [idOf('pol', 1)])];
      });
    const reading = counters();
    const writing = storage.write(({ inventory }) =>
      inventory.addUnits(eventId, [{ targetId: idOf('pol', 1), units: 1 }]),
    );
    const [before, after] = await reading;
    expect(after).toEqual(before);
    await writing;
  });

  test('more at once than there are connections all have their turn', async () => {
    const add = () =>
      storage.write(({ inventory }) =>
        inventory.addUnits(eventId, [{ targetId: idOf('pol', 1), units: 1 }]),
      );
    const look = () =>
      storage.read(({ inventory }) => inventory.counters(eventId, [idOf('pol', 1)]));
    const [before] = await look();
    await Promise.all(Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? look() : add())));
    const [after] = await look();
    expect((after?.claimed ?? 0) - (before?.claimed ?? 0)).toBe(40);
  });

  test('is closed for good', async () => {
    const other = await create();
    await other.storage.close();
    await expect(other.storage.read(async () => 1)).rejects.toThrow('closed');
    await other.drop();
  });
});
