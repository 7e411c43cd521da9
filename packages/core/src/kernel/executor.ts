import type * as z from 'zod';
import type { PaymentProviders, ReadTx, Storage } from '../port.ts';
import { type Actor, actorName, checkActor, system } from './actor.ts';
import type { ReadContext } from './context.ts';
import { deny } from './deny.ts';
import { CommitUncertain, TicketiError } from './errors.ts';
import { idempotencyId, inputHash } from './idempotency.ts';
import { createLanes, type Lanes } from './lane.ts';
import type { AnyOperation, AnyOutput, AnyWrite, Operation } from './operation.ts';
import { parseInput } from './parse.ts';
import { errorOf, idempotencyInProgress, isRefusal, notInTransaction } from './refusal.ts';
import { type BatchParts, type Job, rejected, runBatch } from './write-batch.ts';

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
  const lanes = new Map<string, Lanes<Job, unknown>>();
  const runningKeys = new Set<string>();
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
        return storage.read(async (tx) => {
          const context = readContext(tx, actor);
          orThrow(await deny(operation, context, input));
          return orThrow(await operation.run(context, input));
        });
      case 'write':
        return submit(operation, jobOf(operation, actor, input, options));
      case 'workflow':
        if (storage.joined) throw errorOf(notInTransaction({ operation: operation.name }));
        await storage.read(async (tx) => {
          orThrow(await deny(operation, readContext(tx, actor), input));
        });
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

  function readContext(tx: ReadTx, actor: Actor): ReadContext {
    return { tx, actor, now: clock.now(), settings, secrets, providerNames };
  }

  async function submit(operation: AnyWrite, job: Job): Promise<unknown> {
    const key = job.idempotency;
    if (key === undefined) return dispatch(operation, job);
    if (runningKeys.has(key.id)) {
      throw errorOf(idempotencyInProgress({ idempotencyKey: key.key, retryAfterSeconds: 1 }));
    }
    runningKeys.add(key.id);
    try {
      return await dispatch(operation, job);
    } finally {
      runningKeys.delete(key.id);
    }
  }

  function dispatch(operation: AnyWrite, job: Job): Promise<unknown> {
    // Inside the host's own transaction there is nothing to share it with.
    if (operation.lane === undefined || storage.joined) return serveOne(operation, job);
    return laneOf(operation).submit(operation.lane(job.input), job);
  }

  function laneOf(operation: AnyWrite): Lanes<Job, unknown> {
    let lane = lanes.get(operation.name);
    if (lane === undefined) {
      const limits = { maxBatch: settings.laneBatch, maxQueue: settings.laneQueue };
      lane = createLanes((jobs) => serve(operation, jobs), limits);
      lanes.set(operation.name, lane);
    }
    return lane;
  }

  /** One job in a transaction of its own: a refusal rolls it back too. */
  function serveOne(operation: AnyWrite, job: Job): Promise<unknown> {
    return storage.write(async (tx) => {
      const [outcome] = await runBatch(parts, tx, operation, [job]);
      if (outcome?.status === 'fulfilled') return outcome.value;
      throw outcome?.reason;
    });
  }

  /** A batch in one transaction; when it fails, each of its jobs alone. */
  async function serve(
    operation: AnyWrite,
    jobs: readonly Job[],
  ): Promise<readonly PromiseSettledResult<unknown>[]> {
    if (jobs.length > 1) {
      try {
        return await storage.write((tx) => runBatch(parts, tx, operation, jobs));
      } catch (error) {
        if (error instanceof CommitUncertain) return jobs.map(() => rejected(error));
        // Below, whoever broke the batch gets the error; the others do not.
      }
    }
    const outcomes: PromiseSettledResult<unknown>[] = [];
    for (const job of jobs) {
      outcomes.push(...(await Promise.allSettled([serveOne(operation, job)])));
    }
    return outcomes;
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

function jobOf(operation: AnyWrite, actor: Actor, input: unknown, options: CallOptions): Job {
  const key = options.idempotencyKey;
  if (key === undefined) return { actor, input, idempotency: undefined };
  const id = idempotencyId(actor, key);
  return { actor, input, idempotency: { id, key, inputHash: inputHash(operation.name, input) } };
}

function orThrow(result: unknown): unknown {
  if (isRefusal(result)) throw errorOf(result);
  return result;
}
