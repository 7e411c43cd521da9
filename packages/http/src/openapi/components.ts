import type { z } from 'zod';
import { type JsonSchema, jsonSchemaOf } from '../json-schema.ts';
import { exampleOf } from './example.ts';

/** The named schemas of the document, filled as operations are described. */
export interface Components {
  /** The schema with every part that has a name of its own as a `$ref`. */
  schema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
  /** Adds a schema of ours under a name and returns the reference to it. */
  add(name: string, schema: JsonSchema): JsonSchema;
  /** What a reference stands for. */
  resolve(ref: string): JsonSchema;
  example(schema: JsonSchema, field?: string): unknown;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

const PREFIX = '#/components/schemas/';

export function createComponents(): Components {
  const schemas: Record<string, JsonSchema> = {};
  const sources = new Map<string, string>();
  const resolve = (ref: string) => schemas[ref.slice(PREFIX.length)] ?? {};

  function add(name: string, schema: JsonSchema): JsonSchema {
    schemas[name] = schema;
    return { $ref: `${PREFIX}${name}` };
  }

  /** A name per definition: its own, or `...Input` where what is sent differs from what comes back. */
  function namesFor(defs: Readonly<Record<string, JsonSchema>>): Map<string, string> {
    const texts = new Map(Object.entries(defs).map(([id, def]) => [id, JSON.stringify(def)]));
    const differing = new Set<string>();
    for (const [id, text] of texts) {
      const known = sources.get(id);
      if (known !== undefined && known !== text) differing.add(id);
    }
    for (let before = -1; before !== differing.size; ) {
      before = differing.size;
      for (const [id, text] of texts) {
        if ([...differing].some((other) => text.includes(`"#/$defs/${other}"`))) differing.add(id);
      }
    }
    for (const [id, text] of texts) sources.set(differing.has(id) ? `${id}Input` : id, text);
    return new Map([...texts.keys()].map((id) => [id, differing.has(id) ? `${id}Input` : id]));
  }

  return {
    schemas,
    add,
    resolve,
    example: (schema, field) => exampleOf(schema, resolve, field),
    schema(source, io) {
      const { $schema: _dialect, $defs = {}, ...root } = jsonSchemaOf(source, io);
      const defs = root.id === undefined ? $defs : { ...$defs, [root.id]: root };
      const names = namesFor(defs);
      for (const [id, name] of names) add(name, tidy(defs[id] ?? {}, names, io));
      return root.id === undefined
        ? tidy(root, names, io)
        : { $ref: `${PREFIX}${names.get(root.id)}` };
    },
  };
}

/** References to components; no ids; answers stay open for fields that are added later. */
function tidy(
  schema: JsonSchema,
  names: ReadonlyMap<string, string>,
  io: 'input' | 'output',
): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string') {
      return `${PREFIX}${names.get(value.replace('#/$defs/', ''))}`;
    }
    if (key === 'additionalProperties' && io === 'output' && value === false) return undefined;
    return value;
  });
  const copy: JsonSchema = JSON.parse(text);
  // Of a schema with a name; a property that is called `id` is not meant.
  delete copy.id;
  return copy;
}
