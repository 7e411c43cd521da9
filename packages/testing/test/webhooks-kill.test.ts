import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { systemClock, type Ticketi } from '@ticketi/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, aPaidOrder } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { aReceiver, type Receiver } from './support/receiver.ts';
import type { WorkerTask } from './support/webhook-worker-process.ts';

const KILLS = 4;
const worker = new URL('./support/webhook-worker-process.ts', import.meta.url);

describe.each(databases)('a worker that is killed while it sends, on %s', (dialect, create) => {
  let base: TestBase;
  let ticketi: Ticketi;
  let receiver: Receiver;
  let child: ChildProcess | undefined;

  beforeEach(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), systemClock, {
      webhooks: { allowPrivateAddresses: true },
    });
    receiver = await aReceiver();
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    await ticketi?.close();
    await receiver?.close();
    await base?.drop();
  });

  function start(aheadSeconds: number): ChildProcess {
    const started = fork(worker);
    const task: WorkerTask = { dialect, at: base.at, aheadSeconds };
    started.send(task);
    return started;
  }

  test('loses no fact: each arrives at least once, also what it sent and never wrote down', async () => {
    const office = await aBoxOffice(ticketi);
    const organizerId = office.organizer.id;
    await ticketi.webhooks.createEndpoint({ organizerId, url: receiver.url });
    for (let order = 0; order < 5; order += 1) await aPaidOrder(ticketi, office);

    for (let kill = 0; kill < KILLS; kill += 1) {
      let met = 0;
      const killed = new Promise<void>((resolve) => {
        receiver.answering = async (_received, response) => {
          met += 1;
          if (met === kill + 2) {
            // It has sent, and will never know what was answered.
            child?.kill('SIGKILL');
            if (child !== undefined && child.exitCode === null) await once(child, 'exit');
            resolve();
          }
          if (kill % 2 === 0) response.writeHead(met % 3 === 0 ? 500 : 204).end();
        };
      });
      child = start(kill * 61);
      await killed;
    }
    receiver.answering = () => {};
    child = start(KILLS * 61 + 600);
    const states = async () => {
      const { items } = await ticketi.webhooks.deliveries({ organizerId, limit: 200 });
      const entries = await ticketi.outbox.list({ organizerId, limit: 200 });
      const since = entries.items.findIndex(({ type }) => type === 'webhook_endpoint.created');
      return {
        facts: since + 1,
        delivered: items.filter(({ state }) => state === 'delivered').length,
      };
    };
    await expect
      .poll(
        async () => {
          const { facts, delivered } = await states();
          return facts - delivered;
        },
        { timeout: 180_000, interval: 200 },
      )
      .toBeLessThanOrEqual(0);

    const arrived = new Set(receiver.received.map(({ id }) => id));
    const { items } = await ticketi.webhooks.deliveries({ organizerId, limit: 200 });
    expect(items.filter(({ outboxId }) => !arrived.has(outboxId))).toEqual([]);
    // The kills fell between sending and writing down: some came more than once.
    expect(receiver.received.length).toBeGreaterThan(arrived.size);
  }, 300_000);
});
