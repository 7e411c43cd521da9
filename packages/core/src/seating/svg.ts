import type { House } from './house.ts';
import { countStates, type GeneralAdmission, STATES } from './state.ts';
import { legend } from './svg-legend.ts';
import { colourOf, dottedSeats, INK, singleSeats } from './svg-seats.ts';
import { element, escaped } from './svg-text.ts';

/** Beyond this many seats nobody makes out single ones. */
const SINGLE_SEATS = 4000;
const FONT = { 'font-family': 'system-ui, sans-serif', fill: INK };

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * A seat map as a picture (SVG 1.1, on its own or inside a page), with every
 * seat's state. What people typed is escaped. It refers to nothing outside of
 * itself and has no script, style or id.
 */
export function drawHouse(
  house: House,
  states: Uint8Array,
  options: { title: string; general: ReadonlyMap<string, GeneralAdmission> },
): string {
  const pitch = pitchOf(house);
  const r = pitch * 0.4;
  const single = house.seats <= SINGLE_SEATS;
  const rows = Map.groupBy(house.rows, ({ section }) => section);
  const hall = boxOf(house, pitch);
  const unit = single ? pitch : Math.max(pitch, (hall.right - hall.left) / 90);

  const sections = house.sections.map(({ name, key, general }, index) => {
    const own = rows.get(index) ?? [];
    if (general !== undefined) {
      return generalSection(name, general.corners, options.general.get(key), unit);
    }
    const seats = { first: own[0]?.first ?? 0, end: own.at(-1)?.end ?? 0 };
    const { free } = countStates(states, seats.first, seats.end);
    const told = `${name}: ${free} of ${seats.end - seats.first} seats free`;
    const drawn = single
      ? singleSeats(house, states, seats, r)
      : dottedSeats(house, states, seats, r);
    const names = single ? own.map((row) => rowName(house, row, pitch)).join('') : '';
    const label = single
      ? sectionLabel(house, own.at(-1), name, unit)
      : labelOnDots(house, own, name, unit);
    const title = single ? '' : `<title>${escaped(told)}</title>`;
    return element('g', { role: 'group', 'aria-label': told }, title + drawn + names + label);
  });

  const counts = countStates(states, 0, house.seats);
  const below = legend(house, counts, hall, unit);
  const [width, height] = [hall.right - hall.left, below.bottom - hall.top];
  // About 16 pixels a seat, but no larger than a large screen and no smaller than a phone.
  const scale = Math.min(2400 / width, Math.max(480 / width, 16 / pitch));
  const description = STATES.map((state) => `${counts[state]} ${state}`).join(', ');
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: [hall.left, hall.top, width, height]
        .map((side) => Math.round(side * 100) / 100)
        .join(' '),
      width: Math.round(width * scale),
      height: Math.round(height * scale),
      role: 'img',
      'aria-label': `${options.title}: ${description}`,
    },
    [
      `<title>${escaped(options.title)}</title>`,
      `<desc>${escaped(`Seats: ${description}.`)}</desc>`,
      element('rect', { x: hall.left, y: hall.top, width, height, fill: '#ffffff' }),
      stage(house, pitch, unit),
      ...sections,
      below.drawn,
    ].join('\n'),
  );
}

/** The usual distance of neighbours: everything is drawn to its scale. */
function pitchOf(house: House): number {
  const widths: number[] = [];
  for (const { first, end } of house.runs) {
    for (let seat = first; seat + 1 < end && widths.length < 5000; seat += 1) {
      widths.push(
        Math.hypot(
          (house.x[seat + 1] ?? 0) - (house.x[seat] ?? 0),
          (house.y[seat + 1] ?? 0) - (house.y[seat] ?? 0),
        ),
      );
    }
  }
  const usual = widths.sort((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 1;
  return usual > 0 ? usual : 1;
}

function boxOf(house: House, pitch: number): Box {
  let [left, top] = house.focalPoint;
  let [right, bottom] = house.focalPoint;
  const include = (x: number, y: number) => {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  };
  for (let seat = 0; seat < house.seats; seat += 1) include(house.x[seat] ?? 0, house.y[seat] ?? 0);
  for (const { general } of house.sections) {
    for (const [x, y] of pairs(general?.corners ?? [])) include(x, y);
  }
  const middle = (left + right) / 2;
  const half = Math.max((right - left) / 2, 10 * pitch);
  const names = house.sections.map(({ name }) => widthOf(name) + 1);
  const edge = Math.max(2.5 * pitch, half / 20, Math.min(Math.max(...names) * pitch, half / 3));
  return {
    left: middle - half - edge,
    right: middle + half + edge,
    top: top - edge,
    bottom: bottom + edge,
  };
}

/** The stage in front of the seats; where they lie all around it, in their middle. */
function stage(house: House, pitch: number, unit: number): string {
  const [x, y] = house.focalPoint;
  const fronts = house.sections.flatMap(({ general }) => {
    const [left, right] = pairs(general?.corners ?? []);
    if (left === undefined || right === undefined) return [];
    return [Math.hypot((left[0] + right[0]) / 2 - x, (left[1] + right[1]) / 2 - y)];
  });
  const first = (house.runs[0]?.nearest ?? Number.POSITIVE_INFINITY) / 1000;
  const nearest = Math.min(Math.max(2 * pitch, Math.min(first, ...fronts)), 1e6);
  const around = house.y.some((at) => at < y - nearest / 2);
  const [width, height] = around
    ? [nearest * 1.3, nearest * 0.8]
    : [Math.max(nearest * 1.6, 8 * pitch), Math.max(nearest * 0.35, pitch)];
  const middle = around ? y : y - height / 4;
  const size = Math.min(unit * 1.4, height * 0.6);
  return (
    element('rect', {
      x: x - width / 2,
      y: middle - height / 2,
      width,
      height,
      rx: height / 8,
      fill: '#e4e4e4',
    }) + centred('Stage', x, middle, size, FONT)
  );
}

function generalSection(
  name: string,
  corners: readonly number[],
  general: GeneralAdmission | undefined,
  unit: number,
): string {
  const points = pairs(corners);
  const [x, y] = [0, 1].map(
    (axis) => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / points.length,
  );
  const left = general === undefined ? '' : `${general.available} of ${general.capacity} free`;
  const shape = element('polygon', {
    points: points.map((point) => point.join(',')).join(' '),
    fill: '#eef3f7',
    stroke: colourOf(0),
    'stroke-width': unit * 0.1,
  });
  return element(
    'g',
    { role: 'group', 'aria-label': `${name}: ${left}` },
    shape +
      centred(name, x ?? 0, (y ?? 0) - unit * 0.6, unit, { ...FONT, 'font-weight': 'bold' }) +
      (left === '' ? '' : centred(left, x ?? 0, (y ?? 0) + unit * 0.7, unit * 0.8, FONT)),
  );
}

/** The name of a section behind its last row; in its middle where it is all dots. */
function sectionLabel(
  house: House,
  last: { readonly first: number; readonly end: number } | undefined,
  name: string,
  unit: number,
): string {
  if (last === undefined) return '';
  const [x, y] = middleOf(house, last);
  const [focalX, focalY] = house.focalPoint;
  const distance = Math.hypot(x - focalX, y - focalY) || 1;
  const [outX, outY] = [(x - focalX) / distance, (y - focalY) / distance];
  const away = unit * 1.3 + (Math.abs(outX) * widthOf(name) * unit) / 2;
  return centred(name, x + outX * away, y + outY * away, unit * 0.9, {
    ...FONT,
    'font-weight': 'bold',
  });
}

function labelOnDots(
  house: House,
  rows: readonly { readonly first: number; readonly end: number }[],
  name: string,
  unit: number,
): string {
  const row = rows[Math.floor(rows.length / 2)];
  if (row === undefined) return '';
  const [x, y] = middleOf(house, row);
  const width = (widthOf(name) + 0.6) * unit;
  const plate = element('rect', {
    x: x - width / 2,
    y: y - unit * 0.75,
    width,
    height: unit * 1.5,
    rx: unit * 0.4,
    fill: '#ffffff',
    'fill-opacity': 0.85,
  });
  return plate + centred(name, x, y, unit, { ...FONT, 'font-weight': 'bold' });
}

function middleOf(house: House, { first, end }: { first: number; end: number }): [number, number] {
  // Of a curved row its middle seat, not the middle between its ends.
  const [left, right] = [Math.floor((first + end - 1) / 2), Math.ceil((first + end - 1) / 2)];
  return [
    ((house.x[left] ?? 0) + (house.x[right] ?? 0)) / 2,
    ((house.y[left] ?? 0) + (house.y[right] ?? 0)) / 2,
  ];
}

/** About how wide a text is, in its own size. */
function widthOf(text: string): number {
  return [...text].length * 0.62;
}

/** The name of a row, before its first seat. */
function rowName(
  house: House,
  row: { readonly name: string; readonly first: number; readonly end: number },
  pitch: number,
): string {
  const [x, y] = [house.x[row.first] ?? 0, house.y[row.first] ?? 0];
  const next = Math.min(row.first + 1, row.end - 1);
  const [dx, dy] = [x - (house.x[next] ?? 0), y - (house.y[next] ?? 0)];
  const length = Math.hypot(dx, dy);
  const [toX, toY] = length === 0 ? [-1, 0] : [dx / length, dy / length];
  return centred(row.name, x + toX * pitch * 1.1, y + toY * pitch * 1.1, pitch * 0.6, {
    ...FONT,
    fill: '#767676',
  });
}

function centred(
  text: string,
  x: number,
  y: number,
  size: number,
  more: Readonly<Record<string, string | number>>,
): string {
  return element(
    'text',
    { x, y: y + size * 0.35, 'font-size': size, 'text-anchor': 'middle', ...more },
    escaped(text),
  );
}

function pairs(numbers: readonly number[]): [number, number][] {
  return Array.from({ length: numbers.length / 2 }, (_, index) => [
    numbers[2 * index] ?? 0,
    numbers[2 * index + 1] ?? 0,
  ]);
}
