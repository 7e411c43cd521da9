import { createTicketi, type Storage, sandboxProvider } from '@ticketi/core';
import { postgres } from '@ticketi/storage/postgres';
import { sqlite } from '@ticketi/storage/sqlite';
import { aPaidOrder } from '@ticketi/testing';
import type Database from 'better-sqlite3';
import pg from 'pg';
import type { Base } from './base.ts';
import { hotEvent, secret } from './event.ts';
import { plainPool } from './postgres-base.ts';
import { openPlain } from './sqlite-base.ts';

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Statements that begin or end a transaction have no plan. */
const planned = ({ text }: Statement) => /^\s*(?:SELECT|UPDATE|INSERT|DELETE|WITH)/i.test(text);

/** Of a table with fewer rows reading all is often the best plan. */
const FEW = 1000;

/** The statements of a purchase and a scan of which the planner says that they read a whole table. */
export async function wholeTableReads(base: Base): Promise<string[]> {
  const statements: Statement[] = [];
  const recorded =
    base.dialect === 'postgres'
      ? recordingPool(base, statements)
      : { storage: recordingFile(base, statements), end: async () => {} };
  const ticketi = await createTicketi({
    storage: recorded.storage,
    keys: { secret },
    payments: { sandbox: sandboxProvider() },
    migrate: false,
  });
  try {
    const office = await hotEvent(ticketi);
    statements.length = 0;
    const { tickets } = await aPaidOrder(ticketi, office, { userId: 'u_1' });
    const [ticket] = tickets;
    if (ticket === undefined) throw new Error('The order has no tickets.');
    const { code } = await ticketi.tickets.code({ ticketId: ticket.id });
    await ticketi.checkin.scan({ eventId: office.event.id, code });
    const different = new Map(statements.filter(planned).map((one) => [one.text, one]));
    const whole: string[] = [];
    for (const statement of different.values()) {
      for (const step of await stepsOf(base, statement)) {
        const table = wholeTable(base, step);
        // SQLite also shows what a deferred foreign key would have to look through.
        if (table === undefined || !statement.text.includes(table)) continue;
        if (Number(await base.one(`SELECT count(*) FROM {t}${table}`)) < FEW) continue;
        whole.push(`${table} in ${statement.text.replaceAll(/\s+/g, ' ').slice(0, 100)}`);
      }
    }
    return whole;
  } finally {
    await ticketi.close();
    await recorded.end();
  }
}

/** The table that a step of a plan reads from one end to the other. */
function wholeTable({ dialect, tables }: Base, step: string): string | undefined {
  const read = dialect === 'postgres' ? /Seq Scan on (\w+)/ : /^SCAN ticketi_(\w+)/;
  const name = read.exec(step)?.[1];
  return name !== undefined && tables.has(name) ? name : undefined;
}

async function stepsOf(base: Base, { text, values }: Statement): Promise<string[]> {
  if (base.dialect === 'sqlite') {
    const database = openPlain(base.at);
    try {
      return database
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
        .all(Array.from(text.matchAll(/\?/g), () => null))
        .map(({ detail }) => detail);
    } finally {
      database.close();
    }
  }
  const client = new pg.Client({ connectionString: base.at });
  await client.connect();
  try {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) ${text}`, [
      ...values,
    ]);
    return rows.map((row) => row['QUERY PLAN']);
  } finally {
    await client.end();
  }
}

/** A storage on a pool whose statements are written down. */
function recordingPool(base: Base, statements: Statement[]) {
  const pool = plainPool(base.at, 4);
  const storage = postgres({
    pool: {
      async connect() {
        const client = await pool.connect();
        return new Proxy(client, {
          get(target, property) {
            const value: unknown = Reflect.get(target, property, target);
            if (typeof value !== 'function') return value;
            if (property !== 'query') return value.bind(target);
            return (query: { text: string; values?: unknown[] }, ...rest: unknown[]) => {
              statements.push({ text: query.text, values: [...(query.values ?? [])] });
              return Reflect.apply(value, target, [query, ...rest]);
            };
          },
        });
      },
    },
  });
  return { storage, end: () => pool.end() };
}

/** The same on a file. */
function recordingFile(base: Base, statements: Statement[]): Storage {
  return sqlite({
    database: () => {
      const database: Database.Database = openPlain(base.at);
      const prepare = database.prepare.bind(database);
      return new Proxy(database, {
        get(target, property) {
          if (property === 'prepare') {
            return (text: string) => {
              statements.push({ text, values: [] });
              return prepare(text);
            };
          }
          const value: unknown = Reflect.get(target, property, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    },
  });
}
