import type { z } from 'zod';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';
import { invalidField } from './request-error.ts';

type Coerce = (text: string) => unknown;

interface Field {
  readonly list: boolean;
  readonly coerce: Coerce;
}

export type QueryReader = (query: URLSearchParams) => [string, unknown][];

/**
 * Reads a query string as the operation's own schema types it: numbers,
 * booleans, and lists by repetition. What does not fit a type is left as text,
 * so that the schema says what is wrong with it.
 */
export function queryReader(input: z.ZodObject): QueryReader {
  const schema = jsonSchemaOf(input, 'input');
  const fields = new Map(
    Object.entries(schema.properties ?? {}).map(([name, property]) => [
      name,
      fieldOf(property, schema.$defs ?? {}),
    ]),
  );
  return (query) =>
    [...new Set(query.keys())].map((name): [string, unknown] => {
      const field = fields.get(name);
      if (field === undefined) throw invalidField(name, 'There is no such parameter.');
      const values = query.getAll(name).map(field.coerce);
      if (field.list) return [name, values];
      if (values.length > 1) throw invalidField(name, 'It may be given once only.');
      return [name, values[0]];
    });
}

function fieldOf(property: JsonSchema, defs: Record<string, JsonSchema>): Field {
  const schema = plain(property, defs);
  return schema.type === 'array'
    ? { list: true, coerce: coercion(plain(schema.items ?? {}, defs)) }
    : { list: false, coerce: coercion(schema) };
}

/** Without references and without the null of a nullable. */
function plain(schema: JsonSchema, defs: Record<string, JsonSchema>): JsonSchema {
  if (schema.$ref !== undefined) {
    const target = defs[schema.$ref.replace('#/$defs/', '')];
    return target === undefined ? schema : plain(target, defs);
  }
  const choice = schema.anyOf?.find(({ type }) => type !== 'null');
  return choice === undefined ? schema : plain(choice, defs);
}

function coercion({ type }: JsonSchema): Coerce {
  switch (type) {
    case 'integer':
    case 'number':
      return (text) => (/^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : text);
    case 'boolean':
      return (text) => (text === 'true' ? true : text === 'false' ? false : text);
    default:
      return (text) => text;
  }
}
