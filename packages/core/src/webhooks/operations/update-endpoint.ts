import * as z from 'zod';
import { given, notFound, write } from '../../kernel/index.ts';
import { membersOfEndpoint } from '../access.ts';
import { urlProblem } from '../address.ts';
import { closeEndpoint } from '../disable.ts';
import { EndpointId, type EndpointRecord, endpointResource, WebhookEndpoint } from '../endpoint.ts';
import { endpointFields } from '../endpoint-input.ts';
import { webhookUrlNotAllowed } from '../refusals.ts';

export const updateEndpoint = write({
  name: 'webhooks.update',
  summary:
    'Changes what is given of a webhook endpoint. Disabled, it gets nothing, and what waited for it is given up; enabled again, it gets what happens from then on.',
  input: z.strictObject({
    endpointId: EndpointId,
    url: endpointFields.url.optional(),
    types: endpointFields.types.optional(),
    ordered: endpointFields.ordered.optional(),
    description: endpointFields.description.optional(),
    state: z.enum(['enabled', 'disabled']).optional(),
  }),
  output: WebhookEndpoint,
  refusals: [webhookUrlNotAllowed],
  allow: membersOfEndpoint(),
  run: async (context, { endpointId, state, ...patch }) => {
    const { tx, emit, settings } = context;
    const { url } = patch;
    const why = url === undefined ? undefined : await urlProblem(url, settings.webhooks);
    if (url !== undefined && why !== undefined) return webhookUrlNotAllowed({ url, why });
    const [was] = await tx.webhooks.endpoints.findForUpdate([endpointId]);
    if (was === undefined || was.state === 'removed') {
      return notFound({ kind: 'webhook endpoint', id: endpointId });
    }
    const next = switched({ ...was, ...given(patch) }, state);
    if (next.state === 'disabled' && was.state === 'enabled') {
      await closeEndpoint(context, next, was);
      return endpointResource({ ...next, revision: was.revision + 1 });
    }
    await tx.webhooks.endpoints.save(next, was);
    if (next.state !== was.state || next.url !== was.url) {
      // Its five days begin anew, and what it did before says nothing of it any more.
      const [queue] = await tx.webhooks.queues.findForUpdate([endpointId]);
      if (queue !== undefined) {
        const dueAt = (await tx.webhooks.deliveries.nextDue(endpointId)) ?? null;
        const rested = { ...queue, dueAt, failingSince: null, restingUntil: null };
        await tx.webhooks.queues.save(rested, queue);
      }
    }
    const updated = endpointResource({ ...next, revision: was.revision + 1 });
    emit({
      type: 'webhook_endpoint.updated',
      organizerId: was.organizerId,
      eventId: null,
      subject: endpointId,
      data: updated,
    });
    return updated;
  },
});

function switched(
  endpoint: EndpointRecord,
  state: 'enabled' | 'disabled' | undefined,
): EndpointRecord {
  if (state === undefined || state === endpoint.state) return endpoint;
  return { ...endpoint, state, disabledReason: state === 'disabled' ? 'by_member' : null };
}
