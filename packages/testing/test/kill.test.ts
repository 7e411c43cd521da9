import { systemClock, type Ticketi } from '@ticketi/core';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { aBoxOffice } from '../src/index.ts';
import { accountsOf, rowsIn, wrongIn } from './support/books.ts';
import { type Contents, databases, type TestBase, ticketiOn } from './support/databases.ts';
import { dice } from './support/dice.ts';
import { times } from './support/race.ts';
import { type Acknowledgement, rushAndKill, type Shop } from './support/shops.ts';

const KILLS = 10;
const POOLS = 12;

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
    const { event } = await aBoxOffice(ticketi);
    const eventId = event.id;
    const types = await Promise.all(
      times(POOLS, async (index) => {
        const pool = await ticketi.pools.create({ eventId, name: `Pool ${index}`, capacity });
        const draws = [{ poolId: pool.id }];
        const type = { eventId, name: `Type ${index}`, price: 1000 + index, draws };
        return ticketi.ticketTypes.create(type);
      }),
    );
    const typeIds = types.map(({ id }) => id);
    const went = await rushAndKill(
      { dialect, at: base.at, eventId, typeIds, acknowledges },
      kills,
      dice(7),
    );
    await quiet();
    return { ...went, contents: await base.contents() };
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

  test('leave everything that they acknowledged, and of what was under way all or nothing', async () => {
    const { acknowledged, strange, contents } = await rush(KILLS, 60, 'answered');
    expect(strange).toEqual([]);
    for (const done of ['held', 'ordered', 'paid']) {
      expect(acknowledged.filter((own) => own.done === done).length).toBeGreaterThan(20);
    }
    expect(missing(acknowledged, contents)).toEqual([]);
    expect(halfDone(contents)).toEqual([]);
    expect(wrongIn(await accountsOf(base))).toEqual([]);
    expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);
  }, 90_000);

  test('control: a server that acknowledges before the commit is found out', async () => {
    const { acknowledged, contents } = await rush(3, 100_000, 'asked');
    expect(missing(acknowledged, contents)).not.toEqual([]);
  }, 90_000);
});

/** What somebody was told and is not there, or is there with another content. */
function missing(acknowledged: readonly Acknowledgement[], contents: Contents): string[] {
  const holds = byField(contents, 'holds', 'user_id');
  const orders = byField(contents, 'orders', 'user_id');
  const tickets = byField(contents, 'tickets', 'order_id');
  return acknowledged.flatMap(({ done, user, id, ticketTypeId, quantity }) => {
    const [hold, ...others] = holds.get(user) ?? [];
    const [order, ...more] = orders.get(user) ?? [];
    const items = JSON.stringify(jsonOf(hold?.items));
    const found = {
      held:
        items === JSON.stringify([{ ticketTypeId, quantity }]) &&
        others.length === 0 &&
        (id === undefined || hold?.id === id),
      ordered:
        order?.hold_id === hold?.id &&
        order?.buyer_email === `${user}@example.com` &&
        more.length === 0 &&
        (id === undefined || order?.id === id),
      paid:
        order?.state === 'paid' &&
        (id === undefined || order.id === id) &&
        tickets
          .get(String(order.id))
          ?.filter((own) => own.state === 'valid' && own.ticket_type_id === ticketTypeId).length ===
          quantity,
    };
    return found[done] ? [] : [`${user} was told: ${done}`];
  });
}

/** Records without all that belongs to them: claims, tickets, one outbox row for each fact. */
function halfDone(contents: Contents): string[] {
  const claims = byField(contents, 'claims', 'claimant_id');
  const tickets = byField(contents, 'tickets', 'order_id');
  const payments = byField(contents, 'payments', 'order_id');
  const facts = byField(contents, 'outbox', 'subject');
  const told = (id: unknown, type: string) =>
    (facts.get(String(id)) ?? []).filter((fact) => fact.type === type).length;

  const holds = rowsIn(contents.get('holds')).filter(({ id, items: bought }) => {
    const units = (claims.get(String(id)) ?? []).reduce((sum, own) => sum + Number(own.units), 0);
    const items = rowsOf(jsonOf(bought));
    const wanted = items.reduce((sum, item) => sum + Number(item.quantity), 0);
    return units !== wanted || told(id, 'hold.created') !== 1;
  });
  const orders = rowsIn(contents.get('orders')).filter(({ id, state }) => {
    const paid = state === 'paid' ? 1 : 0;
    const succeeded = (payments.get(String(id)) ?? []).filter((own) => own.state === 'succeeded');
    return (
      told(id, 'order.placed') !== 1 ||
      told(id, 'order.paid') !== paid ||
      succeeded.length !== paid ||
      (tickets.get(String(id)) ?? []).length > 0 !== (paid === 1)
    );
  });
  const known = new Set(
    [...contents].flatMap(([table, rows]) =>
      table === 'outbox' ? [] : rowsIn(rows).map(({ id }) => String(id)),
    ),
  );
  const stray = [...facts.keys()].filter((subject) => !known.has(subject));
  return [...[...holds, ...orders].map(({ id }) => String(id)), ...stray];
}

function byField(contents: Contents, table: string, field: string) {
  return Map.groupBy(rowsIn(contents.get(table)), (row) => String(row[field]));
}

/** SQLite has a document as text, PostgreSQL as itself. */
function jsonOf(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}

function rowsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value : [];
}
