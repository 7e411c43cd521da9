import { createTicketi } from '@ticketi/core';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { type FillDatabase, fillTickets } from '../src/index.ts';
import { databases, type TestBase } from './support/databases.ts';

/** The database as `fillTickets` takes it, and how to let go of it. */
async function below({ dialect, at }: TestBase): Promise<FillDatabase & { end(): Promise<void> }> {
  if (dialect === 'postgres') {
    const client = new pg.Client(at);
    client.on('error', () => {});
    await client.connect();
    return {
      dialect,
      tables: 'ticketi.',
      query: async (statement) => (await client.query<Record<string, unknown>>(statement)).rows,
      end: () => client.end(),
    };
  }
  const database = new Database(at);
  return {
    dialect,
    tables: 'ticketi_',
    async query(statement) {
      const prepared = database.prepare<[], Record<string, unknown>>(statement);
      if (prepared.reader) return prepared.all();
      prepared.run();
      return [];
    },
    end: async () => void database.close(),
  };
}

describe.each(databases)('a database full of tickets, on %s', (_name, create) => {
  let base: TestBase;
  afterEach(() => base.drop());

  test('has sound records, in copies that share no id', async () => {
    base = await create();
    const storage = base.storage();
    const database = await below(base);
    const filled = await fillTickets(storage, database, {
      tickets: 1000,
      ticketsPerEvent: 50,
      organizers: 2,
      outboxOf: 5,
    });
    await database.end();
    expect(filled).toMatchObject({ events: 20, tickets: 1000 });

    const ticketi = await createTicketi({ storage });
    expect(await ticketi.diagnose()).toMatchObject({ ok: true });
    const books = new Set<string>();
    for await (const { id: eventId, organizerId } of ticketi.events.iterate({})) {
      const { balances } = await ticketi.ledger.balances({ organizerId, eventId });
      expect(balances.length).toBeGreaterThan(0);
      books.add(JSON.stringify(balances));
      const [scan] = (await ticketi.checkin.list({ eventId, limit: 1 })).items;
      expect(scan).toMatchObject({ eventId, admitted: true });
    }
    // Every event was sold as the others were.
    expect(books.size).toBe(1);
    const contents = await base.contents();
    // 50 places, one of them resold: its first ticket is void.
    expect(contents.get('tickets')).toHaveLength(20 * 51);
    expect(contents.get('orders')).toHaveLength(20 * 8);
    // Two events of each organizer have theirs: the first one, and every fifth copy of the nine.
    const told = contents.get('outbox')?.filter((row) => row.includes('event.published'));
    expect(told).toHaveLength(2 * 2);
    await ticketi.close();
  });
});
