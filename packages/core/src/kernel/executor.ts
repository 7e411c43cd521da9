import type * as z from 'zod';
import type { PaymentProviders, ReadTx, Storage } from '../port.ts';
import { type Actor, actorName, checkActor, system } from './actor.ts';
import type { ReadContext } from './context.ts';
import { deny } from './deny.ts';
import { TicketiError } from './errors.ts';
import { idempotencyId } from './idempotency.ts';
import { createLanes, fulfilled, kept, type Lanes, laneLimits } from './lane.ts';
import type { AnyOperation, AnyOutput, AnyRead, Operation } from './operation.ts';
import { parseInput } from './parse.ts';
import { createPictures, type PictureWish } from './pictures.ts';
import { errorOf, isRefusal, notInTransaction, type Refusal } from './refusal.ts';
import type { BatchParts } from './write-batch.ts';
import { createWriter } from './writer.ts';

export interface CallOptions {
  /**
   * Makes a write happen once: a repeat with the same key and input gets the
   * first answer. 1 to 255 characters; at least 20 when the caller is anonymous.
   */
  idempotencyKey?: string | undefined;
}

/** One finished call, for the host's tracing. Inputs and secrets are not in it. */
export interface Trace {
  operation: string;
  actor: string;
  outcome: 'done' | 'refused' | 'failed';
  /** The refusal's code, when it was refused. */
  code: string | undefined;
  milliseconds: number;
}

export interface ExecutorParts extends BatchParts {
  readonly storage: Storage;
  readonly providers: PaymentProviders;
  /** Monotonic milliseconds, for durations only. */
  readonly elapsed: () => number;
  readonly trace: ((trace: Trace) => void) | undefined;
}

interface Caller {
  readonly actor: Actor;
  readonly input: unknown;
}

export interface Executor {
  execute<Input extends z.ZodObject, Output extends z.ZodType>(
    operation: Operation<Input, Output>,
    actor: Actor,
    input: z.input<Input>,
    options?: CallOptions,
  ): Promise<z.output<Output>>;
  /** Resolves when every accepted command has its answer. */
  drained(): Promise<void>;
}

/** The one path that every operation takes, whichever surface it comes from. */
export function createExecutor(parts: ExecutorParts): Executor {
  const { storage, clock, secrets, settings, providerNames } = parts;
  const writer = createWriter(parts);
  const gates = new Map<AnyOperation, Lanes<Caller, Refusal | undefined>>();
  const pictures = createPictures(clock);
  const inFlight = new Set<Promise<unknown>>();

  function execute(
    operation: AnyOperation,
    actor: Actor,
    input: unknown,
    options: CallOptions = {},
  ): Promise<AnyOutput> {
    const running = perform(operation, actor, input, options);
    const ended = () => void inFlight.delete(running);
    inFlight.add(running);
    running.then(ended, ended);
    return running;
  }

  async function perform(
    operation: AnyOperation,
    actor: Actor,
    input: unknown,
    options: CallOptions,
  ): Promise<AnyOutput> {
    const output = await traced(operation, actor, () => {
      checkActor(actor);
      const parsed = parseInput(operation.input, operation.name, input);
      return run(operation, actor, parsed, options);
    });
    return operation.present === undefined ? output : operation.present({ secrets, actor }, output);
  }

  async function run(
    operation: AnyOperation,
    actor: Actor,
    input: unknown,
    options: CallOptions,
  ): Promise<unknown> {
    // A workflow's key makes a key for each step that it runs for its caller, so a repeat
    // replays them. Steps of the system are repeatable by what they find.
    const keyOfStep = (step: AnyOperation): CallOptions =>
      options.idempotencyKey === undefined || step.kind === 'read'
        ? {}
        : { idempotencyKey: `${idempotencyId(actor, options.idempotencyKey)}/${step.name}` };

    switch (operation.kind) {
      case 'read': {
        const wish = storage.joined ? undefined : operation.picture?.of(input);
        return wish === undefined
          ? look(operation, actor, input)
          : fromPicture(operation, wish, actor, input);
      }
      case 'write':
        return writer.write(operation, actor, input, options.idempotencyKey);
      case 'workflow':
        if (storage.joined) throw errorOf(notInTransaction({ operation: operation.name }));
        await admit(operation, actor, input);
        return orThrow(
          await operation.run(
            {
              actor,
              now: () => clock.now(),
              keyed: options.idempotencyKey !== undefined,
              providers: parts.providers,
              call: (step, stepInput, as = actor) => execute(step, as, stepInput, keyOfStep(step)),
              callAsSystem: (step, stepInput) => execute(step, system, stepInput),
            },
            input,
          ),
        );
    }
  }

  function look(operation: AnyRead, actor: Actor, input: unknown): Promise<unknown> {
    return storage.read(async (tx) => {
      const context = readContext(tx, actor);
      orThrow(await deny(operation, context, input));
      return orThrow(await operation.run(context, input));
    });
  }

  /** The picture is taken as nobody in particular; who may see more than that gets an exact answer. */
  async function fromPicture(
    operation: AnyRead,
    wish: PictureWish,
    actor: Actor,
    input: unknown,
  ): Promise<unknown> {
    const key = `${operation.name} ${wish.key}`;
    const take = () => look(operation, { type: 'anonymous' }, input);
    try {
      const { answer, cached } = await pictures.look({ ...wish, key }, take);
      return cached ? operation.picture?.cached(answer) : answer;
    } catch (error) {
      if (!(error instanceof TicketiError)) throw error;
      return look(operation, actor, input);
    }
  }

  function readContext(tx: ReadTx, actor: Actor): ReadContext {
    return { tx, actor, now: clock.now(), settings, secrets, providerNames };
  }

  /** Lets a workflow's caller in, or throws; those who ask at the same time are looked at together. */
  async function admit(operation: AnyOperation, actor: Actor, input: unknown): Promise<void> {
    if (actor.type === 'system') return;
    const gate = kept(gates, operation, () =>
      createLanes(
        (callers: readonly Caller[]) =>
          storage.read(async (tx) => {
            const denials = await tx.together(
              callers.map(
                (one) => (own) => deny(operation, readContext(own, one.actor), one.input),
              ),
            );
            return denials.map(fulfilled);
          }),
        laneLimits(settings),
      ),
    );
    orThrow(await gate.submit(operation.name, { actor, input }));
  }

  async function traced(
    operation: AnyOperation,
    actor: Actor,
    work: () => Promise<unknown>,
  ): Promise<unknown> {
    if (parts.trace === undefined) return work();
    const started = parts.elapsed();
    const report = (outcome: Trace['outcome'], code: string | undefined) => {
      const milliseconds = parts.elapsed() - started;
      const finished = { operation: operation.name, actor: actorName(actor), outcome, code };
      try {
        parts.trace?.({ ...finished, milliseconds });
      } catch {
        // What was done is done: a host's hook that throws does not make it undone.
      }
    };
    let output: unknown;
    try {
      output = await work();
    } catch (error) {
      if (error instanceof TicketiError) report('refused', error.code);
      else report('failed', undefined);
      throw error;
    }
    report('done', undefined);
    return output;
  }

  return {
    execute,
    async drained() {
      while (inFlight.size > 0) await Promise.allSettled(inFlight);
    },
  };
}

function orThrow(result: unknown): unknown {
  if (isRefusal(result)) throw errorOf(result);
  return result;
}
