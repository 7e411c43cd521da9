/** How a field lies in its column; each dialect knows how it reads and writes these. */
export type ColumnKind = 'text' | 'integer' | 'boolean' | 'instant' | 'json';

/** The kinds that can hold a field's type. What is not a plain value is a JSON document. */
type KindOf<Value> = [Value] extends [string | null]
  ? 'text' | 'instant'
  : [Value] extends [number | null]
    ? 'integer'
    : [Value] extends [boolean | null]
      ? 'boolean'
      : 'json';

type FieldOf<Row> = Extract<keyof Row, string>;

/** Every field of a record with its kind: one that is missing does not compile. */
export type Shape<Row> = { readonly [Field in FieldOf<Row>]: KindOf<Row[Field]> };

/** A field of a record and the column that it lies in. */
export interface Column {
  readonly field: string;
  /** The field in snake_case. */
  readonly name: string;
  readonly kind: ColumnKind;
}

/** Which columns of some records hold one value for all of them, and which a value for each. */
export interface Layout {
  readonly shared: readonly Column[];
  readonly own: readonly Column[];
}

export function columnsOf<Row>(shape: Shape<Row>): readonly Column[] {
  return Object.entries<ColumnKind>(shape).map(([field, kind]) => ({
    field,
    name: snakeCase(field),
    kind,
  }));
}

export function snakeCase(field: string): string {
  return field.replaceAll(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

/** A row as the driver gives it, by column name. */
export type DriverRow = Readonly<Record<string, unknown>>;

/** What a driver's value is as a field. */
export type ReadValue = (value: unknown, kind: ColumnKind) => unknown;

/**
 * The record of a row, its fields in the order of the shape, so that both
 * databases give the same JSON to the byte. The one place where a record comes
 * to be out of columns: the shape and the table's constraints stand for its type.
 */
export function recordOf<Row>(columns: readonly Column[], row: DriverRow, read: ReadValue): Row {
  const record: Record<string, unknown> = {};
  for (const { field, name, kind } of columns) {
    const value = row[name];
    record[field] = value === null || value === undefined ? null : read(value, kind);
  }
  return record as Row;
}

/** Integers beyond 2^53 would lose money silently. */
export function readInteger(value: unknown): number {
  const integer = Number(value);
  if (!Number.isSafeInteger(integer)) {
    throw new RangeError(`The database holds ${String(value)}, which is no exact integer here.`);
  }
  return integer;
}

/** A document as text, or as what the host's driver made of it already. */
export function readJson(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}
