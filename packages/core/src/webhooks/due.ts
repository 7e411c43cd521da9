import type { Instant } from '../kernel/index.ts';
import type { WriteTx } from '../port.ts';

/**
 * Lets workers see that something is due to these endpoints, whose rows the caller
 * has locked. One that does not answer has its rest all the same.
 */
export async function dueAgain(
  tx: WriteTx,
  endpointIds: readonly string[],
  now: Instant,
): Promise<void> {
  for (const queue of await tx.webhooks.queues.findForUpdate(endpointIds)) {
    const dueAt = laterOf(now, queue.restingUntil ?? now);
    if (queue.dueAt !== null && queue.dueAt <= dueAt) continue;
    await tx.webhooks.queues.save({ ...queue, dueAt }, queue);
  }
}

/** The same, and at once: a member asks for it, who may know that it answers again. */
export async function dueAtOnce(tx: WriteTx, endpointId: string, now: Instant): Promise<void> {
  for (const queue of await tx.webhooks.queues.findForUpdate([endpointId])) {
    const dueAt = queue.dueAt !== null && queue.dueAt < now ? queue.dueAt : now;
    await tx.webhooks.queues.save({ ...queue, dueAt, restingUntil: null }, queue);
  }
}

export function laterOf(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}
