import { stripVTControlCharacters } from 'node:util';
import type { Paint } from './paint.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly align?: 'right';
  /** Whether the cell may be cut to fit the terminal; ids and amounts may not. */
  readonly cuts?: true;
}

const GAP = 2;
const LEAST = 8;

/** Rows as a table: as wide as its cells, cut to `width` where somebody looks at it. */
export function table<Row>(
  paint: Paint,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number | undefined,
): string {
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  const natural = columns.map(({ title }, index) =>
    Math.max(visible(title), ...cells.map((row) => visible(row[index] ?? ''))),
  );
  const widths = width === undefined ? natural : fitted(columns, natural, width);
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) =>
        padded(cut(text, widths[index] ?? 0), widths[index] ?? 0, columns[index]),
      )
      .join(' '.repeat(GAP))
      .trimEnd();
  const head = line(columns.map(({ title }) => title.toUpperCase()));
  return [paint.dim(head), ...cells.map(line)].map((text) => `${text}\n`).join('');
}

/** Takes from the widest cells that may be cut until the line fits. */
function fitted<Row>(
  columns: readonly Column<Row>[],
  natural: readonly number[],
  width: number,
): number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, each) => sum + each + GAP, -GAP);
  while (total() > width) {
    const widest = widths.reduce(
      (best, each, index) =>
        columns[index]?.cuts && each > LEAST && each > (widths[best] ?? 0) ? index : best,
      -1,
    );
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function padded<Row>(text: string, width: number, column: Column<Row> | undefined): string {
  const space = ' '.repeat(Math.max(0, width - visible(text)));
  return column?.align === 'right' ? space + text : text + space;
}

function cut(text: string, width: number): string {
  if (visible(text) <= width) return text;
  return `${[...stripVTControlCharacters(text)].slice(0, width - 1).join('')}…`;
}

export function visible(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** Text of others without what would move the cursor or colour the terminal. */
export function harmless(text: string): string {
  return stripVTControlCharacters(text).replace(/\p{Cc}+/gu, ' ');
}
