import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandLine, folder } from './support/cli.ts';

/** util-linux's, which gives a command a terminal of its own. */
const SCRIPT = 'script';
const hasScript = spawnSync(SCRIPT, ['--version'], { encoding: 'utf8' }).stdout?.includes(
  'util-linux',
);

/** Runs a command on a terminal of its own; types `keys` when it asks. */
function onTerminal(args: string[], cwd: string, keys: string) {
  const line = commandLine(args)
    .map((word) => `'${word}'`)
    .join(' ');
  const env = { PATH: process.env.PATH, TERM: 'xterm', XDG_CONFIG_HOME: cwd };
  const child = spawn(SCRIPT, ['-qec', line, '/dev/null'], { cwd, env });
  let output = '';
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    child.stdout.on('data', (chunk) => {
      const asked = output.includes('?');
      output += String(chunk);
      if (!asked && output.includes('?')) child.stdin.write(keys);
    });
    child.on('close', (code) => resolve({ code, output }));
  });
}

describe.skipIf(!hasScript)('on a terminal', () => {
  it('asks for what is missing', async () => {
    const { code, output } = await onTerminal(['organizer', 'create'], folder(), 'Harbour\r');
    expect(code).toBe(0);
    expect(output).toMatch(/org_[0-9a-z]{26}/);
  });

  it('ends with 130 when the answer is Ctrl-C', async () => {
    const { code } = await onTerminal(['organizer', 'create'], folder(), '\u0003');
    expect(code).toBe(130);
  });

  it('does not ask with --no-input', async () => {
    const { code, output } = await onTerminal(['organizer', 'create', '--no-input'], folder(), '');
    expect(code).toBe(3);
    expect(output).toContain('--name is needed');
  });
});
