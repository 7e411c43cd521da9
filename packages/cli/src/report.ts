import { CommanderError } from 'commander';
import { exitCodes, Interrupted, UsageError } from './errors.ts';
import type { Io } from './io.ts';
import { paintFor } from './output/paint.ts';

/** An error as the CLI tells it: a sentence, a hint, a code, and what to end with. */
interface Told {
  readonly exitCode: number;
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** For `--json`. */
  readonly json?: object;
}

/** The parts of a TicketiError that are told; known by shape, so that help needs no SDK. */
interface SdkError extends Error {
  readonly code: string;
  readonly kind: string;
  readonly hint: string | undefined;
  readonly issues: readonly { path: string; message: string }[] | undefined;
  toJSON(): object;
}

const exitCodeByKind: Readonly<Record<string, number>> = {
  invalid: exitCodes.usage,
  unauthenticated: exitCodes.denied,
  denied: exitCodes.denied,
  missing: exitCodes.missing,
  conflict: exitCodes.conflict,
  mismatch: exitCodes.conflict,
};

/** Tells an error on stderr and answers with the exit code. */
export function reportError(
  error: unknown,
  io: Pick<Io, 'stdout' | 'stderr' | 'env'>,
  { json, debug }: { json: boolean; debug: boolean },
): number {
  if (isHelp(error)) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  const told = tell(error);
  if (told.exitCode === exitCodes.interrupted) return told.exitCode;
  if (json) {
    const { message, code, hint } = told;
    const plain = { error: message, code, ...(hint === undefined ? {} : { hint }) };
    io.stderr.write(`${JSON.stringify(told.json ?? plain)}\n`);
  } else {
    const paint = paintFor(io, 'stderr');
    const { message, code, hint } = told;
    io.stderr.write(`${paint.red.bold('error:')} ${message} ${paint.dim(`[${code}]`)}\n`);
    if (hint !== undefined) io.stderr.write(`${paint.cyan('hint:')} ${hint}\n`);
  }
  if (debug && error instanceof Error) {
    io.stderr.write(`${error.stack ?? ''}\n`);
    if (error.cause instanceof Error) io.stderr.write(`caused by: ${error.cause.stack ?? ''}\n`);
  }
  return told.exitCode;
}

/** Commander also throws when it has printed help or the version. */
function isHelp(error: unknown): error is CommanderError {
  return (
    error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')
  );
}

function tell(error: unknown): Told {
  if (error instanceof CommanderError) return commanderMistake(error);
  if (error instanceof UsageError) {
    const { code, message, hint } = error;
    return { exitCode: exitCodes.usage, code, message, hint };
  }
  if (error instanceof Interrupted || isNamed(error, 'ExitPromptError')) {
    return { exitCode: exitCodes.interrupted, code: 'interrupted', message: 'Interrupted.' };
  }
  if (isSdkError(error)) {
    return {
      exitCode: exitCodeByKind[error.kind] ?? exitCodes.failure,
      code: error.code,
      message: error.message,
      hint: error.hint,
      json: error.toJSON(),
    };
  }
  return fault(error);
}

function commanderMistake({ message, code }: CommanderError): Told {
  const [first = '', ...rest] = message.replace(/^error: /, '').split('\n');
  const suggestion = /^\(Did you mean (.+)\?\)$/.exec(rest.join(' ').trim())?.[1];
  return {
    exitCode: exitCodes.usage,
    code: code.replace('commander.', 'usage.'),
    message: `${first.charAt(0).toUpperCase()}${first.slice(1).replace(/\.$/, '')}.`,
    hint:
      suggestion === undefined ? 'Add --help to see what there is.' : `Did you mean ${suggestion}?`,
  };
}

function fault(error: unknown): Told {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'failure';
  const message = error instanceof Error ? error.message || error.name : String(error);
  const [line = ''] = message.split('\n');
  return { exitCode: exitCodes.failure, code, message: line, hint: hintFor(code) };
}

function hintFor(code: string): string | undefined {
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
      return 'Is the server running, and is its address right?';
    case 'SQLITE_CANTOPEN':
      return 'Does the folder of the database exist, and may you write to it?';
    case 'SQLITE_NOTADB':
      return 'The file of --database is no SQLite database.';
    case '28P01':
    case '28000':
      return 'The user or the password in the database address is wrong.';
    case '3D000':
      return 'Create the database first: createdb.';
    default:
      return code === 'failure'
        ? 'Run it again with --debug to see where it comes from.'
        : undefined;
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

function isSdkError(error: unknown): error is SdkError {
  return isNamed(error, 'TicketiError');
}
