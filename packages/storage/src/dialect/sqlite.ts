import { type DriverRow, readInteger, readJson } from '../columns.ts';
import { codeOf } from '../driver-error.ts';
import type { Bound, Dialect } from './dialect.ts';
import { checkSqlite } from './sqlite-check.ts';

/** `prefix` begins every name, so that the tables can lie beside a host's own. */
export function sqliteDialect(prefix: string): Dialect {
  const quoted = (name: string) => `"${`${prefix}${name}`.replaceAll('"', '""')}"`;
  return {
    name: 'sqlite',
    knexClient: 'better-sqlite3',
    ddl: {
      type: {
        text: 'TEXT',
        integer: 'INTEGER',
        boolean: 'INTEGER',
        instant: 'TEXT',
        json: 'TEXT',
      },
      table: 'STRICT',
      updatedTable: 'STRICT',
      hotTable: 'STRICT, WITHOUT ROWID',
      index: quoted,
    },

    table: quoted,
    rowsFrom({ shared, own }, alias) {
      const values = shared.map(({ name }) => `? AS "${name}"`);
      own.forEach(({ name, kind }, at) => {
        const value = kind === 'json' ? `nullif(value -> ${at}, 'null')` : `value ->> ${at}`;
        values.push(`${value} AS "${name}"`);
      });
      // jsonb_each parses once; json_each hands out text, which every field would parse again
      // (256 holds of 620 bytes: 0.6 ms against 2.3).
      return `(SELECT ${values.join(', ')}${own.length === 0 ? '' : ' FROM jsonb_each(?)'}) AS ${alias}`;
    },
    ownValues(columns, records) {
      if (columns.length === 0) return [];
      const rows = records.map((record) => columns.map(({ field }) => Reflect.get(record, field)));
      return [JSON.stringify(rows)];
    },
    among: (column) => `${column} IN (SELECT value FROM json_each(?))`,
    list: (texts) => JSON.stringify(texts),
    // It takes the index with the most equalities, however many rows those leave.
    aside: (column) => `+${column}`,
    sumOf: (column, array, field) =>
      `(SELECT coalesce(sum(value ->> '$.${field}'), 0) FROM json_each(${column}, '$.${array}'))`,
    secondsOf: (column) => `CAST(strftime('%s', ${column}) AS INTEGER)`,

    // A write takes the lock before it reads: with BEGIN alone, two that read and
    // then write would meet SQLITE_BUSY, and one would have read in vain.
    begin: { write: 'BEGIN IMMEDIATE', read: 'BEGIN' },
    // BEGIN IMMEDIATE holds the one write lock that there is.
    forUpdate: '',
    forUpdateSkipLocked: '',
    forShare: '',
    forPresence: '',
    forAlone: '',

    pipelines: () => false,
    async send(connection, statement, values) {
      const prepared = statementOf(connection, statement);
      if (prepared.reader) return { rows: prepared.all(...values), changes: 0 };
      return { rows: [], changes: prepared.run(...values).changes };
    },
    statementOptions: {},
    outcomeOf(result) {
      if (Array.isArray(result)) return { rows: result, changes: result.length };
      const changes = isObject(result) && 'changes' in result ? Number(result.changes) : 0;
      return { rows: [], changes };
    },
    bind(value, kind) {
      if (value === null || value === undefined) return null;
      if (kind === 'json') return JSON.stringify(value);
      if (kind === 'boolean') return value === true ? 1 : 0;
      return kind === 'integer' ? readInteger(value) : String(value);
    },
    read(value, kind) {
      switch (kind) {
        case 'text':
        case 'instant':
          return String(value);
        case 'integer':
          return readInteger(value);
        case 'boolean':
          return Number(value) === 1;
        case 'json':
          return readJson(value);
      }
    },

    hasLostPrepared: () => false,
    isAborted: () => false,
    isConflict: () => false,
    isBusy: (error) => codeOf(error).startsWith('SQLITE_BUSY'),
    // It is a file; one that cannot be opened is for whoever set it up.
    whyAway: () => undefined,
    // Whether a commit that failed to reach the disk is found there later, only the disk knows.
    afterFailedCommit: (error) =>
      codeOf(error).startsWith('SQLITE_IOERR') ? 'unknown' : 'rolled_back',

    async hasTable(sql, name) {
      const found = await sql.rows(
        [],
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?",
        [`${prefix}${name}`],
      );
      return found.length > 0;
    },
    // BEGIN IMMEDIATE has made it so.
    lockMigrations: async () => {},
    makeSchema: async () => {},
    check: checkSqlite,
  };
}

/** What is asked of a statement of better-sqlite3. */
interface SqliteStatement {
  readonly reader: boolean;
  all(...values: readonly Bound[]): DriverRow[];
  run(...values: readonly Bound[]): { readonly changes: number };
}

/** A connection here is a database of better-sqlite3. */
function statementOf(connection: object, statement: string): SqliteStatement {
  if (!('prepare' in connection) || typeof connection.prepare !== 'function') {
    throw new TypeError('The connection is no database of better-sqlite3.');
  }
  return connection.prepare(statement);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
