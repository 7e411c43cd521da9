import { exitCodes } from './errors.ts';
import type { Io } from './io.ts';
import { buildProgram } from './program.ts';
import { reportError } from './report.ts';

/** Runs one command line and answers with its exit code. */
export async function runCommand(argv: readonly string[], io: Io): Promise<number> {
  const { program, run } = buildProgram(io);
  try {
    await program.parseAsync(normalised(argv), { from: 'user' });
    return run.exitCode;
  } catch (error) {
    if (io.signal.aborted) return exitCodes.interrupted;
    const { json, format, debug } = program.opts<{ json?: true; format?: string; debug?: true }>();
    return reportError(error, io, {
      json: json === true || (format ?? io.env.TICKETI_FORMAT) === 'json',
      debug: debug === true || Boolean(io.env.TICKETI_DEBUG),
    });
  }
}

/** Nothing at all is a question for help, and `help event create` is `event create --help`. */
function normalised(argv: readonly string[]): string[] {
  const [first, ...rest] = argv;
  return first === undefined || first === 'help' ? [...rest, '--help'] : [...argv];
}
