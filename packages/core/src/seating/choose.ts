import * as z from 'zod';
import type { Refusal } from '../kernel/index.ts';
import { loneCompanions } from './accessible.ts';
import { bestAvailable, countAvailable, type Party, type Taken } from './best-available.ts';
import { findSeat, type House, labelOf, seatOf } from './house.ts';
import {
  companionSeat,
  noSeatsTogether,
  notEnoughSeats,
  unknownSeat,
  wrongCategory,
} from './refusals.ts';
import { ACCESSIBLE, type Seat } from './seat-map.ts';
import { seatTarget } from './seating.ts';

/** How a buyer wants to sit, where they do not name their seats. */
export const SeatPreferences = z
  .strictObject({
    sections: z.array(z.string().max(32)).min(1).max(100).optional().meta({
      description: 'Keys of the sections that will do; left out: all.',
    }),
    together: z.enum(['required', 'preferred']).default('required').meta({
      description:
        '`required`: adjacent seats or none. `preferred`: rather split than turned away.',
    }),
    accessible: z.int().min(0).max(50).default(0).meta({
      description: 'How many of the party need an accessible place; companions sit with them.',
    }),
  })
  .meta({ id: 'SeatPreferences' });
export type SeatPreferences = z.output<typeof SeatPreferences>;

/** Seated tickets of one type. */
export interface SeatedItem {
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly categories: readonly string[];
  /** The sessions in which it takes the same seat. */
  readonly sessionIds: readonly string[];
  /** Labels of seats that the buyer named; the rest is chosen. */
  readonly named: readonly string[];
}

export interface SeatWish {
  readonly items: readonly SeatedItem[];
  readonly preferences: SeatPreferences;
}

/** A seat that a hold or a ticket has, with what it is claimed on. */
export interface HeldSeat extends Seat {
  readonly targets: readonly string[];
}

export interface SeatChoice {
  readonly items: readonly {
    readonly ticketTypeId: string;
    readonly sessionIds: readonly string[];
    readonly seats: readonly number[];
    readonly held: readonly HeldSeat[];
  }[];
  /** Whether any of them was chosen, and might be chosen differently. */
  readonly chosen: boolean;
}

type Halls = ReadonlyMap<string, { readonly house: House; readonly taken: Taken }>;

type ChoiceRefusal = Refusal<
  'unknown_seat' | 'wrong_category' | 'companion_seat' | 'no_seats_together' | 'not_enough_seats'
>;

/**
 * Seats for all of a buyer's items. Named seats are taken as they are; whether
 * they are free, the counters decide. The others are one party for each set of
 * sessions, seated together where a category suits all of its types, else one
 * party for each set of categories.
 */
export function choose(halls: Halls, { items, preferences }: SeatWish): SeatChoice | ChoiceRefusal {
  const seated = new Map<SeatedItem, number[]>();
  const occupied = new Map<string, Taken>();
  for (const item of items) {
    const seats = namedSeats(halls, item);
    if ('code' in seats) return seats;
    seated.set(item, seats);
  }
  for (const group of groupsBy(items, ({ sessionIds }) => sessionIds.join())) {
    const sessionIds = group[0]?.sessionIds ?? [];
    const house = halls.get(sessionIds[0] ?? '')?.house;
    if (house === undefined) continue;
    const taken = combined(halls, occupied, sessionIds, house);
    const named = group.flatMap((item) => seated.get(item) ?? []);
    for (const seat of named) taken[seat] = 1;
    const alone = loneCompanions(house, withoutSeats(taken, named), named);
    if (alone.length > 0)
      return companionSeat({ seats: alone.map((seat) => labelOf(house, seat)) });

    const refused = seatParties(house, taken, group, preferences, seated);
    if (refused !== undefined) return refused;
    for (const sessionId of sessionIds) occupied.set(sessionId, taken);
  }
  return {
    chosen: items.some(({ quantity, named }) => named.length < quantity),
    items: items.map((item) => {
      const { ticketTypeId, sessionIds } = item;
      const house = halls.get(sessionIds[0] ?? '')?.house;
      const seats = seated.get(item) ?? [];
      return {
        ticketTypeId,
        sessionIds,
        seats,
        held: seats.map((seat) => ({
          ...(house === undefined ? NO_SEAT : seatOf(house, seat)),
          targets: sessionIds.map((sessionId) => seatTarget(sessionId, seat)),
        })),
      };
    }),
  };
}

const NO_SEAT: Seat = { label: '', section: '', row: '', number: '' };

function namedSeats(halls: Halls, item: SeatedItem): number[] | ChoiceRefusal {
  const house = halls.get(item.sessionIds[0] ?? '')?.house;
  if (house === undefined) return [];
  const found = item.named.map((label) => ({ label, seat: findSeat(house, label) }));
  const unknown = found.filter(({ seat }) => seat === undefined);
  if (unknown.length > 0) return unknownSeat({ seats: unknown.map(({ label }) => label) });
  const seats = found.flatMap(({ seat }) => (seat === undefined ? [] : [seat]));
  const others = seats.filter(
    (seat) => !item.categories.includes(house.categories[house.category[seat] ?? 0] ?? ''),
  );
  if (others.length === 0) return seats;
  return wrongCategory({
    ticketTypeId: item.ticketTypeId,
    seats: others.map((seat) => labelOf(house, seat)),
    categories: [...item.categories],
  });
}

/** What is taken in any of these sessions. */
function combined(
  halls: Halls,
  occupied: ReadonlyMap<string, Taken>,
  sessionIds: readonly string[],
  house: House,
): Taken {
  const taken = new Uint8Array(house.seats);
  for (const sessionId of sessionIds) {
    for (const one of [halls.get(sessionId)?.taken, occupied.get(sessionId)]) {
      if (one === undefined) continue;
      for (let seat = 0; seat < house.seats; seat += 1) if (one[seat] !== 0) taken[seat] = 1;
    }
  }
  return taken;
}

function withoutSeats(taken: Taken, seats: readonly number[]): Taken {
  const free = taken.slice();
  for (const seat of seats) free[seat] = 0;
  return free;
}

/** Seats the tickets of these items that have none yet, as one party or as few as possible. */
function seatParties(
  house: House,
  taken: Taken,
  items: readonly SeatedItem[],
  preferences: SeatPreferences,
  seated: Map<SeatedItem, number[]>,
): ChoiceRefusal | undefined {
  const wanting = items.filter((item) => missing(item, seated) > 0);
  const common = wanting
    .map(({ categories }) => categories)
    .reduce<readonly string[] | undefined>(
      (shared, own) => shared?.filter((category) => own.includes(category)) ?? own,
      undefined,
    );
  const alike = new Set(wanting.map(({ categories }) => key(categories))).size <= 1;
  if (common !== undefined && common.length > 0) {
    const refused = seatParty(house, taken, wanting, common, preferences, seated);
    if (refused === undefined || alike) return refused;
  }
  let accessible = preferences.accessible;
  for (const party of groupsBy(wanting, ({ categories }) => key(categories))) {
    const size = party.reduce((sum, item) => sum + missing(item, seated), 0);
    const own = { ...preferences, accessible: Math.min(accessible, size) };
    accessible -= own.accessible;
    const refused = seatParty(house, taken, party, party[0]?.categories ?? [], own, seated);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function seatParty(
  house: House,
  taken: Taken,
  items: readonly SeatedItem[],
  categories: readonly string[],
  { sections, together, accessible }: SeatPreferences,
  seated: Map<SeatedItem, number[]>,
): ChoiceRefusal | undefined {
  const size = items.reduce((sum, item) => sum + missing(item, seated), 0);
  const party: Party = {
    size,
    accessible: Math.min(accessible, size),
    categories: Uint8Array.from(house.categories, (one) => (categories.includes(one) ? 1 : 0)),
    sections: Uint8Array.from(house.sections, ({ key: one }) =>
      sections === undefined || sections.includes(one) ? 1 : 0,
    ),
    maySplit: together === 'preferred',
  };
  const seats = bestAvailable(house, taken, party);
  if (seats === undefined) {
    const left = countAvailable(house, taken, party);
    const enough = left.standard >= size - party.accessible && left.accessible >= party.accessible;
    const details = { requested: size, accessible: party.accessible };
    const available = { available: left.standard, accessibleAvailable: left.accessible };
    return enough && party.maySplit === false
      ? noSeatsTogether({ ...details, ...available })
      : notEnoughSeats({ ...details, ...available });
  }
  for (const seat of seats) taken[seat] = 1;
  let from = 0;
  for (const item of items) {
    const more = missing(item, seated);
    seated.set(item, [...(seated.get(item) ?? []), ...seats.slice(from, from + more)]);
    from += more;
  }
  return undefined;
}

function missing(item: SeatedItem, seated: ReadonlyMap<SeatedItem, readonly number[]>): number {
  return item.quantity - (seated.get(item)?.length ?? 0);
}

function key(categories: readonly string[]): string {
  return [...categories].sort().join(' ');
}

function groupsBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  return [...Map.groupBy(items, keyOf).values()];
}

/** Seats of these categories that somebody could still hold, in all of these sessions. */
export function seatsLeft(
  halls: Halls,
  sessionIds: readonly string[],
  categories: readonly string[],
): number {
  const house = halls.get(sessionIds[0] ?? '')?.house;
  if (house === undefined) return 0;
  const taken = combined(halls, new Map(), sessionIds, house);
  let left = 0;
  for (let seat = 0; seat < house.seats; seat += 1) {
    const category = house.categories[house.category[seat] ?? 0] ?? '';
    const sold = house.kind[seat] === 0 || house.kind[seat] === ACCESSIBLE;
    if (taken[seat] === 0 && sold && categories.includes(category)) left += 1;
  }
  return left;
}
