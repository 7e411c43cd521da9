import type { Storage } from '../port.ts';
import type { Clock } from './clock.ts';
import { type AskedOnce, answerBefore, keptAnswer } from './idempotency.ts';
import { type Instant, plusSeconds } from './instant.ts';
import { errorOf, idempotencyInProgress, isRefusal, type Refusal } from './refusal.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';

interface Parts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly settings: Settings;
}

/**
 * When the process of a workflow dies, its key is free again after so long. One that
 * takes longer may run beside its repeat: each of its steps happens once all the same.
 */
const LEASE_SECONDS = 30;

/**
 * Runs a workflow once for a key: a repeat gets the first answer, also from
 * another process; while the first still runs it is refused. What is refused or
 * fails is not kept: the same key then carries on where that one stopped, since
 * its steps have keys of their own.
 */
export async function workflowOnce(
  parts: Parts,
  asked: AskedOnce,
  run: () => Promise<unknown>,
): Promise<unknown> {
  const { storage, clock, secrets, settings } = parts;
  const lease = [`idempotency:${asked.id}`];
  const begun = await begin(parts, asked, lease);
  if ('output' in begun) return begun.output;
  // Where the database is away it lapses by itself.
  const drop = () =>
    storage.write((tx) => tx.leases.drop(lease, begun.until)).catch(() => undefined);
  let output: unknown;
  try {
    output = await run();
  } catch (error) {
    await drop();
    throw error;
  }
  if (isRefusal(output)) {
    await drop();
    return output;
  }
  await storage.write(async (tx) => {
    const now = clock.now();
    await tx.idempotency.insert([keptAnswer({ secrets, settings, now }, asked, output)], now);
    await tx.leases.drop(lease, begun.until);
  });
  return output;
}

/** The answer that was given before, or until when the key is this call's alone. */
function begin(
  { storage, clock, secrets }: Parts,
  asked: AskedOnce,
  lease: readonly string[],
): Promise<{ output: unknown | Refusal } | { until: Instant }> {
  return storage.write(async (tx) => {
    const now = clock.now();
    const until = plusSeconds(now, LEASE_SECONDS);
    // The lease first: whoever had it before has written its answer when it is free.
    const [own] = await tx.leases.take(lease, until, now);
    const [before] = await tx.idempotency.find([asked.id], now);
    if (before !== undefined) {
      if (own !== undefined) await tx.leases.drop(lease, until);
      const answer = answerBefore(secrets, before, asked);
      return isRefusal(answer) ? { output: answer } : answer;
    }
    if (own !== undefined) return { until };
    throw errorOf(idempotencyInProgress({ idempotencyKey: asked.key, retryAfterSeconds: 1 }));
  });
}
