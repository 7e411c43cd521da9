import { isTicketiError, TicketiError } from './error.ts';

const BASE = 200;
/** The longest wait between two tries; a server that asks for more gets its answer passed on. */
const LONGEST = 20_000;

/**
 * Runs `attempt`, and again when what failed may succeed: no answer, 429, 502,
 * 503, 504, or an idempotency key that is still running. Only for calls that
 * can be repeated safely.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { retries, signal }: { retries: number; signal: AbortSignal | undefined },
): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      const wait = tried < retries ? waitAfter(error, tried) : undefined;
      if (wait === undefined) throw error;
      await pause(wait, signal);
    }
  }
}

/** Milliseconds until the next try; undefined when there is no point in one. */
function waitAfter(error: unknown, tried: number): number | undefined {
  if (!isTicketiError(error)) return undefined;
  if (!error.retryable && error.code !== 'idempotency_in_progress') return undefined;
  const asked = error.retryAfterSeconds;
  if (asked !== undefined) return asked * 1000 <= LONGEST ? asked * 1000 : undefined;
  // Full jitter, so that callers who failed together do not come back together.
  return Math.min(LONGEST, BASE * 2 ** tried) * (0.5 + Math.random() / 2);
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(aborted(signal?.reason));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/** The caller's own signal ended the call: that is not worth another try. */
export function aborted(cause: unknown): TicketiError {
  return new TicketiError({
    code: 'aborted',
    kind: 'fault',
    message: 'The call was aborted.',
    cause,
  });
}
