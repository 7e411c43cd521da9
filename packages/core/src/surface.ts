import type * as z from 'zod';
import type { Actor, AnyOperation, CallOptions, Executor } from './kernel/index.ts';
import { type OperationName, type Operations, operations, operationsByName } from './registry.ts';

interface Typed<Input extends z.ZodType, Output extends z.ZodType> {
  readonly input: Input;
  readonly output: Output;
}

type Call<Op> =
  Op extends Typed<infer Input, infer Output>
    ? Record<never, never> extends z.input<Input>
      ? (input?: z.input<Input>, options?: CallOptions) => Promise<z.output<Output>>
      : (input: z.input<Input>, options?: CallOptions) => Promise<z.output<Output>>
    : never;

type Iterate<Op> =
  Op extends Typed<infer Input, infer Output>
    ? z.output<Output> extends { items: (infer Item)[]; nextCursor: string | null }
      ? Record<never, never> extends z.input<Input>
        ? { readonly iterate: (input?: z.input<Input>) => AsyncGenerator<Item, void> }
        : { readonly iterate: (input: z.input<Input>) => AsyncGenerator<Item, void> }
      : unknown
    : unknown;

type Group<Ops> = { readonly [Verb in keyof Ops]: Call<Ops[Verb]> } & (Ops extends {
  readonly list: infer List;
}
  ? Iterate<List>
  : unknown);

/**
 * Every operation as a typed function: `ticketi.events.create(input, options)`.
 * Groups with a paged `list` also have `iterate`, which walks all of its pages.
 */
export type Surface = {
  readonly [Name in keyof Operations]: Group<Operations[Name]>;
} & {
  /** Any operation by its name, for adapters. The input is checked all the same. */
  readonly call: CallByName;
};

export type CallByName = (
  name: OperationName,
  input: unknown,
  options?: CallOptions,
) => Promise<unknown>;

/** The surface over anything that can run operations by name: in process or over HTTP. */
export function surfaceOver(call: CallByName): Surface {
  // The one place where names become types: `Surface` is derived from the same registry.
  return Object.assign(Object.create(lazyGroups), { call }) as Surface;
}

/**
 * A group comes to be when it is first asked for: an adapter binds an actor for
 * every request and then makes one call, and building all of them took 11 us.
 */
const lazyGroups: object = Object.defineProperties(
  {},
  Object.fromEntries(
    Object.entries(operations).map(([group, verbs]) => [
      group,
      {
        enumerable: true,
        get(this: { call: CallByName }) {
          const nameOf = (verb: string) => `${group}.${verb}` as OperationName;
          const value = groupOver(Object.keys(verbs), nameOf, this.call);
          Object.defineProperty(this, group, { value, enumerable: true });
          return value;
        },
      },
    ]),
  ),
);

function groupOver(
  verbs: readonly string[],
  nameOf: (verb: string) => OperationName,
  call: CallByName,
): object {
  const group: Record<string, unknown> = {};
  for (const verb of verbs) {
    const name = nameOf(verb);
    group[verb] = (input: unknown, options?: CallOptions) => call(name, input, options);
  }
  if (verbs.includes('list')) {
    group.iterate = (input: object | undefined) => pages(call, nameOf('list'), input);
  }
  return group;
}

async function* pages(call: CallByName, name: OperationName, input: object | undefined) {
  let cursor: string | null = null;
  do {
    const page = await call(name, cursor === null ? input : { ...input, cursor });
    const { items, nextCursor } = page as { items: unknown[]; nextCursor: string | null };
    yield* items;
    cursor = nextCursor;
  } while (cursor !== null);
}

/** The surface with an actor bound to it. */
export function surfaceFor(executor: Executor, actor: Actor): Surface {
  return surfaceOver((name, input, options) =>
    executor.execute(operationNamed(name), actor, input as never, options),
  );
}

function operationNamed(name: OperationName): AnyOperation {
  const operation = operationsByName.get(name);
  if (operation === undefined) throw new RangeError(`There is no operation ${name}.`);
  return operation;
}
