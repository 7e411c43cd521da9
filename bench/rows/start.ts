import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { middle } from '../contest.ts';
import { type Figures, type Result, under } from '../result.ts';
import type { BenchRow } from './row.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const CLI = fileURLToPath(new URL('../../packages/cli/bin/ticketi.mjs', import.meta.url));
const BUILT = fileURLToPath(new URL('../../packages/cli/dist', import.meta.url));
const TIMES = 15;

const IMPORT = `
  const start = performance.now();
  await import('@ticketi/core');
  await import('@ticketi/storage/sqlite');
  process.stdout.write(String(performance.now() - start));
`;

/** How long the command line takes to its first word, and the SDK to be imported: as they are built. */
export const start: BenchRow = {
  name: 'start',
  async run({ effort }) {
    if (!existsSync(BUILT)) throw new Error('This row needs the packages built: npm run build.');
    const times = effort.quick ? 3 : TIMES;
    const cli = await taken(times, async () => (await firstWord([CLI, '--help'])).after);
    const sdk = await taken(times, async () =>
      Number((await firstWord(['--input-type=module', '-e', IMPORT])).text),
    );
    const bare = await taken(times, async () => (await firstWord(['-e', 'console.log(1)'])).after);
    const result: Result = {
      row: 'start: command line to its first output, import of the SDK with SQLite',
      unit: 'starts',
      figures: { ours: cli, 'SDK import': sdk, 'node alone': bare },
      aims: [
        under('ticketi --help to its first output', 150, cli.p50),
        under('import of @ticketi/core and @ticketi/storage/sqlite', 60, sdk.p50),
      ],
    };
    return [result];
  },
};

/** A process, as it would be started by hand; when and what it says first. */
async function firstWord(args: readonly string[]) {
  const begun = performance.now();
  // Not on the sources: without the conditions that this process may have.
  const child = spawn(process.execPath, args, { cwd: HERE, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const [text] = await Promise.race([once(child.stdout, 'data'), ended.then(() => [''])]);
  const after = performance.now() - begun;
  child.stdout.resume();
  const [code] = await ended;
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}.`);
  return { after, text: String(text) };
}

async function taken(times: number, measure: () => Promise<number>): Promise<Figures> {
  const each: Figures[] = [];
  for (let time = 0; time < times; time += 1) {
    const milliseconds = await measure();
    each.push({
      perSecond: 1000 / milliseconds,
      p50: milliseconds,
      p99: milliseconds,
      requests: 1,
    });
  }
  return { ...middle(each), p99: Math.max(...each.map(({ p50 }) => p50)) };
}
