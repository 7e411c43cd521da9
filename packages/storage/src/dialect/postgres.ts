import { createHash } from 'node:crypto';
import type { ColumnKind } from '../columns.ts';
import { readInteger, readJson } from '../columns.ts';
import { codeOf } from '../driver-error.ts';
import type { Dialect, Outcome } from './dialect.ts';
import { textArray } from './postgres-array.ts';
import { postgresAway } from './postgres-away.ts';
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
  const compiled = createCompiler();
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
  return {
    name: 'postgres',
    knexClient: 'pg',
    ddl: {
      // Ids and texts sort by their bytes, as SQLite does it, whatever the database's locale.
      // `json` and not `jsonb`: a document keeps its keys in the order in which they were written.
      type: { ...TYPES, text: 'text COLLATE "C"' },
      table: '',
      // Room on each page for the next versions of rows, so that updates touch no index.
      updatedTable: 'WITH (fillfactor = 60)',
      hotTable: 'WITH (fillfactor = 50)',
      index: quoted,
    },

    table: (name) => `${quoted(schema)}.${quoted(name)}`,
    rowsFrom({ shared, own }, alias) {
      const values = shared.map(({ name, kind }) => `?::${TYPES[kind]} AS "${name}"`);
      for (const { name, kind } of own) values.push(`r."${name}"::${TYPES[kind]} AS "${name}"`);
      const arrays = own.map(() => '?::text[]').join(', ');
      const names = own.map(({ name }) => `"${name}"`).join(', ');
      const each = own.length === 0 ? '' : ` FROM unnest(${arrays}) AS r(${names})`;
      return `(SELECT ${values.join(', ')}${each}) AS ${alias}`;
    },
    ownValues: (columns, records) =>
      columns.map(({ field, kind }) =>
        textArray(records.map((record) => textOf(Reflect.get(record, field), kind))),
      ),
    among: (column) => `${column} = ANY(?::text[])`,
    list: (texts) => [...texts],
    // It knows how many rows each value has.
    aside: (column) => column,
    sumOf: (column, array, field) =>
      `(SELECT coalesce(sum((value ->> '${field}')::bigint), 0) FROM json_array_elements(${column} -> '${array}'))`,
    secondsOf: (column) => `CAST(floor(extract(epoch FROM ${column})) AS bigint)`,

    begin: {
      // A session keeps the plans of its foreign keys, made for tables as they were: of a new
      // installation empty ones, for which the best plan reads all of them, and stays (a batch of
      // orders took 46 ms, and more with each that was sold). So a scan is nothing to choose here.
      write: 'BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL enable_seqscan = off',
      read: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    },
    // NO KEY: no key of ours ever changes, and the inserts that refer to a row need not wait for it.
    forUpdate: 'FOR NO KEY UPDATE',
    forUpdateSkipLocked: 'FOR NO KEY UPDATE SKIP LOCKED',
    forShare: 'FOR SHARE',
    forPresence: 'FOR KEY SHARE',
    forAlone: 'FOR UPDATE',

    pipelines: (connection) => 'pipeline' in connection && connection.pipeline === true,
    async send(connection, statement, values, prepares) {
      const { text, name } = compiled(statement);
      const query = { text, values: [...values], ...AS_TEXT };
      const kept = prepares && statement.startsWith('INSERT');
      return outcomeOf(await queryOf(connection)(kept ? { ...query, name } : query));
    },
    statementOptions: AS_TEXT,
    outcomeOf,
    bind: textOf,
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

    hasLostPrepared,
    // in_failed_sql_transaction
    isAborted: (error) => codeOf(error) === '25P02',
    // serialization_failure, deadlock_detected; what was not prepared is sent whole the next time
    isConflict: (error) => ['40001', '40P01'].includes(codeOf(error)) || hasLostPrepared(error),
    isBusy: () => false,
    whyAway: postgresAway,
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

/** A value as PostgreSQL reads it. */
function textOf(value: unknown, kind: ColumnKind): string | null {
  if (value === null || value === undefined) return null;
  if (kind === 'json') return JSON.stringify(value);
  return String(kind === 'integer' ? readInteger(value) : value);
}

/** invalid_sql_statement_name, duplicate_prepared_statement */
function hasLostPrepared(error: unknown): boolean {
  return ['26000', '42P05'].includes(codeOf(error));
}

function outcomeOf(result: unknown): Outcome {
  if (Array.isArray(result)) return { rows: result, changes: result.length };
  if (!isObject(result)) return { rows: [], changes: 0 };
  const rows = 'rows' in result && Array.isArray(result.rows) ? result.rows : [];
  const changes = 'rowCount' in result ? Number(result.rowCount ?? 0) : rows.length;
  return { rows, changes };
}

/** The `query` of a `pg` client, which is what a connection is here. */
function queryOf(connection: object): (config: object) => unknown {
  if ('native' in connection) {
    throw new TypeError('pg.native sends no binary values: give a pool of pg itself.');
  }
  if (!('query' in connection) || typeof connection.query !== 'function') {
    throw new TypeError('The connection is no client of pg.');
  }
  return connection.query.bind(connection);
}

/** Statements that are known, at most: far more than the stores have. */
const KNOWN = 1000;

/**
 * Statements with `$1` for each `?`, and the name that each is prepared under: a
 * digest, so that whoever prepared it before in this session prepared the same.
 */
function createCompiler() {
  const known = new Map<string, { readonly text: string; readonly name: string }>();
  return (statement: string) => {
    const found = known.get(statement);
    if (found !== undefined) return found;
    let place = 0;
    const text = statement.replaceAll('?', () => `$${++place}`);
    const digest = createHash('sha256').update(text).digest('base64url').slice(0, 32);
    const made = { text, name: `ticketi_${digest}` };
    if (known.size < KNOWN) known.set(statement, made);
    return made;
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
