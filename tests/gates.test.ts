import { expect, test } from 'vitest';
import { findCommitFault } from '../scripts/gates/commits.mjs';
import { findImpurities } from '../scripts/gates/determinism.mjs';
import { checkExactMoney, findFloats } from '../scripts/gates/exact-money.mjs';
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

test('no floating point is near a price', () => {
  expect(checkExactMoney()).toEqual([]);
});

test.each([
  ['const half = amount / 2;', ['/']],
  ['let part = amount; part /= 3;', ['/']],
  ['const fee = amount * 0.05;', ['0.05']],
  ['const fee = amount * 5e-2;', ['0.05']],
  ['const shown = (amount * 100).toFixed(2);', ['toFixed']],
  ["const read = Number.parseFloat('1');", ['parseFloat']],
  ['const near = Math.round(amount);', ['Math.round']],
  ['const near = Math.floor(amount);', ['Math.floor']],
  ['const same = Math.abs(a - b) < Number.EPSILON;', ['EPSILON']],
  ['const unit = 10 ** exponent;', ['**']],
  ['const unit = 10n ** BigInt(exponent);', []],
  ['const least = Math.min(amount, 5);', []],
  ["const text = '49.00 / 2'; const form = /0.5/; // 0.5 / 2 ** 3", []],
  ['const large = 1e12 + 1_000;', []],
])('in a price, `%s` is caught at %j', (text, what) => {
  const path = 'packages/core/src/pricing/fee.ts';
  expect(findFloats(path, text)).toEqual(what.map((one) => `${path}:1: ${one}`));
});

test('amounts are divided in one place', () => {
  const text = 'const quotient = magnitude / denominator;';
  expect(findFloats('packages/core/src/kernel/money.ts', text)).toEqual([]);
  expect(findFloats('packages/core/src/pricing/quote.ts', text)).toHaveLength(1);
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
