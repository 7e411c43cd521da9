import { LostRace, TicketiError } from '@ticketi/core';
import { anOrganizer, insertOwner, newId } from './records.ts';
import type { Part } from './suite.ts';

/** All or nothing, lost races, retries, snapshots. */
export function transactions({ it, expect, storage, opened, subject }: Part): void {
  it('leaves nothing of a transaction that throws, and throws what it threw', async () => {
    const organizer = anOrganizer();
    const stop = new Error('stop');
    const work = storage().write(async (tx) => {
      await tx.organizers.organizers.insert([organizer]);
      expect(await tx.organizers.organizers.find(organizer.id)).toEqual(organizer);
      throw stop;
    });
    await expect(work).rejects.toBe(stop);
    expect(await storage().read((tx) => tx.organizers.organizers.find(organizer.id))).toBe(
      undefined,
    );
  });

  it('keeps what a transaction wrote, and returns what its work returned', async () => {
    const organizer = anOrganizer();
    const returned = await storage().write(async (tx) => {
      await tx.organizers.organizers.insert([organizer]);
      return 'done';
    });
    expect(returned).toBe('done');
    const found = await storage().read((tx) => tx.organizers.organizers.find(organizer.id));
    expect(found).toEqual(organizer);
  });

  it('runs work once that fails for a reason of its own', async () => {
    let runs = 0;
    const work = storage().write(async () => {
      runs += 1;
      throw new TypeError('a bug');
    });
    await expect(work).rejects.toThrow('a bug');
    expect(runs).toBe(1);
  });

  it('counts the revision up with each save, and runs work again whose row had changed', async () => {
    const was = anOrganizer();
    await storage().write((tx) => tx.organizers.organizers.insert([was]));
    await storage().write((tx) => tx.organizers.organizers.save({ ...was, name: 'Second' }, was));
    let runs = 0;
    await storage().write(async ({ organizers }) => {
      runs += 1;
      const [fresh] = await organizers.organizers.findForUpdate([was.id]);
      if (fresh === undefined) throw new Error('The row is gone.');
      // The first time with what was read long ago, as after a lost race.
      await organizers.organizers.save({ ...fresh, name: 'Third' }, runs === 1 ? was : fresh);
    });
    expect(runs).toBe(2);
    const found = await storage().read((tx) => tx.organizers.organizers.find(was.id));
    expect(found).toEqual({ ...was, name: 'Third', revision: 3 });
  });

  it('gives up after a bounded number of lost races, with nothing left and a retryable error', async () => {
    const [kept, never] = [anOrganizer(), anOrganizer()];
    await storage().write((tx) => tx.organizers.organizers.insert([kept]));
    let runs = 0;
    const stale = { ...kept, revision: 99 };
    const error = await storage()
      .write(async (tx) => {
        runs += 1;
        await tx.organizers.organizers.insert([never]);
        await tx.organizers.organizers.save({ ...kept, name: 'Lost' }, stale);
      })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TicketiError);
    expect(error).toMatchObject({ code: 'conflict', retryable: true });
    expect(runs).toBeGreaterThan(1);
    expect(runs).toBeLessThan(100);
    const found = await storage().read((tx) =>
      tx.organizers.organizers.findMany([kept.id, never.id]),
    );
    expect(found).toEqual([kept]);
  });

  it('runs work again that throws LostRace by itself', async () => {
    let runs = 0;
    const result = await storage().write(async () => {
      runs += 1;
      if (runs < 3) throw new LostRace('not yet');
      return runs;
    });
    expect(result).toBe(3);
  });

  it('loses no update of many at once', async () => {
    const organizer = anOrganizer({ name: '0' });
    await storage().write((tx) => tx.organizers.organizers.insert([organizer]));
    const storages = [storage(), opened().another?.() ?? storage()];
    const countUp = async (turn: number) =>
      storages[turn % 2]?.write(async ({ organizers }) => {
        const [was] = await organizers.organizers.findForUpdate([organizer.id]);
        if (was === undefined) throw new Error('The row is gone.');
        await organizers.organizers.save({ ...was, name: String(Number(was.name) + 1) }, was);
      });
    await Promise.all(Array.from({ length: 20 }, (_, turn) => countUp(turn)));
    const found = await storage().read((tx) => tx.organizers.organizers.find(organizer.id));
    expect(found).toMatchObject({ name: '20', revision: 21 });
  });

  it('finds rows in ascending order of ids, without those that are not there', async () => {
    const rows = [anOrganizer(), anOrganizer(), anOrganizer()];
    await storage().write((tx) => tx.organizers.organizers.insert(rows));
    const ids = rows.map(({ id }) => id);
    const asked = [...ids].reverse().concat(newId('org'), ids.slice(0, 1));
    const [read, locked, none] = await storage().write(async ({ organizers }) => [
      await organizers.organizers.findMany(asked),
      await organizers.organizers.findForUpdate(asked),
      await organizers.organizers.findForUpdate([]),
    ]);
    expect(read).toEqual(rows);
    expect(locked).toEqual(rows);
    expect(none).toEqual([]);
  });

  it('is as good as before after transactions that failed', async () => {
    const taken = anOrganizer();
    await storage().write((tx) => tx.organizers.organizers.insert([taken]));
    for (let turn = 0; turn < 15; turn += 1) {
      const twice = storage().write((tx) => tx.organizers.organizers.insert([taken]));
      await expect(twice).rejects.toThrow();
    }
    await storage().write(insertOwner);
  });

  it('reads one snapshot, whatever is committed meanwhile', async () => {
    const another = opened().another?.();
    if (another === undefined) return;
    const was = anOrganizer();
    await storage().write((tx) => tx.organizers.organizers.insert([was]));
    await storage().read(async (tx) => {
      expect(await tx.organizers.organizers.find(was.id)).toEqual(was);
      const later = anOrganizer();
      await another.write(async ({ organizers }) => {
        await organizers.organizers.save({ ...was, name: 'Changed' }, was);
        await organizers.organizers.insert([later]);
      });
      expect(await tx.organizers.organizers.findMany([was.id, later.id])).toEqual([was]);
    });
    const found = await storage().read((tx) => tx.organizers.organizers.find(was.id));
    expect(found?.name).toBe('Changed');
  });

  it('lets a host commit or roll back what was done in its transaction', async () => {
    const { joined } = opened();
    if (joined === undefined) return;
    const [committed, undone, failed] = [anOrganizer(), anOrganizer(), anOrganizer()];
    await joined(async (inside) => {
      expect(inside.joined).toBe(true);
      await inside.write((tx) => tx.organizers.organizers.insert([committed]));
      const broken = inside.write(async (tx) => {
        await tx.organizers.organizers.insert([failed]);
        throw new Error('only this one');
      });
      await expect(broken).rejects.toThrow('only this one');
      const seen = await inside.read((tx) => tx.organizers.organizers.find(committed.id));
      expect(seen).toEqual(committed);
    }, 'commit');
    await joined(
      (inside) => inside.write((tx) => tx.organizers.organizers.insert([undone])),
      'rollback',
    );
    const ids = [committed.id, undone.id, failed.id];
    const found = await storage().read((tx) => tx.organizers.organizers.findMany(ids));
    expect(found).toEqual([committed]);
  });

  it('finishes what runs before it closes, and then takes nothing more', async () => {
    const own = await subject.open();
    const organizer = anOrganizer();
    let finished = false;
    const running = own.storage.write(async (tx) => {
      await tx.organizers.organizers.insert([organizer]);
      await tx.organizers.organizers.find(organizer.id);
      finished = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    const closing = own.storage.close();
    await running;
    await closing;
    expect(finished).toBe(true);
    await expect(own.storage.read(async () => 'too late')).rejects.toThrow();
    await own.close();
  });
}
