import type * as z from 'zod';
import type { ReadTx } from '../port.ts';
import type { Access } from './access.ts';
import type { Actor } from './actor.ts';
import type { BatchContext, Command, ReadContext, Route, WriteContext } from './context.ts';
import type { PictureWish } from './pictures.ts';
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
  /**
   * Whose callers share a snapshot, and what they ask of the database: those of
   * one key (an event) that ask at the same time. Undefined: each has its own.
   */
  readonly sharedBy?: (input: z.output<Input>) => string;
  readonly picture?: Pictured<Input, Output>;
  readonly run: (
    context: ReadContext,
    input: z.output<Input>,
  ) => Promise<z.output<Output> | Refusal>;
}

/**
 * A read for display that may be answered from a picture of a moment ago. The
 * picture is what somebody without an account sees, and is shown to everybody:
 * what such a visitor may not see is never kept.
 */
export interface Pictured<Input extends z.ZodObject, Output extends z.ZodType> {
  /** Undefined: this one has to be exact. */
  readonly of: (input: z.output<Input>) => PictureWish | undefined;
  /** Marks an answer that was taken for somebody else before. */
  readonly cached: (output: z.output<Output>) => z.output<Output>;
}

/**
 * Which commands share a transaction: those of one key (an event) that wait
 * while the last one is in flight. The key is in the input, or is found for the
 * record that the input names.
 */
export type Lane<Input> =
  | {
      readonly key: (input: Input) => string;
      /** What the command changes; two of one subject run one after the other. */
      readonly subject?: (input: Input) => string;
    }
  | {
      readonly subject: (input: Input) => string;
      /** Where commands on these subjects belong; for many at once, without a lock. */
      readonly find: (tx: ReadTx, subjects: readonly string[]) => Promise<readonly Route[]>;
    };

/**
 * One transaction, several commands at once. A plain write is run with one
 * command; one with a `lane` may get all that wait for the same event.
 */
export interface WriteOperation<Input extends z.ZodObject, Output extends z.ZodType>
  extends Described<Input, Output> {
  readonly kind: 'write';
  /** Whose commands are served together; undefined: one by one. */
  readonly lane?: Lane<z.output<Input>> | undefined;
  /** Where the records belong that it answers with, for the lanes of what comes next. */
  readonly routes?: ((output: z.output<Output>) => readonly Route[]) | undefined;
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

/** Any read, as the executor handles it. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyRead = ReadOperation<any, any>;

/** Any write, as the executor handles it. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyWrite = WriteOperation<any, any>;

/** Any workflow, as the executor handles it. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyWorkflow = WorkflowOperation<any, any>;

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
    sharedBy?: (input: z.output<Input>) => string;
    picture?: Pictured<Input, Output>;
    run: (
      context: ReadContext,
      input: z.output<Input>,
    ) => Promise<z.output<Output> | RefusedBy<Refusals>>;
  },
): ReadOperation<Input, Output> {
  return { ...definition, kind: 'read', refusals: definition.refusals ?? [] };
}

/**
 * Declares a write that is written for one command. With a `lane` the commands
 * that share a transaction run side by side, and what they ask of the database
 * is asked together (`WriteTx.together`); those of one subject one after the other.
 */
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
    lane?: Lane<z.output<Input>>;
    routes?: (output: z.output<Output>) => readonly Route[];
  },
): WriteOperation<Input, Output> {
  const { run, ...described } = definition;
  return {
    ...described,
    kind: 'write',
    refusals: definition.refusals ?? [],
    async runMany(context, commands) {
      const results = new Map<Command<z.output<Input>>, { output: z.output<Output> | Refusal }>();
      for (const wave of wavesOf(commands)) {
        const outputs = await context.tx.together(
          wave.map((command) => async (tx) => {
            const { actor, emit, input, route } = command;
            return { command, output: await run({ ...context, tx, actor, emit, route }, input) };
          }),
        );
        for (const { command, output } of outputs) results.set(command, { output });
      }
      return commands.map((command) => {
        const result = results.get(command);
        if (result === undefined) throw new Error('A command got no result.');
        return result.output;
      });
    },
  };
}

/** Commands side by side, as long as no two of them are about the same subject. */
function wavesOf<Input>(commands: readonly Command<Input>[]): Command<Input>[][] {
  const waves: Command<Input>[][] = [];
  const seen = new Map<string, number>();
  for (const command of commands) {
    const { subject } = command;
    const turn = subject === undefined ? 0 : (seen.get(subject) ?? 0);
    if (subject !== undefined) seen.set(subject, turn + 1);
    const wave = waves[turn];
    if (wave === undefined) waves.push([command]);
    else wave.push(command);
  }
  return waves;
}

/** Declares a write whose commands of one event share a transaction (see `lane.ts`). */
export function batchedWrite<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  const Refusals extends readonly AnyRefusalType[] = readonly [],
>(
  definition: Declared<Input, Output, Refusals> & {
    lane: Lane<z.output<Input>>;
    routes?: (output: z.output<Output>) => readonly Route[];
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
