import type { EventType, Wallets, WriteTx } from '../port.ts';
import { type Actor, actorName } from './actor.ts';
import type { Clock } from './clock.ts';
import type { BatchContext, Command, DomainEvent, Route } from './context.ts';
import { deny } from './deny.ts';
import { LostRace } from './errors.ts';
import { type AskedOnce, answerBefore, type IdempotencyRecord, keptAnswer } from './idempotency.ts';
import type { Ids } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Kept } from './kept.ts';
import type { AnyWrite } from './operation.ts';
import { errorOf, isRefusal } from './refusal.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';

/** One write on its way, before it has a transaction. */
export interface Job {
  readonly actor: Actor;
  readonly input: unknown;
  readonly idempotency: AskedOnce | undefined;
  /** The record that it changes, where its operation's lane names one. */
  readonly subject?: string | undefined;
  readonly route?: Route | undefined;
}

export interface BatchParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secrets: Secrets;
  readonly kept: Kept;
  readonly settings: Settings;
  readonly providerNames: readonly string[];
  readonly wallets: Wallets;
  /** The version of the form in which facts of a type are written. */
  readonly versionOf: (type: EventType) => number;
}

type Settled = PromiseSettledResult<unknown>;

/**
 * Everything that happens to a batch inside its transaction: replay, access,
 * the operation itself, then outbox, audit and idempotency rows, each as one
 * statement for the whole batch. It may run again after a conflict, so it keeps
 * nothing outside of itself.
 */
export async function runBatch(
  parts: BatchParts,
  tx: WriteTx,
  operation: AnyWrite,
  jobs: readonly Job[],
): Promise<Settled[]> {
  const { ids, secrets, settings, providerNames, wallets, kept } = parts;
  const now = parts.clock.now();
  const shared = { ids, secrets, settings, providerNames, wallets, kept };
  const context: BatchContext = { tx, now, ...shared };
  const settled = new Map<Job, Settled>();

  for (const [job, answer] of await replays(context, jobs)) settled.set(job, answer);

  const fresh = jobs.filter((job) => !settled.has(job));
  const denials = await tx.together(
    fresh.map(
      ({ actor, input }) =>
        (own) =>
          deny(operation, { ...context, tx: own, actor }, input),
    ),
  );
  const admitted: Admitted[] = [];
  fresh.forEach((job, index) => {
    const denied = denials[index];
    if (denied !== undefined) settled.set(job, rejected(errorOf(denied)));
    else admitted.push(admit(job));
  });

  if (admitted.length > 0) {
    const results = await operation.runMany(
      context,
      admitted.map(({ command }) => command),
    );
    const done: Done[] = [];
    admitted.forEach((entry, index) => {
      const output: unknown = results[index];
      if (isRefusal(output)) {
        settled.set(entry.job, rejected(errorOf(output)));
      } else {
        settled.set(entry.job, { status: 'fulfilled', value: output });
        done.push({ ...entry, output });
      }
    });
    await record(parts, tx, operation.name, now, done);
  }

  return jobs.map((job) => settled.get(job) ?? rejected(new Error('A command got no result.')));
}

interface Admitted {
  job: Job;
  command: Command<unknown>;
  events: DomainEvent[];
}

interface Done extends Admitted {
  output: unknown;
}

function admit(job: Job): Admitted {
  const events: DomainEvent[] = [];
  const emit = (event: DomainEvent) => void events.push(event);
  const { actor, input, subject, route } = job;
  return { job, events, command: { actor, input, subject, route, emit } };
}

/** Answers that were given before, for the jobs that repeat a key. */
async function replays(
  { tx, now, secrets }: BatchContext,
  jobs: readonly Job[],
): Promise<Map<Job, Settled>> {
  const answers = new Map<Job, Settled>();
  const keyed = jobs.flatMap((job) => (job.idempotency ? [{ job, asked: job.idempotency }] : []));
  if (keyed.length === 0) return answers;

  const found = await tx.idempotency.find(
    keyed.map(({ asked }) => asked.id),
    now,
  );
  const byId = new Map(found.map((record) => [record.id, record]));
  for (const { job, asked } of keyed) {
    const before = byId.get(asked.id);
    if (before === undefined) continue;
    const answer = answerBefore(secrets, before, asked);
    answers.set(
      job,
      isRefusal(answer) ? rejected(errorOf(answer)) : { status: 'fulfilled', value: answer.output },
    );
  }
  return answers;
}

async function record(
  parts: BatchParts,
  tx: WriteTx,
  operation: string,
  now: Instant,
  done: readonly Done[],
): Promise<void> {
  const { ids, secrets, settings, versionOf } = parts;
  const outbox = done.flatMap(({ job, events }) =>
    events.map((event) => ({
      ...event,
      id: ids.next('obx'),
      version: versionOf(event.type),
      actor: actorName(job.actor),
      at: now,
      sequence: null,
    })),
  );
  if (outbox.length > 0) await tx.outbox.append(outbox);

  const audit = done
    .filter(({ events }) => events.length > 0)
    .map(({ job, events }) => ({
      id: ids.next('aud'),
      organizerId: events[0]?.organizerId ?? null,
      eventId: events[0]?.eventId ?? null,
      operation,
      actor: actorName(job.actor),
      subjects: events.map(({ type, subject }) => ({ type, subject })),
      at: now,
    }));
  if (audit.length > 0) await tx.audit.append(audit);

  const answers: IdempotencyRecord[] = done.flatMap(({ job, output }) =>
    job.idempotency === undefined
      ? []
      : [keptAnswer({ secrets, settings, now }, job.idempotency, output)],
  );
  if (answers.length === 0) return;
  const kept = await tx.idempotency.insert(answers, now);
  if (kept < answers.length) throw new LostRace('An idempotency key was answered meanwhile.');
}

export function rejected(reason: unknown): Settled {
  return { status: 'rejected', reason };
}
