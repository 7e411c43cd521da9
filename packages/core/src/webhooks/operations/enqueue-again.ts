import * as z from 'zod';
import { firstIdAt, Instant, idOf, notFound, write } from '../../kernel/index.ts';
import { membersOfEndpoint } from '../access.ts';
import { dueAtOnce } from '../due.ts';
import { EndpointId, endpointResource } from '../endpoint.ts';
import { endpointDisabled } from '../refusals.ts';
import { deliveryOf, isOfType } from './enqueue.ts';

/** Entries that are looked at in one step. */
const PAGE = 500;

export const enqueueAgain = write({
  name: 'webhooks.enqueueAgain',
  summary: 'Makes what happened before due to an endpoint again: a step of webhooks.replay.',
  input: z.strictObject({
    endpointId: EndpointId,
    from: z.union([idOf('obx'), Instant, z.int().min(0)]),
  }),
  output: z.object({ enqueued: z.int(), next: z.int().nullable() }).meta({ id: 'EnqueuedAgain' }),
  refusals: [endpointDisabled],
  allow: membersOfEndpoint(),
  run: async ({ tx, ids, now, emit }, { endpointId, from }) => {
    const [webhooks] = await tx.outbox.cursors.findForUpdate(['webhooks']);
    const [endpoint] = await tx.webhooks.endpoints.findForUpdate([endpointId]);
    if (endpoint === undefined || endpoint.state === 'removed') {
      return notFound({ kind: 'webhook endpoint', id: endpointId });
    }
    if (endpoint.state === 'disabled') {
      return endpointDisabled({ endpointId, reason: endpoint.disabledReason ?? '' });
    }
    const after = typeof from === 'number' ? from : await placeBefore(from);
    const upTo = webhooks?.position ?? 0;
    // What comes after is on its way already.
    const entries = (await tx.outbox.after(after, PAGE)).filter(
      ({ sequence }) => sequence !== null && sequence <= upTo,
    );
    const rows = entries
      .filter((entry) => entry.organizerId === endpoint.organizerId && isOfType(endpoint, entry))
      .map((entry) => deliveryOf(ids.next('whd'), endpoint, entry, now));
    const enqueued = await tx.webhooks.deliveries.enqueueAgain(rows);
    if (enqueued > 0) await dueAtOnce(tx, endpointId, now);
    if (typeof from !== 'number') {
      emit({
        type: 'webhook_endpoint.replayed',
        organizerId: endpoint.organizerId,
        eventId: null,
        subject: endpointId,
        data: endpointResource(endpoint),
      });
    }
    return { enqueued, next: entries.length === PAGE ? (entries.at(-1)?.sequence ?? null) : null };

    /** The place before the first entry of this id or of this moment. */
    async function placeBefore(start: string): Promise<number> {
      if (start.startsWith('obx_')) {
        const entry = await tx.outbox.find(start);
        if (entry?.sequence !== undefined && entry.sequence !== null) return entry.sequence - 1;
      }
      const id = start.startsWith('obx_') ? start : firstIdAt('obx', start);
      const first = await tx.outbox.firstFrom(id);
      return first === undefined ? upTo : first - 1;
    }
  },
});
