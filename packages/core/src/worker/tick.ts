import type { Executor } from '../kernel/index.ts';
import type { Job } from './job.ts';

/** What one job came to in a pass. */
export interface JobReport {
  readonly job: string;
  /** How much it did, in its own units; 0: nothing was due. */
  readonly done: number;
  /** What stopped it, if anything did; the other jobs went on. */
  readonly error: unknown;
}

export interface WorkReport {
  /** One for each job, in the order in which they ran. */
  readonly jobs: readonly JobReport[];
}

/**
 * One pass over all jobs: each does all that is due at this moment, one after the
 * other, in their order. A job that fails stops no other.
 */
export async function tick(executor: Executor, jobs: readonly Job[]): Promise<WorkReport> {
  const reports: JobReport[] = [];
  for (const job of jobs) reports.push(await finish(executor, job));
  return { jobs: reports };
}

async function finish(executor: Executor, job: Job): Promise<JobReport> {
  let done = 0;
  try {
    for (;;) {
      const piece = await job.run(executor);
      done += piece.done;
      // Nothing done: somebody else is at it, and will do the rest.
      if (!piece.more || piece.done === 0) return { job: job.name, done, error: undefined };
    }
  } catch (error) {
    return { job: job.name, done, error };
  }
}
