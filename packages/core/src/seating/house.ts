import { SEPARATOR } from './draft.ts';
import {
  ACCESSIBLE,
  AISLE,
  COMPANION,
  type Seat,
  type SeatMapDocument,
  type StoredSection,
} from './seat-map.ts';

/** A run of seats of one row in which each is adjacent to the next. */
interface Run {
  /** The first of its seats and the one after its last, in the map's order. */
  readonly first: number;
  readonly end: number;
  /** The distance of its nearest seat. */
  readonly nearest: number;
}

interface HouseRow {
  readonly section: number;
  readonly name: string;
  readonly first: number;
  readonly end: number;
}

/**
 * A seat map made ready for finding seats: everything about seats lies in flat
 * arrays by a seat's place in the map's order. It is made once for a map and
 * then only read: 60,000 seats take 40 ms to make and 6 MB.
 */
export interface House {
  readonly seats: number;
  readonly focalPoint: readonly [x: number, y: number];
  readonly categories: readonly string[];
  readonly sections: readonly StoredSection[];
  readonly rows: readonly HouseRow[];
  /** A row by `section-row`, as its labels begin. */
  readonly rowAt: ReadonlyMap<string, HouseRow>;
  /** What a seat is called in its row. */
  readonly numbers: readonly string[];
  readonly rowOf: Uint32Array;
  readonly sectionOf: Uint16Array;
  readonly category: Uint8Array;
  /** 0: standard, ACCESSIBLE or COMPANION. */
  readonly kind: Uint8Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** To the focal point, in whole thousandths, so that sums of them are exact. */
  readonly distance: Float64Array;
  /** Every run, the one with the nearest seat first. */
  readonly runs: readonly Run[];
  /** The run of each seat, as a place in `runs`. */
  readonly runOf: Uint32Array;
  /** Accessible places, nearest first. */
  readonly accessible: readonly number[];
  /** The companion seats of an accessible place. */
  readonly companions: ReadonlyMap<number, readonly number[]>;
  /** The accessible place that a companion seat belongs to. */
  readonly companionOf: ReadonlyMap<number, number>;
}

/** A gap this many times as wide as the row's usual one is an aisle. */
const AISLE_GAP = 1.6;

export function openHouse(document: SeatMapDocument): House {
  const seats = document.sections.reduce(
    (sum, { rows }) => sum + rows.reduce((inRows, row) => inRows + row.seats.length, 0),
    0,
  );
  const numbers: string[] = [];
  const rows: HouseRow[] = [];
  const rowOf = new Uint32Array(seats);
  const sectionOf = new Uint16Array(seats);
  const category = new Uint8Array(seats);
  const kind = new Uint8Array(seats);
  const x = new Float64Array(seats);
  const y = new Float64Array(seats);
  const distance = new Float64Array(seats);
  const companionOf = new Map<number, number>();
  const companions = new Map<number, number[]>();
  const runs: Run[] = [];
  const [focalX, focalY] = document.focalPoint;

  let seat = 0;
  document.sections.forEach((section, sectionIndex) => {
    for (const row of section.rows) {
      const first = seat;
      const aisles: boolean[] = [];
      for (const [number, of, atX, atY, flags = 0, whose] of row.seats) {
        numbers.push(number);
        rowOf[seat] = rows.length;
        sectionOf[seat] = sectionIndex;
        category[seat] = of;
        kind[seat] = flags & (ACCESSIBLE | COMPANION);
        x[seat] = atX;
        y[seat] = atY;
        distance[seat] = thousandths(atX - focalX, atY - focalY);
        aisles.push((flags & AISLE) !== 0);
        if (whose !== undefined) {
          companionOf.set(seat, whose);
          companions.set(whose, [...(companions.get(whose) ?? []), seat]);
        }
        seat += 1;
      }
      rows.push({ section: sectionIndex, name: row.name, first, end: seat });
      const gaps = gapsOf(x, y, first, seat);
      let from = first;
      for (let at = first; at < seat; at += 1) {
        const aisle = aisles[at - first] === true || gaps[at - first] === true;
        if (at + 1 < seat && !aisle) continue;
        runs.push(runOfSeats(distance, from, at + 1));
        from = at + 1;
      }
    }
  });
  runs.sort((a, b) => a.nearest - b.nearest || a.first - b.first);
  const runOf = new Uint32Array(seats);
  runs.forEach(({ first, end }, index) => {
    runOf.fill(index, first, end);
  });
  const accessible = Array.from(kind.keys())
    .filter((at) => kind[at] === ACCESSIBLE)
    .sort((a, b) => (distance[a] ?? 0) - (distance[b] ?? 0) || a - b);

  const { focalPoint, categories, sections } = document;
  const rowAt = new Map(
    rows.map((row) => [[sections[row.section]?.key, row.name].join(SEPARATOR), row]),
  );
  return {
    seats,
    focalPoint,
    categories,
    sections,
    rows,
    rowAt,
    numbers,
    rowOf,
    sectionOf,
    category,
    kind,
    x,
    y,
    distance,
    runs,
    runOf,
    accessible,
    companions,
    companionOf,
  };
}

/** A distance as a whole number, so that the sums of two runs compare the same in any order. */
export function thousandths(dx: number, dy: number): number {
  return Math.round(Math.sqrt(dx * dx + dy * dy) * 1000);
}

/** For each seat of a row, whether the next one is further away than neighbours are in this row. */
function gapsOf(x: Float64Array, y: Float64Array, first: number, end: number): boolean[] {
  const widths: number[] = [];
  for (let at = first; at + 1 < end; at += 1) {
    widths.push(thousandths((x[at + 1] ?? 0) - (x[at] ?? 0), (y[at + 1] ?? 0) - (y[at] ?? 0)));
  }
  const usual = widths.toSorted((a, b) => a - b)[Math.floor((widths.length - 1) / 2)] ?? 0;
  return widths.map((width) => width > usual * AISLE_GAP);
}

function runOfSeats(distance: Float64Array, first: number, end: number): Run {
  let nearest = Number.POSITIVE_INFINITY;
  for (let at = first; at < end; at += 1) nearest = Math.min(nearest, distance[at] ?? 0);
  return { first, end, nearest };
}

/** `section-row-number` of a seat. */
export function labelOf(house: House, seat: number): string {
  const row = house.rows[house.rowOf[seat] ?? 0];
  const section = house.sections[house.sectionOf[seat] ?? 0];
  return [section?.key, row?.name, house.numbers[seat]].join(SEPARATOR);
}

/** A seat as people see it. */
export function seatOf(house: House, seat: number): Seat {
  return {
    label: labelOf(house, seat),
    section: house.sections[house.sectionOf[seat] ?? 0]?.name ?? '',
    row: house.rows[house.rowOf[seat] ?? 0]?.name ?? '',
    number: house.numbers[seat] ?? '',
  };
}

/** The seat with this label; undefined when the map has none. */
export function findSeat(house: House, label: string): number | undefined {
  const cut = label.lastIndexOf(SEPARATOR);
  const row = house.rowAt.get(label.slice(0, cut));
  if (row === undefined) return undefined;
  const number = label.slice(cut + 1);
  for (let seat = row.first; seat < row.end; seat += 1) {
    if (house.numbers[seat] === number) return seat;
  }
  return undefined;
}
