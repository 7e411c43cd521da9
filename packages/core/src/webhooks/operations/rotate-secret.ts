import * as z from 'zod';
import { notFound, plusSeconds, write } from '../../kernel/index.ts';
import { membersOfEndpoint } from '../access.ts';
import { EndpointId, type EndpointRecord, endpointResource } from '../endpoint.ts';
import { newSecret } from '../secrets.ts';
import { EndpointWithSecret } from './create-endpoint.ts';

export const rotateSecret = write({
  name: 'webhooks.rotateSecret',
  summary:
    'Gives an endpoint a new secret. For a time both sign, so that the receiver can change over without losing anything.',
  input: z.strictObject({
    endpointId: EndpointId,
    overlapHours: z
      .int()
      .min(0)
      .max(720)
      .default(24)
      .meta({ description: 'How long the old secret signs as well; 0: not at all.' }),
  }),
  output: EndpointWithSecret,
  allow: membersOfEndpoint(),
  run: async ({ tx, now, emit, secrets }, { endpointId, overlapHours }) => {
    const [was] = await tx.webhooks.endpoints.findForUpdate([endpointId]);
    if (was === undefined || was.state === 'removed') {
      return notFound({ kind: 'webhook endpoint', id: endpointId });
    }
    const { text, sealed } = newSecret(secrets);
    const overlaps = overlapHours > 0;
    const next: EndpointRecord = {
      ...was,
      secret: sealed,
      previousSecret: overlaps ? was.secret : null,
      previousUntil: overlaps ? plusSeconds(now, overlapHours * 3600) : null,
    };
    await tx.webhooks.endpoints.save(next, was);
    const rotated = endpointResource({ ...next, revision: was.revision + 1 });
    emit({
      type: 'webhook_endpoint.updated',
      organizerId: was.organizerId,
      eventId: null,
      subject: endpointId,
      data: rotated,
    });
    return { ...rotated, secret: text };
  },
});
