import { setTimeout } from 'node:timers/promises';
import {
  type Clock,
  instantFromMillis,
  isTicketiError,
  millisOf,
  systemClock,
  type Ticketi,
} from '@ticketi/core';
import { postgres } from '@ticketi/storage/postgres';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../tests/support/postgres-server.ts';
import { halfDone, missing } from './support/aftermath.ts';
import { accountsOf, wrongIn } from './support/books.ts';
import { postgresBase, type TestBase, ticketiOn } from './support/databases.ts';
import { dice } from './support/dice.ts';
import { answering, killBackend, killServer } from './support/killing.ts';
import { anAssortment, callOf, purchase, type Step } from './support/purchase.ts';
import { field } from './support/race.ts';
import type { Acknowledgement } from './support/shops.ts';

/** Of every three of these, two are of the whole server and one of a single connection. */
const KILLS = process.env.TICKETI_KILLS === 'full' ? 20 : 3;
const BUYERS = 8;

/** Goes thirty times as fast: a key whose workflow ended with its server is free after a second. */
const began = millisOf(systemClock.now());
const hasty: Clock = {
  now: () => instantFromMillis(began + 30 * (millisOf(systemClock.now()) - began)),
};

let server: PostgresServer;
let base: TestBase | undefined;

beforeAll(async () => {
  server = await startPostgres({ restarts: true });
});
afterAll(() => server?.stop());
afterEach(async () => {
  await base?.drop();
  base = undefined;
});

interface Shopping {
  readonly acknowledged: Acknowledgement[];
  /** Calls that were made again because nobody knew whether they were done. */
  repeats: number;
  readonly strange: string[];
}

/** Lets buyers buy, each asking again under the same key until there is an answer. */
async function shopWhile(ticketi: Ticketi, work: (answers: () => number) => Promise<void>) {
  const shopping: Shopping = { acknowledged: [], repeats: 0, strange: [] };
  const assortment = await anAssortment(ticketi, 100_000);
  let isOpen = true;

  async function insist(step: Step): Promise<unknown> {
    for (;;) {
      try {
        const made = await callOf(ticketi, step);
        shopping.acknowledged.push({ ...step.sign, id: String(field(made, 'id')) });
        return made;
      } catch (error) {
        const isRunning = isTicketiError(error, 'idempotency_in_progress');
        if (!isRunning && !(isTicketiError(error) && error.retryable)) throw error;
        shopping.repeats += 1;
        await setTimeout(20);
      }
    }
  }
  async function buy(name: string, seed: number): Promise<void> {
    const chance = dice(seed);
    for (let turn = 0; isOpen; turn += 1) {
      await purchase(assortment, `${name}-${turn}`, chance, insist).catch((error: unknown) => {
        shopping.strange.push(String(error));
      });
    }
  }
  const buyers = Array.from({ length: BUYERS }, (_, at) => buy(`buyer${at}`, at + 1));
  try {
    await work(() => shopping.acknowledged.length);
  } finally {
    isOpen = false;
    await Promise.all(buyers);
  }
  return shopping;
}

async function hears(answers: () => number, more: number): Promise<void> {
  const enough = answers() + more;
  while (answers() < enough) await setTimeout(2);
}

async function openAt(parameters = '') {
  base = await postgresBase(server.url);
  const storage = postgres({ connectionString: `${base.at}${parameters}` });
  return { own: base, ticketi: await ticketiOn(storage, hasty) };
}

test('a server that is killed leaves all that was acknowledged, and repeats complete the rest', async () => {
  const chance = dice(11);
  const { own, ticketi } = await openAt();
  const { acknowledged, repeats, strange } = await shopWhile(ticketi, async (answers) => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      await hears(answers, 20 + chance.below(60));
      if (kill % 3 === 2) await killBackend(own.at, chance);
      else await killServer(own.at);
      await answering(own.at);
    }
    await hears(answers, 20);
  });
  expect(strange).toEqual([]);
  expect(repeats).toBeGreaterThan(KILLS);
  const contents = await own.contents();
  expect(missing(acknowledged, contents)).toEqual([]);
  expect(halfDone(contents)).toEqual([]);
  expect(wrongIn(await accountsOf(own))).toEqual([]);
  expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  await ticketi.close();
}, 600_000);

test('control: a server that acknowledges before its disk has it loses some of it', async () => {
  const { own, ticketi } = await openAt(
    `?options=${encodeURIComponent('-c synchronous_commit=off')}`,
  );
  const { acknowledged } = await shopWhile(ticketi, async (answers) => {
    for (let kill = 0; kill < 3; kill += 1) {
      await hears(answers, 40);
      await killServer(own.at);
      await answering(own.at);
    }
  });
  expect(missing(acknowledged, await own.contents())).not.toEqual([]);
  await ticketi.close();
}, 120_000);
