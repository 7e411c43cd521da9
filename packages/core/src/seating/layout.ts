import type { SectionDraft } from './draft.ts';

/** A point in seat widths around the focal point; y grows away from the stage. */
export type Point = readonly [x: number, y: number];

const GAP_BEFORE_FIRST = 4;
const GAP_BETWEEN = 2;
/** The widest that a curved section spreads when nobody says how far away it is. */
const WIDEST = (2 * Math.PI) / 3;

/** Rows of a section as the layout needs them: for each seat, whether an aisle follows. */
export type RowShape = readonly boolean[];

interface Placed {
  /** Positions of every row's seats, in order. */
  readonly rows: readonly (readonly Point[])[];
  /** The four corners of a general admission section. */
  readonly corners: readonly Point[];
}

/**
 * Gives positions to the seats of sections that have none: one seat width
 * between neighbours, two across an aisle, one between rows. Sections of the
 * same bearing lie behind one another. Undefined for a section whose rows would
 * go more than once around the focal point.
 */
export function layOut(
  sections: readonly {
    layout: SectionDraft['layout'];
    rows: readonly RowShape[];
    capacity: number;
  }[],
): (Placed | undefined)[] {
  const behind = new Map<number, number>();
  return sections.map(({ layout, rows, capacity }) => {
    const { bearing, curved } = { bearing: 0, curved: false, ...layout };
    const side = Math.ceil(Math.sqrt(capacity));
    const depth = rows.length === 0 ? Math.max(2, Math.ceil(side / 2)) : rows.length;
    const widest = Math.max(side, ...rows.map(widthOf));
    const nearest = Math.max(GAP_BEFORE_FIRST, curved ? Math.ceil(widest / WIDEST) : 0);
    const start = layout?.distance ?? Math.max(behind.get(bearing) ?? 0, nearest);
    behind.set(bearing, Math.max(behind.get(bearing) ?? 0, start + depth + GAP_BETWEEN));
    if (curved && rows.some((row, index) => widthOf(row) > 2 * Math.PI * (start + index))) {
      return undefined;
    }
    const at = placer(bearing, curved);
    const edge = (along: number, away: number) => at(along, away);
    const left = -side;
    const right = side;
    return {
      rows: rows.map((row, index) => {
        const middle = (widthOf(row) - 1) / 2;
        let along = -middle;
        return row.map((aisle) => {
          const point = at(along, start + index);
          along += aisle ? 2 : 1;
          return point;
        });
      }),
      corners: [
        edge(left, start),
        edge(right, start),
        edge(right, start + depth - 1),
        edge(left, start + depth - 1),
      ],
    };
  });
}

function widthOf(row: RowShape): number {
  return row.reduce((width, aisle, index) => width + (aisle && index < row.length - 1 ? 2 : 1), 0);
}

/** From "so far along the row, so far from the focal point" to a point. */
function placer(bearing: number, curved: boolean): (along: number, away: number) => Point {
  const angle = (bearing * Math.PI) / 180;
  if (curved) {
    return (along, away) => {
      const turned = angle + along / Math.max(away, 1);
      return [hundredths(away * Math.sin(turned)), hundredths(away * Math.cos(turned))];
    };
  }
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return (along, away) => [
    hundredths(away * sin + along * cos),
    hundredths(away * cos - along * sin),
  ];
}

/** Positions are kept to a hundredth: as exact as a drawing is, and short. */
export function hundredths(value: number): number {
  const rounded = Math.round(value * 100) / 100;
  return rounded === 0 ? 0 : rounded;
}
