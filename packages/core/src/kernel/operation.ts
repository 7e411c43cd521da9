import type * as z from 'zod';
import type { Access } from './access.ts';
import type { Actor } from './actor.ts';
import type { BatchContext, Command, ReadContext, WriteContext } from './context.ts';
import type { Refusal, RefusalType } from './refusal.ts';
import type { Secrets } from './secrets.ts';
import type { WorkflowContext } from './workflow.ts';

/** Any declared refusal, whatever its details. */
// biome-ignore lint/suspicious/noExplicitAny: details differ by refusal; only the call's own type knows them
export type AnyRefusalType = RefusalType<string, any>;

interface Described<Input extends z.ZodObject, Output extends z.ZodType> {
  /** `group.verb`: the name in the SDK, the HTTP table, the CLI and the audit. */
  readonly name: string;
  /** One sentence for help, docs and OpenAPI. */
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
  readonly allow: Access<z.output<Input>>;
  /** The refusals that it may answer with, besides the kernel's own. */
  readonly refusals: readonly AnyRefusalType[];
  /** Adds what is derived from secrets, after the commit; it is stored nowhere. */
  readonly present?: (
    context: { readonly secrets: Secrets; readonly actor: Actor },
    output: z.output<Output>,
  ) => z.output<Output>;
}

/** Reads a consistent snapshot and changes nothing. */
export interface ReadOperation<Input extends z.ZodObject, Output extends z.ZodType>
  extends Described<Input, Output> {
  readonly kind: 'read';
  readonly run: (
    context: ReadContext,
    input: z.output<Input>,
  ) => Promise<z.output<Output> | Refusal>;
}

/**
 * One transaction, several commands at once. A plain write is run with one
 * command; one with a `lane` may get all that wait for the same event.
 */
export interface WriteOperation<Input extends z.ZodObject, Output extends z.ZodType>
  extends Described<Input, Output> {
  readonly kind: 'write';
  /** The event whose commands are served together; undefined: one by one. */
  readonly lane?: ((input: z.output<Input>) => string) | undefined;
  /** One result for each command, in order. It refuses before its first write. */
  readonly runMany: (
    context: BatchContext,
    commands: readonly Command<z.output<Input>>[],
  ) => Promise<readonly (z.output<Output> | Refusal)[]>;
}

/**
 * Steps with effects outside the database between them. Each step is a write
 * operation of its own that can be repeated; the workflow holds no transaction.
 */
export interface WorkflowOperation<Input extends z.ZodObject, Output extends z.ZodType>
  extends Described<Input, Output> {
  readonly kind: 'workflow';
  readonly run: (
    context: WorkflowContext,
    input: z.output<Input>,
  ) => Promise<z.output<Output> | Refusal>;
}

export type Operation<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
> = ReadOperation<Input, Output> | WriteOperation<Input, Output> | WorkflowOperation<Input, Output>;

/** Any operation, for code that walks the registry. */
// biome-ignore lint/suspicious/noExplicitAny: the registry holds operations over every input and output
export type AnyOperation = Operation<any, any>;

/** Any write, as the executor handles it. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyWrite = WriteOperation<any, any>;

/** What an operation answers, where only its caller knows the type. */
// biome-ignore lint/suspicious/noExplicitAny: the schema of the operation at hand gives the type
export type AnyOutput = any;

type RefusedBy<Types extends readonly AnyRefusalType[]> = Refusal<
  Types[number]['code'] | 'not_found' | 'invalid_cursor'
>;

interface Declared<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  Refusals extends readonly AnyRefusalType[],
> extends Omit<Described<Input, Output>, 'refusals'> {
  readonly refusals?: Refusals;
}

/** Declares a read. The compiler holds `run` to the refusals that are listed. */
export function read<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  const Refusals extends readonly AnyRefusalType[] = readonly [],
>(
  definition: Declared<Input, Output, Refusals> & {
    run: (
      context: ReadContext,
      input: z.output<Input>,
    ) => Promise<z.output<Output> | RefusedBy<Refusals>>;
  },
): ReadOperation<Input, Output> {
  return { ...definition, kind: 'read', refusals: definition.refusals ?? [] };
}

/** Declares a write of one command a transaction. */
export function write<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  const Refusals extends readonly AnyRefusalType[] = readonly [],
>(
  definition: Declared<Input, Output, Refusals> & {
    run: (
      context: WriteContext,
      input: z.output<Input>,
    ) => Promise<z.output<Output> | RefusedBy<Refusals>>;
  },
): WriteOperation<Input, Output> {
  const { run, ...described } = definition;
  return {
    ...described,
    kind: 'write',
    refusals: definition.refusals ?? [],
    async runMany(context, commands) {
      const results: (z.output<Output> | Refusal)[] = [];
      for (const { actor, emit, input } of commands) {
        results.push(await run({ ...context, actor, emit }, input));
      }
      return results;
    },
  };
}

/** Declares a write whose commands of one event share a transaction (see `lane.ts`). */
export function batchedWrite<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  const Refusals extends readonly AnyRefusalType[] = readonly [],
>(
  definition: Declared<Input, Output, Refusals> & {
    lane: (input: z.output<Input>) => string;
    runMany: (
      context: BatchContext,
      commands: readonly Command<z.output<Input>>[],
    ) => Promise<readonly (z.output<Output> | RefusedBy<Refusals>)[]>;
  },
): WriteOperation<Input, Output> {
  return { ...definition, kind: 'write', refusals: definition.refusals ?? [] };
}

/** Declares a workflow. */
export function workflow<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  const Refusals extends readonly AnyRefusalType[] = readonly [],
>(
  definition: Declared<Input, Output, Refusals> & {
    run: (
      context: WorkflowContext,
      input: z.output<Input>,
    ) => Promise<z.output<Output> | RefusedBy<Refusals>>;
  },
): WorkflowOperation<Input, Output> {
  return { ...definition, kind: 'workflow', refusals: definition.refusals ?? [] };
}
