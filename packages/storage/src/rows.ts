import type { Column, Layout } from './columns.ts';
import type { Bound, Dialect } from './dialect/dialect.ts';

/** A statement over records, and what is bound to it: the records, then `more`. */
export type RowStatement<Row> = (
  records: readonly Row[],
  more?: readonly Bound[],
) => readonly [statement: string, values: readonly Bound[]];

/** Below this many records all columns are each record's own: what they share by chance saves nothing. */
const MANY = 8;
/** Layouts whose statement is kept, for each statement; tables of a hot path see a handful. */
const KEPT = 64;

/**
 * A statement that takes any number of records from a FROM item `d`. In a batch
 * most columns say the same for all rows (the event, the moment, a state, what
 * is null, often the price), and these are sent, parsed and checked once. So the
 * statement depends on which they are; few are ever met, and each is kept.
 *
 * @param write makes the statement around the FROM item, whose `?` must be its first
 */
export function withRows<Row extends object>(
  dialect: Dialect,
  columns: readonly Column[],
  write: (from: string) => string,
): RowStatement<Row> {
  const known = new Map<string, { readonly layout: Layout; readonly statement: string }>();
  const make = (layout: Layout) => ({ layout, statement: write(dialect.rowsFrom(layout, 'd')) });

  return (records, more = []) => {
    const mask = sharedBy(columns, records);
    let found = known.get(mask);
    if (found === undefined) {
      found = make(layoutOf(columns, mask));
      if (known.size < KEPT) known.set(mask, found);
    }
    const { layout, statement } = found;
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
  const [first, ...others] = records;
  if (first === undefined) return true;
  const value: unknown = Reflect.get(first, field);
  if (kind !== 'json') return others.every((other) => Reflect.get(other, field) === value);
  let text: string | undefined;
  return others.every((other) => {
    const theirs: unknown = Reflect.get(other, field);
    if (theirs === value) return true;
    text ??= JSON.stringify(value);
    return JSON.stringify(theirs) === text;
  });
}

function layoutOf(columns: readonly Column[], mask: string): Layout {
  return {
    shared: columns.filter((_, at) => mask[at] === '1'),
    own: columns.filter((_, at) => mask[at] === '0'),
  };
}
