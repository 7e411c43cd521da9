import * as z from 'zod';
import { workflow } from '../../kernel/index.ts';
import { membersOfEndpoint } from '../access.ts';
import { DeliveryError } from '../delivery.ts';
import { EndpointId } from '../endpoint.ts';
import { prepareTest } from './prepare-test.ts';

export const sendTest = workflow({
  name: 'webhooks.sendTest',
  summary:
    'Sends a `webhook.test` to an endpoint at once, once, and tells how that went. Disabled ones can be tried too.',
  input: z.strictObject({ endpointId: EndpointId }),
  output: z
    .object({
      delivered: z.boolean(),
      status: z.int().nullable(),
      error: DeliveryError.nullable(),
      response: z.string().nullable(),
    })
    .meta({ id: 'WebhookTestResult' }),
  allow: membersOfEndpoint(),
  run: async (context, input) => {
    const request = await context.callAsSystem(prepareTest, input);
    const { status, error, response } = await context.sender.send(request);
    return { delivered: error === null, status, error, response };
  },
});
