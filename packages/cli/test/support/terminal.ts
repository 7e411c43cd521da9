import { spawn, spawnSync } from 'node:child_process';
import { commandLine } from './cli.ts';

/** util-linux's, which gives a command a terminal of its own. */
const SCRIPT = 'script';

export const hasTerminals =
  spawnSync(SCRIPT, ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;

/** Runs a command on a terminal of its own; types `keys` when it says `when`, or at once. */
export function onTerminal(
  args: readonly string[],
  given: { cwd: string; keys: string; when?: string; env?: Readonly<Record<string, string>> },
) {
  const { cwd, keys, when = '' } = given;
  const line = commandLine(args)
    .map((word) => `'${word}'`)
    .join(' ');
  const env = { PATH: process.env.PATH, TERM: 'xterm', XDG_CONFIG_HOME: cwd, ...given.env };
  const child = spawn(SCRIPT, ['-qec', line, '/dev/null'], { cwd, env });
  let output = '';
  if (when === '') child.stdin.write(keys);
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    child.stdout.on('data', (chunk) => {
      const asked = output.includes(when);
      output += String(chunk);
      if (!asked && output.includes(when)) child.stdin.write(keys);
    });
    child.on('close', (code) => resolve({ code, output }));
  });
}
