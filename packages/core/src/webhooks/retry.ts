import { type Instant, millisOf, plusSeconds } from '../kernel/index.ts';
import type { DeliveryRecord } from './delivery.ts';
import type { QueueRecord } from './endpoint.ts';
import type { WebhookAnswer } from './sender.ts';

const [MINUTE, HOUR] = [60, 3600];

/** How long after the attempt before it each attempt is made, in seconds: ten in three days. */
const WAITS: readonly number[] = [
  ...[0, 5, 5 * MINUTE, 30 * MINUTE],
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR),
];

/** So long may nothing arrive at an endpoint before it is disabled. */
const PATIENCE_HOURS = 5 * 24;

/** An endpoint that does not answer rests as long as it has not done so: between these, in seconds. */
const SHORTEST_REST = 5;
const LONGEST_REST = 15 * MINUTE;

/** Up to a tenth of a wait comes on top, so that what failed together is not tried together. */
function jitter(id: string, attempts: number): number {
  let sum = attempts;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) % 1009;
  return sum / 10_090;
}

/** A delivery after an attempt: delivered, tried again later, or given up. */
export function afterAttempt(
  was: DeliveryRecord,
  answer: WebhookAnswer,
  now: Instant,
): DeliveryRecord {
  const attempts = was.attempts + 1;
  const tried = {
    ...was,
    attempts,
    attemptedAt: now,
    status: answer.status,
    error: answer.error,
    response: answer.response,
    milliseconds: answer.milliseconds,
  };
  if (answer.error === null) return { ...tried, state: 'delivered', nextAttemptAt: null };
  const wait = WAITS[attempts];
  if (wait === undefined || answer.status === GONE) {
    return { ...tried, state: 'exhausted', nextAttemptAt: null };
  }
  const seconds = Math.max(wait * (1 + jitter(was.id, attempts)), answer.retryAfterSeconds ?? 0);
  return { ...tried, nextAttemptAt: plusSeconds(now, seconds) };
}

/** The receiver wants no more of it, ever. */
const GONE = 410;

/** What a batch of attempts says of the endpoint. */
export interface Health {
  readonly failingSince: string | null;
  /** Until when it is left alone; null: it answered. */
  readonly restingUntil: string | null;
  /** Why it is to be disabled; undefined: it goes on. */
  readonly disable: 'gone' | 'failing' | undefined;
}

export function healthAfter(
  was: Pick<QueueRecord, 'failingSince' | 'restingUntil'>,
  answers: readonly WebhookAnswer[],
  now: Instant,
): Health {
  const { failingSince, restingUntil } = was;
  if (answers.length === 0) return { failingSince, restingUntil, disable: undefined };
  if (answers.some(({ status }) => status === GONE)) {
    return { failingSince, restingUntil: null, disable: 'gone' };
  }
  const arrived = answers.some(({ error }) => error === null);
  const since = failingSince ?? now;
  const seconds = arrived ? 0 : (millisOf(now) - millisOf(since)) / 1000;
  const rest = Math.min(Math.max(seconds, SHORTEST_REST), LONGEST_REST);
  return {
    failingSince: arrived ? null : since,
    restingUntil: answers.some(({ status }) => status === null) ? plusSeconds(now, rest) : null,
    disable: seconds >= PATIENCE_HOURS * HOUR ? 'failing' : undefined,
  };
}
