import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('a process that a test starts runs the pinned Node and resolves packages to their sources', () => {
  const script = 'console.log(process.version, import.meta.resolve("@ticketi/core"))';
  const [version, url] = execFileSync('node', ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  })
    .trim()
    .split(' ');
  expect(version).toBe(process.version);
  expect(url).toMatch(/packages\/core\/src\/index\.ts$/);
});
