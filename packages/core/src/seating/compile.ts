import {
  type DraftProblem,
  MAX_SEATS,
  type RowDraft,
  SEPARATOR,
  type SeatMapDraft,
  type SectionDraft,
} from './draft.ts';
import { hundredths, layOut, type Point } from './layout.ts';
import {
  ACCESSIBLE,
  AISLE,
  COMPANION,
  type SeatMapDocument,
  type StoredSeat,
  type StoredSection,
} from './seat-map.ts';

/** More than a person reads; the first ones are usually the cause of the others. */
const MAX_PROBLEMS = 50;
const MAX_CATEGORIES = 255;

interface DraftSeat {
  readonly path: string;
  readonly number: string;
  readonly category: string;
  readonly kind: 'standard' | 'accessible' | 'companion';
  readonly companionOf: string | undefined;
  readonly position: Point | undefined;
  readonly aisleAfter: boolean;
  readonly row: string;
}

/** A draft as the document that is stored, or everything that is wrong with it. */
export function compileDraft(draft: SeatMapDraft): SeatMapDocument | readonly DraftProblem[] {
  const problems: DraftProblem[] = [];
  const wrong = (path: string, message: string) => void problems.push({ path, message });

  const keys = new Set<string>();
  const sections = draft.sections.map((section, index) => {
    const path = `sections.${index}`;
    if (keys.has(section.key)) wrong(path, `There are two sections ${section.key}.`);
    keys.add(section.key);
    if ((section.rows === undefined) === (section.capacity === undefined)) {
      wrong(path, `Section ${section.key} needs either rows or a capacity.`);
    }
    return readSection(section, path, wrong);
  });
  const seats = sections.flat(2);
  if (seats.length > MAX_SEATS) {
    wrong('sections', `The map has ${seats.length} seats; at most ${MAX_SEATS} are possible.`);
  }
  const categories = [...new Set(seats.map(({ category }) => category))];
  if (categories.length > MAX_CATEGORIES) {
    wrong('sections', `The map has ${categories.length} categories; at most ${MAX_CATEGORIES}.`);
  }
  const companions = findCompanions(draft.sections, sections, wrong);
  const positions = place(draft, sections, wrong);
  if (problems.length > 0) return problems.slice(0, MAX_PROBLEMS);

  const categoryOf = new Map(categories.map((category, index) => [category, index]));
  return {
    focalPoint: focalPointOf(draft, positions),
    categories,
    sections: draft.sections.map((section, index): StoredSection => {
      const { key, name = key, capacity } = section;
      const placed = positions[index];
      const corners = placed?.corners.flat() ?? [];
      const general = capacity === undefined ? {} : { general: { capacity, corners } };
      const rows = (sections[index] ?? []).map((row, rowIndex) => ({
        name: row[0]?.row ?? '',
        seats: row.map((seat, seatIndex): StoredSeat => {
          const [x, y] = placed?.rows[rowIndex]?.[seatIndex] ?? [0, 0];
          const category = categoryOf.get(seat.category) ?? 0;
          const companionOf = companions.get(seat);
          const kind =
            seat.kind === 'accessible' ? ACCESSIBLE : companionOf === undefined ? 0 : COMPANION;
          const flags = kind + (seat.aisleAfter ? AISLE : 0);
          if (companionOf !== undefined) {
            return [seat.number, category, x, y, flags, companionOf];
          }
          return flags === 0 ? [seat.number, category, x, y] : [seat.number, category, x, y, flags];
        }),
      }));
      return { key, name, ...general, rows };
    }),
  };
}

type Wrong = (path: string, message: string) => void;

function readSection(section: SectionDraft, path: string, wrong: Wrong): DraftSeat[][] {
  const names = new Set<string>();
  return (section.rows ?? []).map((row, index) => {
    const rowPath = `${path}.rows.${index}`;
    const name = String(row.name);
    if (names.has(name)) wrong(rowPath, `Section ${section.key} has two rows ${name}.`);
    names.add(name);
    const numbers = new Set<string>();
    return seatsOf(section, row, rowPath).map((seat) => {
      if (numbers.has(seat.number)) {
        wrong(seat.path, `Row ${name} of ${section.key} has two seats ${seat.number}.`);
      }
      numbers.add(seat.number);
      return seat;
    });
  });
}

function seatsOf(section: SectionDraft, row: RowDraft, path: string): DraftSeat[] {
  const category = row.category ?? section.category ?? section.key;
  const plain = {
    category,
    kind: 'standard' as const,
    companionOf: undefined,
    position: undefined,
    aisleAfter: false,
    row: String(row.name),
  };
  if (typeof row.seats === 'number') {
    return Array.from({ length: row.seats }, (_, index) => ({
      ...plain,
      path,
      number: String(index + 1),
    }));
  }
  return row.seats.map((seat, index) => {
    const seatPath = `${path}.seats.${index}`;
    if (typeof seat !== 'object') return { ...plain, path: seatPath, number: String(seat) };
    const { x, y, companionOf } = seat;
    return {
      ...plain,
      path: seatPath,
      number: String(seat.number),
      category: seat.category ?? category,
      kind: seat.kind,
      companionOf: companionOf === undefined ? undefined : String(companionOf),
      position: x === undefined || y === undefined ? undefined : [x, y],
      aisleAfter: seat.aisleAfter,
    };
  });
}

/** For each companion seat, the place in the map's order of the seat that it belongs to. */
function findCompanions(
  drafts: readonly SectionDraft[],
  sections: readonly (readonly (readonly DraftSeat[])[])[],
  wrong: Wrong,
): ReadonlyMap<DraftSeat, number> {
  const places = new Map<string, { index: number; seat: DraftSeat }>();
  const labelled: { label: string; seat: DraftSeat }[] = [];
  sections.forEach((rows, section) => {
    for (const seat of rows.flat()) {
      const label = [drafts[section]?.key, seat.row, seat.number].join(SEPARATOR);
      places.set(label, { index: places.size, seat });
      labelled.push({ label, seat });
    }
  });
  const found = new Map<DraftSeat, number>();
  for (const { label, seat } of labelled) {
    if (seat.kind !== 'companion') {
      if (seat.companionOf !== undefined) {
        wrong(seat.path, `Seat ${label} names companionOf, but its kind is ${seat.kind}.`);
      }
      continue;
    }
    if (seat.companionOf === undefined) {
      wrong(seat.path, `Companion seat ${label} does not say whom it belongs to (companionOf).`);
      continue;
    }
    const row = label.slice(0, label.lastIndexOf(SEPARATOR));
    const whole = seat.companionOf.includes(SEPARATOR);
    const whose = places.get(whole ? seat.companionOf : row + SEPARATOR + seat.companionOf);
    if (whose?.seat.kind === 'accessible') found.set(seat, whose.index);
    else wrong(seat.path, `${label} belongs to ${seat.companionOf}, which is no accessible place.`);
  }
  return found;
}

/** Positions of every section: those that are given, and a layout for the others. */
function place(
  draft: SeatMapDraft,
  sections: readonly (readonly (readonly DraftSeat[])[])[],
  wrong: Wrong,
) {
  const given = sections.map((rows) => rows.flat().filter(({ position }) => position).length);
  const laid = layOut(
    draft.sections.map(({ layout, capacity = 0 }, index) => ({
      layout,
      capacity,
      rows: given[index]
        ? []
        : (sections[index] ?? []).map((row) => row.map((seat) => seat.aisleAfter)),
    })),
  );
  const [dx, dy] = [draft.focalPoint?.x ?? 0, draft.focalPoint?.y ?? 0];
  const moved = ([x, y]: Point): Point => [hundredths(x + dx), hundredths(y + dy)];
  return draft.sections.map(({ key }, index) => {
    const rows = sections[index] ?? [];
    const placed = laid[index];
    const count = rows.reduce((sum, row) => sum + row.length, 0);
    if (given[index] && given[index] < count) {
      wrong(
        `sections.${index}`,
        `${given[index]} of ${count} seats of section ${key} have a position: give x and y to all of them or to none.`,
      );
    }
    if (placed === undefined) {
      wrong(
        `sections.${index}.layout`,
        `The curved rows of section ${key} would go around more than once: give it a larger distance.`,
      );
    }
    return {
      given: Boolean(given[index]),
      corners: (placed?.corners ?? []).map(moved),
      rows: given[index]
        ? rows.map((row) =>
            row.map(({ position }): Point => {
              const [x, y] = position ?? [0, 0];
              return [hundredths(x), hundredths(y)];
            }),
          )
        : (placed?.rows ?? []).map((row) => row.map(moved)),
    };
  });
}

/** What is given, else 0, 0, else the middle of the front edge of the positions that are given. */
function focalPointOf(
  { focalPoint }: SeatMapDraft,
  positions: readonly { given: boolean; rows: readonly (readonly Point[])[] }[],
): Point {
  if (focalPoint !== undefined) return [focalPoint.x, focalPoint.y];
  const points = positions.filter(({ given }) => given).flatMap(({ rows }) => rows.flat());
  if (points.length === 0) return [0, 0];
  let [left, right, front] = [Infinity, -Infinity, Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    front = Math.min(front, y);
  }
  return [hundredths((left + right) / 2), front];
}
