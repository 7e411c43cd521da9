import { type House, labelOf } from './house.ts';
import { ACCESSIBLE, COMPANION } from './seat-map.ts';
import { STATES } from './state.ts';
import { element, escaped, short } from './svg-text.ts';

/**
 * Colours that people with any kind of colour vision can tell apart: Okabe and
 * Ito, "Color Universal Design" (2008). A state is told by shape besides.
 */
const PALETTE = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#b8a800'];
const GREY = '#b5b5b5';
export const INK = '#333333';

export function colourOf(category: number): string {
  return PALETTE[category % PALETTE.length] ?? GREY;
}

/** A seat as it is drawn: where, of which kind and category, in which state. */
interface Mark {
  readonly x: number;
  readonly y: number;
  /** Half of its width. */
  readonly r: number;
  readonly kind: number;
  readonly colour: string;
  /** As in STATES. */
  readonly state: number;
}

/**
 * One seat: free is filled, held is a ring, sold a small grey dot, blocked a
 * cross. Accessible places are square, companion seats stand on their corner.
 */
export function seatMark({ x, y, r, kind, colour, state }: Mark, title: string): string {
  const content = title === '' ? '' : `<title>${escaped(title)}</title>`;
  if (state === 3) {
    const d = `M${short(x - r * 0.6)} ${short(y - r * 0.6)}l${short(r * 1.2)} ${short(r * 1.2)}m0 ${short(-r * 1.2)}l${short(-r * 1.2)} ${short(r * 1.2)}`;
    return element(
      'path',
      { d, fill: 'none', stroke: '#777777', 'stroke-width': r * 0.35 },
      content,
    );
  }
  const size = state === 2 ? r * 0.6 : r;
  const paint: Record<string, string | number> =
    state === 1
      ? { fill: '#ffffff', stroke: colour, 'stroke-width': r * 0.4 }
      : { fill: state === 2 ? GREY : colour };
  const drawn = state === 1 ? size * 0.8 : size;
  if (kind === ACCESSIBLE || kind === COMPANION) {
    const side = drawn * (kind === ACCESSIBLE ? 1.9 : 1.5);
    const turned = kind === COMPANION ? { transform: `rotate(45 ${short(x)} ${short(y)})` } : {};
    return element(
      'rect',
      { x: x - side / 2, y: y - side / 2, width: side, height: side, ...paint, ...turned },
      content,
    );
  }
  return element('circle', { cx: x, cy: y, r: drawn, ...paint }, content);
}

/** Each seat of its own, with its name: for maps that people can make out seats on. */
export function singleSeats(
  house: House,
  states: Uint8Array,
  seats: { readonly first: number; readonly end: number },
  r: number,
): string {
  const marks: string[] = [];
  for (let seat = seats.first; seat < seats.end; seat += 1) {
    const kind = house.kind[seat] ?? 0;
    const category = house.category[seat] ?? 0;
    const state = states[seat] ?? 0;
    const what = kind === ACCESSIBLE ? ', accessible' : kind === COMPANION ? ', companion' : '';
    const title = `${labelOf(house, seat)}, ${house.categories[category]}${what}: ${STATES[state]}`;
    marks.push(
      seatMark(
        {
          x: house.x[seat] ?? 0,
          y: house.y[seat] ?? 0,
          r,
          kind,
          colour: colourOf(category),
          state,
        },
        title,
      ),
    );
  }
  return marks.join('');
}

/**
 * The seats of a section as few paths of dots, one for each category and state:
 * a stadium of 60,000 takes 1 MB so, and 9 with an element for each seat.
 */
export function dottedSeats(
  house: House,
  states: Uint8Array,
  seats: { readonly first: number; readonly end: number },
  r: number,
): string {
  const paths = new Map<string, { colour: string; state: number; d: string[] }>();
  for (let seat = seats.first; seat < seats.end; seat += 1) {
    const state = states[seat] ?? 0;
    const colour = state === 2 || state === 3 ? GREY : colourOf(house.category[seat] ?? 0);
    const key = `${state}${colour}`;
    const path = paths.get(key) ?? { colour, state, d: [] };
    path.d.push(`M${short(house.x[seat] ?? 0)} ${short(house.y[seat] ?? 0)}h0`);
    paths.set(key, path);
  }
  return [...paths.values()]
    .map(({ colour, state, d }) => {
      const dots = (stroke: string, width: number) =>
        element('path', {
          d: d.join(''),
          stroke,
          'stroke-width': width,
          'stroke-linecap': state === 3 ? 'square' : 'round',
        });
      if (state === 0) return dots(colour, 2 * r);
      if (state === 1) return dots(colour, 2 * r) + dots('#ffffff', r);
      return dots(colour, state === 2 ? r : 0.7 * r);
    })
    .join('');
}
