import * as z from 'zod';
import { notFound, read } from '../../kernel/index.ts';
import { membersOfEndpoint } from '../access.ts';
import { EndpointId, endpointResource, WebhookEndpoint } from '../endpoint.ts';

export const getEndpoint = read({
  name: 'webhooks.get',
  summary: 'One webhook endpoint, without its secret.',
  input: z.strictObject({ endpointId: EndpointId }),
  output: WebhookEndpoint,
  allow: membersOfEndpoint(),
  run: async ({ tx }, { endpointId }) => {
    const endpoint = await tx.webhooks.endpoints.find(endpointId);
    if (endpoint === undefined || endpoint.state === 'removed') {
      return notFound({ kind: 'webhook endpoint', id: endpointId });
    }
    return endpointResource(endpoint);
  },
});
