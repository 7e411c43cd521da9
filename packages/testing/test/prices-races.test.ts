import { type Actor, plusMinutes, type Ticketi } from '@ticketi/core';
import { postgres } from '@ticketi/storage/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aBoxOffice, aHold, testClock } from '../src/index.ts';
import { rowsIn } from './support/books.ts';
import { type Crowd, call, openCrowd } from './support/crowd.ts';
import { databases, postgresBase, type TestBase, ticketiOn } from './support/databases.ts';
import type { Call } from './support/participant.ts';
import { aType } from './support/pricing.ts';
import { strange, times, wins } from './support/race.ts';
import { demandStep, oneTier } from './support/races-of-prices.ts';
import { unlockedPool } from './support/unguarded-postgres.ts';

const anonymous: Actor = { type: 'anonymous' };

interface HeldQuote {
  readonly total: number;
  readonly lines: readonly {
    readonly quantity: number;
    readonly unitPrice: number;
    readonly total: number;
    readonly tier?: { readonly id: string; readonly name: string };
  }[];
}

/**
 * Where holds and claims disagree, read from the rows: for each hold that is
 * live or sold, what it has of each tier in its price and in its claims.
 */
async function disagreements(base: TestBase, tierIds: readonly string[]): Promise<string[]> {
  const contents = await base.contents();
  const wrong: string[] = [];
  const sold = new Map<string, number>();
  const claims = rowsIn(contents.get('claims')).filter(({ released_at }) => released_at === null);
  for (const row of rowsIn(contents.get('holds'))) {
    const own = claims.filter(({ claimant_id }) => claimant_id === row.id);
    if (own.length === 0) continue;
    const quote: HeldQuote = typeof row.quote === 'string' ? JSON.parse(row.quote) : row.quote;
    const sum = quote.lines.reduce((all, { total }) => all + total, 0);
    if (sum !== quote.total) wrong.push(`${String(row.id)} costs ${quote.total}, not ${sum}`);
    for (const id of tierIds) {
      const priced = quote.lines
        .filter(({ tier }) => tier?.id === id)
        .reduce((all, { quantity }) => all + quantity, 0);
      const claimed = own
        .filter(({ target_id }) => target_id === id)
        .reduce((all, { units }) => all + Number(units), 0);
      if (priced !== claimed) wrong.push(`${String(row.id)} pays ${priced} of ${claimed} claimed`);
      sold.set(id, (sold.get(id) ?? 0) + priced);
    }
  }
  for (const { target_id, claimed, capacity } of rowsIn(contents.get('counters'))) {
    const live = sold.get(String(target_id));
    if (live === undefined) continue;
    if (live !== Number(claimed)) wrong.push(`${String(target_id)}: ${live} of ${claimed} counted`);
    if (live > Number(capacity)) wrong.push(`${String(target_id)}: ${live} of ${capacity}`);
  }
  return wrong;
}

describe.each(databases)('prices and claims in a crowd on %s', (_name, create) => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let crowd: Crowd;

  beforeAll(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
    const start = { dialect: base.dialect, at: base.at, unguarded: false };
    crowd = await openCrowd(
      times(base.dialect === 'postgres' ? 2 : 0, () => base.storage()),
      times(base.dialect === 'postgres' ? 2 : 4, () => start),
    );
  });
  afterAll(async () => {
    await crowd?.close();
    await ticketi?.close();
    await base?.drop();
  });

  test('holds, changes, releases, orders and what lapses: every price is its claims', async () => {
    const office = await aBoxOffice(ticketi, { capacity: null });
    const tiers = [
      { name: 'Early', price: 1000, quantity: 100 },
      { name: 'Regular', price: 2000, quantity: 50 },
    ];
    const step = { soldShare: '50', change: { type: 'amount', amount: 500 } } as const;
    const type = await aType(ticketi, office, {
      tiers,
      maxInAll: 400,
      maxPerOrder: 20,
      dynamic: { floor: 0, ceiling: 9000, demand: [step] },
    });
    const eventId = office.event.id;
    const items = (quantity: number) => [{ ticketTypeId: type.id, quantity }];
    const held = await Promise.all(
      times(24, (index) =>
        aHold(ticketi, office, { userId: `u_${index}`, items: items(1 + (index % 4)) }),
      ),
    );
    for (let round = 0; round < 3; round += 1) {
      // The last round finds the first holds lapsed, and takes them back itself.
      const now = round === 2 ? plusMinutes(clock.now(), 15) : clock.now();
      const calls: Call[] = [
        ...held.slice(round * 8, round * 8 + 8).map(({ actor, hold }, index) => {
          const afterMillis = index * 3;
          const holdId = hold.id;
          if (index % 4 === 0) return call('holds.release', actor, { holdId }, { afterMillis });
          if (index % 4 === 1) {
            const buyer = { name: 'Anna', email: `anna${index}@example.com` };
            return call('orders.place', actor, { holdId, buyer }, { afterMillis });
          }
          const changed = { holdId, items: items(index % 4 === 2 ? 6 : 1) };
          return call('holds.change', actor, changed, { afterMillis });
        }),
        ...times(60, (index) =>
          call(
            'holds.create',
            anonymous,
            { eventId, items: items(1 + (index % 3)) },
            { afterMillis: index % 20 },
          ),
        ),
      ];
      const outcomes = await crowd.race(calls, now);
      expect(strange(outcomes, 'limit_exceeded', 'hold_expired')).toEqual([]);
      const ids = type.tiers.map(({ id }) => id);
      expect(await disagreements(base, ids)).toEqual([]);
    }
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('a code that is disabled while its places sell frees those that it has not sold', async () => {
    for (let run = 0; run < 5; run += 1) {
      const office = await aBoxOffice(ticketi, { capacity: 40 });
      const eventId = office.event.id;
      const ticketTypeId = office.standard.id;
      const reserve = { ticketTypeId, quantity: 30 };
      const { id: codeId } = await ticketi.codes.create({ eventId, code: 'CLUB', reserve });
      const input = { eventId, items: [{ ticketTypeId, quantity: 1 }] };
      const disable = { codeId, state: 'disabled' };
      const outcomes = await crowd.race(
        [
          call('codes.update', { type: 'system' }, disable, { afterMillis: 4 + run * 4 }),
          ...times(60, (index) => {
            const wanted = index % 3 === 0 ? input : { ...input, codes: ['CLUB'] };
            return call('holds.create', anonymous, wanted, { afterMillis: index % 30 });
          }),
        ],
        clock.now(),
      );
      expect(strange(outcomes, 'sold_out', 'code_not_valid')).toEqual([]);
      const sold = wins(outcomes.filter((_, index) => index > 0 && (index - 1) % 3 !== 0)).length;
      const others = wins(outcomes).length - sold - 1;
      expect(await ticketi.pools.get({ poolId: office.pool.id })).toMatchObject({
        blocked: sold,
        held: others,
        available: 40 - sold - others,
      });
    }
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe('prices on PostgreSQL where only the locks are off', () => {
  const clock = testClock();
  let base: TestBase;
  let ticketi: Ticketi;
  let crowd: Crowd;
  let pools: { end(): Promise<void> }[] = [];

  beforeAll(async () => {
    base = await postgresBase();
    ticketi = await ticketiOn(base.storage(), clock);
    const unlocked = times(3, () => unlockedPool(base.at));
    pools = unlocked;
    crowd = await openCrowd(
      unlocked.map((pool) => postgres({ pool })),
      [],
    );
  });
  afterAll(async () => {
    await crowd?.close();
    await Promise.all(pools.map((pool) => pool.end()));
    await ticketi?.close();
    await base?.drop();
  });

  test('a tier is not oversold: the guarded statement stands behind the locks', async () => {
    for (let run = 0; run < 3; run += 1) {
      const { count } = await oneTier.run({ ticketi, clock, crowd });
      expect(count).toBeLessThanOrEqual(100);
    }
  });

  test('a price that was decided before the lock is wrong: too many pay the lower one', async () => {
    let most = 0;
    for (let run = 0; run < 30 && most <= demandStep.expected; run += 1) {
      most = Math.max(most, (await demandStep.run({ ticketi, clock, crowd })).count);
    }
    expect(most).toBeGreaterThan(demandStep.expected);
  });
});
