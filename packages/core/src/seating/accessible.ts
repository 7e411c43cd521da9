import type { Party, Taken } from './best-available.ts';
import type { House } from './house.ts';
import { COMPANION } from './seat-map.ts';

/**
 * The best seats for a party with `accessible` wheelchair places that stay
 * together; undefined when there are none. Nobody else sits between its
 * accessible places; the others get the companion seats of
 * these places first, then standard seats right beside the group.
 *
 * Candidates are compared as blocks are: by the standard seats that they leave
 * alone, by distance, by the map's order. A hall has few accessible places, so
 * all of them are looked at.
 */
export function accessibleBlock(
  house: House,
  taken: Taken,
  party: Pick<Party, 'categories' | 'sections'>,
  accessible: number,
  size: number,
): number[] | undefined {
  const free = (seat: number) =>
    taken[seat] === 0 &&
    party.categories[house.category[seat] ?? 0] === 1 &&
    party.sections[house.sectionOf[seat] ?? 0] === 1;
  let best: Candidate | undefined;
  for (const places of rowsOf(house)) {
    for (let at = 0; at + accessible <= places.length; at += 1) {
      const chosen = places.slice(at, at + accessible);
      if (!chosen.every(free)) continue;
      const seats = completed(house, free, chosen, size);
      if (seats === undefined || !isOneGroup(house, chosen, seats)) continue;
      const candidate = weighed(house, taken, seats);
      if (best === undefined || isBetter(candidate, best)) best = candidate;
    }
  }
  return best === undefined ? undefined : [...best.seats];
}

interface Candidate {
  readonly seats: readonly number[];
  readonly orphans: number;
  readonly distance: number;
  readonly first: number;
}

/** The accessible places of each row, in order. */
function rowsOf(house: House): Iterable<readonly number[]> {
  const inOrder = house.accessible.toSorted((a, b) => a - b);
  return Map.groupBy(inOrder, (seat) => house.rowOf[seat] ?? 0).values();
}

/** The places with seats for everybody else of the party; undefined when they do not suffice. */
function completed(
  house: House,
  free: (seat: number) => boolean,
  places: readonly number[],
  size: number,
): number[] | undefined {
  const seats = [...places];
  // A companion for each place, then a second one for each, and so on.
  const companions = places.map((place) => (house.companions.get(place) ?? []).filter(free));
  for (let turn = 0; seats.length < size; turn += 1) {
    const next = companions.flatMap((own) => own.slice(turn, turn + 1));
    if (next.length === 0) break;
    seats.push(...next.slice(0, size - seats.length));
  }
  while (seats.length < size) {
    const next = nearestBeside(house, free, seats);
    if (next === undefined) return undefined;
    seats.push(next);
  }
  return seats;
}

/** Whether nobody else sits between the places: companion seats at most. */
function isOneGroup(house: House, places: readonly number[], seats: readonly number[]): boolean {
  const [first = 0, last = first] = [places[0], places.at(-1)];
  for (let seat = first; seat <= last; seat += 1) {
    if (house.runOf[seat] !== house.runOf[first]) return false;
    if (house.kind[seat] !== COMPANION && !seats.includes(seat)) return false;
  }
  return true;
}

/** The free standard seat adjacent to one of these, nearest to the focal point. */
function nearestBeside(
  house: House,
  free: (seat: number) => boolean,
  seats: readonly number[],
): number | undefined {
  const beside = seats.flatMap((seat) =>
    [seat - 1, seat + 1].filter(
      (next) =>
        next >= 0 &&
        next < house.seats &&
        house.runOf[next] === house.runOf[seat] &&
        house.kind[next] === 0 &&
        !seats.includes(next) &&
        free(next),
    ),
  );
  const distance = (seat: number) => house.distance[seat] ?? 0;
  return beside.sort((a, b) => distance(a) - distance(b) || a - b)[0];
}

function weighed(house: House, taken: Taken, seats: readonly number[]): Candidate {
  const chosen = new Set(seats);
  const standing = (seat: number, after: boolean) =>
    taken[seat] === 0 && house.kind[seat] === 0 && !(after && chosen.has(seat));
  const alone = (seat: number, after: boolean) =>
    standing(seat, after) &&
    ![seat - 1, seat + 1].some(
      (next) => house.runOf[next] === house.runOf[seat] && standing(next, after),
    );
  const beside = new Set(
    seats.flatMap((seat) =>
      [seat - 1, seat + 1].filter((next) => house.runOf[next] === house.runOf[seat]),
    ),
  );
  const orphans = [...beside].filter((seat) => alone(seat, true) && !alone(seat, false)).length;
  const distance = seats.reduce((sum, seat) => sum + (house.distance[seat] ?? 0), 0);
  return { seats, orphans, distance, first: Math.min(...seats) };
}

function isBetter(a: Candidate, b: Candidate): boolean {
  return (a.orphans - b.orphans || a.distance - b.distance || a.first - b.first) < 0;
}

/** Why a named companion seat is not sold: its accessible place is free and not named with it. */
export function loneCompanions(house: House, taken: Taken, seats: readonly number[]): number[] {
  const named = new Set(seats);
  return seats.filter((seat) => {
    if (house.kind[seat] !== COMPANION) return false;
    const place = house.companionOf.get(seat);
    return place !== undefined && !named.has(place) && taken[place] === 0;
  });
}
