import { plusMinutes, systemClock, type Ticketi } from '@ticketi/core';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { halfDone, missing } from './support/aftermath.ts';
import { accountsOf, wrongIn } from './support/books.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';
import { dice } from './support/dice.ts';
import { anAssortment, repeat } from './support/purchase.ts';
import { type Acknowledgement, rushAndKill, type Shop } from './support/shops.ts';

/** `npm run kill` kills as often as docs/testing.md says; every run of the tests, a tenth of that. */
const IN_FULL = process.env.TICKETI_KILLS === 'full';
const KILLS = { sqlite: IN_FULL ? 200 : 20, postgres: IN_FULL ? 100 : 10 };

describe.each(databases)('processes that are killed in the rush on %s', (dialect, create) => {
  let base: TestBase;
  let ticketi: Ticketi;

  afterEach(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  async function rush(kills: number, capacity: number, acknowledges: Shop['acknowledges']) {
    base = await create();
    ticketi = await ticketiOn(base.storage(), systemClock);
    const assortment = await anAssortment(ticketi, capacity);
    const shop = { dialect, at: base.at, ...assortment, acknowledges };
    const went = await rushAndKill(shop, kills, dice(7));
    await quiet();
    return { ...went, contents: await base.contents() };
  }

  /** Nothing that was acknowledged is missing, and nothing is there by half. */
  async function expectWhole(acknowledged: readonly Acknowledgement[]): Promise<void> {
    const contents = await base.contents();
    expect(missing(acknowledged, contents)).toEqual([]);
    expect(halfDone(contents)).toEqual([]);
    expect(wrongIn(await accountsOf(base))).toEqual([]);
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  }

  /** The server may still be reading what a process sent before it died. */
  async function quiet(): Promise<void> {
    if (dialect === 'sqlite') return;
    const client = new pg.Client({ connectionString: base.at });
    await client.connect();
    const busy = async () => {
      const { rows } = await client.query(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'",
      );
      return rows.length;
    };
    await expect.poll(busy, { timeout: 10_000 }).toBe(0);
    await client.end();
  }

  test('leave what they acknowledged, of the rest all or nothing, and a repeat completes it', async () => {
    const kills = KILLS[dialect];
    const { acknowledged, strange, interrupted } = await rush(kills, kills * 4, 'answered');
    expect(strange).toEqual([]);
    for (const done of ['held', 'ordered', 'paid']) {
      expect(acknowledged.filter((own) => own.done === done).length).toBeGreaterThan(20);
    }
    await expectWhole(acknowledged);

    expect(interrupted.length).toBeGreaterThan(kills / 2);
    // A minute later, when no key is that of a process which died any more.
    const later = await ticketiOn(base.storage(), {
      now: () => plusMinutes(systemClock.now(), 1),
    });
    const completed = await repeat(later, interrupted).finally(() => later.close());
    expect(completed.length).toBeGreaterThan(0);
    await expectWhole([...acknowledged, ...completed]);
  }, 600_000);

  test('control: a server that acknowledges before the commit is found out', async () => {
    const { acknowledged, contents } = await rush(3, 100_000, 'asked');
    expect(missing(acknowledged, contents)).not.toEqual([]);
  }, 300_000);
});
