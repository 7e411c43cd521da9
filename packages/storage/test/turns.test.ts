import { afterEach, expect, test, vi } from 'vitest';
import { createTurns } from '../src/connections/turns.ts';
import { sqlite } from '../src/sqlite.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('turns are taken in the order in which they were asked for', async () => {
  const turns = createTurns();
  const order: number[] = [];
  const take = async (n: number) => {
    await turns.take();
    order.push(n);
    await Promise.resolve();
    turns.pass();
  };
  await Promise.all([1, 2, 3, 4].map(take));
  await take(5);
  expect(order).toEqual([1, 2, 3, 4, 5]);
});

test('who waits for a minute is told, and those behind move up', async () => {
  vi.useFakeTimers();
  const turns = createTurns();
  await turns.take();
  const early = turns.take();
  const refused = expect(early).rejects.toMatchObject({ code: 'busy', retryable: true });
  await vi.advanceTimersByTimeAsync(30_000);
  const late = turns.take();
  await vi.advanceTimersByTimeAsync(30_000);
  await refused;
  turns.pass();
  await late;
  turns.pass();
  await turns.take();
});

test('a transaction inside a transaction ends after a minute, not never', async () => {
  const storage = sqlite(':memory:');
  await storage.migrate();
  vi.useFakeTimers();
  const nested = storage.write(() => storage.write(async () => 1));
  const refused = expect(nested).rejects.toMatchObject({
    code: 'busy',
    hint: expect.stringContaining('inside another one'),
  });
  await vi.advanceTimersByTimeAsync(61_000);
  await refused;
  vi.useRealTimers();
  expect(await storage.write(async () => 2)).toBe(2);
  await storage.close();
});
