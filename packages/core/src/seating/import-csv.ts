import type * as z from 'zod';
import { errorOf } from '../kernel/index.ts';
import { compileDraft } from './compile.ts';
import { parseCsv } from './csv.ts';
import { isAddress, MAX_SEATS, SeatMapDraft } from './draft.ts';
import { invalidSeatMap } from './refusals.ts';

const REQUIRED = ['section', 'row', 'number'] as const;
const OPTIONAL = ['category', 'x', 'y', 'kind', 'companion_of', 'aisle_after', 'capacity'] as const;
const COLUMNS = [...REQUIRED, ...OPTIONAL] as const;
type ColumnName = (typeof COLUMNS)[number];

const MAX_PROBLEMS = 50;
/** A quarter of a million seats with positions have about this many characters. */
export const MAX_IMPORT = 32 * 1024 * 1024;

type DraftInput = z.input<typeof SeatMapDraft>;
type SeatInput = {
  number: string;
  category?: string;
  x?: number;
  y?: number;
  kind?: 'standard' | 'accessible' | 'companion';
  companionOf?: string;
  aisleAfter?: boolean;
};
interface SectionLines {
  readonly name: string;
  readonly rows: Map<string, { seat: SeatInput; line: number }[]>;
  capacity?: number;
  readonly line: number;
}

/**
 * Reads a seat map from CSV: one line for each seat, with the columns `section`,
 * `row`, `number` and, where wanted, `category`, `x`, `y`, `kind` (`standard`,
 * `accessible`, `companion`), `companion_of` (a number in the same row, or a
 * label), `aisle_after` (`yes`). A section without seats is a line with only
 * its `section` and a `capacity`. Rows and seats keep the order of the lines.
 *
 * @returns the input of `seatMaps.create`, without the organizer
 * @throws TicketiError `invalid_seat_map`, with the line and column of every problem
 */
export function seatMapFromCsv(text: string, options: { name: string }): DraftInput {
  const problems: { path: string; message: string }[] = [];
  const wrong = (line: number, column: string | undefined, message: string) => {
    problems.push({ path: `line ${line}${column === undefined ? '' : `, ${column}`}`, message });
    return undefined;
  };
  const fail = () => errorOf(invalidSeatMap({ problems: problems.slice(0, MAX_PROBLEMS) }));

  if (text.length > MAX_IMPORT) wrong(1, undefined, 'The file has more than 32 MiB.');
  const records = text.length > MAX_IMPORT ? [] : parseCsv(text);
  if ('unclosedAt' in records) {
    wrong(records.unclosedAt, undefined, 'A quote is opened here and never closed.');
    throw fail();
  }
  const [header, ...lines] = records;
  const columns = (header?.fields ?? []).map((name) => name.toLowerCase());
  for (const name of REQUIRED.filter((required) => !columns.includes(required))) {
    wrong(1, name, `The header has no column ${name}: it needs ${REQUIRED.join(', ')}.`);
  }
  columns.forEach((name, index) => {
    if (!isColumn(name)) {
      wrong(1, name, `There is no such column: known are ${COLUMNS.join(', ')}.`);
    } else if (columns.indexOf(name) < index) wrong(1, name, 'The column is there twice.');
  });
  if (lines.length > MAX_SEATS) wrong(1, undefined, `At most ${MAX_SEATS} seats are possible.`);
  if (problems.length > 0) throw fail();

  const sections = new Map<string, SectionLines>();
  for (const { line, fields } of lines) {
    if (problems.length >= MAX_PROBLEMS) break;
    if (fields.length > columns.length) {
      wrong(line, undefined, `It has ${fields.length} fields, the header has ${columns.length}.`);
      continue;
    }
    const field = (name: ColumnName) => fields[columns.indexOf(name)] ?? '';
    readLine(line, field, sections, wrong);
  }
  if (sections.size === 0 && problems.length === 0) wrong(1, undefined, 'There is no seat in it.');
  if (problems.length > 0) throw fail();

  const draft = draftOf(options.name, sections);
  const parsed = SeatMapDraft.safeParse(draft);
  const lineAt = (path: string) => lineOf([...sections.values()], path);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) {
      const at = path.map(String).join('.');
      problems.push({ path: lineAt(at) ?? at, message });
    }
    throw fail();
  }
  const compiled = compileDraft(parsed.data);
  if ('sections' in compiled) return draft;
  for (const { path, message } of compiled) problems.push({ path: lineAt(path) ?? path, message });
  throw fail();
}

function isColumn(name: string): name is ColumnName {
  return COLUMNS.some((column) => column === name);
}

type Wrong = (line: number, column: string | undefined, message: string) => undefined;

function readLine(
  line: number,
  field: (name: ColumnName) => string,
  sections: Map<string, SectionLines>,
  wrong: Wrong,
): undefined {
  const name = field('section');
  if (name === '') return wrong(line, 'section', 'The section is missing.');
  const key = keyOf(name);
  if (!isAddress(key)) {
    return wrong(line, 'section', `${name} has no letter or digit, or more than 32 characters.`);
  }
  const section: SectionLines = sections.get(key) ?? { name, rows: new Map(), line };
  sections.set(key, section);
  if (section.name !== name) {
    return wrong(line, 'section', `${name} and ${section.name} would have the same key ${key}.`);
  }
  const capacity = field('capacity');
  if (capacity !== '') {
    if (!/^[1-9]\d{0,6}$/.test(capacity)) {
      return wrong(line, 'capacity', `${capacity} is no number of places.`);
    }
    if (field('row') !== '' || field('number') !== '') {
      return wrong(line, 'capacity', 'A section has seats or a capacity, not both.');
    }
    section.capacity = Number(capacity);
    return undefined;
  }
  for (const column of ['row', 'number'] as const) {
    const value = field(column);
    if (value === '') return wrong(line, column, `The ${column} is missing.`);
    if (!isAddress(value)) {
      return wrong(
        line,
        column,
        `${value} is no ${column}: letters, digits, dots and underscores.`,
      );
    }
  }
  const seat = readSeat(line, field, wrong);
  if (seat === undefined) return undefined;
  const row = section.rows.get(field('row')) ?? [];
  row.push({ seat, line });
  section.rows.set(field('row'), row);
  return undefined;
}

function readSeat(
  line: number,
  field: (name: ColumnName) => string,
  wrong: Wrong,
): SeatInput | undefined {
  const seat: SeatInput = { number: field('number') };
  const category = field('category');
  if (category !== '') {
    const key = keyOf(category);
    if (!isAddress(key)) {
      wrong(line, 'category', `${category} is no category: it needs a letter or digit.`);
      return undefined;
    }
    seat.category = key;
  }
  for (const axis of ['x', 'y'] as const) {
    const value = field(axis);
    if (value === '') continue;
    const at = Number(value.replace(',', '.'));
    if (!Number.isFinite(at)) {
      wrong(line, axis, `${value} is no number.`);
      return undefined;
    }
    seat[axis] = at;
  }
  if ((seat.x === undefined) !== (seat.y === undefined)) {
    wrong(line, seat.x === undefined ? 'x' : 'y', 'A position has both x and y.');
    return undefined;
  }
  const kind = field('kind').toLowerCase();
  if (kind !== '') {
    if (kind !== 'standard' && kind !== 'accessible' && kind !== 'companion') {
      wrong(line, 'kind', `${kind} is none of standard, accessible, companion.`);
      return undefined;
    }
    seat.kind = kind;
  }
  if (field('companion_of') !== '') seat.companionOf = field('companion_of');
  const aisle = field('aisle_after').toLowerCase();
  if (!['', 'yes', 'no', 'true', 'false', '1', '0'].includes(aisle)) {
    wrong(line, 'aisle_after', `${aisle} is neither yes nor no.`);
    return undefined;
  }
  if (['yes', 'true', '1'].includes(aisle)) seat.aisleAfter = true;
  return seat;
}

/** A name of a section as its key: `Block A` is `Block_A`. */
function keyOf(name: string): string {
  return name
    .replaceAll(/[^\p{L}\p{N}._]+/gu, '_')
    .replace(/^[._]+/, '')
    .replace(/_+$/, '');
}

function draftOf(name: string, sections: ReadonlyMap<string, SectionLines>): DraftInput {
  return {
    name,
    sections: [...sections].map(([key, { name: called, rows, capacity }]) => ({
      key,
      name: called,
      ...(capacity === undefined ? {} : { capacity }),
      ...(rows.size === 0 && capacity !== undefined
        ? {}
        : {
            rows: [...rows].map(([row, seats]) => ({
              name: row,
              seats: seats.map(({ seat }) => seat),
            })),
          }),
    })),
  };
}

/** The line of the file that a path of the draft came from. */
function lineOf(sections: readonly SectionLines[], path: string): string | undefined {
  const [, section, , row, , seat] = path.split('.').map(Number);
  const found = section === undefined ? undefined : sections[section];
  const rows = row === undefined ? undefined : [...(found?.rows.values() ?? [])][row];
  const line = (seat === undefined ? rows?.[0] : rows?.[seat])?.line ?? found?.line;
  return line === undefined ? undefined : `line ${line}`;
}
