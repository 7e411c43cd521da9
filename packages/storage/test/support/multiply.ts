import type Database from 'better-sqlite3';
import type pg from 'pg';

/** Copies of every row. With the row itself there are ten of each. */
const COPIES = 9;

/**
 * Of the big tables and what these refer to, parents first: the columns with ids
 * that are other ones in a copy, besides `event_id`.
 */
const BIG = {
  events: ['id', 'slug'],
  code_policies: ['id'],
  series: ['id'],
  sessions: ['id', 'series_id'],
  counters: ['target_id'],
  holds: ['id'],
  claims: ['id', 'target_id', 'claimant_id'],
  orders: ['id', 'hold_id'],
  payments: ['id', 'order_id'],
  refunds: ['id', 'order_id', 'payment_id'],
  gift_cards: ['id', 'code_hash'],
  gift_card_uses: ['id', 'gift_card_id', 'order_id'],
  gift_card_refunds: ['id', 'gift_card_id', 'order_id', 'use_id'],
  tickets: ['id', 'admission_id', 'order_id', 'hold_id', 'claim_hold_id'],
  custody: ['id', 'admission_id', 'ticket_id'],
  presences: ['admission_id'],
  scans: ['id', 'scan_id', 'ticket_id', 'admission_id'],
  listings: ['id', 'ticket_id', 'seller_hold_id', 'group_id'],
  waitlist_entries: ['id', 'place'],
  waitlist_wishes: ['entry_id'],
  waitlist_offers: ['id', 'entry_id', 'hold_id'],
  revocations: ['id'],
  revocation_heads: [],
  postings: ['id', 'source_id'],
  entries: ['id', 'posting_id'],
  outbox: ['id', 'subject'],
  webhook_deliveries: ['id', 'outbox_id'],
  audit: ['id'],
  idempotency: ['id'],
} as const;

/** Those of a hundred thousand rows. */
export const bigTables: readonly string[] = Object.keys(BIG).filter(
  (name) => !['events', 'code_policies', 'series', 'revocation_heads'].includes(name),
);

type Row = Readonly<Record<string, unknown>>;
type Query = (statement: string) => Promise<readonly Row[]>;

/**
 * Copies the rows of the big tables inside the database: a hundred thousand
 * through the stores would take minutes. They belong to a copy of the event, and
 * refer to the copies of what they were copied with.
 */
async function multiply(query: Query, tables: string): Promise<void> {
  const copies = Array.from({ length: COPIES }, (_, n) => `('${n + 1}')`).join();
  for (const [name, ids] of Object.entries<readonly string[]>(BIG)) {
    const table = `${tables}${name}`;
    const [row = {}] = await query(`SELECT * FROM ${table} LIMIT 1`);
    const columns = Object.keys(row);
    // The first of the digits that count in what `idOf` makes.
    const values = columns.map((column) =>
      column === 'event_id' || ids.includes(column)
        ? `replace(s.${column}, 'e0080', 'e008' || c.n)`
        : `s.${column}`,
    );
    await query(
      `INSERT INTO ${table} (${columns.join()}) WITH c(n) AS (VALUES ${copies})
       SELECT ${values.join()} FROM c CROSS JOIN ${table} AS s`,
    );
  }
}

/** What goes while rows come: an index or a key that is made afterwards costs a fraction. */
interface Aside {
  readonly drop: string;
  readonly create: string;
}

/** Fills the database, multiplies what is in it and lets the planner count it. */
export async function fillPostgres(client: pg.Client, fill: () => Promise<void>): Promise<void> {
  const query: Query = async (statement) => (await client.query<Row>(statement)).rows;
  const foreignKeys = await client.query<Aside>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
              pg_get_constraintdef(oid)) AS create
     FROM pg_constraint WHERE contype = 'f' AND connamespace = 'ticketi'::regnamespace`,
  );
  const indexes = await client.query<Aside>(
    `SELECT format('DROP INDEX %s', indexrelid::regclass) AS drop,
            pg_get_indexdef(indexrelid) AS create
     FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE relnamespace = 'ticketi'::regnamespace
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
  );
  const tables = await client.query<{ name: string }>(
    `SELECT oid::regclass AS name FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'ticketi'::regnamespace`,
  );
  for (const { drop } of [...foreignKeys.rows, ...indexes.rows]) await query(drop);
  // No crash has to leave these rows there.
  for (const { name } of tables.rows) await query(`ALTER TABLE ${name} SET UNLOGGED`);
  await fill();
  await multiply(query, 'ticketi.');
  await query("SET maintenance_work_mem = '256MB'");
  for (const { create } of [...indexes.rows, ...foreignKeys.rows]) await query(create);
  await query('ANALYZE');
}

/** The same. Nobody else may have the file open once it is filled. */
export async function fillSqlite(
  database: Database.Database,
  fill: () => Promise<void>,
): Promise<void> {
  const query: Query = async (statement) => {
    const prepared = database.prepare<unknown[], Row>(statement);
    if (prepared.reader) return prepared.all();
    prepared.run();
    return [];
  };
  await fill();
  const indexes = database
    .prepare<unknown[], Aside>(
      `SELECT 'DROP INDEX "' || name || '"' AS "drop", sql AS "create" FROM sqlite_schema
       WHERE type = 'index' AND sql IS NOT NULL`,
    )
    .all();
  database.pragma('foreign_keys = OFF');
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -262144');
  database.pragma('temp_store = MEMORY');
  database.pragma('journal_mode = OFF');
  database.exec('BEGIN');
  for (const { drop } of indexes) await query(drop);
  await multiply(query, 'ticketi_');
  for (const { create } of indexes) await query(create);
  await query('ANALYZE');
  database.exec('COMMIT');
  database.pragma('journal_mode = WAL');
  const [broken] = await query('PRAGMA foreign_key_check');
  if (broken !== undefined) throw new Error(`A copy refers to nothing: ${JSON.stringify(broken)}`);
}
