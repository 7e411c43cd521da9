// Forked by webhooks-kill.test.ts: a worker that sends webhooks until it is killed.
import { setTimeout } from 'node:timers/promises';
import { instantFromMillis } from '@ticketi/core';
import { ticketiOn } from './databases.ts';
import { storageOf } from './participant.ts';

/** What it works on. */
export interface WorkerTask {
  readonly dialect: 'sqlite' | 'postgres';
  readonly at: string;
  /** How far its clock is ahead: the lease of the one before it has ended. */
  readonly aheadSeconds: number;
}

process.once('message', (task: WorkerTask) => void work(task));
process.once('disconnect', () => process.exit());

async function work({ dialect, at, aheadSeconds }: WorkerTask): Promise<void> {
  const clock = { now: () => instantFromMillis(Date.now() + aheadSeconds * 1000) };
  const ticketi = await ticketiOn(storageOf({ dialect, at, unguarded: false }), clock, {
    migrate: false,
    webhooks: { allowPrivateAddresses: true },
  });
  for (;;) {
    await ticketi.outbox.number({ limit: 3 });
    await ticketi.webhooks.enqueue({ limit: 3 });
    await ticketi.webhooks.deliver({ limit: 5 });
    await setTimeout(5);
  }
}
