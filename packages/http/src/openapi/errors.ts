import {
  type AnyOperation,
  type AnyRefusalType,
  type ErrorKind,
  refusalTypes,
} from '@ticketi/core';
import { z } from 'zod';
import { STATUS_OF } from '../failure.ts';
import { takesBody } from '../input.ts';
import type { JsonSchema } from '../json-schema.ts';
import { pathParameters, type Route } from '../routes.ts';
import type { Components } from './components.ts';

/** One code that an operation may refuse with. */
export interface ErrorCase {
  readonly status: number;
  readonly code: string;
  readonly meaning: string;
  readonly hint: string | undefined;
  readonly details: z.ZodType;
  readonly message: (details: never) => string;
  /** Whether it names the fields that were wrong. */
  readonly issues: boolean;
}

const none = z.object({});
const ours = (
  status: number,
  code: string,
  meaning: string,
  details: z.ZodType = none,
  issues = false,
): ErrorCase => ({
  status,
  code,
  meaning,
  hint: undefined,
  details,
  message: () => meaning,
  issues,
});

const invalidInput = ours(400, 'invalid_input', 'Fields are wrong or missing.', none, true);
const internal = ours(500, 'internal', 'Something went wrong on our side.');
const forBodies = [
  ours(400, 'malformed_json', 'The body is not JSON in UTF-8.'),
  ours(413, 'body_too_large', 'The body is too large.', z.object({ limit: z.int() })),
  ours(415, 'unsupported_media_type', 'The body must be JSON.'),
];
const forTexts = [
  ours(400, 'malformed_text', 'The body is not text in UTF-8.'),
  ours(413, 'body_too_large', 'The body is too large.', z.object({ limit: z.int() })),
];

/** Everything that an operation may be answered with instead, by status and code. */
export function errorsOf(operation: AnyOperation, route: Route): ErrorCase[] {
  const known = refusalTypes;
  const cases = [invalidInput, internal, ...operation.refusals.map(refused)];
  if (takesBody(route)) cases.push(...(route.raw ? forTexts : forBodies));
  if (operation.allow.who !== 'everyone') {
    cases.push(refused(known.unauthenticated), refused(known.not_allowed));
  }
  if (pathParameters(route.path).length > 0 || route.status === 201) {
    cases.push(refused(known.not_found));
  }
  if ('cursor' in operation.input.shape) cases.push(refused(known.invalid_cursor));
  if (operation.kind !== 'read' && !route.raw) {
    cases.push(refused(known.idempotency_key_reused), refused(known.idempotency_in_progress));
  }
  if ('lane' in operation && operation.lane !== undefined) cases.push(refused(known.busy));
  return [...new Map(cases.map((each) => [each.code, each])).values()].sort(
    (a, b) => a.status - b.status,
  );
}

function refused(type: AnyRefusalType): ErrorCase {
  const { code, meaning, hint, details } = type;
  const kind: ErrorKind = type.kind;
  return {
    status: STATUS_OF[kind],
    code,
    meaning,
    hint,
    details,
    message: (given: never) => type(given).message,
    issues: false,
  };
}

/** The schema of one code's body, as a component. */
export function errorSchema(components: Components, { code, ...error }: ErrorCase): JsonSchema {
  const name = `${code.replaceAll(/(?:^|_)(\w)/g, (_all, letter: string) => letter.toUpperCase())}Error`;
  const details = components.schema(error.details, 'output');
  return components.add(name, {
    type: 'object',
    description: error.meaning,
    required: ['error', 'code', 'details', 'requestId', ...(error.issues ? ['issues'] : [])],
    properties: {
      error: { type: 'string', description: 'A sentence for people.' },
      code: { type: 'string', const: code },
      details,
      ...(error.issues ? { issues: ISSUES } : {}),
      ...(error.hint === undefined ? {} : { hint: { type: 'string' } }),
      requestId: { type: 'string', description: 'Also in the header `X-Request-Id`.' },
    },
  });
}

const ISSUES: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['path', 'message'],
    properties: {
      path: { type: 'string', description: 'The field, as `items.0.quantity`.' },
      message: { type: 'string' },
    },
  },
};

const REQUEST_ID = 'b7c1f0de-5b52-4a5e-9d7e-0b1f7f2f6a11';

/** A body with this code, as callers see it. */
export function errorExample(components: Components, error: ErrorCase): object {
  const details = components.example(components.schema(error.details, 'output'));
  return {
    // The details were made from the very schema that the message is written for.
    error: error.message(details as never),
    code: error.code,
    details,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.issues ? { issues: [{ path: 'name', message: 'Expected a string.' }] } : {}),
    requestId: REQUEST_ID,
  };
}
