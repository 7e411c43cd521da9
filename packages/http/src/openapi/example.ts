import type { JsonSchema } from '../json-schema.ts';
import { FIELD_EXAMPLES } from './field-examples.ts';

/** One value that a schema accepts, the same on every run. */
export function exampleOf(
  schema: JsonSchema,
  resolve: (ref: string) => JsonSchema,
  field = '',
): unknown {
  const inner = (part: JsonSchema, name = field) => exampleOf(part, resolve, name);
  const { $ref, ...siblings } = schema;
  if ($ref !== undefined) return inner({ ...resolve($ref), ...siblings });

  // Every amount has an example; one that is nothing by default shows that.
  if (schema.type === 'integer' && schema.default !== undefined) return schema.default;
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
      return named(field, 'number') ?? Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    case 'string':
      return named(field, 'string') ?? 'text'.padEnd(schema.minLength ?? 0, '.');
    default:
      return null;
  }
}

/** What a field of this name looks like, if that is of the type: `allowed` may be a number. */
function named(field: string, type: 'number' | 'string'): unknown {
  const example = FIELD_EXAMPLES[field];
  return typeof example === type ? example : undefined;
}

function objectExample(
  { properties = {} }: JsonSchema,
  inner: (part: JsonSchema, name: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, inner(property, name)]),
  );
}
