import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { UsageError } from '../errors.ts';
import { type Io, readAll } from '../io.ts';
import { isObject } from '../settings.ts';
import type { Flag, FlagContext } from './flag.ts';

export type Given = ReadonlyMap<Flag, readonly string[]>;
export type Fields = Record<string, unknown>;

/** The whole input as `--input <file|->` gives it: JSON, or YAML, which JSON is part of. */
export async function readInputFile(path: string, io: Pick<Io, 'stdin' | 'cwd'>): Promise<Fields> {
  const text = path === '-' ? await readAll(io.stdin) : readFileSync(resolve(io.cwd, path), 'utf8');
  let content: unknown;
  try {
    content = parseYaml(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new UsageError(`The input is neither JSON nor YAML: ${why}`, { cause });
  }
  if (content === null) return {};
  if (isObject(content)) return content;
  throw new UsageError('The input should be an object with the fields of the operation.');
}

/**
 * The input of an operation: the fields of `base`, over them what the flags say. Amounts come
 * last, since their currency may depend on the rest: `contextOf` gets the input so far.
 */
export async function assemble(
  base: Fields,
  given: Given,
  contextOf: (fields: Fields) => FlagContext,
): Promise<Fields> {
  const fields = structuredClone(base);
  const seen = new Map<string, string>();
  for (const [flag] of given) {
    const place = flag.path.join('.');
    const other = seen.get(place);
    if (other !== undefined) throw new UsageError(`Give --${other} or --${flag.long}, not both.`);
    seen.set(place, flag.long);
  }
  const ordered = [...given].sort(
    ([a], [b]) => Number(a.money === true) - Number(b.money === true),
  );
  for (const [flag, texts] of ordered) {
    const context = contextOf(fields);
    const values = await Promise.all(texts.map(async (text) => flag.read(text, context)));
    if (values.length > 1 && values.includes(null)) {
      throw new UsageError(`--${flag.long} is none, or something, not both.`);
    }
    if (values[0] === null && flag.none !== undefined) {
      put(fields, flag.none.path, flag.none.value);
    } else if (flag.repeatable) {
      const list = flag.flat ? values.flat() : values;
      put(fields, flag.path, values[0] === null ? null : list);
    } else put(fields, flag.path, values.at(-1));
  }
  return fields;
}

function put(fields: Fields, [first, ...rest]: Flag['path'], value: unknown): void {
  const [second] = rest;
  if (second === undefined) {
    fields[first] = value;
    return;
  }
  const inner = fields[first];
  fields[first] = { ...(isObject(inner) ? inner : {}), [second]: value };
}

/** The required flags whose fields the input does not have yet. */
export function missingFlags(flags: readonly Flag[], fields: Fields): Flag[] {
  return flags.filter(({ required, path: [first, second] }) => {
    if (!required) return false;
    const value = fields[first];
    if (second === undefined) return value === undefined;
    return !isObject(value) || value[second] === undefined;
  });
}

/** What is missing, as the beginning of a sentence: `--event and --name are`. */
export function missingText(missing: readonly Flag[]): string {
  const byPlace = Map.groupBy(missing, ({ path }) => path.join('.'));
  const names = [...byPlace.values()].map((flags) =>
    flags.map(({ long }) => `--${long}`).join(' or '),
  );
  const last = names.at(-1) ?? '';
  return names.length < 2 ? `${last} is` : `${names.slice(0, -1).join(', ')} and ${last} are`;
}
