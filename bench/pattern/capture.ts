import type { Base, Row } from '../stage/base.ts';
import { type Cell, type Ink, Slots } from './cell.ts';
import { freshId } from './fresh.ts';

/** New rows of a table, as one request adds them. */
export interface Insert {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Rows of a table that one request changes. */
export interface Update {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly id: Cell;
    /** The state or revision that it must still have, by column: whoever comes second finds it changed. */
    readonly guard: Readonly<Record<string, string>>;
    readonly cells: readonly Cell[];
  }[];
}

/** What one transaction writes for one request. */
export interface Step {
  readonly inserts: readonly Insert[];
  readonly updates: readonly Update[];
}

/** What Ticketi writes for a request of several steps, as a pattern for the yardsticks. */
export interface Pattern<Name extends string> {
  readonly steps: Readonly<Record<Name, Step>>;
  /** The texts that are each request's own: ids, unless `own` says otherwise. */
  begin(own?: Readonly<Record<string, string>>): readonly string[];
  /** The instants of a transaction that begins now. */
  moments(): readonly string[];
  /** The slot of an id by its prefix: the first one of the request. */
  slot(prefix: string): number;
}

/** In the order in which their foreign keys allow them to be filled. */
const ORDER = ['holds', 'claims', 'orders', 'payments', 'tickets', 'custody', 'postings'];

/**
 * Lets Ticketi serve one request, step by step, and keeps what it wrote of the event as a pattern.
 * So the yardsticks write the same rows by construction, whatever becomes of the schema.
 *
 * @param now the instant that Ticketi's clock shows meanwhile
 * @param own texts of this request that others replace by their own, by name
 */
export async function capture<Name extends string>(
  base: Base,
  eventId: string,
  now: string,
  steps: Readonly<Record<Name, () => Promise<unknown>>>,
  own: Readonly<Record<string, string>> = {},
): Promise<Pattern<Name>> {
  const seen: { name: Name; before: Rows; after: Rows }[] = [];
  let before = await rowsOf(base, eventId);
  for (const name in steps) {
    await steps[name]();
    const after = await rowsOf(base, eventId);
    seen.push({ name, before, after });
    before = after;
  }

  const start = seen[0]?.before;
  const ids = [...before].filter(([key]) => !start?.has(key)).map(([, row]) => row.id);
  const names = Object.keys(own);
  const fresh = [...Object.values(own), ...ids];
  const prefixes = ids.map((id) => id.slice(0, id.indexOf('_')));
  const slots = new Slots(fresh, now);
  const parts: Partial<Record<Name, Step>> = {};
  for (const { name, before: was, after } of seen) parts[name] = stepOf(slots, was, after);

  return {
    steps: parts as Record<Name, Step>,
    begin: (texts = {}) => [
      ...names.map((name) => texts[name] ?? ''),
      ...prefixes.map((prefix) => freshId(prefix)),
    ],
    moments: () => {
      const at = Date.now();
      return slots.offsets.map((offset) => new Date(at + offset).toISOString());
    },
    slot: (prefix) => names.length + prefixes.indexOf(prefix),
  };
}

/** One request's values now: what `written` makes its rows of. */
export function inkOf(pattern: Pick<Pattern<string>, 'moments'>, fresh: readonly string[]): Ink {
  return { fresh, moments: pattern.moments() };
}

interface Found {
  readonly table: string;
  readonly id: string;
  readonly row: Row;
}
type Rows = ReadonlyMap<string, Found>;

async function rowsOf(base: Base, eventId: string): Promise<Rows> {
  const found = new Map<string, Found>();
  for (const [table, columns] of base.tables) {
    // The counters have no id, and the yardsticks count by themselves.
    const key = ['id', 'admission_id'].find((column) => columns.includes(column));
    if (!columns.includes('event_id') || key === undefined) continue;
    for (const row of await base.rows(table, eventId)) {
      const id = row[key] ?? '';
      found.set(`${table} ${id}`, { table, id, row });
    }
  }
  return found;
}

function stepOf(slots: Slots, before: Rows, after: Rows): Step {
  const added: Found[] = [];
  const changed: { found: Found; was: Row }[] = [];
  for (const [key, found] of after) {
    const was = before.get(key);
    if (was === undefined) added.push(found);
    else if (differing(was.row, found.row).length > 0) changed.push({ found, was: was.row });
  }
  const tables = [...new Set(added.map(({ table }) => table))];
  return {
    inserts: tables
      .sort((a, b) => rank(a) - rank(b))
      .map((table) => {
        const rows = added.filter((found) => found.table === table).map(({ row }) => row);
        const columns = Object.keys(rows[0] ?? {});
        return {
          table,
          columns,
          rows: rows.map((row) => columns.map((column) => slots.cell(row[column] ?? null))),
        };
      }),
    updates: [...new Set(changed.map(({ found }) => found.table))].map((table) => {
      const rows = changed.filter(({ found }) => found.table === table);
      const columns = [...new Set(rows.flatMap(({ found, was }) => differing(was, found.row)))];
      return {
        table,
        columns,
        rows: rows.map(({ found, was }) => ({
          id: slots.cell(found.id),
          guard: was.revision == null ? {} : { revision: was.revision },
          cells: columns.map((column) => slots.cell(found.row[column] ?? null)),
        })),
      };
    }),
  };
}

/** What is not in the list comes after it: entries, outbox, audit. */
function rank(table: string): number {
  return ORDER.includes(table) ? ORDER.indexOf(table) : ORDER.length;
}

function differing(was: Row, is: Row): string[] {
  return Object.keys(is).filter((column) => was[column] !== is[column]);
}
