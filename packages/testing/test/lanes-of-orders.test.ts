import {
  type Actor,
  createIds,
  type Order,
  type OrderRecord,
  type Settings,
  type Ticketi,
  type WriteTx,
} from '@ticketi/core';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aHold,
  aPaidOrder,
  type BoxOffice,
  type Held,
  seededBytes,
  testClock,
  ticketsOf,
} from '../src/index.ts';
import {
  type Contents,
  databases,
  postgresBase,
  sqliteBase,
  type TestBase,
  ticketiOn,
} from './support/databases.ts';
import { times } from './support/race.ts';
import { type Wrapping, wrapped } from './support/wrapped-storage.ts';

const codesOf = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
  outcomes.map((outcome) => (outcome.status === 'rejected' ? String(outcome.reason.code) : 'done'));
const buyerOf = (index: number) => ({ name: `Buyer ${index}`, email: `buyer${index}@example.com` });

let base: TestBase;
let ticketi: Ticketi;
let transactions: number;

afterEach(async () => {
  await ticketi?.close();
  await base?.drop();
});

async function open(
  create: () => Promise<TestBase>,
  settings: Partial<Settings> = {},
  inside: Wrapping['inside'] = (tx) => tx,
): Promise<BoxOffice> {
  base = await create();
  const storage = wrapped(base.storage(), {
    around(run) {
      transactions += 1;
      return run();
    },
    inside,
  });
  const clock = testClock();
  ticketi = await ticketiOn(storage, clock, {
    settings,
    ids: createIds(clock, seededBytes(1)),
  });
  const office = await aBoxOffice(ticketi, { capacity: null, codeUses: null });
  transactions = 0;
  return office;
}

const holdsOf = (office: BoxOffice, count: number): Promise<Held[]> =>
  Promise.all(times(count, () => aHold(ticketi, office)));

const placeAll = (
  held: readonly Held[],
  keyOf: (index: number) => string | undefined = () => undefined,
) =>
  Promise.allSettled(
    held.map(({ hold: { id: holdId }, actor }, index) =>
      ticketi
        .as(actor)
        .orders.place({ holdId, buyer: buyerOf(index) }, { idempotencyKey: keyOf(index) }),
    ),
  );

const clean = async () =>
  expect((await ticketi.diagnose()).checks.filter(({ ok }) => !ok)).toEqual([]);

describe.each(databases)('commands of orders in batches on %s', (_name, create) => {
  test('one on which the database fails fails alone, and all the others are served', async () => {
    const office = await open(create, {}, (tx) =>
      withOrdersInserted(tx, (rows) =>
        rows.flatMap((row) => (row.buyerName === 'Buyer 7' ? [row, row] : [row])),
      ),
    );
    const held = await holdsOf(office, 20);
    transactions = 0;
    const outcomes = await placeAll(held);
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(
      times(20, (index) => index !== 7),
    );
    // Halves: 20, 10, 5, 5, 3, 2, the one, ...
    expect(transactions).toBeGreaterThan(4);
    expect(transactions).toBeLessThan(15);
    const orders = await ticketi.orders.list({ eventId: office.event.id, limit: 200 });
    expect(orders.items.map(({ buyer }) => buyer.name).sort()).toEqual(
      times(20, (index) => `Buyer ${index}`)
        .filter((name) => name !== 'Buyer 7')
        .sort(),
    );
    // Its hold is as it was, and can still be placed by somebody whom the database takes.
    const seventh = held[7];
    const again = { holdId: seventh?.hold.id ?? '', buyer: buyerOf(99) };
    await ticketi.as(seventh?.actor ?? { type: 'anonymous' }).orders.place(again);
    await clean();
  });

  test('a guest with the wrong token among 50 is kept out, and takes nothing from the others', async () => {
    const office = await open(create);
    const held = await holdsOf(office, 50);
    const strangers = held.map((own, index): Held => {
      const actor: Actor = { type: 'guest', token: held[(index + 1) % 50]?.hold.accessToken ?? '' };
      return index % 10 === 3 ? { ...own, actor } : own;
    });
    transactions = 0;
    const outcomes = await placeAll(strangers);
    expect(codesOf(outcomes)).toEqual(
      times(50, (index) => (index % 10 === 3 ? 'not_allowed' : 'done')),
    );
    expect(transactions).toBe(1);
    await clean();
  });

  test('commands of one order, one payment and one ticket meet in a batch, one after the other', async () => {
    const office = await open(create);
    const held = await holdsOf(office, 4);
    const orders = (await placeAll(held)).flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value] : [],
    );
    const paying = await Promise.allSettled(
      [...orders, ...orders, ...orders].map(({ id: orderId }) =>
        ticketi.orders.pay({ orderId, provider: 'sandbox' }),
      ),
    );
    // Who comes second finds the payment of the first, or the order paid.
    for (const code of codesOf(paying)) expect(['done', 'order_not_pending']).toContain(code);
    expect(codesOf(paying).slice(0, 4)).toEqual(times(4, () => 'done'));
    const tickets = await Promise.all(orders.map(({ id }) => ticketsOf(ticketi, id)));
    expect(tickets.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
    for (const { id } of orders) {
      const { payment, refunded } = await ticketi.orders.get({ orderId: id });
      expect(payment?.state).toBe('succeeded');
      expect(refunded).toBe(0);
    }
    const codes = await Promise.all(
      tickets.flat().map(async ({ id }) => (await ticketi.tickets.code({ ticketId: id })).code),
    );
    transactions = 0;
    const scans = await Promise.all(
      [...codes, ...codes, ...codes].map((code) =>
        ticketi.checkin.scan({ eventId: office.event.id, code }),
      ),
    );
    expect(scans.filter(({ admitted }) => admitted)).toHaveLength(4);
    expect(transactions).toBe(1);
    await clean();
  });

  test('keys are kept for each command of a batch: repeats replay, other bodies are refused', async () => {
    const office = await open(create);
    const held = await holdsOf(office, 30);
    const key = (index: number) => `a key that nobody guesses ${index}`;
    const first = await placeAll(held, key);
    expect(codesOf(first)).toEqual(times(30, () => 'done'));

    // Ten with another body, among twenty repeats.
    const actor = (index: number) => held[index]?.actor ?? { type: 'anonymous' as const };
    const second = await Promise.allSettled(
      held.map(({ hold: { id: holdId } }, index) =>
        ticketi
          .as(actor(index))
          .orders.place(
            { holdId, buyer: buyerOf(index % 3 === 0 ? 99 : index) },
            { idempotencyKey: key(index) },
          ),
      ),
    );
    expect(codesOf(second)).toEqual(
      times(30, (index) => (index % 3 === 0 ? 'idempotency_key_reused' : 'done')),
    );
    second.forEach((outcome, index) => {
      if (outcome.status === 'fulfilled') expect([outcome]).toEqual([first[index]]);
    });

    // The same key twice at once: the second is told that the first is running.
    const more = await holdsOf(office, 5);
    const twice = await placeAll([...more, ...more], (index) => key(100 + (index % 5)));
    expect(codesOf(twice)).toEqual([
      ...times(5, () => 'done'),
      ...times(5, () => 'idempotency_in_progress'),
    ]);
    await clean();
  });

  test('paying with a key again and again is one payment and one answer', async () => {
    const office = await open(create);
    const orders = (await placeAll(await holdsOf(office, 10))).flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value] : [],
    );
    const pay = () =>
      Promise.all(
        orders.map(({ id: orderId }: Order) =>
          ticketi.orders.pay(
            { orderId, provider: 'sandbox' },
            { idempotencyKey: `pay ${orderId}` },
          ),
        ),
      );
    const first = await pay();
    expect(await pay()).toEqual(first);
    expect(rows(await base.contents(), 'payments')).toBe(10);
    await clean();
  });

  test('closing waits for orders, payments and scans that were accepted', async () => {
    const office = await open(create, { laneBatch: 4 });
    const paid = await aPaidOrder(ticketi, office, { quantity: 8 });
    const codes = await Promise.all(
      paid.tickets.map(async ({ id }) => (await ticketi.tickets.code({ ticketId: id })).code),
    );
    const placed = (await placeAll(await holdsOf(office, 12))).flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value] : [],
    );
    const held = await holdsOf(office, 12);
    const running = Promise.allSettled([
      ...held.map(({ hold: { id: holdId }, actor }, index) =>
        ticketi.as(actor).orders.place({ holdId, buyer: buyerOf(index) }),
      ),
      ...placed.map(({ id: orderId }) => ticketi.orders.pay({ orderId, provider: 'sandbox' })),
      ...codes.map((code) => ticketi.checkin.scan({ eventId: office.event.id, code })),
    ]);
    await ticketi.close();
    const outcomes = await running;
    expect(codesOf(outcomes)).toEqual(times(32, () => 'done'));
    ticketi = await ticketiOn(base.storage(), testClock());
    const orders = await ticketi.orders.list({ eventId: office.event.id, limit: 200 });
    expect(orders.items.filter(({ state }) => state === 'paid')).toHaveLength(13);
    await clean();
  });
});

test('with the same seeds a batch of 50 orders makes the same records on both databases', async () => {
  const made: Contents[] = [];
  for (const create of [sqliteBase, postgresBase]) {
    const office = await open(create);
    const held = await holdsOf(office, 50);
    const outcomes = await placeAll(held);
    await Promise.all(
      outcomes.flatMap((outcome) =>
        outcome.status === 'fulfilled'
          ? [ticketi.orders.pay({ orderId: outcome.value.id, provider: 'sandbox' })]
          : [],
      ),
    );
    made.push(await base.contents());
    if (made.length === 1) {
      await ticketi.close();
      await base.drop();
    }
  }
  const [first, second] = made.map((contents) =>
    [
      'holds',
      'claims',
      'orders',
      'payments',
      'tickets',
      'counters',
      'outbox',
      'postings',
      'entries',
    ].map((table) => [table, (contents.get(table) ?? []).map(plain).sort()]),
  );
  expect(JSON.stringify(first).length).toBeGreaterThan(50_000);
  expect(second).toEqual(first);
});

test('an event whose counter is locked by somebody else does not hold up another one', async () => {
  const slow = await open(postgresBase);
  const quick = await aBoxOffice(ticketi, { capacity: 100 });
  const locker = new pg.Client({ connectionString: base.at });
  await locker.connect();
  await locker.query('BEGIN');
  await locker.query('SELECT 1 FROM ticketi.counters WHERE event_id = $1 FOR UPDATE', [
    slow.event.id,
  ]);
  let waiting = 40;
  const stuck = holdsOf(slow, 40).then(() => {
    waiting = 0;
  });
  for (const turn of times(5, (own) => own)) {
    const held = await holdsOf(quick, 10);
    const outcomes = await placeAll(held);
    expect(codesOf(outcomes), `turn ${turn}`).toEqual(times(10, () => 'done'));
    await Promise.all(
      outcomes.flatMap((outcome) =>
        outcome.status === 'fulfilled'
          ? [ticketi.orders.pay({ orderId: outcome.value.id, provider: 'sandbox' })]
          : [],
      ),
    );
  }
  expect(waiting).toBe(40);
  await locker.query('ROLLBACK');
  await stuck;
  await locker.end();
  await clean();
});

test('the 10,001st command that waits is told to come again', async () => {
  const office = await open(sqliteBase);
  const [first] = await holdsOf(office, 1);
  const scan = () => ticketi.checkin.scan({ eventId: office.event.id, code: first?.hold.id ?? '' });
  const outcomes = await Promise.allSettled(times(10_001, scan));
  expect(codesOf(outcomes).filter((code) => code === 'busy')).toHaveLength(1);
  expect(outcomes.at(-1)).toMatchObject({
    status: 'rejected',
    reason: { code: 'busy', retryable: true, details: { retryAfterSeconds: 1 } },
  });
});

function withOrdersInserted(
  tx: WriteTx,
  change: (rows: readonly OrderRecord[]) => readonly OrderRecord[],
): WriteTx {
  const { orders } = tx.orders;
  const changed = {
    ...orders,
    insert: (rows: readonly OrderRecord[]) => orders.insert(change(rows)),
  };
  return { ...tx, orders: { ...tx.orders, orders: changed } };
}

const rows = (contents: Contents, table: string) => (contents.get(table) ?? []).length;

/** A row in the one form that both databases have: instants in UTC, documents as themselves, 1 for true. */
function plain(text: string): string {
  const row: Record<string, unknown> = JSON.parse(text);
  const sorted = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(
    sorted.map(([name, value]) => {
      if (typeof value === 'boolean') return [name, value ? 1 : 0];
      if (typeof value !== 'string') return [name, value];
      if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return [name, new Date(value).toISOString()];
      return [name, /^[[{]/.test(value) ? JSON.parse(value) : value];
    }),
  );
}
