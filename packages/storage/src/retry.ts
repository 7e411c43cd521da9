import { LostRace, TicketiError } from '@ticketi/core';
import type { Backoff } from './backoff.ts';
import type { Dialect } from './dialect/dialect.ts';

/** Runs of a transaction that met others on the same rows. */
const CONFLICT_ATTEMPTS = 12;
/** Tries to begin on a file that another process is writing to: about a minute. */
const BUSY_ATTEMPTS = 2000;

/**
 * Runs `work` again after a conflict: a lost race, a serialization failure, a
 * deadlock, and nothing else. When that did not help often enough it throws
 * `conflict`, which is retryable.
 */
export function retryConflicts<T>(
  dialect: Dialect,
  backoff: Backoff,
  work: () => Promise<T>,
): Promise<T> {
  const again = (error: unknown) => error instanceof LostRace || dialect.isConflict(error);
  return retry(again, CONFLICT_ATTEMPTS, backoff, work);
}

/** The same while the file is busy. Nothing has run by then, so waiting is worth more. */
export function retryBusy<T>(
  dialect: Dialect,
  backoff: Backoff,
  work: () => Promise<T>,
): Promise<T> {
  return retry((error) => dialect.isBusy(error), BUSY_ATTEMPTS, backoff, work);
}

async function retry<T>(
  again: (error: unknown) => boolean,
  attempts: number,
  backoff: Backoff,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!again(error)) throw error;
      if (attempt === attempts) throw conflict(error);
    }
    await backoff(attempt);
  }
}

/** What a caller hears of a conflict that trying again did not solve. */
export function conflict(cause: unknown): TicketiError {
  return new TicketiError({
    code: 'conflict',
    kind: 'conflict',
    message: 'Others changed the same records at the same time.',
    hint: 'Try again.',
    retryable: true,
    cause,
  });
}
