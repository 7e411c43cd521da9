import { type FillDatabase, fillTickets } from '@ticketi/testing';
import pg from 'pg';
import type { Base } from './base.ts';
import { openPlain } from './sqlite-base.ts';

const PER_EVENT = 1000;

/** Fills a database with sold events, and lets it come to rest. */
export async function fill(
  base: Base,
  tickets: number,
  progress: (tickets: number) => void,
): Promise<void> {
  const storage = base.storage();
  const database = await statementsOn(base);
  try {
    await fillTickets(storage, database, { tickets, ticketsPerEvent: PER_EVENT, progress });
    await base.settle();
  } finally {
    await database.end();
    await storage.close();
  }
}

interface Ending {
  end(): Promise<void>;
}

async function statementsOn({ dialect, at }: Base): Promise<FillDatabase & Ending> {
  if (dialect === 'postgres') {
    const client = new pg.Client({ connectionString: at });
    await client.connect();
    // What is lost in a crash is filled again.
    await client.query('SET synchronous_commit = off');
    return {
      dialect,
      tables: 'ticketi.',
      query: async (statement) => (await client.query<Record<string, unknown>>(statement)).rows,
      end: () => client.end(),
    };
  }
  const database = openPlain(at);
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -500000');
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

/** What lies where: megabytes by table and by index, the largest first. */
export async function sizes(base: Base): Promise<string[]> {
  const statement =
    base.dialect === 'postgres'
      ? `SELECT string_agg(line, chr(10)) FROM (
           SELECT c.relname || ' ' || round(pg_relation_size(c.oid) / 1048576.0, 1) AS line
           FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
           WHERE n.nspname = 'ticketi' AND c.relkind IN ('r', 'i') AND pg_relation_size(c.oid) > 1048576
           ORDER BY pg_relation_size(c.oid) DESC) AS sizes`
      : `SELECT group_concat(line, char(10)) FROM (
           SELECT name || ' ' || round(sum(pgsize) / 1048576.0, 1) AS line FROM dbstat
           GROUP BY name HAVING sum(pgsize) > 1048576 ORDER BY sum(pgsize) DESC)`;
  const text = await base.one(statement);
  return text === 'null' ? [] : text.split('\n');
}
