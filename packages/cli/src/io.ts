import type { ReadStream, WriteStream } from 'node:tty';

/** A stream that may be a terminal. */
export type Output = NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;
export type Input = NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY'>>;

/** What a command has of the world around it; tests give their own. */
export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted when the user interrupts: what fails then is not worth telling. */
  readonly signal: AbortSignal;
  /** What still has to be put in order when the user interrupts. */
  readonly onInterrupt: Set<() => Promise<void>>;
}

export function processIo(signal: AbortSignal): Io {
  const { stdin, stdout, stderr, env } = process;
  return { stdin, stdout, stderr, env, cwd: process.cwd(), signal, onInterrupt: new Set() };
}

/** Columns of a terminal; undefined where nobody looks at columns (a pipe, a file). */
export function widthOf({ stdout, env }: Pick<Io, 'stdout' | 'env'>): number | undefined {
  if (!stdout.isTTY) return undefined;
  const told = Number(env.COLUMNS);
  return stdout.columns || (told > 0 ? told : 80);
}

/** Whether somebody can be asked: both ends are a terminal and prompts are wanted. */
export function canAsk(io: Pick<Io, 'stdin' | 'stdout'>, wanted: boolean): boolean {
  return wanted && io.stdin.isTTY === true && io.stdout.isTTY === true;
}

export async function readAll(stdin: Input): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
