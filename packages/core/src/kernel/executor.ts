import type * as z from 'zod';
import type { PaymentProviders, Storage, Subscribers, WebhookSender } from '../port.ts';
import { type Actor, actorName, checkActor, system } from './actor.ts';
import { TicketiError } from './errors.ts';
import { askedOnce, idempotencyId } from './idempotency.ts';
import type { AnyOperation, AnyOutput, AnyWorkflow, Operation } from './operation.ts';
import { parseInput } from './parse.ts';
import { createReader } from './reader.ts';
import { errorOf, notInTransaction, orThrow } from './refusal.ts';
import { workflowOnce } from './workflow-once.ts';
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
  readonly sender: WebhookSender;
  readonly subscribers: Subscribers;
  /** Monotonic milliseconds, for durations only. */
  readonly elapsed: () => number;
  readonly trace: ((trace: Trace) => void) | undefined;
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
  const { storage, clock, secrets } = parts;
  const writer = createWriter(parts);
  const reader = createReader(parts);
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
      case 'read':
        return reader.read(operation, actor, input);
      case 'write':
        return writer.write(operation, actor, input, options.idempotencyKey);
      case 'workflow':
        if (storage.joined) throw errorOf(notInTransaction({ operation: operation.name }));
        await reader.admit(operation, actor, input);
        return orThrow(await walk(operation, actor, input, options.idempotencyKey, keyOfStep));
    }
  }

  /** A workflow; with a key it happens once, and its answer is kept. */
  function walk(
    operation: AnyWorkflow,
    actor: Actor,
    input: unknown,
    key: string | undefined,
    keyOfStep: (step: AnyOperation) => CallOptions,
  ): Promise<unknown> {
    const run = () =>
      operation.run(
        {
          actor,
          now: () => clock.now(),
          keyed: key !== undefined,
          providers: parts.providers,
          sender: parts.sender,
          subscribers: parts.subscribers,
          elapsed: parts.elapsed,
          call: (step, stepInput, as = actor) => execute(step, as, stepInput, keyOfStep(step)),
          callAsSystem: (step, stepInput) => execute(step, system, stepInput),
        },
        input,
      );
    if (key === undefined) return run();
    return workflowOnce(parts, askedOnce(actor, key, { operation: operation.name, input }), run);
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
