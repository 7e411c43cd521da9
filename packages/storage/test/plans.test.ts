import type { PageRequest, WriteTx } from '@ticketi/core';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgres } from '../src/postgres.ts';
import { sqlite } from '../src/sqlite.ts';
import { postgresDatabase, sqliteFile, type TestStorage } from './support/databases.ts';
import { hostPool } from './support/host-pool.ts';
import * as sample from './support/records.ts';
import { idOf, later, now, organizerId } from './support/records.ts';
import { rewritingDatabase } from './support/rewriting-database.ts';
import { rewriting } from './support/rewriting-pool.ts';

const EVENTS = 20;
const ROWS = 10_000;

/** Many events with many rows each, so that reading a whole table is never the best plan. */
async function fill(tx: WriteTx): Promise<void> {
  const numbers = Array.from({ length: ROWS }, (_, n) => n + 1);
  const place = (n: number) => ({ eventId: idOf('evt', n % EVENTS) });
  const user = (n: number) => `u_${n % 500}`;
  await sample.seed(tx);
  await tx.inventory.openCounters(
    numbers.map((n) => sample.counter(n, { ...place(n), capacity: null, claimed: 1000 })),
  );
  await tx.inventory.holds.insert(
    numbers.map((n) => sample.hold(n, { ...place(n), userId: user(n) })),
  );
  await tx.inventory.claims.insert(
    numbers.map((n) =>
      sample.claim(n, {
        ...place(n),
        targetId: idOf('pol', n % 100),
        expiresAt: n % 50 === 1 ? later : null,
      }),
    ),
  );
  await tx.orders.orders.insert(
    numbers.map((n) =>
      sample.order(n, { ...place(n), userId: user(n), ...(n % 100 ? sample.paid : {}) }),
    ),
  );
  await tx.payments.payments.insert(
    numbers.map((n) =>
      sample.payment(n, {
        ...place(n),
        orderId: idOf('ord', n),
        state: n % 100 ? 'succeeded' : 'created',
      }),
    ),
  );
  await tx.payments.refunds.insert(
    numbers.map((n) =>
      sample.refund(n, {
        ...place(n),
        orderId: idOf('ord', n),
        paymentId: idOf('pay', n),
        state: n % 100 ? 'succeeded' : 'requested',
      }),
    ),
  );
  await tx.tickets.tickets.insert(
    numbers.map((n) =>
      sample.ticket(n, {
        ...place(n),
        orderId: idOf('ord', n),
        holdId: idOf('hld', n),
        holderUserId: user(n),
      }),
    ),
  );
  await tx.tickets.custody.insert(
    numbers.map((n) =>
      sample.custody(n, { ...place(n), ticketId: idOf('tkt', n), admissionId: idOf('tkt', n) }),
    ),
  );
  await tx.checkin.scans.insert(
    numbers.map((n) => sample.scan(n, { ...place(n), scanId: `s${n}`, ticketId: idOf('tkt', n) })),
  );
  await tx.resale.listings.insert(
    numbers.map((n) =>
      sample.listing(n, { ...place(n), ticketId: idOf('tkt', n), sellerUserId: user(n) }),
    ),
  );
  await tx.ledger.append(
    numbers.map((n) => sample.posting(n, place(n))),
    numbers.flatMap((n) => sample.entries(n, 100).map((entry) => ({ ...entry, ...place(n) }))),
  );
  await tx.outbox.append(
    numbers.map((n) => sample.outbox(n, { ...place(n), subject: idOf('ord', n) })),
  );
  await tx.idempotency.insert(
    numbers.map((n) => ({
      id: `key ${n}`,
      inputHash: '',
      output: n,
      createdAt: now,
      expiresAt: later,
    })),
    now,
  );
  await tx.audit.append(numbers.map((n) => sample.audit(n, place(n))));
}

const event = { eventId: idOf('evt', 3) };
const pools = [idOf('pol', 3), idOf('pol', 23)];
const page: PageRequest = { limit: 50, after: undefined };
const units = pools.map((targetId) => ({ targetId, units: 1 }));

/** What runs for every buyer, door or page, by name. */
const hot: Readonly<Record<string, (tx: WriteTx) => Promise<unknown>>> = {
  'orders.find': ({ orders }) => orders.orders.find(idOf('ord', 1)),
  'orders.findMany': ({ orders }) => orders.orders.findMany([idOf('ord', 1), idOf('ord', 2)]),
  'orders.findForUpdate': ({ orders }) => orders.orders.findForUpdate([idOf('ord', 1)]),
  'orders.save': ({ orders }) => orders.orders.save(sample.order(1), sample.order(1)),
  'orders.findByHold': ({ orders }) => orders.orders.findByHold(idOf('hld', 7)),
  'orders.overdue': ({ orders }) => orders.orders.overdue(now, 50),
  'orders.pendingOfEvent': ({ orders }) => orders.orders.pendingOfEvent(event.eventId),
  'orders.list of an event': ({ orders }) => orders.orders.list(event, page),
  'orders.list of a user': ({ orders }) => orders.orders.list({ userId: 'u_7' }, page),
  'orders.list, the next page': ({ orders }) =>
    orders.orders.list(event, { limit: 50, after: [idOf('ord', 500)] }),
  'inventory.counters': ({ inventory }) => inventory.counters(event.eventId, pools),
  'inventory.lockCounters': ({ inventory }) => inventory.lockCounters(event.eventId, pools),
  'inventory.lockEvent': ({ inventory }) => inventory.lockEvent(event.eventId),
  'inventory.addUnits': ({ inventory }) => inventory.addUnits(event.eventId, units),
  'inventory.resize': ({ inventory }) => inventory.resize(event.eventId, idOf('pol', 3), 9),
  'inventory.lapsedUnits': ({ inventory }) => inventory.lapsedUnits(event.eventId, pools, later),
  'inventory.takeBackLapsed': ({ inventory }) =>
    inventory.takeBackLapsed(idOf('evt', 1), [idOf('pol', 1)], later),
  'inventory.release': ({ inventory }) => inventory.release(event.eventId, [idOf('hld', 9)], now),
  'inventory.giveBack': ({ inventory }) =>
    inventory.giveBack(
      event.eventId,
      idOf('hld', 23),
      [{ targetId: idOf('pol', 23), units: 1 }],
      now,
    ),
  'inventory.moveExpiry': ({ inventory }) =>
    inventory.moveExpiry(event.eventId, idOf('hld', 3), null),
  'inventory.claimsOfHold': ({ inventory }) =>
    inventory.claimsOfHold(event.eventId, idOf('hld', 3)),
  'inventory.lapsedTargets': ({ inventory }) => inventory.lapsedTargets(now, 50),
  'holds.list of a user': ({ inventory }) => inventory.holds.list({ userId: 'u_7' }, page),
  'payments.ofOrders': ({ payments }) => payments.payments.ofOrders([idOf('ord', 1)]),
  'payments.unsettled': ({ payments }) =>
    payments.payments.unsettled({
      before: now,
      providers: ['sandbox'],
      after: undefined,
      limit: 50,
    }),
  'refunds.due': ({ payments }) => payments.refunds.due(50),
  'refunds.ofOrder': ({ payments }) => payments.refunds.ofOrder(idOf('ord', 1)),
  'tickets.list of an order': ({ tickets }) =>
    tickets.tickets.list({ orderId: idOf('ord', 1) }, page),
  'tickets.list of a hold': ({ tickets }) => tickets.tickets.list({ holdId: idOf('hld', 1) }, page),
  'tickets.list of a holder': ({ tickets }) => tickets.tickets.list({ holderUserId: 'u_7' }, page),
  'tickets.list of an event': ({ tickets }) => tickets.tickets.list(event, page),
  'tickets.list of an organizer': ({ tickets }) => tickets.tickets.list({ organizerId }, page),
  'custody.ofAdmission': ({ tickets }) => tickets.custody.ofAdmission(idOf('tkt', 1)),
  'scans.findByScanId': ({ checkin }) => checkin.scans.findByScanId(event.eventId, 's3'),
  'scans.list of a ticket': ({ checkin }) => checkin.scans.list({ ticketId: idOf('tkt', 1) }, page),
  'listings.openOfTicket': ({ resale }) => resale.listings.openOfTicket(idOf('tkt', 1)),
  'listings.openOfEvent': ({ resale }) => resale.listings.openOfEvent(event.eventId),
  'ledger.entriesOf': ({ ledger }) => ledger.entriesOf([idOf('pst', 1)]),
  'ledger.balances of an event': ({ ledger }) => ledger.balances(event),
  'outbox.list of an event': ({ outbox }) => outbox.list(event, page),
  'outbox.list of a subject': ({ outbox }) => outbox.list({ subject: idOf('ord', 1) }, page),
  'audit.list of an event': ({ audit }) => audit.list(event, page),
  'idempotency.find': ({ idempotency }) => idempotency.find(['a', 'b'], now),
};

/** Statements that begin or end a transaction have no plan. */
const planned = (text: string) => /^\s*(?:SELECT|UPDATE|INSERT|DELETE)/i.test(text);

class Undone extends Error {}

/** Runs the verb and takes back what it did. */
async function runs(write: (work: (tx: WriteTx) => Promise<void>) => Promise<void>, verb: string) {
  const undone = write(async (tx) => {
    await hot[verb]?.(tx);
    throw new Undone();
  });
  await expect(undone).rejects.toBeInstanceOf(Undone);
}

describe('at size, on sqlite', () => {
  let made: TestStorage;
  let statements: string[] = [];
  let plans: Database.Database;
  let storage: ReturnType<typeof sqlite>;
  beforeAll(async () => {
    made = await sqliteFile();
    await made.storage.write(fill);
    plans = new Database(made.at);
    storage = sqlite({
      database: () =>
        rewritingDatabase(made.at, (text) => {
          statements.push(text);
          return text;
        }),
    });
  });
  afterAll(async () => {
    plans.close();
    await storage.close();
    await made.drop();
  });

  test.each(Object.keys(hot))('%s reads no whole table', async (verb) => {
    statements = [];
    await runs((work) => storage.write(work), verb);
    const steps = statements.filter(planned).flatMap((text) =>
      plans
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
        .all(Array.from(text.matchAll(/\?/g), () => null))
        .map(({ detail }) => detail),
    );
    expect(steps.length).toBeGreaterThan(0);
    // What is claimed, but not paid, is an index of its own, of which a sweep reads all.
    const whole = steps.filter(
      (step) => step.startsWith('SCAN') && !/json|VIRTUAL|_lapsing|^SCAN (?:d|lapsed)$/.test(step),
    );
    expect(whole).toEqual([]);
  });
});

describe('at size, on postgres', () => {
  let made: TestStorage;
  let statements: pg.QueryConfig[] = [];
  let client: pg.Client;
  let pool: pg.Pool;
  let storage: ReturnType<typeof postgres>;
  beforeAll(async () => {
    made = await postgresDatabase();
    await made.storage.write(fill);
    client = new pg.Client(made.at);
    await client.connect();
    await client.query('VACUUM ANALYZE');
    pool = hostPool(made.at);
    storage = postgres({
      pool: rewriting(pool, (text, values) => {
        statements.push({ text, values: [...values] });
        return text;
      }),
    });
  });
  afterAll(async () => {
    await client.end();
    await pool.end();
    await made.drop();
  });

  test.each(Object.keys(hot))('%s reads no whole table', async (verb) => {
    statements = [];
    await runs((work) => storage.write(work), verb);
    const steps: string[] = [];
    for (const { text, values } of statements.filter((statement) => planned(statement.text))) {
      const { rows } = await client.query(`EXPLAIN (COSTS OFF) ${text}`, values);
      steps.push(...rows.map((row) => String(row['QUERY PLAN']).trim()));
    }
    expect(steps.length).toBeGreaterThan(0);
    // A key that is read without a condition is the whole table too, in its order, and so is one
    // that is only read from some row on. Of what is pending there is never much.
    const whole = steps.filter((step, at) => {
      if (step.includes('Seq Scan')) return true;
      if (!/Index (?:Only )?Scan/.test(step) || step.includes('_pending')) return false;
      const condition = steps[at + 1] ?? '';
      return !condition.startsWith('Index Cond') || condition.startsWith('Index Cond: (id <');
    });
    expect(whole).toEqual([]);
  });
});
