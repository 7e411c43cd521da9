import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { folder, start } from './support/cli.ts';

const recorder = fileURLToPath(new URL('support/record-modules.mjs', import.meta.url));

/** The packages that a command line loads. */
async function loaded(args: string[]): Promise<string[]> {
  const cwd = folder();
  const file = join(cwd, 'modules.txt');
  const { ended } = start(args, { cwd, env: { LOADED_MODULES: file }, input: '' }, [
    `--import=${recorder}`,
  ]);
  const { code, stderr } = await ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(existsSync(file)).toBe(true);
  const urls = readFileSync(file, 'utf8').split('\n');
  const names = urls.map(
    (url) =>
      /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ??
      /\/packages\/([^/]+)\/src\//.exec(url)?.[1],
  );
  return [...new Set(names)].filter((name) => name !== undefined).sort();
}

describe('at the start', () => {
  it.each([['--version'], ['--help'], ['event', '--help']])(
    '%s loads the parser of the command line and nothing of the SDK',
    async (...args) => {
      expect(await loaded(args)).toEqual(['chalk', 'cli', 'commander']);
    },
  );

  it('the help of a command needs the schemas, no database and no prompts', async () => {
    const names = await loaded(['event', 'create', '--help']);
    expect(names).toContain('core');
    for (const heavy of ['knex', 'better-sqlite3', 'pg', 'inquirer', 'storage', 'http', 'hono']) {
      expect(names).not.toContain(heavy);
    }
  });

  it('a command on SQLite loads no driver but its own', async () => {
    const names = await loaded(['event', 'list', '--json']);
    expect(names).toContain('better-sqlite3');
    for (const other of ['pg', 'inquirer', 'http', 'client', 'hono']) {
      expect(names).not.toContain(other);
    }
  });
});
