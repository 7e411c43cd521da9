import type { OperationName } from '@ticketi/core';

/** The parts of JSON Schema that operations' inputs have. */
export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly pattern?: string;
  readonly maximum?: number;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** A schema that is no reference, and whether null is allowed too. */
export interface Plain {
  readonly schema: JsonSchema;
  readonly nullable: boolean;
}

/** The input schema of an operation, from the SDK. */
export async function inputSchemaOf(name: OperationName): Promise<JsonSchema> {
  const { operationsByName } = await import('@ticketi/core');
  const schema: JsonSchema = operationsByName.get(name)?.input.toJSONSchema({ io: 'input' });
  return schema;
}

/** Follows references and takes `null` out of a union. What was said of the outer schema stays. */
export function plainOf(schema: JsonSchema, root: JsonSchema): Plain {
  const name = schema.$ref?.replace('#/$defs/', '');
  const target = name === undefined ? undefined : root.$defs?.[name];
  if (target !== undefined) {
    const { $ref: _followed, ...own } = schema;
    const plain = plainOf(target, root);
    return { ...plain, schema: { ...plain.schema, ...own } };
  }
  const others = schema.anyOf?.filter(({ type }) => type !== 'null');
  const [only] = others ?? [];
  if (only !== undefined && others?.length === 1) {
    const { anyOf: _flattened, ...own } = schema;
    return { schema: { ...plainOf(only, root).schema, ...own }, nullable: true };
  }
  return { schema, nullable: false };
}
