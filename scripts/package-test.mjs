// The packages as their users get them: packed, installed with npm into empty projects outside the
// workspace, and used on every Node that is supported (and refused politely on one that is not).
// `node scripts/package-test.mjs [word ...]` runs the checks whose name holds one of the words.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { outsideEnv } from './lib/gates.mjs';
import { packAll } from './lib/pack.mjs';
import { main, prepare } from './lib/prepare.mjs';
import { closingLine, runChecks } from './lib/report.mjs';
import { inRoot, nodePackage, npm, publicPackages, run, say } from './lib/workspace.mjs';

const supported = [22, 24, 26];
const unsupported = 20;
const compilers = ['6', '7'];

const lab = mkdtempSync(join(tmpdir(), 'ticketi-packages-'));
let archives;

/** Everything that is installed comes from here; a failure stops the check that wanted it. */
async function npmInstall(folder, what, node) {
  const { code, output } = await npm(
    ['install', '--no-audit', '--no-fund', '--prefix', folder, ...what],
    { capture: true, cwd: folder, env: outsideEnv(node && withNode(node)) },
  );
  if (code !== 0) throw new Error(`npm install ${what.join(' ')}:\n${output}`);
}

const withNode = (node) => ({ PATH: [dirname(node), process.env.PATH].join(delimiter) });

/** Node of one major version, installed once. */
const nodes = new Map();
async function nodeOf(major) {
  if (Number.parseInt(process.versions.node, 10) === major) return process.execPath;
  if (!nodes.has(major)) {
    const { name, path } = nodePackage();
    const folder = project(`node-${major}`);
    await npmInstall(folder, [`${name}@${major}`]);
    nodes.set(major, join(folder, 'node_modules', name, path));
  }
  return nodes.get(major);
}

/** An empty ESM project. */
function project(name) {
  const folder = join(lab, name);
  mkdirSync(folder, { recursive: true });
  const manifest = { name: 'a-project', version: '1.0.0', private: true, type: 'module' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

/** A project with some of our packages (and what they stand on) and others installed. */
const projects = new Map();
async function installed(name, ours, others, node) {
  if (!projects.has(name)) {
    const folder = project(name);
    await npmInstall(
      folder,
      [...withOurs(ours).map((each) => archives.get(each)), ...others],
      node,
    );
    projects.set(name, folder);
  }
  return projects.get(name);
}

/** Unpublished as they are, our packages find each other only if they are installed together. */
function withOurs(names) {
  const manifests = new Map(publicPackages().map(({ manifest }) => [manifest.name, manifest]));
  const all = new Set();
  const visit = (name) => {
    all.add(name);
    Object.keys(manifests.get(name).dependencies ?? {})
      .filter((other) => manifests.has(other))
      .forEach(visit);
  };
  names.forEach(visit);
  return [...all];
}

async function runNode(node, folder, args) {
  return run(node, args, { capture: true, cwd: folder, env: outsideEnv(withNode(node)) });
}

const failed = ({ code, output }) => (code === 0 ? undefined : `ended with ${code}:\n${output}`);

/** README.md's first TypeScript example, as a reader would copy it. */
function example() {
  if (!existsSync(inRoot('README.md'))) return undefined;
  const text = readFileSync(inRoot('README.md'), 'utf8');
  return /^```(?:ts|typescript)\b[^\n]*\n([\s\S]*?)^```/m.exec(text)?.[1];
}

const exampleProject = (major, node) =>
  installed(`example-${major}`, ['@ticketi/core', '@ticketi/storage'], ['better-sqlite3'], node);

async function runExample(major) {
  const node = await nodeOf(major);
  const folder = await exampleProject(major, node);
  writeFileSync(join(folder, 'example.ts'), example());
  return failed(await runNode(node, folder, ['example.ts']));
}

async function typeCheck(compiler, files) {
  const node = await nodeOf(24);
  const folder = await exampleProject(24, node);
  const tools = project(`typescript-${compiler}`);
  await npmInstall(tools, [`typescript@${compiler}`, '@types/node@22']);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const settings = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: 'es2023',
    module: 'nodenext',
    typeRoots: [join(tools, 'node_modules', '@types')],
    types: ['node'],
  };
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: settings, files: Object.keys(files) }),
  );
  const tsc = join(tools, 'node_modules', 'typescript', 'bin', 'tsc');
  return failed(await runNode(node, folder, [tsc, '-p', 'tsconfig.json']));
}

/** Every path that a package exports, as it is imported. */
function entries() {
  return publicPackages().flatMap(({ manifest }) =>
    Object.keys(manifest.exports ?? {})
      .filter((path) => path !== './package.json')
      .map((path) => join(manifest.name, path).replaceAll('\\', '/')),
  );
}

const importsOf = (names) => names.map((name) => `await import('${name}');`).join('\n');

const everything = (major, node) =>
  installed(
    `everything-${major}`,
    publicPackages().map(({ manifest }) => manifest.name),
    ['better-sqlite3', 'pg', 'vitest'],
    node,
  );

async function importEverything(major) {
  const node = await nodeOf(major);
  const folder = await everything(major, node);
  return failed(await runNode(node, folder, ['--input-type=module', '-e', importsOf(entries())]));
}

async function onlyOneDriver(database, driver, other) {
  const node = await nodeOf(24);
  const folder = await installed(database, ['@ticketi/core', '@ticketi/storage'], [driver], node);
  if (existsSync(join(folder, 'node_modules', other))) return `${other} was installed too`;
  const script = importsOf([`@ticketi/storage/${database}`]);
  return failed(await runNode(node, folder, ['--input-type=module', '-e', script]));
}

/** What npm itself has to say about its settings is not the command's. */
const withoutNpm = (text) =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('npm '))
    .join('\n');

async function version(major) {
  const node = await nodeOf(major);
  const folder = await installed(`cli-${major}`, ['ticketi'], [], node);
  const { manifest } = publicPackages().find((each) => each.manifest.name === 'ticketi');
  const result = await npx(node, folder, ['ticketi', '--version']);
  if (result.code !== 0) return `ended with ${result.code}:\n${result.output}`;
  if (!result.stdout.includes(manifest.version)) return `printed ${result.stdout}`;
}

async function refusal() {
  const folder = await installed('cli-24', ['ticketi'], [], await nodeOf(24));
  const result = await npx(await nodeOf(unsupported), folder, ['ticketi', '--version']);
  const said = withoutNpm(result.output);
  if (result.code !== 1) return `ended with ${result.code}, not 1:\n${said}`;
  if (withoutNpm(result.stdout).trim() !== '') return `printed on stdout: ${result.stdout}`;
  const sentence = /^[^\n]*\bNode(?:\.js)? 22\b[^\n]*\.\n$/;
  if (!sentence.test(said)) return `said something else than one sentence:\n${said}`;
}

/** npx as found beside npm, on a Node of our choice. */
function npx(node, folder, args) {
  const env = outsideEnv(withNode(node));
  const cli = process.env.npm_execpath?.replace('npm-cli.js', 'npx-cli.js');
  const options = { capture: true, cwd: folder, env };
  return cli && existsSync(cli)
    ? run(node, [cli, '--offline', ...args], options)
    : run('npx', ['--offline', ...args], options);
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function wallTime(node, folder, args, times = 9) {
  const taken = [];
  for (let turn = 0; turn < times; turn += 1) {
    const start = performance.now();
    const result = await runNode(node, folder, args);
    if (result.code !== 0) throw new Error(result.output);
    taken.push(performance.now() - start);
  }
  return median(taken);
}

async function size(folder) {
  const { stdout } = await run('du', ['-sk', join(folder, 'node_modules')], { capture: true });
  return `${(Number.parseInt(stdout, 10) / 1024).toFixed(1)} MB`;
}

/** Sizes and start times: reported, not judged. */
async function measure() {
  const node = await nodeOf(24);
  const sdk = await exampleProject(24, node);
  const postgres = await installed('postgres', ['@ticketi/core', '@ticketi/storage'], ['pg'], node);
  const cli = await installed('cli-24', ['ticketi'], [], node);
  const load = (names) => ['--input-type=module', '-e', importsOf(names)];
  const bare = await wallTime(node, sdk, load([]));
  const loaded = await wallTime(node, sdk, load(['@ticketi/core', '@ticketi/storage/sqlite']));
  const command = await wallTime(node, cli, [
    join('node_modules', 'ticketi', 'bin', 'ticketi.mjs'),
    '--version',
  ]);
  const ms = (value) => `${value.toFixed(0)} ms`;
  say(
    `installed: SDK with SQLite ${await size(sdk)}, with PostgreSQL ${await size(postgres)}; CLI ${await size(cli)}`,
  );
  say(
    `start (median of 9, Node 24): node alone ${ms(bare)}; SDK import +${ms(loaded - bare)}; ticketi --version ${ms(command)}`,
  );
}

await main(async () => {
  const words = process.argv.slice(2);
  await prepare({ types: true });
  const archiveFolder = join(lab, 'archives');
  mkdirSync(archiveFolder);
  archives = await packAll(archiveFolder);

  const withExample = example() !== undefined;
  const checks = [
    ...supported.map((major) => [
      `every entry imports on Node ${major}`,
      () => importEverything(major),
    ]),
    ...(withExample
      ? supported.map((major) => [
          `the README's first example runs on Node ${major}`,
          () => runExample(major),
        ])
      : []),
    ...compilers.flatMap((compiler) => [
      [
        `the packages' types hold in TypeScript ${compiler}`,
        () => typeCheck(compiler, { 'entries.ts': sdkEntries() }),
      ],
      ...(withExample
        ? [
            [
              `the README's first example type-checks in TypeScript ${compiler}`,
              () => typeCheck(compiler, { 'example.ts': example() }),
            ],
          ]
        : []),
    ]),
    [
      'a PostgreSQL user needs no better-sqlite3',
      () => onlyOneDriver('postgres', 'pg', 'better-sqlite3'),
    ],
    ['a SQLite user needs no pg', () => onlyOneDriver('sqlite', 'better-sqlite3', 'pg')],
    ...supported.map((major) => [`npx ticketi --version on Node ${major}`, () => version(major)]),
    [`npx ticketi on Node ${unsupported} says what it needs`, refusal],
  ].filter(([name]) => words.length === 0 || words.some((word) => name.includes(word)));

  try {
    const count = await runChecks(checks);
    if (!withExample) {
      say('skipped the README example: README.md has no TypeScript yet');
      count.skipped += supported.length + compilers.length;
    }
    if (words.length === 0) await measure();
    process.stdout.write(closingLine(count));
    return count.failed > 0 || count.passed === 0 ? 1 : 0;
  } finally {
    rmSync(lab, { recursive: true, force: true });
  }
});

function sdkEntries() {
  return ['@ticketi/core', '@ticketi/storage/sqlite', '@ticketi/storage/postgres']
    .map((name, index) => `import * as entry${index} from '${name}';\nvoid entry${index};\n`)
    .join('');
}
