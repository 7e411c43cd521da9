import * as z from 'zod';
import { notFound, type ReadContext, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { Delivery, DeliveryId, type DeliveryRecord, deliveryResource } from '../delivery.ts';
import { dueAtOnce } from '../due.ts';
import { endpointDisabled } from '../refusals.ts';

export const retryDelivery = write({
  name: 'webhooks.retry',
  summary:
    'Sends a fact to an endpoint again, as soon as a worker comes by, with all attempts anew.',
  input: z.strictObject({ deliveryId: DeliveryId }),
  output: Delivery,
  refusals: [endpointDisabled],
  allow: members(
    'manage_members',
    async ({ tx }: ReadContext, { deliveryId }: { deliveryId: string }) =>
      (await tx.webhooks.deliveries.find(deliveryId))?.organizerId,
  ),
  run: async ({ tx, now, emit }, { deliveryId }) => {
    const missing = notFound({ kind: 'webhook delivery', id: deliveryId });
    const found = await tx.webhooks.deliveries.find(deliveryId);
    if (found === undefined) return missing;
    const { endpointId } = found;
    const [endpoint] = await tx.webhooks.endpoints.findForUpdate([endpointId]);
    if (endpoint === undefined || endpoint.state !== 'enabled') {
      return endpointDisabled({ endpointId, reason: endpoint?.disabledReason ?? 'removed' });
    }
    await dueAtOnce(tx, endpointId, now);
    const [was] = await tx.webhooks.deliveries.findForUpdate([deliveryId]);
    if (was === undefined) throw new Error('A delivery went away under the lock of its endpoint.');
    const next: DeliveryRecord = { ...was, state: 'pending', attempts: 0, nextAttemptAt: now };
    await tx.webhooks.deliveries.save(next, was);
    const retried = deliveryResource(next);
    emit({
      type: 'webhook_delivery.retried',
      organizerId: was.organizerId,
      eventId: null,
      subject: deliveryId,
      data: retried,
    });
    return retried;
  },
});
