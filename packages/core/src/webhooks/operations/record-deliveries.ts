import * as z from 'zod';
import { Instant, systemOnly, write } from '../../kernel/index.ts';
import { DeliveryError, DeliveryId } from '../delivery.ts';
import { closeEndpoint } from '../disable.ts';
import { laterOf } from '../due.ts';
import { EndpointId } from '../endpoint.ts';
import { Done } from '../pieces.ts';
import { afterAttempt, healthAfter } from '../retry.ts';

export const recordDeliveries = write({
  name: 'webhooks.record',
  summary: 'Takes in how attempts at an endpoint ended, and lets other workers have it again.',
  input: z.strictObject({
    endpointId: EndpointId,
    leasedUntil: Instant,
    attempts: z.array(
      z.strictObject({
        deliveryId: DeliveryId,
        status: z.int().nullable(),
        error: DeliveryError.nullable(),
        response: z.string().nullable(),
        retryAfterSeconds: z.int().nullable(),
        milliseconds: z.int(),
      }),
    ),
  }),
  output: Done,
  allow: systemOnly,
  run: async (context, { endpointId, leasedUntil, attempts }) => {
    const { tx, now } = context;
    const [endpoint] = await tx.webhooks.endpoints.findForUpdate([endpointId]);
    const [queue] = await tx.webhooks.queues.findForUpdate([endpointId]);
    if (endpoint === undefined || queue === undefined) return { done: 0 };
    const found = await tx.webhooks.deliveries.findMany(attempts.map((one) => one.deliveryId));
    const rows = attempts.flatMap(({ deliveryId, ...answer }) => {
      const was = found.find(({ id }) => id === deliveryId);
      return was?.state === 'pending' ? [afterAttempt(was, answer, now)] : [];
    });
    const done = await tx.webhooks.deliveries.settle(rows);
    const health = healthAfter(queue, attempts, now);
    const { failingSince, restingUntil } = health;
    const nextDue = await tx.webhooks.deliveries.nextDue(endpointId);
    // Whoever had a turn comes after all who wait for one, whatever is left of their own.
    const dueAt = nextDue === undefined ? null : laterOf(nextDue, restingUntil ?? now);
    await tx.webhooks.queues.save(
      {
        ...queue,
        dueAt: endpoint.state === 'enabled' ? dueAt : null,
        failingSince,
        restingUntil,
        // Not the lease of somebody who came after it had run out.
        leasedUntil: queue.leasedUntil === leasedUntil ? null : queue.leasedUntil,
      },
      queue,
    );
    if (health.disable !== undefined && endpoint.state === 'enabled') {
      await closeEndpoint(
        context,
        { ...endpoint, state: 'disabled', disabledReason: health.disable },
        endpoint,
      );
    }
    return { done };
  },
});
