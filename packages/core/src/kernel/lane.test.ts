import { describe, expect, it } from 'vitest';
import { createLanes } from './lane.ts';

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

const done = <T>(value: T): PromiseSettledResult<T> => ({ status: 'fulfilled', value });
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a lane', () => {
  it('serves what came in one turn together, and what came meanwhile next, in order', async () => {
    const batches: number[][] = [];
    const { open, opened } = gate();
    const lanes = createLanes<number, number>(
      async (jobs) => {
        batches.push([...jobs]);
        await opened;
        return jobs.map(done);
      },
      { maxBatch: 3, maxQueue: 100 },
    );
    const first = [1, 2].map((job) => lanes.submit('evt', job));
    await turn();
    await turn();
    const later = [3, 4, 5, 6].map((job) => lanes.submit('evt', job));
    open();
    expect(await Promise.all([...first, ...later])).toEqual([1, 2, 3, 4, 5, 6]);
    expect(batches).toEqual([[1, 2], [3, 4, 5], [6]]);
  });

  it('serves different keys side by side', async () => {
    const { open, opened } = gate();
    const lanes = createLanes<string, string>(
      async (jobs) => {
        if (jobs.includes('slow')) await opened;
        return jobs.map(done);
      },
      { maxBatch: 10, maxQueue: 10 },
    );
    const slow = lanes.submit('a', 'slow');
    expect(await lanes.submit('b', 'fast')).toBe('fast');
    open();
    expect(await slow).toBe('slow');
  });

  it('gives each job its own outcome', async () => {
    const lanes = createLanes<number, number>(
      async (jobs) =>
        jobs.map((job) =>
          job % 2 === 0 ? done(job) : { status: 'rejected', reason: new Error(`odd ${job}`) },
        ),
      { maxBatch: 10, maxQueue: 10 },
    );
    const outcomes = await Promise.allSettled([1, 2].map((job) => lanes.submit('evt', job)));
    expect(outcomes).toEqual([
      { status: 'rejected', reason: new Error('odd 1') },
      { status: 'fulfilled', value: 2 },
    ]);
  });

  it('rejects the whole batch when serving it fails, and goes on', async () => {
    let calls = 0;
    const lanes = createLanes<number, number>(
      async (jobs) => {
        calls += 1;
        if (calls === 1) throw new Error('lost');
        return jobs.map(done);
      },
      { maxBatch: 10, maxQueue: 10 },
    );
    await expect(lanes.submit('evt', 1)).rejects.toThrow('lost');
    expect(await lanes.submit('evt', 2)).toBe(2);
  });

  it('refuses with busy beyond its bound', async () => {
    const { open, opened } = gate();
    const lanes = createLanes<number, number>(
      async (jobs) => {
        await opened;
        return jobs.map(done);
      },
      { maxBatch: 1, maxQueue: 2 },
    );
    const first = lanes.submit('evt', 1);
    await turn();
    await turn();
    const waiting = [2, 3].map((job) => lanes.submit('evt', job));
    await expect(lanes.submit('evt', 4)).rejects.toMatchObject({
      code: 'busy',
      kind: 'busy',
      retryable: true,
      details: { retryAfterSeconds: 1 },
    });
    open();
    expect(await Promise.all([first, ...waiting])).toEqual([1, 2, 3]);
  });
});
