import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Actor, OperationName, Storage } from '@ticketi/core';
import { type Call, type Outcome, openParticipant, type Start } from './participant.ts';

/** Somebody's request in a race. */
export function call(
  operation: OperationName,
  actor: Actor,
  input: object,
  {
    idempotencyKey,
    afterMillis = 0,
    behindNow = false,
  }: { idempotencyKey?: string; afterMillis?: number; behindNow?: boolean } = {},
): Call {
  return { operation, actor, input, idempotencyKey, afterMillis, behindNow };
}

interface Runner {
  /** Makes all the calls at once. */
  run(calls: readonly Call[], now: string): Promise<Outcome[]>;
  close(): Promise<void>;
}

/** Several servers of one installation, as they would stand behind a load balancer. */
export interface Crowd {
  /** Spreads the calls over the servers, lets all go at once; outcomes in the calls' order. */
  race(calls: readonly Call[], now: string): Promise<Outcome[]>;
  close(): Promise<void>;
}

/** @param storages one for each instance in this process; @param starts one for each process */
export async function openCrowd(
  storages: readonly Storage[],
  starts: readonly Start[],
): Promise<Crowd> {
  const runners = await Promise.all([
    ...storages.map(async (storage): Promise<Runner> => openParticipant(storage)),
    ...starts.map(startProcess),
  ]);
  return {
    async race(calls, now) {
      const shares = runners.map((_, turn) =>
        calls.flatMap((made, index) => (index % runners.length === turn ? [{ made, index }] : [])),
      );
      const outcomes: Outcome[] = [];
      await Promise.all(
        runners.map(async (runner, turn) => {
          const share = shares[turn] ?? [];
          const made = share.map((own) => own.made);
          const answers = await runner.run(made, now);
          share.forEach(({ index }, at) => {
            outcomes[index] = answers[at] ?? { status: 'failed', message: 'no answer' };
          });
        }),
      );
      return outcomes;
    },
    async close() {
      await Promise.all(runners.map((runner) => runner.close()));
    },
  };
}

async function startProcess(start: Start): Promise<Runner> {
  const child = fork(new URL('./crowd-process.ts', import.meta.url));
  const ready = answerOf(child);
  child.send(start);
  await ready;
  return {
    async run(calls, now) {
      const answer = answerOf(child);
      child.send({ calls, now });
      return (await answer) as Outcome[];
    },
    async close() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** The next message of a child; its end before that is an error. */
async function answerOf(child: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  const { signal } = over;
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`A process of the crowd ended with ${String(code)}.`);
  });
  ended.catch(() => {});
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), ended]);
    return message;
  } finally {
    over.abort();
  }
}
