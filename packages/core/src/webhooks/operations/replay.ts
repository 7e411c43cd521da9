import * as z from 'zod';
import { InstantInput, idOf, workflow } from '../../kernel/index.ts';
import { membersOfEndpoint } from '../access.ts';
import { EndpointId } from '../endpoint.ts';
import { endpointDisabled } from '../refusals.ts';
import { enqueueAgain } from './enqueue-again.ts';

export const replayWebhooks = workflow({
  name: 'webhooks.replay',
  summary:
    'Sends an endpoint again what happened from an instant or an outbox entry on, as far as the outbox still has it.',
  input: z.strictObject({
    endpointId: EndpointId,
    from: z.union([idOf('obx'), InstantInput]).meta({
      description: 'An instant, or the id of an outbox entry, which is sent too.',
      examples: ['2027-07-10T00:00:00Z'],
    }),
  }),
  output: z
    .object({ enqueued: z.int().meta({ description: 'Deliveries that are due again.' }) })
    .meta({ id: 'Replay' }),
  refusals: [endpointDisabled],
  allow: membersOfEndpoint(),
  run: async (context, { endpointId, from }) => {
    // The first step stands in the audit, and under the caller's key; the others follow from it.
    let { enqueued, next } = await context.call(enqueueAgain, { endpointId, from });
    while (next !== null) {
      const step = await context.callAsSystem(enqueueAgain, { endpointId, from: next });
      enqueued += step.enqueued;
      next = step.next;
    }
    return { enqueued };
  },
});
