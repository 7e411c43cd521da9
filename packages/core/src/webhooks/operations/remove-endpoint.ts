import * as z from 'zod';
import { notFound, write } from '../../kernel/index.ts';
import { membersOfEndpoint } from '../access.ts';
import { closeEndpoint } from '../disable.ts';
import { EndpointId, type EndpointRecord, endpointResource, WebhookEndpoint } from '../endpoint.ts';

export const removeEndpoint = write({
  name: 'webhooks.remove',
  summary: 'Takes a webhook endpoint away, for good. What waited for it is given up.',
  input: z.strictObject({ endpointId: EndpointId }),
  output: WebhookEndpoint,
  allow: membersOfEndpoint(),
  run: async (context, { endpointId }) => {
    const [was] = await context.tx.webhooks.endpoints.findForUpdate([endpointId]);
    if (was === undefined || was.state === 'removed') {
      return notFound({ kind: 'webhook endpoint', id: endpointId });
    }
    const next: EndpointRecord = { ...was, state: 'removed', disabledReason: null };
    await closeEndpoint(context, next, was);
    return endpointResource({ ...next, revision: was.revision + 1 });
  },
});
