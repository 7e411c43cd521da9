import type { Column, Layout } from './columns.ts';
import type { Bound, Dialect } from './dialect/dialect.ts';

/** A statement over records, and what is bound to it: the records, then `more`. */
export type RowStatement<Row> = (
  records: readonly Row[],
  more?: readonly Bound[],
) => readonly [statement: string, values: readonly Bound[]];

interface Written {
  readonly layout: Layout;
  readonly statement: string;
}

/** Below this many records all columns are each record's own: what they share by chance saves nothing. */
const MANY = 8;
/** Layouts that a statement is made for at most: a session of PostgreSQL keeps each one prepared. */
const KEPT = 32;

/**
 * A statement that takes any number of records from a FROM item `d`. In a batch
 * most columns say the same for all rows (the event, the moment, a state, what
 * is null, often the price), and these are sent, parsed and checked once. So the
 * statement depends on which they are. Layouts beyond the first that were met are
 * served by the one in which everything is each record's own.
 *
 * @param write makes the statement around the FROM item, whose `?` must be its first
 */
export function withRows<Row extends object>(
  dialect: Dialect,
  columns: readonly Column[],
  write: (from: string) => string,
): RowStatement<Row> {
  const known = new Map<string, Written>();
  const make = (mask: string): Written => {
    const layout = layoutOf(columns, mask);
    const made = { layout, statement: write(dialect.rowsFrom(layout, 'd')) };
    known.set(mask, made);
    return made;
  };
  const nothingShared = '0'.repeat(columns.length);

  return (records, more = []) => {
    const mask = sharedBy(columns, records);
    const key = known.has(mask) || known.size < KEPT ? mask : nothingShared;
    const { layout, statement } = known.get(key) ?? make(key);
    const [first] = records;
    const shared = layout.shared.map(({ field, kind }) =>
      dialect.bind(first === undefined ? null : Reflect.get(first, field), kind),
    );
    return [statement, [...shared, ...dialect.ownValues(layout.own, records), ...more]];
  };
}

/** A 1 for each column in which all records agree; one column at least is their own, for their number. */
function sharedBy(columns: readonly Column[], records: readonly object[]): string {
  if (records.length === 1) return '1'.repeat(columns.length);
  if (records.length < MANY) return '0'.repeat(columns.length);
  let mask = '';
  for (const column of columns) mask += agree(column, records) ? '1' : '0';
  return mask.includes('0') ? mask : `0${mask.slice(1)}`;
}

function agree({ field, kind }: Column, records: readonly object[]): boolean {
  const [first] = records;
  const value: unknown = first === undefined ? undefined : Reflect.get(first, field);
  let text: string | undefined;
  return records.every((record) => {
    const other: unknown = Reflect.get(record, field);
    if (other === value) return true;
    if (kind !== 'json') return false;
    text ??= JSON.stringify(value);
    return JSON.stringify(other) === text;
  });
}

function layoutOf(columns: readonly Column[], mask: string): Layout {
  return {
    shared: columns.filter((_, at) => mask[at] === '1'),
    own: columns.filter((_, at) => mask[at] === '0'),
  };
}
