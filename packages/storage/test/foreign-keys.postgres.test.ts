import type { Storage, WriteTx } from '@ticketi/core';
import pg from 'pg';
import { expect, test } from 'vitest';
import { postgres } from '../src/postgres.ts';
import { postgresDatabase } from './support/databases.ts';
import { hostPool } from './support/host-pool.ts';
import * as sample from './support/records.ts';
import { idOf, seed } from './support/records.ts';
import { rewriting } from './support/rewriting-pool.ts';

/** Orders sold, one a transaction: a session decides within a few how it looks a key up for good. */
const SOLD = 40;

/** All that has a key into rows which were sold just before. */
async function sell(tx: WriteTx, n: number): Promise<void> {
  await tx.inventory.holds.insert([sample.hold(n)]);
  await tx.orders.orders.insert([sample.order(n)]);
  await tx.payments.payments.insert([sample.payment(n, { orderId: idOf('ord', n) })]);
  await tx.tickets.tickets.insert([sample.ticket(n, { orderId: idOf('ord', n) })]);
  await tx.tickets.custody.insert([sample.custody(n, { ticketId: idOf('tkt', n) })]);
  await tx.ledger.append([sample.posting(n)], sample.entries(n, 100));
}

/** Sells on one session of a database whose statistics say that it is empty, as every one is once. */
async function tablesReadWhole(storageOn: (pool: pg.Pool) => Storage): Promise<string[]> {
  const made = await postgresDatabase();
  const client = new pg.Client(made.at);
  await client.connect();
  const pool = hostPool(made.at, { max: 1 });
  const storage = storageOn(pool);
  const scans = async () => {
    const { rows } = await client.query<{ name: string; scans: string }>(
      `SELECT relname AS name, seq_scan AS scans FROM pg_stat_user_tables
       WHERE relname IN ('holds', 'orders', 'tickets', 'postings') ORDER BY relname`,
    );
    return rows;
  };
  try {
    await made.storage.write(seed);
    await client.query('VACUUM ANALYZE');
    const before = new Map((await scans()).map((row) => [row.name, row.scans]));
    for (let n = 1; n <= SOLD; n++) await storage.write((tx) => sell(tx, n));
    await pool.query('SELECT pg_stat_force_next_flush()');
    await pool.end();
    const after = await scans();
    expect(after).toHaveLength(4);
    return after.filter((row) => row.scans !== before.get(row.name)).map(({ name }) => name);
  } finally {
    await client.end();
    await made.drop();
  }
}

test('a new installation looks up no foreign key by reading a whole table', async () => {
  expect(await tablesReadWhole((pool) => postgres({ pool }))).toEqual([]);
});

test('control: with scans to choose from, sessions keep reading whole tables', async () => {
  const whole = await tablesReadWhole((pool) =>
    postgres({
      pool: rewriting(pool, (text) => text.replace('; SET LOCAL enable_seqscan = off', '')),
    }),
  );
  expect(whole).not.toEqual([]);
});
