import { expect, test } from 'vitest';
import { findCommitFault } from '../scripts/gates/commits.mjs';
import { findImpurities } from '../scripts/gates/determinism.mjs';
import { findTreeFaults } from '../scripts/gates/tree.mjs';

test.each([
  ['const now = Date.now();', 1],
  ['const now = new Date();', 1],
  ['const luck = Math.random() + Math.random();', 2],
  ['import { randomUUID } from "node:crypto"; const id = randomUUID();', 1],
  ['// not Date.now() but the clock', 0],
  ['/* new Date()\n * Math.random() */', 0],
  ['const parsed = new Date(instant);', 0],
  ["const url = 'https://example.com'; const now = Date.now();", 1],
])('in core, `%s` makes up %i things', (text, count) => {
  expect(findImpurities('packages/core/src/orders/place.ts', text)).toHaveLength(count);
  expect(findImpurities('packages/core/src/kernel/clock.ts', text)).toEqual([]);
});

test.each([
  [`see https://registry.${'npmjs'}.org/zod`, 1],
  [`cd ${'/ro'}ot/project`, 1],
  [`import('${'/wo'}rk/main/x.js')`, 1],
  ['https://example.com/work/place', 0],
  ['GET /users/me', 0],
])('a tracked file with `%s` has %i faults', (text, count) => {
  expect(findTreeFaults('docs/page.md', text)).toHaveLength(count);
});

test('a lock file holds no address', () => {
  const text = 'tarball: https://example.com/zod.tgz';
  expect(findTreeFaults('pnpm-lock.yaml', text)).toHaveLength(1);
  expect(findTreeFaults('docs/page.md', text)).toEqual([]);
});

test.each([
  ['feat(resale): cap prices by country', undefined],
  ['fix!: refuse unknown keys', undefined],
  ['Merge branch x', undefined],
  ['Cap prices by country', 'is not a Conventional Commit'],
  ['feat:no space', 'is not a Conventional Commit'],
  [`feat: ${'long '.repeat(30)}`, 'is longer than 100 characters'],
])('of the commit message `%s` it says %s', (subject, fault) => {
  expect(findCommitFault(subject)).toBe(fault);
});
