import { type House, labelOf } from './house.ts';
import {
  ACCESSIBLE,
  AISLE,
  COMPANION,
  type SeatMap,
  type SeatMapPlan,
  type SeatMapRecord,
} from './seat-map.ts';

export function seatMapResource(map: SeatMapRecord): SeatMap {
  const { id, organizerId, name, seats, generalPlaces, createdAt } = map;
  return { id, organizerId, name, seats, generalPlaces, createdAt };
}

/** A map with every seat of it: what it was made from, read back. */
export function seatMapPlan(map: SeatMapRecord, house: House): SeatMapPlan {
  const [x, y] = house.focalPoint;
  const counts = house.categories.map(() => 0);
  for (const category of house.category) counts[category] = (counts[category] ?? 0) + 1;
  return {
    ...seatMapResource(map),
    focalPoint: { x, y },
    categories: house.categories.map((key, index) => ({ key, seats: counts[index] ?? 0 })),
    sections: house.sections.map(({ key, name, general, rows }) => ({
      key,
      name,
      capacity: general?.capacity ?? null,
      rows: rows.map((row) => ({
        name: row.name,
        seats: row.seats.map(([number, category, atX, atY, flags = 0, whose]) => ({
          number,
          category: house.categories[category] ?? '',
          kind: kindOf(flags),
          companionOf: whose === undefined ? null : labelOf(house, whose),
          x: atX,
          y: atY,
          aisleAfter: (flags & AISLE) !== 0,
        })),
      })),
    })),
  };
}

function kindOf(flags: number): 'standard' | 'accessible' | 'companion' {
  if ((flags & ACCESSIBLE) !== 0) return 'accessible';
  return (flags & COMPANION) === 0 ? 'standard' : 'companion';
}
