import { setTimeout as pause } from 'node:timers/promises';
import type { Executor } from '../kernel/index.ts';
import type { Job } from './job.ts';

export interface WorkHooks {
  /** Called after each piece of work in which something was done. */
  onDone?: (job: string, done: number) => void;
  /**
   * Called when a job fails: it is tried again, later each time, after 5 minutes at most. Also
   * when some of its pieces fail, as a refund whose provider does not answer.
   */
  onError?: (error: unknown, job: string) => void;
}

export interface WorkOptions extends WorkHooks {
  /** Ends the work when it is aborted; what runs is finished first. */
  signal?: AbortSignal;
}

/** Longest pause after failures, in seconds. */
const LONGEST_PAUSE = 300;

/**
 * Does what is due, job beside job, until the signal comes: one that waits for a
 * slow receiver holds up no other. Any number of processes may do so at once.
 */
export async function work(
  executor: Executor,
  jobs: readonly Job[],
  signal: AbortSignal,
  hooks: WorkHooks,
): Promise<void> {
  await Promise.all(jobs.map((job) => keepDoing(executor, job, signal, hooks)));
}

async function keepDoing(
  executor: Executor,
  job: Job,
  signal: AbortSignal,
  { onDone, onError }: WorkHooks,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let seconds = job.everySeconds;
    try {
      const { done, more, problem } = await job.run(executor);
      failures = 0;
      if (problem !== undefined) told(() => onError?.(problem, job.name));
      if (done > 0) told(() => onDone?.(job.name, done));
      if (more && done > 0) seconds = 0;
    } catch (error) {
      failures += 1;
      told(() => onError?.(error, job.name));
      seconds = Math.min(job.everySeconds * 2 ** failures, LONGEST_PAUSE);
    }
    await pause(seconds * 1000, undefined, { signal }).catch(() => undefined);
  }
}

/** A host's hook that throws does not stop the work. */
function told(hook: () => void): void {
  try {
    hook();
  } catch {
    // What was done is done.
  }
}
