import * as z from 'zod';
import { Instant, idOf } from '../kernel/index.ts';
import type { House } from './house.ts';
import { numbersIn } from './picture.ts';
import { SeatMapId } from './seat-map.ts';
import type { SeatGroup } from './store.ts';

/** How a seat stands; its place here is its number in a `Uint8Array` of states. */
export const STATES = ['free', 'held', 'sold', 'blocked'] as const;
type StateName = (typeof STATES)[number];
/** The same as one letter each. */
const LETTERS = ['f', 'h', 's', 'b'] as const;

const Counts = z
  .object({ free: z.int(), held: z.int(), sold: z.int(), blocked: z.int() })
  .meta({ id: 'SeatCounts' });
export type Counts = z.output<typeof Counts>;

export const SessionSeats = z
  .object({
    sessionId: idOf('ses'),
    eventId: idOf('evt'),
    seatMapId: SeatMapId,
    name: z.string().meta({ description: 'Of the seat map.' }),
    at: Instant,
    counts: Counts,
    sections: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        counts: Counts,
        general: z
          .object({ poolId: idOf('pol'), capacity: z.int(), available: z.int() })
          .nullable()
          .meta({ description: 'Of a general admission section; else null.' }),
        rows: z.array(
          z.object({
            name: z.string(),
            seats: z.string().meta({
              description:
                'One letter for each seat, in the order of the map: f free, h held, s sold, b blocked.',
              examples: ['ffhhsssf'],
            }),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'SessionSeats', description: 'Which seats of a session are free at this moment.' });
export type SessionSeats = z.output<typeof SessionSeats>;

/** What is left of a general admission section, by the section's key. */
export interface GeneralAdmission {
  readonly poolId: string;
  readonly capacity: number;
  readonly available: number;
}

/** The state of every seat by its place in the map. */
export function statesOf(house: House, groups: readonly SeatGroup[]): Uint8Array {
  const states = new Uint8Array(house.seats);
  for (const { state, seats } of groups) {
    const number = STATES.indexOf(state);
    for (const seat of numbersIn(seats)) states[seat] = number;
  }
  return states;
}

export function countStates(states: Uint8Array, first: number, end: number): Counts {
  const counts: Record<StateName, number> = { free: 0, held: 0, sold: 0, blocked: 0 };
  for (let seat = first; seat < end; seat += 1) {
    const state = STATES[states[seat] ?? 0];
    if (state !== undefined) counts[state] += 1;
  }
  return counts;
}

/** The rows of each section with a letter for each seat. */
export function sectionStates(
  house: House,
  states: Uint8Array,
  general: ReadonlyMap<string, GeneralAdmission>,
): SessionSeats['sections'] {
  const rows = Map.groupBy(house.rows, ({ section }) => section);
  return house.sections.map(({ key, name }, index) => {
    const own = rows.get(index) ?? [];
    const letters = (first: number, end: number) =>
      Array.from(states.subarray(first, end), (state) => LETTERS[state]).join('');
    return {
      key,
      name,
      counts: countStates(states, own[0]?.first ?? 0, own.at(-1)?.end ?? 0),
      general: general.get(key) ?? null,
      rows: own.map((row) => ({ name: row.name, seats: letters(row.first, row.end) })),
    };
  });
}
