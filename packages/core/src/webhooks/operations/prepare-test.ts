import * as z from 'zod';
import { notFound, systemOnly, write } from '../../kernel/index.ts';
import { versionOf } from '../catalogue.ts';
import { EndpointId } from '../endpoint.ts';
import type { Letter } from '../letter.ts';
import { headersFor } from '../secrets.ts';

export const prepareTest = write({
  name: 'webhooks.prepareTest',
  summary: 'Signs a `webhook.test` for an endpoint: a step of webhooks.sendTest.',
  input: z.strictObject({ endpointId: EndpointId }),
  output: z
    .object({ url: z.string(), headers: z.record(z.string(), z.string()), body: z.string() })
    .meta({ id: 'PreparedTest' }),
  allow: systemOnly,
  run: async ({ tx, ids, now, secrets }, { endpointId }) => {
    const endpoint = await tx.webhooks.endpoints.find(endpointId);
    if (endpoint === undefined || endpoint.state === 'removed') {
      return notFound({ kind: 'webhook endpoint', id: endpointId });
    }
    const letter: Letter = {
      id: ids.next('obx'),
      type: 'webhook.test',
      version: versionOf('webhook.test'),
      timestamp: now,
      organizerId: endpoint.organizerId,
      eventId: null,
      data: { endpointId },
    };
    const body = JSON.stringify(letter);
    const headers = { ...headersFor(secrets, endpoint, { id: letter.id, body }, now) };
    return { url: endpoint.url, headers, body };
  },
});
