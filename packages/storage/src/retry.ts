import { LostRace, TicketiError } from '@ticketi/core';
import type { Backoff } from './backoff.ts';
import type { Dialect } from './dialect/dialect.ts';

/** Runs of a transaction that met others on the same rows. */
const CONFLICT_ATTEMPTS = 12;
/**
 * Runs of a transaction that found the file busy: nothing was done yet, so it
 * is worth waiting. At 150 ms each, on average, this is a minute.
 */
const BUSY_ATTEMPTS = 400;

/**
 * Runs `work` again after a conflict: a lost race, a serialization failure, a
 * deadlock, a busy file, and nothing else. When that did not help often enough
 * it throws `conflict`, which is retryable.
 */
export async function withRetries<T>(
  dialect: Dialect,
  backoff: Backoff,
  work: () => Promise<T>,
): Promise<T> {
  let conflicts = 0;
  let busy = 0;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (dialect.isBusy(error)) busy += 1;
      else if (error instanceof LostRace || dialect.isConflict(error)) conflicts += 1;
      else throw error;
      if (busy >= BUSY_ATTEMPTS || conflicts >= CONFLICT_ATTEMPTS) throw conflict(error);
    }
    await backoff(busy + conflicts);
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
