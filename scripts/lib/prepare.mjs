// Brings the workspace to where a command can run: packages installed, sources built.
// Each step leaves a stamp of what it was made from, and is skipped while that still holds.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  filesBelow,
  fingerprint,
  inRoot,
  nodeBinary,
  packageFolders,
  pnpm,
  readJson,
  run,
  say,
  seconds,
  toolEnv,
  toolPath,
} from './workspace.mjs';

const stampPath = (name) => inRoot('node_modules', '.cache', 'ticketi', name);
const readStamp = (name) =>
  existsSync(stampPath(name)) ? readFileSync(stampPath(name), 'utf8') : undefined;
function writeStamp(name, text) {
  mkdirSync(dirname(stampPath(name)), { recursive: true });
  writeFileSync(stampPath(name), text);
}

/** One process at a time installs or builds; a lock whose owner is gone is taken over. */
async function exclusively(work) {
  const lock = inRoot('.ticketi-lock');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!ownerIsAlive(lock)) rmSync(lock, { force: true });
      else await sleep(200);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function ownerIsAlive(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (!pid) return Date.now() - statSync(lock).mtimeMs < 2000;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

const manifests = () => [
  ...['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.cjs'],
  ...[...packageFolders(), ...packageFolders('.').filter((folder) => folder === 'bench')].map(
    (folder) => `${folder}/package.json`,
  ),
];

export class Failed extends Error {}

/**
 * Installs either all of the workspace or, for those who only run it, what building and running
 * take: about half the time and bytes. Never takes away what is there.
 */
async function install(everything) {
  const all = everything || existsSync(inRoot('node_modules', 'vitest'));
  const wanted = fingerprint(manifests());
  const [have, scope] = (readStamp('installed') ?? '').split(' ');
  const present = existsSync(inRoot('node_modules', '.modules.yaml'));
  if (present && have === wanted && (scope === 'all' || !all)) return;
  const start = performance.now();
  say('ticketi: installing packages ...');
  const { code, output } = await pnpm(
    [
      ...['install', ...(all ? [] : ['--prod'])],
      // A package's age matters when a version is chosen, not when what the lock file names is fetched.
      ...['--config.minimum-release-age=0', '--config.confirm-modules-purge=false'],
      '--reporter=append-only',
    ],
    { capture: true },
  );
  if (code !== 0) {
    say(output);
    throw new Failed(`the packages could not be installed (pnpm ended with ${code})`);
  }
  writeStamp('installed', `${fingerprint(manifests())} ${all ? 'all' : 'run'}`);
  say(`ticketi: installed in ${seconds(start)}`);
}

/** The packages of this workspace that a package runs with, itself last. */
function withDependencies(folders) {
  const byName = new Map(
    packageFolders('packages').map((folder) => [
      readJson(inRoot(folder, 'package.json')).name,
      folder,
    ]),
  );
  const ordered = new Set();
  const visit = (folder) => {
    const { dependencies = {}, peerDependencies = {} } = readJson(inRoot(folder, 'package.json'));
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      const other = byName.get(name);
      if (other && other !== folder) visit(other);
    }
    ordered.add(folder);
  };
  folders.forEach(visit);
  return [...ordered];
}

const buildInputs = (folder) => [
  'pnpm-lock.yaml',
  'tsconfig.base.json',
  'tsup.base.ts',
  `${folder}/package.json`,
  `${folder}/tsup.config.ts`,
  ...filesBelow(`${folder}/src`, (path) => !path.endsWith('.test.ts')),
];

async function build(folders, types) {
  const start = performance.now();
  const stale = folders
    .map((folder) => {
      // Declarations may spell out types of the packages a package stands on.
      const inputs = types ? withDependencies([folder]).flatMap(buildInputs) : buildInputs(folder);
      const name = `built-${folder.replaceAll(/[\\/]/g, '-')}`;
      return { folder, name, types, wanted: fingerprint(inputs, types ? 'types' : 'code') };
    })
    .filter(({ folder, name, wanted }) => {
      const [code, full] = (readStamp(name) ?? '').split('\n');
      return !existsSync(inRoot(folder, 'dist')) || (types ? full : code) !== wanted;
    });
  if (stale.length === 0) return;
  say(
    `ticketi: building ${stale.map(({ folder }) => folder.split(/[\\/]/).at(-1)).join(', ')} ...`,
  );

  const tsup = toolPath('tsup');
  const queue = [...stale];
  const failures = [];
  const worker = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) {
      rmSync(stampPath(job.name), { force: true });
      const { code, output } = await run(nodeBinary(), [tsup], {
        capture: true,
        cwd: inRoot(job.folder),
        env: toolEnv({ TICKETI_BUILD_TYPES: types ? '1' : '0' }),
      });
      if (code !== 0) failures.push({ ...job, output });
      else {
        const plain = fingerprint(buildInputs(job.folder), 'code');
        writeStamp(job.name, `${plain}\n${types ? job.wanted : ''}`);
      }
    }
  };
  await Promise.all([worker(), worker()]);
  if (failures.length > 0) {
    for (const { folder, output } of failures) say(`--- ${folder}\n${output}`);
    throw new Failed(`could not build ${failures.map(({ folder }) => folder).join(', ')}`);
  }
  say(`ticketi: built in ${seconds(start)}`);
}

/**
 * Installs what is needed and builds `packages` (all of them unless told) with what they stand on.
 * Without `types` only code is built: enough to run, and several times faster.
 */
export function prepare({ packages, types = false, checks = true, build: wanted = true } = {}) {
  return exclusively(async () => {
    await install(checks);
    if (wanted) await build(withDependencies(packages ?? packageFolders('packages')), types);
  });
}

/** Runs a script's main function: a failure is one line and exit code 1. */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    say(error instanceof Failed ? `ticketi: ${error.message}` : error.stack);
    process.exitCode = 1;
  }
}
