import { isObject } from '../settings.ts';
import { fillBar } from './bar.ts';
import type { Row } from './cells.ts';
import { harmless } from './columns.ts';
import type { Paint } from './paint.ts';

/** Where nobody looks at columns. */
const PLAIN_WIDTH = 80;
/** More rows than this are more than a screen or two: then a section is one line. */
const MOST_ROWS = 80;

type State = 'f' | 'h' | 's' | 'b';

/**
 * The seats of a session: a block for each seat, or a bar for each section when
 * they are too many or too wide. Without colours a letter says what a block does.
 */
export function seatPicture(paint: Paint, answer: Row, width = PLAIN_WIDTH): string {
  const sections = rowsOf(answer.sections);
  const rows = sections.reduce((sum, section) => sum + rowsOf(section.rows).length, 0);
  const rowNames = sections.flatMap((section) =>
    rowsOf(section.rows).map(({ name }) => String(name)),
  );
  const margin = Math.max(2, ...rowNames.map((name) => name.length)) + 1;
  const longest = Math.max(
    0,
    ...sections.flatMap((section) => rowsOf(section.rows).map((row) => String(row.seats).length)),
  );
  const small = rows <= MOST_ROWS && margin + longest <= width;
  const nameWidth = Math.min(24, Math.max(0, ...sections.map(({ name }) => String(name).length)));
  const lines = sections.flatMap((section) => {
    if (!small || isObject(section.general)) return [sectionBar(paint, section, nameWidth)];
    return [
      paint.bold(harmless(String(section.name))),
      ...rowsOf(section.rows).map(({ name, seats }) => {
        const indent = ' '.repeat(Math.floor((longest - String(seats).length) / 2));
        return (
          paint.dim(harmless(String(name)).padStart(margin - 1)) +
          ' ' +
          indent +
          blocks(paint, String(seats))
        );
      }),
    ];
  });
  const title = `${paint.bold(harmless(String(answer.name)))}\n`;
  return `${title}${lines.join('\n')}\n\n${legend(paint, answer.counts)}\n`;
}

function sectionBar(paint: Paint, section: Row, nameWidth: number): string {
  const { general, counts, name } = section;
  const label = harmless(String(name)).slice(0, nameWidth).padEnd(nameWidth);
  if (isObject(general)) {
    const capacity = Number(general.capacity);
    return `${label}  ${fillBar(paint, capacity - Number(general.available), capacity)}`;
  }
  const { free, held, sold, blocked } = countsOf(counts);
  return `${label}  ${fillBar(paint, held + sold + blocked, free + held + sold + blocked)}`;
}

/** One cell a seat; neighbours of one state are painted at once. */
function blocks(paint: Paint, seats: string): string {
  return seats.replaceAll(/(.)\1*/g, (run) => cell(paint, stateOf(run), run.length));
}

function cell(paint: Paint, state: State, count = 1): string {
  const plain = paint.level === 0;
  switch (state) {
    case 'f':
      return plain ? '.'.repeat(count) : paint.green('■'.repeat(count));
    case 'h':
      return plain ? 'h'.repeat(count) : paint.yellow('▣'.repeat(count));
    case 's':
      return plain ? 'x'.repeat(count) : paint.dim('□'.repeat(count));
    case 'b':
      return plain ? '#'.repeat(count) : paint.red('×'.repeat(count));
  }
}

function stateOf(letters: string): State {
  const [letter] = letters;
  return letter === 'h' || letter === 's' || letter === 'b' ? letter : 'f';
}

function legend(paint: Paint, counts: unknown): string {
  const { free, held, sold, blocked } = countsOf(counts);
  return [
    `${cell(paint, 'f')} free ${free}`,
    `${cell(paint, 'h')} held ${held}`,
    `${cell(paint, 's')} sold ${sold}`,
    `${cell(paint, 'b')} blocked ${blocked}`,
  ].join('   ');
}

function countsOf(counts: unknown) {
  const { free, held, sold, blocked } = isObject(counts) ? counts : {};
  return { free: Number(free), held: Number(held), sold: Number(sold), blocked: Number(blocked) };
}

function rowsOf(value: unknown): Row[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
