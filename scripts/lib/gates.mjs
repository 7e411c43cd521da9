// What every change must pass beside the tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCommits } from '../gates/commits.mjs';
import { checkDeterminism } from '../gates/determinism.mjs';
import { checkExactMoney } from '../gates/exact-money.mjs';
import { checkTree } from '../gates/tree.mjs';
import { packAll } from './pack.mjs';
import { prepare } from './prepare.mjs';
import {
  inRoot,
  nodeBinary,
  npm,
  publicPackages,
  root,
  run,
  toolEnv,
  toolPath,
} from './workspace.mjs';

/** Runs a tool of the workspace; what it printed is what is wrong, if it ended with an error. */
async function tool([packageName, command], ...args) {
  const { code, output } = await run(nodeBinary(), [toolPath(packageName, command), ...args], {
    capture: true,
    env: toolEnv({ NO_COLOR: '1', FORCE_COLOR: '0' }),
  });
  if (code === 0) return undefined;
  return output || `${command ?? packageName} ended with ${code}`;
}

/** The archives, as the two package checkers see them. */
async function checkArchives(check) {
  const folder = mkdtempSync(join(tmpdir(), 'ticketi-pack-'));
  try {
    const faults = [];
    for (const [name, archive] of await packAll(folder)) {
      const fault = await check(name, archive);
      if (fault) faults.push(`${name}:\n${fault}`);
    }
    return faults;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const typed = new Set(
  publicPackages()
    .filter(({ manifest }) => manifest.exports)
    .map(({ manifest }) => manifest.name),
);

export const gates = [
  ['build with types', async () => void (await prepare({ types: true }))],
  [
    'lint and format',
    () => tool(['@biomejs/biome', 'biome'], 'ci', '--error-on-warnings', '--colors=off', '.'),
  ],
  ['types', () => tool(['typescript', 'tsc'], '-p', 'tsconfig.json')],
  ['unused code (knip)', () => tool(['knip'], '--no-progress', '--no-config-hints')],
  [
    'import directions',
    () =>
      tool(
        ['dependency-cruiser', 'depcruise'],
        ...['--config', '.dependency-cruiser.mjs', 'packages', 'tests', 'bench'],
      ),
  ],
  ['time, ids and randomness', checkDeterminism],
  ['no floating point in a price', checkExactMoney],
  ['the tree', checkTree],
  ['commit messages', () => checkCommits()],
  [
    'publint',
    () => checkArchives((_name, archive) => tool(['publint'], 'run', archive, '--strict')),
  ],
  [
    'are the types wrong',
    () =>
      checkArchives((name, archive) =>
        typed.has(name)
          ? tool(['@arethetypeswrong/cli', 'attw'], archive, '--profile', 'esm-only', '--no-emoji')
          : undefined,
      ),
  ],
];

/** The last commit, cloned and demonstrated: what somebody else would see. */
export async function checkCleanClone() {
  const folder = mkdtempSync(join(tmpdir(), 'ticketi clone '));
  try {
    const clone = join(folder, 'ticketi');
    const cloned = await run('git', ['clone', '--quiet', root, clone], { capture: true });
    if (cloned.code !== 0) return cloned.output;
    const demo = await npm(['run', '--silent', 'demo', '--', '--json'], {
      capture: true,
      cwd: clone,
      env: outsideEnv(),
    });
    if (demo.code !== 0) return demo.output;
    try {
      JSON.parse(demo.stdout);
    } catch (error) {
      return `the demo's stdout is not one JSON document: ${error.message}\n${demo.stdout.slice(0, 2000)}`;
    }
    const changes = await run('git', ['status', '--porcelain'], { capture: true, cwd: clone });
    return changes.stdout && `the demo left changes in the tree:\n${changes.stdout}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The environment without what npm and this workspace put into it for their own children. */
export function outsideEnv(extra = {}) {
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_(package|lifecycle)|npm_config_local_prefix$|INIT_CWD$|NODE_OPTIONS$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...extra };
}

/** Every row of the benchmarks serves, sells no place twice, and has figures; how good they are is not asked. */
export async function checkBenchmarks() {
  const script = inRoot('scripts/bench.mjs');
  const { code, output } = await run(process.execPath, [script, '--quick'], { capture: true });
  return code === 0 ? undefined : output;
}

/** A thousand lives from a thousand seeds, each of 200 steps, in which no invariant breaks. */
export async function checkSimulator() {
  const script = inRoot('scripts/sim.mjs');
  const { code, output } = await run(process.execPath, [script, '--seeds', '1000'], {
    capture: true,
  });
  return code === 0 ? undefined : output;
}
