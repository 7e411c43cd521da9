import Database from 'better-sqlite3';
import pg from 'pg';

/** The tables of a file as the statements that make them. */
export function sqliteSchema(file: string): string {
  const database = new Database(file);
  const rows = database
    .prepare<[], { sql: string }>(
      'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name',
    )
    .all();
  database.close();
  const columns = /, (?=[a-z_]+ [A-Z]|CHECK|UNIQUE|PRIMARY)/g;
  return lines(rows.map(({ sql }) => sql.replaceAll(/\s+/g, ' ').replaceAll(columns, ',\n  ')));
}

/** Columns, constraints, indexes and options of the tables in the schema `ticketi`. */
export async function postgresSchema(url: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ line: string }>(`
    WITH tables AS (
      SELECT c.oid, c.relname AS name, c.reloptions FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'ticketi' AND c.relkind = 'r')
    SELECT line FROM (
      SELECT name, 1 AS part, 0 AS at, name || ' ' || coalesce(array_to_string(reloptions, ' '), '') AS line
      FROM tables
      UNION ALL
      SELECT t.name, 2, a.attnum,
             '  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
             || coalesce(' COLLATE ' || nullif(o.collname, 'default'), '')
             || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
      FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0
      LEFT JOIN pg_collation o ON o.oid = a.attcollation
      UNION ALL
      SELECT t.name, 3, 0, '  ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
      FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype <> 'n'
      UNION ALL
      SELECT t.name, 4, 0, '  ' || pg_get_indexdef(i.indexrelid)
      FROM tables t JOIN pg_index i ON i.indrelid = t.oid) AS lines
    ORDER BY name COLLATE "C", part, at, line COLLATE "C"`);
  await client.end();
  return lines(rows.map(({ line }) => line.trimEnd()));
}

const lines = (texts: readonly string[]) => texts.map((text) => `${text}\n`).join('');
