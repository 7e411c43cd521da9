import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqlite } from '@ticketi/storage/sqlite';
import Database from 'better-sqlite3';
import type { Base } from './base.ts';

/** A file of its own, removed in the end. */
export async function sqliteBase(): Promise<Base> {
  const folder = mkdtempSync(join(tmpdir(), 'ticketi-bench-'));
  const at = join(folder, 'bench.db');
  const storage = sqlite(at);
  await storage.migrate();
  await storage.close();

  const database = openPlain(at);
  const named = (statement: string) => statement.replaceAll('{t}', 'ticketi_');
  return {
    dialect: 'sqlite',
    at,
    tables: tablesOf(database),
    storage: () => sqlite(at),
    async rows(table, eventId) {
      const found = database
        .prepare<[string], Record<string, string | number | null>>(
          `SELECT * FROM "ticketi_${table}" WHERE event_id = ?`,
        )
        .all(eventId);
      return found.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([column, value]) => [
            column,
            value === null ? null : String(value),
          ]),
        ),
      );
    },
    one: async (statement) => String(database.prepare(named(statement)).pluck().get()),
    async execute(statement) {
      database.exec(named(statement));
    },
    async settle() {
      database.pragma('wal_checkpoint(TRUNCATE)');
    },
    async drop() {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function sqliteVersion(): string {
  const database = new Database(':memory:');
  const version = String(database.prepare('SELECT sqlite_version()').pluck().get());
  database.close();
  return `${version}, journal WAL, synchronous FULL`;
}

/** As durable as Ticketi's own: what is answered is on the disk. */
export function openPlain(at: string): Database.Database {
  const database = new Database(at);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 5000');
  return database;
}

function tablesOf(database: Database.Database): Map<string, string[]> {
  const names = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'ticketi_%'")
    .pluck()
    .all();
  return new Map(
    names.map((name) => [
      String(name).slice('ticketi_'.length),
      database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(name).map(String),
    ]),
  );
}
