import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createDatabase } from '../support/postgres.ts';
import { type Block, root } from './markdown.ts';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty project outside the workspace, with what a reader of the docs would have installed. */
export interface Lab {
  readonly folder: string;
  /** Writes a block as a file in a folder of its own, and returns the file. */
  write(block: Block): string;
  /** Runs a TypeScript block as a reader would: `node example.ts`. */
  run(block: Block): Promise<Ended>;
  /** Runs the shell blocks of a page one after another in one shell; the output of each. */
  runShell(blocks: readonly Block[]): Promise<Ended & { readonly outputs: readonly string[] }>;
  remove(): void;
}

/** Packages that the docs import, by where the workspace has them. */
const installed = {
  '@ticketi/core': 'packages/core',
  '@ticketi/storage': 'packages/storage',
  '@ticketi/http': 'packages/http',
  '@ticketi/client': 'packages/client',
  '@ticketi/testing': 'packages/testing',
  '@ticketi/stripe': 'packages/stripe',
  'better-sqlite3': 'packages/storage/node_modules/better-sqlite3',
  '@types/better-sqlite3': 'packages/storage/node_modules/@types/better-sqlite3',
  knex: 'packages/storage/node_modules/knex',
  pg: 'packages/storage/node_modules/pg',
  '@types/pg': 'packages/storage/node_modules/@types/pg',
  '@types/node': 'node_modules/@types/node',
  express: 'examples/embed-express/node_modules/express',
  '@types/express': 'examples/embed-express/node_modules/@types/express',
  hono: 'examples/embed-hono/node_modules/hono',
  vitest: 'node_modules/vitest',
};

const SOURCES = '--conditions=ticketi-source';
const MOST_MILLIS = 180_000;

const needsVitest = ({ code }: Block) => code.includes("from 'vitest'");

export function createLab(): Lab {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ticketi-docs-')));
  writeFileSync(join(folder, 'package.json'), '{ "name": "a-project", "type": "module" }\n');
  for (const [name, path] of Object.entries(installed)) {
    const target = join(root, path);
    if (!existsSync(target)) continue;
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(target), link, 'junction');
  }
  const conditions = "['ticketi-source']";
  writeFileSync(
    join(folder, 'vitest.config.mjs'),
    `export default {
      resolve: { conditions: ${conditions} },
      ssr: { resolve: { conditions: ${conditions}, externalConditions: ${conditions} } },
    };\n`,
  );
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const cli = join(root, 'packages/cli/src/main.ts');
  writeFileSync(
    join(bin, 'ticketi'),
    `#!/bin/sh\nexec '${process.execPath}' ${SOURCES} '${cli}' "$@"\n`,
  );
  chmodSync(join(bin, 'ticketi'), 0o755);

  const environment = (more: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
    PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: folder,
    TZ: 'UTC',
    NO_COLOR: '1',
    NODE_COMPILE_CACHE: join(folder, '.compiled'),
    ...more,
  });

  /** What a block needs from outside: a free port, a database of its own, if it asks for one. */
  async function withMeans<T>(
    text: string,
    work: (env: NodeJS.ProcessEnv) => Promise<T>,
  ): Promise<T> {
    const port = /\bPORT\b/.test(text) ? { PORT: String(await freePort()) } : {};
    if (!text.includes('DATABASE_URL')) return work(port);
    const database = await createDatabase();
    try {
      return await work({ ...port, DATABASE_URL: database.url });
    } finally {
      await database.drop();
    }
  }

  const folderOf = ({ page, line }: Block) =>
    join(folder, 'blocks', page.replace(/\.md$/, '').replaceAll('/', '-'), String(line));

  const write = (block: Block): string => {
    const home = folderOf(block);
    mkdirSync(home, { recursive: true });
    const file = join(home, needsVitest(block) ? 'example.test.ts' : 'example.ts');
    writeFileSync(file, block.code);
    return file;
  };

  return {
    folder,
    write,
    run: (block) =>
      withMeans(block.code, (env) => {
        const file = write(block);
        const args = needsVitest(block)
          ? [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder, file]
          : [SOURCES, '--disable-warning=ExperimentalWarning', file];
        return ended(process.execPath, args, dirname(file), environment(env));
      }),
    async runShell(blocks) {
      const [first] = blocks;
      if (first === undefined) return { code: 0, stdout: '', stderr: '', outputs: [] };
      const home = folderOf(first);
      mkdirSync(home, { recursive: true });
      const mark = (line: number) => `--- line ${line}`;
      const script = blocks.map(
        ({ line, code }) => `echo '${mark(line)}'; echo '${mark(line)}' >&2\n${code}`,
      );
      const all = script.join('\n');
      return withMeans(all, async (env) => {
        const args = ['-euo', 'pipefail', '-c', all];
        const result = await ended('bash', args, home, environment(env));
        const outputs = blocks.map(({ line }) => {
          const [, rest = ''] = result.stdout.split(`${mark(line)}\n`);
          return rest.split('--- line ')[0] ?? '';
        });
        return { ...result, outputs };
      });
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('There is no port.');
  return address.port;
}

function ended(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: MOST_MILLIS,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
