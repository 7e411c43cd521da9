import { busy, errorOf } from './refusal.ts';
import type { Settings } from './settings.ts';

/**
 * Serves the commands of one key (an event) in batches: while a transaction is
 * in flight, what arrives waits in order, and the next transaction takes all of
 * it up to `maxBatch`. There is no linger: a lone command waits one turn of the
 * event loop, in which its neighbours can join it.
 *
 * The lane only makes it fast. Correctness rests on the locks and guarded
 * writes inside the transaction, which hold with any number of processes.
 */
export interface Lanes<Job, Result> {
  /** The command's own result; rejects with `busy` when too many wait. */
  submit(key: string, job: Job): Promise<Result>;
}

/** Serves a batch; a settled outcome for each job, in order. */
export type ServeBatch<Job, Result> = (
  jobs: readonly Job[],
) => Promise<readonly PromiseSettledResult<Result>[]>;

interface Waiting<Job, Result> {
  job: Job;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

export function createLanes<Job, Result>(
  serve: ServeBatch<Job, Result>,
  limits: { maxBatch: number; maxQueue: number },
): Lanes<Job, Result> {
  const queues = new Map<string, Waiting<Job, Result>[]>();

  async function pump(key: string, queue: Waiting<Job, Result>[]): Promise<void> {
    await nextTurn();
    while (queue.length > 0) await settle(queue.splice(0, limits.maxBatch));
    queues.delete(key);
  }

  async function settle(batch: readonly Waiting<Job, Result>[]): Promise<void> {
    try {
      const outcomes = await serve(batch.map((waiting) => waiting.job));
      batch.forEach((waiting, index) => {
        const outcome = outcomes[index];
        if (outcome?.status === 'fulfilled') waiting.resolve(outcome.value);
        else waiting.reject(outcome?.reason ?? new Error('A command of the batch got no result.'));
      });
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
    }
  }

  return {
    submit(key, job) {
      return new Promise((resolve, reject) => {
        const waiting = { job, resolve, reject };
        const queue = queues.get(key);
        if (queue === undefined) {
          const fresh = [waiting];
          queues.set(key, fresh);
          void pump(key, fresh);
        } else if (queue.length >= limits.maxQueue) {
          reject(errorOf(busy({ retryAfterSeconds: 1 })));
        } else {
          queue.push(waiting);
        }
      });
    },
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** The limits of a lane, as an installation sets them. */
export function laneLimits({ laneBatch, laneQueue }: Settings) {
  return { maxBatch: laneBatch, maxQueue: laneQueue };
}

/** What is kept for a key, made when it is first needed. */
export function kept<Key, Kept>(all: Map<Key, Kept>, key: Key, make: () => Kept): Kept {
  let own = all.get(key);
  if (own === undefined) {
    own = make();
    all.set(key, own);
  }
  return own;
}

export function fulfilled<T>(value: T): PromiseSettledResult<T> {
  return { status: 'fulfilled', value };
}
