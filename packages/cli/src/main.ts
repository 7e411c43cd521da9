import { type Io, processIo } from './io.ts';
import { runCommand } from './run-command.ts';

const INTERRUPTED = 130;
const TERMINATED = 143;

/** Puts in order what a running command left, then ends. A second signal ends at once. */
function onSignal(io: Io, exitCode: number): () => void {
  return () => {
    interruption.abort();
    const pending = [...io.onInterrupt];
    io.onInterrupt.clear();
    if (pending.length === 0) process.exit(exitCode);
    void Promise.allSettled(pending.map((cleanUp) => cleanUp())).then(() => process.exit(exitCode));
  };
}

const interruption = new AbortController();
const io = processIo(interruption.signal);
process.on('SIGINT', onSignal(io, INTERRUPTED));
process.on('SIGTERM', onSignal(io, TERMINATED));
// A reader that goes away (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommand(process.argv.slice(2), io);
