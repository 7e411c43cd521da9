import { EVENT_TYPES, type EventType, eventTypes } from '@ticketi/core';
import type { Components } from './components.ts';
import type { OpenApiDocument, Parameter, WebhookOperation } from './types.ts';

/** The headers of every webhook, as Standard Webhooks has them. */
export const webhookHeaders: Record<string, Parameter> = {
  WebhookId: header(
    'webhook-id',
    'The fact: the same at each attempt.',
    'obx_01k0000000e008000000000000',
  ),
  WebhookTimestamp: header(
    'webhook-timestamp',
    'When it was signed, as Unix seconds.',
    '1815393600',
  ),
  WebhookSignature: header(
    'webhook-signature',
    'Signatures with a space between them, each `v1,` and the base64 of an HMAC-SHA256 of `id.timestamp.body`.',
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  ),
};

function header(name: string, description: string, example: string): Parameter {
  return { name, in: 'header', required: true, description, schema: { type: 'string' }, example };
}

/** Every kind of fact that webhooks carry, from the catalogue. */
export function describeWebhooks(components: Components): OpenApiDocument['webhooks'] {
  return Object.fromEntries(
    EVENT_TYPES.map((type) => [type, { post: describe(components, type) }]),
  );
}

function describe(components: Components, type: EventType): WebhookOperation {
  const { means, version, data } = eventTypes[type];
  const schema = {
    type: 'object',
    required: ['id', 'type', 'version', 'timestamp', 'organizerId', 'eventId', 'data'],
    properties: {
      id: { type: 'string', description: 'The outbox entry, and the `webhook-id`.' },
      type: { type: 'string', const: type },
      version: { type: 'integer', const: version, description: 'Of the form of `data`.' },
      timestamp: { $ref: '#/components/schemas/Instant' },
      organizerId: { type: ['string', 'null'] },
      eventId: { type: ['string', 'null'] },
      data: components.schema(data, 'output'),
    },
  };
  return {
    operationId: `webhook.${type}`,
    summary: means,
    description: `${means} Sent at least once; the same fact has the same \`webhook-id\`.`,
    tags: ['webhooks'],
    security: [],
    parameters: Object.keys(webhookHeaders).map((name) => ({
      $ref: `#/components/parameters/${name}`,
    })),
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: {
      '2XX': { description: 'It was taken in.' },
      '410': { description: 'Nothing more is wanted here: the endpoint is disabled.' },
      '4XX': { description: 'It is tried again later, as is any other answer.' },
    },
  };
}
