import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A file, what it imports, and the rules that must refuse it. */
const refused: readonly [file: string, imports: string, rules: readonly string[]][] = [
  ['core/src/orders/a.ts', '@ticketi/storage/sqlite', ['core-imports-nothing-of-ours']],
  ['core/src/orders/b.ts', 'knex', ['database-libraries-in-storage-only']],
  ['core/src/orders/c.ts', '../tickets/issue.ts', ['rooms-enter-by-the-door']],
  ['core/src/orders/d.ts', '../kernel/clock.ts', ['rooms-enter-by-the-door']],
  ['core/src/ticketi.ts', './tickets/issue.ts', ['core-enters-rooms-by-the-door']],
  ['storage/src/a.ts', '@ticketi/http', ['storage-imports-core-only']],
  ['http/src/a.ts', '@ticketi/storage/postgres', ['surfaces-know-no-storage']],
  ['http/src/b.ts', 'pg', ['database-libraries-in-storage-only']],
  ['client/src/a.ts', '@ticketi/core', ['client-uses-core-for-types-only']],
  ['cli/src/commands/a.ts', '@ticketi/storage/sqlite', ['surfaces-know-no-storage']],
  ['cli/src/storage.ts', 'better-sqlite3', ['database-libraries-in-storage-only']],
  ['http/src/c.ts', '../../core/src/tickets/issue.ts', ['packages-enter-by-the-door']],
  ['http/src/d.ts', './missing.ts', ['no-unresolvable']],
  ['core/src/orders/e.ts', 'typescript', ['no-undeclared-dependency']],
];

const allowed: readonly [file: string, imports: string][] = [
  ['core/src/orders/f.ts', '../tickets/index.ts'],
  ['core/src/orders/g.ts', '../kernel/index.ts'],
  ['core/src/tickets/index.ts', './issue.ts'],
  ['core/src/index.ts', './tickets/index.ts'],
  ['core/src/registry.ts', './tickets/issue.ts'],
  ['storage/src/b.ts', '@ticketi/core'],
  ['storage/src/c.ts', 'knex'],
  ['http/src/e.ts', '@ticketi/core'],
  ['cli/src/storage.ts', '@ticketi/storage/sqlite'],
];

/** Reported once for both of its files. */
const circle: readonly [file: string, imports: string][] = [
  ['core/src/orders/circle.ts', './circle-back.ts'],
  ['core/src/orders/circle-back.ts', './circle.ts'],
];

const leaves = [
  'core/src/tickets/issue.ts',
  'core/src/kernel/index.ts',
  'core/src/kernel/clock.ts',
  'storage/src/sqlite.ts',
  'storage/src/postgres.ts',
  'http/src/index.ts',
  'http/src/routes.ts',
];

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

let workspace: string;
let violations: readonly Violation[];

beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'ticketi-imports-'));
  const packages = ['core', 'storage', 'http', 'client', 'cli'];
  mkdirSync(join(workspace, 'node_modules', '@ticketi'), { recursive: true });
  for (const name of packages) {
    mkdirSync(join(workspace, 'packages', name), { recursive: true });
    cpSync(
      join(root, 'packages', name, 'package.json'),
      `${workspace}/packages/${name}/package.json`,
    );
    const link = name === 'cli' ? 'ticketi' : `@ticketi/${name}`;
    symlinkSync(join(workspace, 'packages', name), join(workspace, 'node_modules', link), 'dir');
  }
  for (const [name, owner] of [
    ['knex', 'packages/storage'],
    ['pg', '.'],
    ['better-sqlite3', 'packages/storage'],
    ['typescript', '.'],
  ] as const) {
    symlinkSync(
      join(root, owner, 'node_modules', name),
      join(workspace, 'node_modules', name),
      'dir',
    );
  }
  const sources = new Map<string, string>(leaves.map((leaf) => [leaf, 'export const leaf = 1;\n']));
  for (const [file, imports] of [...refused, ...allowed, ...circle]) {
    sources.set(file, `${sources.get(file) ?? ''}import '${imports}';\n`);
  }
  for (const [file, text] of sources) {
    const path = join(workspace, 'packages', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const config = join(root, '.dependency-cruiser.mjs');
  const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [depcruise, '--config', config, '--output-type', 'json', 'packages'],
    { cwd: workspace, encoding: 'utf8' },
  );
  if (!stdout) throw new Error(stderr);
  violations = JSON.parse(stdout).summary.violations;
});

afterAll(() => rmSync(workspace, { recursive: true, force: true }));

describe('the import rules', () => {
  test.each(refused)('%s may not import %s', (file, _imports, rules) => {
    const broken = violations.filter(({ from }) => from === `packages/${file}`);
    expect(broken.map(({ rule }) => rule.name)).toEqual(expect.arrayContaining([...rules]));
  });

  test('a circle of imports is refused', () => {
    expect(violations.map(({ rule }) => rule.name)).toContain('no-circle-at-run-time');
  });

  test('what is allowed is not refused', () => {
    const files = allowed.map(([file]) => `packages/${file}`);
    const broken = violations.filter(
      ({ from, to }) => files.includes(from) && !to.includes('better-sqlite3'),
    );
    expect(broken).toEqual([]);
  });
});
