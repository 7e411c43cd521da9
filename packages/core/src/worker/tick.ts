import { type Clock, type Executor, plusMinutes } from '../kernel/index.ts';
import type { Job } from './job.ts';

/** What one job came to in a pass. */
export interface JobReport {
  readonly job: string;
  /** How much it did, in its own units; 0: nothing was due. */
  readonly done: number;
  /** What stopped it, or what some of its pieces failed with; the other jobs went on. */
  readonly error: unknown;
}

export interface WorkReport {
  /** One for each job, in the order in which they ran. */
  readonly jobs: readonly JobReport[];
}

/**
 * How long a job may go on in one pass: as long as pieces of work are leased. After that the
 * first ones may be due again, and the jobs behind it would never have their turn.
 */
const LONGEST_MINUTES = 5;

/**
 * One pass over all jobs: each does all that is due at this moment, one after the
 * other, in their order; what takes longer than five minutes is left for the next
 * pass. A job that fails stops no other.
 */
export async function tick(
  executor: Executor,
  jobs: readonly Job[],
  clock: Clock,
): Promise<WorkReport> {
  const reports: JobReport[] = [];
  for (const job of jobs) reports.push(await finish(executor, job, clock));
  return { jobs: reports };
}

async function finish(executor: Executor, job: Job, clock: Clock): Promise<JobReport> {
  const end = plusMinutes(clock.now(), LONGEST_MINUTES);
  let done = 0;
  let error: unknown;
  try {
    for (;;) {
      const piece = await job.run(executor);
      done += piece.done;
      error ??= piece.problem;
      // Nothing done: somebody else is at it, and will do the rest.
      if (!piece.more || piece.done === 0 || clock.now() >= end) break;
    }
  } catch (fault) {
    error = fault;
  }
  return { job: job.name, done, error };
}
