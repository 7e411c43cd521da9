import type { WriteContext } from '../kernel/index.ts';
import { type EndpointRecord, endpointResource } from './endpoint.ts';

/**
 * Writes an endpoint that gets nothing any more, announces it and gives up what
 * waited for it: `webhooks.replay` brings that back. The caller holds its lock.
 */
export async function closeEndpoint(
  { tx, emit }: WriteContext,
  next: EndpointRecord,
  was: EndpointRecord,
): Promise<void> {
  await tx.webhooks.endpoints.save(next, was);
  const [queue] = await tx.webhooks.queues.findForUpdate([was.id]);
  if (queue !== undefined) await tx.webhooks.queues.save({ ...queue, dueAt: null }, queue);
  await tx.webhooks.deliveries.giveUp(was.id, 'endpoint_disabled');
  emit({
    type: next.state === 'removed' ? 'webhook_endpoint.removed' : 'webhook_endpoint.disabled',
    organizerId: was.organizerId,
    eventId: null,
    subject: was.id,
    data: endpointResource({ ...next, revision: was.revision + 1 }),
  });
}
