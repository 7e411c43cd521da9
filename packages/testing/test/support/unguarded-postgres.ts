import { setTimeout } from 'node:timers/promises';
import type { PgPool } from '@ticketi/storage/postgres';
import pg from 'pg';

/** Long enough for the other connections to read what this one has read. */
const PAUSE_MILLIS = 8;
/** The same for a listing: its buyer comes through three transactions meanwhile. */
const LISTING_PAUSE_MILLIS = 150;

/**
 * A pool on whose connections nothing guards a write: no row locks, none of the
 * conditions under which a statement loses a race, and who is about to write
 * dawdles. For negative controls only; the constraints behind the guards are
 * dropped by `dropBackstops`.
 */
export function unguardedPool(connectionString: string): PgPool & { end(): Promise<void> } {
  return poolWith(connectionString, withoutGuards);
}

/** The same with all guards in place but the row locks. */
export function unlockedPool(connectionString: string): PgPool & { end(): Promise<void> } {
  return poolWith(connectionString, withoutLocks);
}

function poolWith(connectionString: string, rewrite: (statement: string) => string) {
  const pool = new pg.Pool({ connectionString, max: 10 });
  // A connection may be idle, or still closing, when its database is dropped.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const changed = new WeakSet<pg.PoolClient>();
  return {
    async connect() {
      const client = await pool.connect();
      if (!changed.has(client)) {
        changed.add(client);
        switchOff(client, rewrite);
      }
      return client;
    },
    end: () => pool.end(),
  };
}

/** Storage sends its statements as `query({ text, ... })`, and knex those that it built with a callback. */
function switchOff(client: pg.PoolClient, rewrite: (statement: string) => string): void {
  const send: (config: pg.QueryConfig, ...rest: unknown[]) => unknown = client.query.bind(client);
  Object.assign(client, {
    query(config: pg.QueryConfig, ...rest: unknown[]) {
      const unguarded = { ...config, text: rewrite(config.text) };
      if (!/^(?:UPDATE|INSERT)/.test(unguarded.text)) return send(unguarded, ...rest);
      const pause = /^UPDATE \S*"listings"/.test(unguarded.text)
        ? LISTING_PAUSE_MILLIS
        : PAUSE_MILLIS;
      return setTimeout(pause).then(() => send(unguarded, ...rest));
    },
  });
}

function withoutGuards(statement: string): string {
  return readThenWritten(withoutLocks(statement))
    .replace(/AND \(c\.capacity IS NULL OR c\.claimed \+ d\.units <= c\.capacity\)/, '')
    .replace(/AND c\.spent \+ d\.amount BETWEEN 0 AND c\.loaded/, '')
    .replace(/AND u\.refunded \+ d\.amount <= u\.amount/, '')
    .replace(/AND revision = (\$\d+)/, 'AND $1::bigint IS NOT NULL')
    .replace(/WHERE p\.revision = excluded\.revision - 1/, '')
    .replace(/AND t\.revision = d\.was/, '')
    .replace(/\S*"idempotency"\.expires_at <= (\$\d+)$/, '$1::timestamptz IS NOT NULL');
}

/** Reads what the series has, and writes what that makes: as if no row were locked by the upsert. */
function readThenWritten(statement: string): string {
  const [, series] = /INSERT INTO (\S*"invoice_series") AS s/.exec(statement) ?? [];
  if (series === undefined) return statement;
  return `WITH was AS (
      SELECT coalesce(max(last_number), 0) + $4 AS n FROM ${series}
      WHERE organizer_id = $1 AND kind = $2 AND year = $3),
    kept AS (
      INSERT INTO ${series} (organizer_id, kind, year, last_number) SELECT $1, $2, $3, n FROM was
      ON CONFLICT (organizer_id, kind, year) DO UPDATE SET last_number = excluded.last_number)
    SELECT n AS last_number FROM was`;
}

function withoutLocks(statement: string): string {
  return statement.replace(/FOR (NO KEY UPDATE|UPDATE|KEY SHARE|SHARE)( SKIP LOCKED)?/g, '');
}

/** What stands behind the guards: the statements that take it away. */
export const dropBackstops = [
  'ALTER TABLE {t}counters DROP CONSTRAINT counters_check',
  'ALTER TABLE {t}gift_cards DROP CONSTRAINT gift_cards_check',
  'DROP INDEX {t}scans_scan',
  'ALTER TABLE {t}gift_card_uses DROP CONSTRAINT gift_card_uses_check3',
  'ALTER TABLE {t}orders DROP CONSTRAINT orders_hold_id_event_id_key',
  // A save writes what it changes: paid after cancelled would leave both dates, and these object.
  'ALTER TABLE {t}orders DROP CONSTRAINT orders_check, DROP CONSTRAINT orders_check1',
  'ALTER TABLE {t}invoices DROP CONSTRAINT invoices_organizer_id_kind_year_sequence_key',
  'ALTER TABLE {t}invoices DROP CONSTRAINT invoices_organizer_id_kind_number_key',
  'DROP INDEX {t}invoices_once',
  'ALTER TABLE {t}postings DROP CONSTRAINT postings_source_id_kind_event_id_key',
  'ALTER TABLE {t}revocations DROP CONSTRAINT revocations_pkey',
  'ALTER TABLE {t}orders DROP CONSTRAINT orders_given_back',
  'ALTER TABLE {t}refund_outcomes DROP CONSTRAINT refund_outcomes_run_id_order_id_event_id_key',
  'DROP INDEX {t}order_refunds_run',
  'ALTER TABLE {t}offered_tickets DROP CONSTRAINT offered_tickets_pkey',
  'ALTER TABLE {t}transfers DROP CONSTRAINT transfers_check, DROP CONSTRAINT transfers_check1',
  'DROP INDEX {t}tickets_valid',
  'DROP INDEX {t}listings_open',
  'DROP INDEX {t}waitlist_entries_active',
  'DROP INDEX {t}waitlist_offers_open',
] as const;
