import * as z from 'zod';
import { Instant, plusSeconds, systemOnly, write } from '../../kernel/index.ts';
import { DeliveryId } from '../delivery.ts';
import { EndpointId } from '../endpoint.ts';
import { letterOf, queueOf } from '../letter.ts';
import { headersIfOpen } from '../secrets.ts';

/** How long a worker has an endpoint to itself: longer than it sends, and waits for the last answer. */
const LEASE_SECONDS = 60;
/** Endpoints in one call, at most. */
const ENDPOINTS = 32;

const Parcel = z.object({
  endpointId: EndpointId,
  url: z.string(),
  leasedUntil: Instant,
  letters: z.array(
    z.object({
      deliveryId: DeliveryId,
      queue: z.string().meta({ description: 'Those of one queue go one after another.' }),
      headers: z.record(z.string(), z.string()).nullable().meta({
        description:
          'null: it cannot be signed, as the secret that seals the endpoint’s is not there.',
      }),
      body: z.string(),
    }),
  ),
});

export const claimWebhooks = write({
  name: 'webhooks.claim',
  summary:
    'Takes endpoints to which something is due, for a while and for one worker alone, with what is to be sent: signed.',
  input: z.strictObject({ limit: z.int().min(1).max(10_000).default(500) }),
  output: z.object({ parcels: z.array(Parcel) }).meta({ id: 'ClaimedWebhooks' }),
  allow: systemOnly,
  run: async ({ tx, now, secrets }, { limit }) => {
    const queues = await tx.webhooks.queues.claimable(now, ENDPOINTS);
    const endpoints = await tx.webhooks.endpoints.findMany(queues.map(({ id }) => id));
    const leasedUntil = plusSeconds(now, LEASE_SECONDS);
    const each = Math.max(1, Math.floor(limit / Math.max(1, queues.length)));
    const parcels: z.output<typeof Parcel>[] = [];
    for (const queue of queues) {
      const endpoint = endpoints.find(({ id }) => id === queue.id);
      const due =
        endpoint?.state === 'enabled' ? await tx.webhooks.deliveries.due(queue.id, now, each) : [];
      const entries = await tx.outbox.findMany(due.map(({ outboxId }) => outboxId));
      const byId = new Map(entries.map((entry) => [entry.id, entry]));
      if (endpoint === undefined || due.length === 0) {
        // Somebody else sent them; what comes next says when it is due.
        const dueAt = (await tx.webhooks.deliveries.nextDue(queue.id)) ?? null;
        await tx.webhooks.queues.save({ ...queue, dueAt }, queue);
        continue;
      }
      await tx.webhooks.queues.save({ ...queue, leasedUntil }, queue);
      const letters = due
        .toSorted((a, b) => a.sequence - b.sequence)
        .flatMap((delivery) => {
          const entry = byId.get(delivery.outboxId);
          if (entry === undefined) return [];
          const body = JSON.stringify(letterOf(entry));
          const signed = headersIfOpen(secrets, endpoint, { id: entry.id, body }, now);
          const headers = signed === undefined ? null : { ...signed };
          const own = endpoint.ordered ? queueOf(entry) : delivery.id;
          return [{ deliveryId: delivery.id, queue: own, headers, body }];
        });
      parcels.push({ endpointId: endpoint.id, url: endpoint.url, leasedUntil, letters });
    }
    return { parcels };
  },
});
