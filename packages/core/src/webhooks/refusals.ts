import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

export const webhookUrlNotAllowed = refusal('webhook_url_not_allowed', {
  kind: 'invalid',
  meaning: 'Webhooks do not go to this address.',
  details: z.object({
    url: z.string(),
    why: z.enum([
      'not_a_url',
      'not_https',
      'credentials',
      'port_not_allowed',
      'address_not_allowed',
    ]),
  }),
  hint: 'Give an https address of a public host. An installation may allow others: `webhooks` of createTicketi.',
  message: ({ url, why }) => `Webhooks cannot go to ${url}: ${why.replaceAll('_', ' ')}.`,
});

export const tooManyEndpoints = refusal('too_many_endpoints', {
  kind: 'conflict',
  meaning: 'The organizer has as many webhook endpoints as there may be.',
  details: z.object({ organizerId: z.string(), most: z.int() }),
  hint: 'Remove one that is not needed any more: webhooks.remove.',
  message: ({ most }) => `The organizer has ${most} webhook endpoints already, as many as may be.`,
});

export const endpointDisabled = refusal('endpoint_disabled', {
  kind: 'conflict',
  meaning: 'The webhook endpoint is disabled.',
  details: z.object({ endpointId: z.string(), reason: z.string() }),
  hint: 'Enable it first: webhooks.update with state enabled.',
  message: ({ endpointId, reason }) =>
    `The endpoint ${endpointId} is disabled (${reason.replaceAll('_', ' ')}).`,
});
