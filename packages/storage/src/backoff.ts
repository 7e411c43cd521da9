import { randomInt } from 'node:crypto';

/** Waits before a transaction is tried again, for the first time (`attempt` 1), the second... */
export type Backoff = (attempt: number) => Promise<void>;

const FIRST_MILLIS = 2;
const MOST_MILLIS = 50;

/**
 * A random time up to twice as long with each attempt, so that those who met
 * once do not meet again ("full jitter": https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/).
 */
export const jittered: Backoff = async (attempt) => {
  const most = Math.min(MOST_MILLIS, FIRST_MILLIS * 2 ** Math.min(attempt, 10));
  const millis = randomInt(0, most + 1);
  await new Promise((resolve) => setTimeout(resolve, millis));
};
