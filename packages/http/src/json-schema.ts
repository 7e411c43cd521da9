import { z } from 'zod';

/** A JSON Schema, as far as this package reads one. */
export interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  $schema?: string;
  id?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  description?: string;
  format?: string;
  pattern?: string;
  minLength?: number;
  minimum?: number;
  minItems?: number;
  additionalProperties?: boolean | JsonSchema;
  [keyword: string]: unknown;
}

/** A zod schema as JSON Schema 2020-12: what callers send (`input`) or get (`output`). */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const made: JsonSchema = JSON.parse(
    JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' })),
  );
  return made;
}
