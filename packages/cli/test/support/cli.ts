import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { Output } from '../../src/io.ts';
import { runCommand } from '../../src/run-command.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** What is typed bit by bit, in place of an input; for `cli` alone. */
  readonly typing?: () => AsyncIterable<string>;
  /** Columns of the terminal that stdout is; none: it is a pipe. */
  readonly columns?: number;
}

const folders: string[] = [];
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

/** A folder of the test's own, taken away at the end of its file. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'ticketi-cli-'));
  folders.push(path);
  return path;
}

/** Runs a command line in this process, with streams of its own. */
export async function cli(args: readonly string[], given: Circumstances): Promise<Ended> {
  const stdout = sink(given.columns);
  const stderr = sink(undefined);
  const code = await runCommand(args, {
    stdin: Readable.from(given.typing?.() ?? (given.input === undefined ? [] : [given.input])),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { XDG_CONFIG_HOME: given.cwd, ...given.env },
    cwd: given.cwd,
    signal: new AbortController().signal,
    onInterrupt: new Set(),
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function sink(columns: number | undefined) {
  const chunks: string[] = [];
  const stream: Output = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  if (columns !== undefined) Object.assign(stream, { isTTY: true, columns });
  return { stream, text: () => chunks.join('') };
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** What starts the command in a process of its own. */
export function commandLine(args: readonly string[], nodeArgs: readonly string[] = []): string[] {
  return [process.execPath, '--conditions=ticketi-source', ...nodeArgs, main, ...args];
}

/** Starts the command in a process of its own; its stdin stays open unless there is input. */
export function start(args: readonly string[], given: Circumstances, nodeArgs?: readonly string[]) {
  const [node = '', ...rest] = commandLine(args, nodeArgs);
  const child = spawn(node, rest, {
    cwd: given.cwd,
    env: { PATH: process.env.PATH ?? '', XDG_CONFIG_HOME: given.cwd, ...given.env },
  });
  if (given.input !== undefined) child.stdin.end(given.input);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += String(chunk);
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });
  return { child, output, ended };
}
