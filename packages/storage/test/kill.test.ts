import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { databases, type TestStorage } from './support/databases.ts';
import { organizer } from './support/records.ts';

const writer = fileURLToPath(new URL('./support/writer.ts', import.meta.url));
const ACKNOWLEDGED = 100;

let made: TestStorage | undefined;
afterEach(() => made?.drop());

test.each(databases)(
  'what a process committed on %s before it was killed is there, each transaction whole',
  async (dialect, create) => {
    made = await create();
    const { storage, at } = made;
    const child = fork(writer, [dialect, at]);
    const acknowledged: string[] = [];
    child.on('message', (ids: string[]) => {
      acknowledged.push(...ids);
      if (acknowledged.length >= ACKNOWLEDGED) child.kill('SIGKILL');
    });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);

    const found = await storage.read((tx) => tx.organizers.organizers.findMany(acknowledged));
    expect(found).toHaveLength(acknowledged.length);
    const all = await storage.read((tx) =>
      tx.organizers.organizers.list({}, { limit: 10_000, after: undefined }),
    );
    expect(all.items.length % 2).toBe(0);
    // Nothing is in the way of the next one.
    await storage.write((tx) => tx.organizers.organizers.insert([organizer]));
    expect((await storage.check()).filter(({ ok }) => !ok)).toEqual([]);
  },
);
