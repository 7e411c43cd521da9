import { operations } from '@ticketi/core';
import { routeEntries } from '../route-entries.ts';
import type { Route } from '../routes.ts';
import { createComponents } from './components.ts';
import { describeOperation } from './operation.ts';
import { tags } from './tags.ts';
import type { OpenApiDocument, PathItem } from './types.ts';
import { describeWebhooks, webhookHeaders } from './webhooks.ts';

const DESCRIPTION = `Sell, move, resell and scan tickets.

Every answer is JSON. An instant is a UTC string, money an integer in minor units beside its
ISO 4217 currency, an id a prefixed text that sorts by time. Lists come in pages: give
\`nextCursor\` back as \`cursor\`. Every error has the same form: a sentence in \`error\`, a stable
\`code\` to branch on, \`details\`, and the \`requestId\` that logs know.

A write with an \`Idempotency-Key\` happens once, however often it is sent.`;

/** The OpenAPI 3.1 document of all routes, made from the operations' own schemas. */
export function openApiDocument({
  basePath = '/api/v1',
}: {
  basePath?: string;
} = {}): OpenApiDocument {
  const components = createComponents();
  const examples = {};
  // Answers name the components first; what is sent and differs gets a name of its own.
  for (const [operation] of routeEntries()) components.schema(operation.output, 'output');

  const paths: Record<string, PathItem> = {};
  for (const [operation, route] of routeEntries()) {
    const item = paths[route.path] ?? {};
    item[verbOf(route)] = describeOperation({ components, examples }, operation, route);
    paths[route.path] = item;
  }
  const used = new Set(routeEntries().map(([{ name }]) => name.split('.')[0]));
  return {
    openapi: '3.1.1',
    info: {
      title: 'Ticketi',
      version: '1',
      summary: 'Headless ticketing.',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: basePath === '' ? '/' : basePath, description: 'Where this document lies.' }],
    tags: Object.keys(operations)
      .filter((group) => used.has(group))
      .map((name) => ({ name, description: description(name) })),
    paths,
    webhooks: describeWebhooks(components),
    components: {
      schemas: components.schemas,
      examples,
      parameters: {
        ...webhookHeaders,
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description:
            'Makes the write happen once: a repeat with the same key and input gets the first answer. 1 to 255 characters, at least 20 without signing in.',
          schema: { type: 'string', minLength: 1, maxLength: 255 },
          example: '0f8fad5b-d9cb-469f-a165-70867728950e',
        },
      },
      headers: {
        RequestId: {
          description: 'Names this request in logs: the one that was sent, or a new one.',
          schema: { type: 'string' },
        },
      },
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description:
            'The token of a user as the host gives it, or the `accessToken` of a hold that was made without signing in.',
        },
      },
    },
  };
}

function description(group: string): string {
  return Object.entries(tags).find(([name]) => name === group)?.[1] ?? '';
}

const VERBS = {
  GET: 'get',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete',
} as const satisfies Record<Route['method'], keyof PathItem>;

function verbOf({ method }: Route) {
  return VERBS[method];
}
