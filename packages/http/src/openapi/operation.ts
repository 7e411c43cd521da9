import type { AnyOperation } from '@ticketi/core';
import { takesBody } from '../input.ts';
import type { JsonSchema } from '../json-schema.ts';
import { pathParameters, type Route } from '../routes.ts';
import type { Components } from './components.ts';
import { errorExample, errorSchema, errorsOf } from './errors.ts';
import type { ApiOperation, Example, MediaType, Parameter, Reference, Response } from './types.ts';

export interface Describe {
  readonly components: Components;
  readonly examples: Record<string, Example>;
}

/** One operation as OpenAPI tells it. */
export function describeOperation(
  { components, examples }: Describe,
  operation: AnyOperation,
  route: Route,
): ApiOperation {
  const input = components.schema(operation.input, 'input');
  return {
    operationId: operation.name,
    summary: operation.summary,
    description: `For ${operation.allow.who}.`,
    tags: [operation.name.split('.')[0] ?? ''],
    security: operation.allow.who === 'everyone' ? [{}, { bearer: [] }] : [{ bearer: [] }],
    parameters: [
      ...parameters(components, input, route),
      ...(operation.kind === 'read' || route.raw ? [] : [IDEMPOTENCY_KEY]),
    ],
    ...(route.raw ? RAW_BODY : takesBody(route) ? requestBody(components, input, route) : {}),
    responses: {
      [route.status]: success(components, operation, route),
      ...(route.etag === undefined ? {} : { 304: UNCHANGED }),
      ...failures(components, examples, operation, route),
    },
  };
}

/** What a payment provider sends is the provider's own; its documents describe it. */
const RAW_BODY = {
  requestBody: {
    required: true,
    content: { '*/*': { schema: { type: 'string' as const }, example: '{"id":"evt_1"}' } },
  },
};

const IDEMPOTENCY_KEY: Reference = { $ref: '#/components/parameters/IdempotencyKey' };
const UNCHANGED: Response = {
  description: 'You have it already: its ETag is the one in `If-None-Match`.',
  headers: { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } },
};
const HEADERS = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };

function parameters(components: Components, input: JsonSchema, route: Route): Parameter[] {
  const inPath = pathParameters(route.path);
  const given = Object.entries(input.properties ?? {});
  const named = given.filter(([name]) => inPath.includes(name) || !takesBody(route));
  // Where some exclude each other, the example of the whole says which of them go together.
  const whole = takesBody(route) ? undefined : input.examples?.[0];
  const shown = (name: string) =>
    typeof whole !== 'object' || whole === null || Object.hasOwn(whole, name);
  return named.map(([name, schema]) => {
    const { description } = schema;
    const isPath = inPath.includes(name);
    return {
      name,
      in: isPath ? 'path' : 'query',
      required: isPath || (input.required ?? []).includes(name),
      ...(description === undefined ? {} : { description }),
      schema,
      ...(shown(name) ? { example: components.example(schema, name) } : {}),
    };
  });
}

function requestBody(components: Components, input: JsonSchema, route: Route) {
  const inPath = new Set(pathParameters(route.path));
  const properties = Object.fromEntries(
    Object.entries(input.properties ?? {}).filter(([name]) => !inPath.has(name)),
  );
  if (Object.keys(properties).length === 0) return {};
  const required = (input.required ?? []).filter((name) => !inPath.has(name));
  const { required: _all, ...rest } = input;
  const schema = { ...rest, properties, ...(required.length === 0 ? {} : { required }) };
  const example = components.example(schema);
  return {
    requestBody: { required: required.length > 0, content: jsonContent({ schema, example }) },
  };
}

function success(components: Components, operation: AnyOperation, route: Route): Response {
  const schema = components.schema(operation.output, 'output');
  return {
    description: route.status === 201 ? 'Made.' : 'Done.',
    headers: {
      ...HEADERS,
      ...(route.location === undefined
        ? {}
        : { Location: { description: 'Where it is found.', schema: { type: 'string' } } }),
      ...(route.etag === undefined
        ? {}
        : { ETag: { description: 'Give it as `If-None-Match`.', schema: { type: 'string' } } }),
    },
    content: {
      ...Object.fromEntries((route.file ?? []).map((type) => [type, { schema: FILE }])),
      ...jsonContent({ schema, example: components.example(schema) }),
    },
  };
}

/** OpenAPI 3.1 says of bytes that they are nothing but their media type. */
const FILE: JsonSchema = {};

function failures(
  components: Components,
  examples: Record<string, Example>,
  operation: AnyOperation,
  route: Route,
): Record<string, Response> {
  const byStatus = Map.groupBy(errorsOf(operation, route), ({ status }) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, cases]) => {
      const schemas = cases.map((error) => errorSchema(components, error));
      for (const error of cases) {
        examples[error.code] ??= { summary: error.meaning, value: errorExample(components, error) };
      }
      const response: Response = {
        description: cases.map(({ code, meaning }) => `\`${code}\`: ${meaning}`).join('\n\n'),
        headers: status === 503 ? { ...HEADERS, ...RETRY_AFTER } : HEADERS,
        content: jsonContent({
          schema: schemas.length === 1 ? (schemas[0] ?? {}) : { oneOf: schemas },
          examples: Object.fromEntries(
            cases.map(({ code }) => [code, { $ref: `#/components/examples/${code}` }]),
          ),
        }),
      };
      return [String(status), response];
    }),
  );
}

const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
};

function jsonContent(media: MediaType): Record<string, MediaType> {
  return { 'application/json': media };
}
