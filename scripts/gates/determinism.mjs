// Time, ids and randomness are arguments: in core and storage they come into being in
// kernel/clock.ts and kernel/ids.ts alone; who receives webhooks has a clock of their own.
// (A comment may name them.)
import { readFileSync } from 'node:fs';
import { filesBelow, inRoot } from '../lib/workspace.mjs';

const sources = /\b(?:Date\.now\(|new Date\(\)|Math\.random\(|randomUUID\()/g;
const homes = [
  'packages/core/src/kernel/clock.ts',
  'packages/core/src/kernel/ids.ts',
  'packages/core/src/webhooks/receiver-clock.ts',
];

/** Blanks out comments, keeping lines and columns. */
const withoutComments = (text) =>
  text.replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*/g, (comment) =>
    comment.replaceAll(/[^\n]/g, ' '),
  );

/** The places in a file's text that make time, ids or randomness up, as `line: what`. */
export function findImpurities(path, text) {
  if (homes.includes(path) || path.endsWith('.test.ts')) return [];
  const found = [];
  for (const [index, line] of withoutComments(text).split('\n').entries()) {
    for (const [what] of line.matchAll(sources)) found.push(`${path}:${index + 1}: ${what}`);
  }
  return found;
}

export function checkDeterminism() {
  return ['packages/core/src', 'packages/storage/src']
    .flatMap((folder) => filesBelow(folder, (path) => path.endsWith('.ts')))
    .flatMap((path) => findImpurities(path, readFileSync(inRoot(path), 'utf8')));
}
