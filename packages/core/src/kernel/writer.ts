import type { Storage } from '../port.ts';
import type { Actor } from './actor.ts';
import type { Route } from './context.ts';
import { CommitUncertain } from './errors.ts';
import { askedOnce } from './idempotency.ts';
import { createKnownRoutes } from './known-routes.ts';
import { createLanes, fulfilled, kept, type Lanes, laneLimits, type ServeBatch } from './lane.ts';
import type { AnyOperation, AnyWrite, Lane } from './operation.ts';
import { errorOf, idempotencyInProgress } from './refusal.ts';
import { type BatchParts, type Job, rejected, runBatch } from './write-batch.ts';

type FindingLane = Extract<Lane<unknown>, { find: unknown }>;

/** Runs writes: each in the lane that it belongs to, or in a transaction of its own. */
export interface Writer {
  write(
    operation: AnyWrite,
    actor: Actor,
    input: unknown,
    idempotencyKey: string | undefined,
  ): Promise<unknown>;
}

export function createWriter(parts: BatchParts & { readonly storage: Storage }): Writer {
  const { storage, settings } = parts;
  const lanes = new Map<AnyOperation, Lanes<Job, unknown>>();
  const routes = new Map<AnyOperation, Lanes<string, Route | undefined>>();
  const known = createKnownRoutes();
  const runningKeys = new Set<string>();

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

  async function dispatch(operation: AnyWrite, job: Job): Promise<unknown> {
    const { lane } = operation;
    // Inside the host's own transaction there is nothing to share it with.
    if (lane === undefined || storage.joined) return serveOne(operation, job);
    const commands = kept(lanes, operation, () => laned((jobs) => serve(operation, jobs)));
    if ('key' in lane) {
      const subject = lane.subject?.(job.input);
      return commands.submit(lane.key(job.input), { ...job, subject });
    }
    const named = lane.subject(job.input);
    const finder = kept(routes, operation, () => laned((subjects) => findRoutes(lane, subjects)));
    const route = known.get(named) ?? (await finder.submit(operation.name, named));
    // No such record: the operation says so.
    if (route === undefined) return serveOne(operation, job);
    return commands.submit(route.key, { ...job, subject: route.record ?? named, route });
  }

  function laned<In, Out>(serveBatch: ServeBatch<In, Out>): Lanes<In, Out> {
    return createLanes(serveBatch, laneLimits(settings));
  }

  async function findRoutes(lane: FindingLane, subjects: readonly string[]) {
    const found = await storage.read((tx) => lane.find(tx, [...new Set(subjects)]));
    const bySubject = new Map(found.map((route) => [route.subject, route]));
    return subjects.map((subject) => fulfilled(bySubject.get(subject)));
  }

  /** One job in a transaction of its own: a refusal rolls it back too. */
  function serveOne(operation: AnyWrite, job: Job): Promise<unknown> {
    return storage.write(async (tx) => {
      const [outcome] = await runBatch(parts, tx, operation, [job]);
      if (outcome?.status === 'fulfilled') return outcome.value;
      throw outcome?.reason;
    });
  }

  /**
   * A batch in one transaction; when it fails, each half of it, so that whoever
   * broke it is soon alone with the error and the others are served together.
   */
  async function serve(
    operation: AnyWrite,
    jobs: readonly Job[],
  ): Promise<readonly PromiseSettledResult<unknown>[]> {
    const [only] = jobs;
    if (jobs.length === 1 && only !== undefined) {
      return Promise.allSettled([serveOne(operation, only)]);
    }
    let begun = false;
    try {
      return await storage.write((tx) => {
        begun = true;
        return runBatch(parts, tx, operation, jobs);
      });
    } catch (error) {
      // Nobody's fault, and nobody would fare better alone: the database is away, or in doubt.
      if (!begun || error instanceof CommitUncertain) return jobs.map(() => rejected(error));
    }
    const middle = Math.ceil(jobs.length / 2);
    return [
      ...(await serve(operation, jobs.slice(0, middle))),
      ...(await serve(operation, jobs.slice(middle))),
    ];
  }

  return {
    async write(operation, actor, input, idempotencyKey) {
      const output = await submit(operation, jobOf(operation, actor, input, idempotencyKey));
      // Not what a host's transaction may yet roll back.
      if (operation.routes !== undefined && !storage.joined) {
        known.remember(operation.routes(output));
      }
      return output;
    },
  };
}

function jobOf(operation: AnyWrite, actor: Actor, input: unknown, key: string | undefined): Job {
  if (key === undefined) return { actor, input, idempotency: undefined };
  return { actor, input, idempotency: askedOnce(actor, key, { operation: operation.name, input }) };
}
