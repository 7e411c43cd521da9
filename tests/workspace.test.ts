import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

test('a TypeScript file that a test forks runs on the same Node and uses the packages as sources', async () => {
  const child = fork(new URL('./fixtures/where-core-is.ts', import.meta.url));
  const [answer] = await once(child, 'message');
  expect(answer).toEqual({
    node: process.version,
    core: new URL('../packages/core/src/index.ts', import.meta.url).href,
  });
});
