import type { Instant } from '../kernel/index.ts';
import type { WriteTx } from '../port.ts';

/** Lets workers see that something is due to these endpoints, whose rows the caller has locked. */
export async function dueAgain(
  tx: WriteTx,
  endpointIds: readonly string[],
  now: Instant,
): Promise<void> {
  for (const queue of await tx.webhooks.queues.findForUpdate(endpointIds)) {
    if (queue.dueAt !== null && queue.dueAt <= now) continue;
    await tx.webhooks.queues.save({ ...queue, dueAt: now }, queue);
  }
}
