import { type MigrationReport, systemClock, TicketiError } from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';
import { migrations } from './index.ts';
import type { Migration } from './migration.ts';

interface Applied {
  readonly number: number;
}
/** The version that this library works with. */
export const newestVersion = migrations.at(-1)?.number ?? 0;

const appliedColumns = columnsOf<Applied>({ number: 'integer' });

/**
 * Applies what is missing, all of it or none, in the caller's transaction. Why
 * not knex's migrator: docs/decisions/0003-own-migration-runner.md.
 */
export async function migrate(sql: Sql): Promise<MigrationReport> {
  const { dialect } = sql;
  await dialect.lockMigrations(sql);
  const pending = await pendingMigrations(sql);
  if (pending.length > 0) {
    await dialect.makeSchema(sql);
    await sql.run(migrationsTable(dialect));
  }
  for (const migration of pending) await apply(sql, migration);
  return { applied: pending.map(({ name }) => name), version: newestVersion };
}

/** What is not applied yet; throws `database_too_new` when the database has more than we know. */
export async function pendingMigrations(sql: Sql): Promise<readonly Migration[]> {
  const { dialect } = sql;
  if (!(await dialect.hasTable(sql, 'migrations'))) return migrations;
  const [newest] = await sql.rows<Applied>(
    appliedColumns,
    `SELECT number FROM ${dialect.table('migrations')} ORDER BY number DESC LIMIT 1`,
  );
  const version = newest?.number ?? 0;
  if (version > newestVersion) throw tooNew(version);
  return migrations.filter(({ number }) => number > version);
}

function migrationsTable({ ddl, table }: Dialect): string {
  const { text, integer, instant } = ddl.type;
  return `CREATE TABLE IF NOT EXISTS ${table('migrations')} (
    number ${integer} PRIMARY KEY,
    name ${text} NOT NULL,
    applied_at ${instant} NOT NULL
  ) ${ddl.table}`;
}

async function apply(sql: Sql, { number, name, statements }: Migration): Promise<void> {
  for (const statement of statements(sql.dialect)) await sql.run(statement);
  await sql.run(
    `INSERT INTO ${sql.dialect.table('migrations')} (number, name, applied_at) VALUES (?, ?, ?)`,
    [number, name, systemClock.now()],
  );
}

function tooNew(version: number): TicketiError {
  return new TicketiError({
    code: 'database_too_new',
    kind: 'conflict',
    message: `The database has version ${version} of the tables, and this library knows them up to version ${newestVersion}.`,
    details: { version, known: newestVersion },
    hint: 'Install the version of Ticketi that last ran on this database, or a newer one.',
  });
}
