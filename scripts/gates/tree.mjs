// What the tree must not hold: the address of a package registry, a path of somebody's machine;
// and what its manifests must agree on.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { inRoot, packageFolders, publicPackages, readJson, root } from '../lib/workspace.mjs';

// Spelled in pieces, so that this file does not hold what it looks for.
const hosts = ['npmjs', 'yarnpkg', 'npmmirror'].map((name) => `${name}[.](?:org|com)`);
const registry = new RegExp(
  [...hosts, 'npm[.]pkg[.]', '\\bjsr[.]io', 'registry[.]npm', 'npm[ ]registry'].join('|'),
  'i',
);
const machinePath = new RegExp(
  `(?<![\\w./-])/(?:${['ro' + 'ot', 'wo' + 'rk', 'ho' + 'me', 'Us' + 'ers'].join('|')})/[\\w.-]`,
);

/** What is wrong with one text file, as `path:line: what`. */
export function findTreeFaults(path, text) {
  const rules = [
    [registry, 'names a package registry'],
    [machinePath, 'holds a path of one machine'],
  ];
  if (path.endsWith('pnpm-lock.yaml')) rules.push([/:\/\//, 'holds an address']);
  return text
    .split('\n')
    .flatMap((line, index) =>
      rules
        .filter(([pattern]) => pattern.test(line))
        .map(([, what]) => `${path}:${index + 1}: ${what}`),
    );
}

const isText = (content) => !content.subarray(0, 8000).includes(0);

function trackedFiles() {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  return listed.split('\0').filter(Boolean);
}

function read(path) {
  try {
    return readFileSync(inRoot(path));
  } catch {
    return Buffer.alloc(0); // deleted and not yet committed, or a folder of its own
  }
}

/** In the workspace "exports" lead to sources first; what is published must be the rest of it. */
function findManifestFaults() {
  const faults = [];
  const versions = new Set();
  for (const { folder, manifest } of publicPackages()) {
    versions.add(manifest.version);
    const published = JSON.stringify(manifest.publishConfig?.exports);
    const here = JSON.stringify(manifest.exports, (key, value) =>
      key === 'ticketi-source' ? undefined : value,
    );
    if (published !== here) faults.push(`${folder}: publishConfig.exports differs from exports`);
    const expected = { type: 'module', license: 'MIT', sideEffects: false };
    for (const [field, value] of Object.entries(expected)) {
      if (manifest[field] !== value) faults.push(`${folder}: "${field}" must be ${value}`);
    }
    if (manifest.engines?.node !== '>=22') faults.push(`${folder}: "engines.node" must be >=22`);
    if (manifest.publishConfig?.access !== 'public') faults.push(`${folder}: not public`);
  }
  if (versions.size > 1) faults.push(`versions differ: ${[...versions].join(', ')}`);
  for (const folder of packageFolders('examples')) {
    if (!readJson(inRoot(folder, 'package.json')).private) faults.push(`${folder}: not private`);
  }
  return faults;
}

export function checkTree() {
  const texts = trackedFiles().map((path) => [path, read(path)]);
  return [
    ...texts
      .filter(([, content]) => isText(content))
      .flatMap(([path, content]) => findTreeFaults(path, content.toString())),
    ...findManifestFaults(),
  ];
}
