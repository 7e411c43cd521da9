import type { ColumnKind } from '../columns.ts';
import { readInteger, readJson } from '../columns.ts';
import { codeOf } from '../driver-error.ts';
import type { Dialect } from './dialect.ts';
import { checkPostgres } from './postgres-check.ts';
import { readTimestamp } from './timestamp.ts';

/** Types as a FROM item names them; a table's columns add their collation. */
const TYPES: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  integer: 'bigint',
  boolean: 'boolean',
  instant: 'timestamptz(3)',
  json: 'json',
};

/** connection_exception, operator_intervention, system_error, internal_error, statement_completion_unknown */
const GOING_DOWN = /^(?:08|57P|58|XX|40003)/;

/**
 * Values come as text whatever type parsers the host gave to its driver: ours
 * would change the host's, and the host's would change our records.
 */
const AS_TEXT = { types: { getTypeParser: () => String } };

/** Every name is qualified by `schema`: a search path is a session's, and sessions are shared. */
export function postgresDialect(schema: string): Dialect {
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
  return {
    name: 'postgres',
    knexClient: 'pg',
    ddl: {
      // Ids and texts sort by their bytes, as SQLite does it, whatever the database's locale.
      // `json` and not `jsonb`: a document keeps its keys in the order in which they were written.
      type: { ...TYPES, text: 'text COLLATE "C"' },
      table: '',
      // Room on each page for the next version of a row, so that updates touch no index.
      hotTable: 'WITH (fillfactor = 50)',
      index: quoted,
    },

    table: (name) => `${quoted(schema)}.${quoted(name)}`,
    rowsFrom(columns, alias) {
      const fields = columns.map(({ name, kind }) => `"${name}" ${TYPES[kind]}`);
      return `json_to_recordset(?::json) AS ${alias}(${fields.join(', ')})`;
    },
    among: (column) => `${column} = ANY(?::text[])`,
    list: (texts) => [...texts],
    sumOf: (column, array, field) =>
      `(SELECT coalesce(sum((value ->> '${field}')::bigint), 0) FROM json_array_elements(${column} -> '${array}'))`,

    begin: {
      write: 'BEGIN ISOLATION LEVEL READ COMMITTED',
      read: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    },
    // NO KEY: no key of ours ever changes, and the inserts that refer to a row need not wait for it.
    forUpdate: 'FOR NO KEY UPDATE',
    forUpdateSkipLocked: 'FOR NO KEY UPDATE SKIP LOCKED',
    forShare: 'FOR SHARE',

    statementOptions: AS_TEXT,
    outcomeOf(result) {
      if (Array.isArray(result)) return { rows: result, changes: result.length };
      if (!isObject(result)) return { rows: [], changes: 0 };
      const rows = 'rows' in result && Array.isArray(result.rows) ? result.rows : [];
      const changes = 'rowCount' in result ? Number(result.rowCount ?? 0) : rows.length;
      return { rows, changes };
    },
    bind(value, kind) {
      if (value === null || value === undefined) return null;
      if (kind === 'json') return JSON.stringify(value);
      if (kind === 'boolean') return value === true;
      return kind === 'integer' ? readInteger(value) : String(value);
    },
    read(value, kind) {
      switch (kind) {
        case 'text':
          return String(value);
        case 'instant':
          return readTimestamp(value);
        case 'integer':
          return readInteger(value);
        case 'boolean':
          return value === true || value === 't' || value === 'true';
        case 'json':
          return readJson(value);
      }
    },

    // serialization_failure, deadlock_detected
    isConflict: (error) => ['40001', '40P01'].includes(codeOf(error)),
    isBusy: () => false,
    // An error of the server is its word that it rolled back, unless it was going down.
    afterFailedCommit: (error) =>
      isObject(error) && 'severity' in error && !GOING_DOWN.test(codeOf(error))
        ? 'rolled_back'
        : 'unknown',

    async hasTable(sql, name) {
      const found = await sql.rows(
        [],
        'SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?',
        [schema, name],
      );
      return found.length > 0;
    },
    // Ends with the transaction, so it works behind PgBouncer and is not left behind by a crash.
    async lockMigrations(sql) {
      await sql.run('SELECT pg_advisory_xact_lock(hashtext(?))', [`ticketi migrations ${schema}`]);
    },
    // IF NOT EXISTS would ask for the right to create schemas even where one is there.
    async makeSchema(sql) {
      const found = await sql.rows([], 'SELECT 1 FROM pg_namespace WHERE nspname = ?', [schema]);
      if (found.length === 0) await sql.run(`CREATE SCHEMA ${quoted(schema)}`);
    },
    check: checkPostgres,
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
