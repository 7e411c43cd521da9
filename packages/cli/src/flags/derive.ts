import { type Flag, longOf } from './flag.ts';
import { type JsonSchema, plainOf } from './schema.ts';
import { isMoney, percentFields, specialFields, specialParts, unnamedObjects } from './special.ts';
import { readChoice, readInteger, readJson, readMoney, readPercent } from './values.ts';

/** The flags of an operation, from the schema of its input. */
export function flagsOf(input: JsonSchema): Flag[] {
  return fieldsOf(input).flatMap(([field, schema, required]) => {
    const { schema: plain } = plainOf(schema, input);
    const special = specialFields[field];
    // What is text has another meaning: the rule of a series, not of a discount.
    if (special !== undefined && plain.type !== 'string') return special(required);
    if (plain.type === 'object' && plain.properties !== undefined) {
      return fieldsOf(plain).map(([part, partSchema, partRequired]) => {
        const own = specialParts[`${field}.${part}`];
        if (own !== undefined) return { ...own, ofNeeded: required };
        const long = unnamedObjects.has(field) ? part : `${field}-${longOf(part)}`;
        const flag = flagOf([field, part], long, partSchema, input, required && partRequired);
        return { ...flag, ofNeeded: required };
      });
    }
    return [flagOf([field], longOf(field), schema, input, required)];
  });
}

function fieldsOf({ properties = {}, required = [] }: JsonSchema): [string, JsonSchema, boolean][] {
  return Object.entries(properties).map(([name, schema]) => [
    name,
    schema,
    required.includes(name),
  ]);
}

function flagOf(
  path: Flag['path'],
  long: string,
  field: JsonSchema,
  root: JsonSchema,
  required: boolean,
): Flag {
  const { schema, nullable } = plainOf(field, root);
  const list = schema.type === 'array' && schema.items !== undefined;
  const element = list && schema.items ? plainOf(schema.items, root).schema : schema;
  const kind = kindOf(path.at(-1) ?? '', long, element, root);
  const description = kind.describe ?? schema.description ?? element.description;
  return {
    long,
    path,
    placeholder: kind.placeholder,
    repeatable: list,
    ...(list && kind.json && element.type !== 'array' ? { flat: true } : {}),
    required,
    ...(kind.money ? { money: kind.money } : {}),
    help: helpOf(description, element, schema.default, nullable),
    read: (text, context) =>
      nullable && ['none', 'null', 'unlimited'].includes(text) ? null : kind.read(text, context),
  };
}

interface Kind {
  readonly placeholder: string | undefined;
  readonly describe?: string | undefined;
  readonly money?: true;
  readonly json?: true;
  readonly read: Flag['read'];
}

function kindOf(field: string, long: string, schema: JsonSchema, root: JsonSchema): Kind {
  const { enum: choices, pattern = '', type, description = '' } = schema;
  if (isMoney(field, schema)) {
    const says = /^(What came, in )?minor units/i.test(description) ? undefined : description;
    return {
      placeholder: '<amount>',
      describe: says ?? 'A decimal in the event\u2019s currency: 49.00.',
      money: true,
      read: (text, context) => readMoney(long, text, context),
    };
  }
  if (percentFields.has(field)) {
    return { placeholder: '<percent>', read: (text) => readPercent(long, text) };
  }
  if (choices !== undefined) {
    return { placeholder: `<${long}>`, read: (text) => readChoice(long, text, choices) };
  }
  if (type === 'boolean') return { placeholder: undefined, read: (text) => text === 'true' };
  if (type === 'integer') return { placeholder: '<n>', read: (text) => readInteger(long, text) };
  const types = (schema.anyOf ?? []).map((branch) => plainOf(branch, root).schema.type);
  if (types.includes('string')) {
    const numbers = types.some((one) => one === 'integer' || one === 'number');
    const isNumber = (text: string) => numbers && /^-?\d{1,15}$/.test(text);
    return { placeholder: '<text>', read: (text) => (isNumber(text) ? Number(text) : text) };
  }
  if (type !== 'string') {
    return { placeholder: '<json>', json: true, read: (text) => readJson(long, text) };
  }
  const [, prefix] = /^\^([a-z]{3})_/.exec(pattern) ?? [];
  return { placeholder: prefix === undefined ? '<text>' : `<${prefix}_…>`, read: (text) => text };
}

function helpOf(
  description: string | undefined,
  { enum: choices, examples, pattern }: JsonSchema,
  otherwise: unknown,
  nullable: boolean,
): string {
  const isId = /^\^[a-z]{3}_/.test(pattern ?? '');
  const [example] = isId ? [] : (examples ?? []);
  const notes = [
    choices?.join(', '),
    description === undefined && typeof example === 'string' ? `as ${example}` : undefined,
    isShown(otherwise) ? `default ${String(otherwise)}` : undefined,
    nullable ? '\u201Cnone\u201D for no such' : undefined,
  ].filter((note) => note !== undefined);
  const noted = notes.length === 0 ? '' : `(${notes.join('; ')})`;
  return [description, noted].filter(Boolean).join(' ');
}

function isShown(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) && value !== '';
}
