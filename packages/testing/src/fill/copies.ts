import type { FillDatabase } from '../fill.ts';
import { markerInCopy } from './marker.ts';

interface Copying {
  readonly eventId: string;
  readonly marker: string;
  readonly copies: number;
  /** Which organizer's events these are. */
  readonly number: number;
  readonly outboxOf: number;
  readonly ticketsPerEvent: number;
}

/** About so many tickets in one statement. */
const AT_ONCE = 50_000;

/** Foreign keys lead from later ones to earlier ones; what is not here comes last. */
const ORDER = [
  'events',
  'series',
  'sessions',
  'pools',
  'ticket_types',
  'holds',
  'claims',
  'orders',
  'gift_card_uses',
  'payments',
  'refunds',
  'tickets',
  'custody',
  'listings',
  'postings',
];

/** Copies an event with everything that belongs to it, many copies in a statement. */
export async function copyEvents(
  database: FillDatabase,
  { eventId, marker, copies, number, outboxOf, ticketsPerEvent }: Copying,
  progress: (copies: number) => void,
): Promise<void> {
  const tables = await tablesOf(database, eventId, marker);
  const many = Math.max(1, Math.floor(AT_ONCE / ticketsPerEvent));
  for (let first = 1; first <= copies; first += many) {
    const last = Math.min(copies, first + many - 1);
    for (const { name, columns, condition } of tables) {
      const copied = markerInCopy(database.dialect, number, 'n');
      const values = columns.map((column) => copiedValue(database, column, marker));
      const names = columns.map((column) => `"${column.name}"`);
      const kept = name === 'outbox' ? ` AND m.n % ${outboxOf} = 0` : '';
      await database.query(
        `INSERT INTO ${database.tables}${name} (${names.join(', ')})
         SELECT ${values.join(', ')}
         FROM (SELECT n, ${copied} AS marker FROM ${numbers(database, first, last)}) AS m
         CROSS JOIN ${database.tables}${name} AS s WHERE ${condition}${kept}`,
      );
    }
    progress(last);
  }
}

interface Column {
  readonly name: string;
  readonly type: string;
  /** Whether it holds ids of the event, which are other ones in a copy. */
  readonly marked: boolean;
}

interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** The rows of the event, as `s`. */
  readonly condition: string;
}

/** Every table with rows of the event, and which of their columns change in a copy. */
async function tablesOf(
  database: FillDatabase,
  eventId: string,
  marker: string,
): Promise<readonly Table[]> {
  const tables: Table[] = [];
  for (const [name, columns] of await columnsOf(database)) {
    const key = name === 'events' ? 'id' : 'event_id';
    if (!columns.has(key)) continue;
    const rows = await database.query(
      `SELECT * FROM ${database.tables}${name} WHERE ${key} = '${eventId}'`,
    );
    if (rows.length === 0) continue;
    tables.push({
      name,
      condition: `s.${key} = '${eventId}'`,
      columns: [...columns].map(([column, type]) => ({
        name: column,
        type,
        marked: rows.some((row) => JSON.stringify(row[column] ?? null).includes(marker)),
      })),
    });
  }
  return tables.sort((a, b) => rank(a) - rank(b));
}

function rank({ name }: Table): number {
  return ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length;
}

async function columnsOf({
  dialect,
  tables,
  query,
}: FillDatabase): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const prefix = tables.replaceAll('"', '').replace(/\.$/, '');
  const rows = await query(
    dialect === 'postgres'
      ? `SELECT table_name AS name, column_name AS field, data_type AS type
         FROM information_schema.columns WHERE table_schema = '${prefix}'
         ORDER BY table_name, ordinal_position`
      : `SELECT substr(t.name, ${prefix.length + 1}) AS name, c.name AS field, 'text' AS type
         FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
         WHERE t.type = 'table' AND substr(t.name, 1, ${prefix.length}) = '${prefix}'
         ORDER BY t.name, c.cid`,
  );
  const found = new Map<string, Map<string, string>>();
  for (const { name, field, type } of rows) {
    const columns = found.get(String(name)) ?? new Map<string, string>();
    found.set(String(name), columns.set(String(field), String(type)));
  }
  return found;
}

function copiedValue({ dialect }: FillDatabase, { name, type, marked }: Column, marker: string) {
  if (!marked) return `s."${name}"`;
  if (dialect === 'sqlite') return `replace(s."${name}", '${marker}', m.marker)`;
  return `replace(s."${name}"::text, '${marker}', m.marker)::${type}`;
}

function numbers({ dialect }: FillDatabase, first: number, last: number): string {
  if (dialect === 'postgres') return `generate_series(${first}, ${last}) AS n`;
  return `(WITH RECURSIVE counted(n) AS
    (SELECT ${first} UNION ALL SELECT n + 1 FROM counted WHERE n < ${last}) SELECT n FROM counted)`;
}
