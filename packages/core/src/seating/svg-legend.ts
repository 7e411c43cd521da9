import type { House } from './house.ts';
import { ACCESSIBLE, COMPANION } from './seat-map.ts';
import { type Counts, STATES } from './state.ts';
import { colourOf, INK, seatMark } from './svg-seats.ts';
import { element, escaped } from './svg-text.ts';

/** What the marks mean, under the hall, in as many lines as it needs. */
export function legend(
  house: House,
  counts: Counts,
  hall: { readonly left: number; readonly right: number; readonly bottom: number },
  unit: number,
): { drawn: string; bottom: number } {
  const plain = { kind: 0, colour: colourOf(0), state: 0 };
  const entries = [
    ...house.categories.map((name, category) => ({
      ...plain,
      colour: colourOf(category),
      text: name,
    })),
    ...(house.accessible.length > 0
      ? [
          { ...plain, colour: INK, kind: ACCESSIBLE, text: 'accessible' },
          { ...plain, colour: INK, kind: COMPANION, text: 'companion' },
        ]
      : []),
    ...STATES.map((name, state) => ({
      ...plain,
      colour: INK,
      state,
      text: `${name} (${counts[name]})`,
    })),
  ];
  const size = unit * 0.9;
  let [x, y] = [hall.left + unit, hall.bottom + unit];
  const marks = entries.map(({ text, ...mark }) => {
    const width = size * (2.2 + [...text].length * 0.58);
    if (x > hall.left + unit && x + width > hall.right) {
      [x, y] = [hall.left + unit, y + 1.7 * unit];
    }
    const drawn =
      seatMark({ ...mark, x, y, r: unit * 0.4 }, '') +
      element(
        'text',
        {
          x: x + unit * 0.8,
          y: y + size * 0.35,
          'font-size': size,
          'font-family': 'system-ui, sans-serif',
          fill: INK,
        },
        escaped(text),
      );
    x += width;
    return drawn;
  });
  return { drawn: element('g', {}, marks.join('')), bottom: y + 1.5 * unit };
}
