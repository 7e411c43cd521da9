import * as z from 'zod';
import { Instant, idOf } from '../kernel/index.ts';
import { SeatKind, SeatLabel } from './draft.ts';

export const SeatMapId = idOf('map');

const Point = z.object({ x: z.number(), y: z.number() });

/** A seat as holds, orders and tickets carry it. */
export const Seat = z
  .object({
    label: SeatLabel,
    section: z.string().meta({ description: 'The name of the section.' }),
    row: z.string(),
    number: z.string(),
  })
  .meta({ id: 'Seat', description: 'A numbered seat.' });
export type Seat = z.output<typeof Seat>;

const facts = {
  id: SeatMapId,
  organizerId: idOf('org'),
  name: z.string(),
  seats: z.int().meta({ description: 'Numbered seats.' }),
  generalPlaces: z.int().meta({ description: 'Places of its general admission sections.' }),
  createdAt: Instant,
};

export const SeatMap = z.object(facts).meta({
  id: 'SeatMap',
  description: 'A hall with its seats. It never changes: another hall is another map.',
});
export type SeatMap = z.output<typeof SeatMap>;

/** The whole of a map; a section has either rows or a capacity. */
export const SeatMapPlan = z
  .object({
    ...facts,
    focalPoint: Point,
    categories: z.array(z.object({ key: z.string(), seats: z.int() })),
    sections: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        capacity: z.int().nullable().meta({ description: 'Of general admission; else null.' }),
        rows: z.array(
          z.object({
            name: z.string(),
            seats: z.array(
              z.object({
                number: z.string(),
                category: z.string(),
                kind: SeatKind,
                companionOf: SeatLabel.nullable(),
                x: z.number(),
                y: z.number(),
                aisleAfter: z.boolean(),
              }),
            ),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'SeatMapPlan', description: 'A seat map with every seat of it.' });
export type SeatMapPlan = z.output<typeof SeatMapPlan>;

export interface SeatMapRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly name: string;
  readonly seats: number;
  readonly generalPlaces: number;
  readonly createdAt: string;
}

/**
 * A map as it is stored: short, for it is one document of up to 250,000 seats.
 * The order of its seats is fixed, and their place in it is what claims name.
 */
export interface SeatMapDocument {
  readonly focalPoint: readonly [x: number, y: number];
  readonly categories: readonly string[];
  readonly sections: readonly StoredSection[];
}

export interface StoredSection {
  readonly key: string;
  readonly name: string;
  /** General admission: places, and the box that it is drawn as. */
  readonly general?: { readonly capacity: number; readonly corners: readonly number[] };
  readonly rows: readonly StoredRow[];
}

interface StoredRow {
  readonly name: string;
  readonly seats: readonly StoredSeat[];
}

/** Number, category, position, then 1: accessible, 2: companion and of which seat, 4: aisle after. */
export type StoredSeat = readonly [
  number: string,
  category: number,
  x: number,
  y: number,
  flags?: number,
  companionOf?: number,
];

export const ACCESSIBLE = 1;
export const COMPANION = 2;
export const AISLE = 4;
