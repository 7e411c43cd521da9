import type { JsonSchema } from '../json-schema.ts';

/** What a field of this name may look like, where its schema gives no example. */
const BY_FIELD: Readonly<Record<string, unknown>> = {
  name: 'Summer Fest',
  slug: 'summer-fest',
  venue: 'City Park',
  category: 'music',
  tags: 'open-air',
  userId: 'u_42',
  email: 'ada@example.com',
  holderEmail: 'ada@example.com',
  buyerEmail: 'ada@example.com',
  provider: 'manual',
  method: 'card',
  code: 'EARLY',
  codes: 'EARLY',
  quantity: 2,
  gate: 'North',
  reason: 'The organizer asked for it.',
  timezone: 'Europe/Berlin',
  currency: 'EUR',
  operation: 'events.create',
  allowed: 'members of the organizer',
  kind: 'event',
  idempotencyKey: '0f8fad5b-d9cb-469f-a165-70867728950e',
};

/** One value that a schema accepts, the same on every run. */
export function exampleOf(
  schema: JsonSchema,
  resolve: (ref: string) => JsonSchema,
  field = '',
): unknown {
  const inner = (part: JsonSchema, name = field) => exampleOf(part, resolve, name);
  const { $ref, ...siblings } = schema;
  if ($ref !== undefined) return inner({ ...resolve($ref), ...siblings });

  if (schema.examples?.[0] !== undefined) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    return choices.some(({ type }) => type === 'null') ? null : inner(choices[0] ?? {});
  }
  if (schema.allOf !== undefined) {
    return Object.assign({}, ...schema.allOf.map((part) => inner(part)));
  }
  switch (schema.type) {
    case 'object':
      return objectExample(schema, inner);
    case 'array':
      return [inner(schema.items ?? {})];
    case 'integer':
    case 'number':
      return BY_FIELD[field] ?? Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    case 'string':
      return BY_FIELD[field] ?? 'text'.padEnd(schema.minLength ?? 0, '.');
    default:
      return null;
  }
}

function objectExample(
  { properties = {} }: JsonSchema,
  inner: (part: JsonSchema, name: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, inner(property, name)]),
  );
}
