import { isTicketiError, type Ticketi, type WorkReport } from '@ticketi/core';
import { exitCodes, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { openTicketi } from '../open.ts';
import { csvOf } from '../output/csv.ts';
import { type Paint, paintFor } from '../output/paint.ts';
import type { Settings } from '../settings.ts';

export interface WorkerFlags {
  readonly once?: true;
  readonly sandbox?: true;
}

/** Does the background work until a signal comes, or once. */
export async function worker(io: Io, settings: Settings, flags: WorkerFlags): Promise<number> {
  if (settings.url !== undefined) {
    throw new UsageError('A worker works on a database, not on a server.', 'Leave --url out.');
  }
  const ticketi = await openTicketi(settings, io, { sandbox: flags.sandbox === true });
  try {
    if (flags.once === true) return await once(io, settings, ticketi);
    await untilSignal(io, settings, ticketi);
    return exitCodes.done;
  } finally {
    await ticketi.close();
  }
}

async function once(io: Io, settings: Settings, ticketi: Ticketi): Promise<number> {
  const report = await ticketi.tick();
  io.stdout.write(await textOf(io, settings, report));
  const failed = report.jobs.filter(({ error }) => error !== undefined);
  for (const { job, error } of failed) tell(io, settings, job, error);
  return failed.length === 0 ? exitCodes.done : exitCodes.failure;
}

async function untilSignal(io: Io, settings: Settings, ticketi: Ticketi): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal);
    process.once(signal, () => stop.abort());
  }
  const paint = paintFor(io, 'stderr');
  if (!settings.quiet) io.stderr.write(`Working. ${paint.dim('Ctrl-C to stop')}\n`);
  await ticketi.work({
    signal: stop.signal,
    onDone: (job, done) => {
      if (!settings.quiet) io.stderr.write(`${paint.dim(job)} ${done}\n`);
    },
    onError: (error, job) => tell(io, settings, job, error),
  });
  if (!settings.quiet) io.stderr.write('Stopped.\n');
}

async function textOf(io: Io, { format }: Settings, { jobs }: WorkReport): Promise<string> {
  const items = jobs.map(({ job, done, error }) => ({
    job,
    done,
    error: error === undefined ? null : messageOf(error),
  }));
  if (format === 'json') return `${JSON.stringify({ jobs: items }, null, 2)}\n`;
  if (format === 'yaml') return (await import('yaml')).stringify({ jobs: items });
  if (format === 'csv') return csvOf({ items, nextCursor: null });
  const paint: Paint = paintFor(io, 'stdout');
  const width = Math.max(...items.map(({ job }) => job.length));
  return items
    .map(({ job, done, error }) => {
      const count = error === null ? String(done) : paint.red(`${done}, then it failed`);
      return `${job.padEnd(width)}  ${count}\n`;
    })
    .join('');
}

function tell(io: Io, { debug }: Settings, job: string, error: unknown): void {
  const paint = paintFor(io, 'stderr');
  const trace = debug && error instanceof Error ? error.stack : undefined;
  io.stderr.write(`${paint.red('error:')} ${job}: ${trace ?? messageOf(error)}\n`);
}

function messageOf(error: unknown): string {
  if (isTicketiError(error)) return `${error.message} (${error.code})`;
  return error instanceof Error ? error.message : String(error);
}
