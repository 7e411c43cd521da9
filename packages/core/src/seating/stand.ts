import type { Instant, ReadContext } from '../kernel/index.ts';
import type { House } from './house.ts';
import { houseOf } from './houses.ts';
import { numbersIn } from './picture.ts';
import { ACCESSIBLE } from './seat-map.ts';
import { type Counts, STATES } from './state.ts';

/** How the seats of a session stand at an instant. */
interface SessionStand {
  readonly seatMapId: string;
  readonly house: House;
  readonly states: Uint8Array;
  /** When held seats lapse, the next first. */
  readonly expiries: readonly { readonly expiresAt: Instant; readonly seats: readonly number[] }[];
}
export type SeatStands = ReadonlyMap<string, SessionStand>;

/** What a ticket type finds of the seats that it sells. */
export interface TypeSeats {
  /** Tickets for which seats are free in all of its sessions; companion seats are not counted. */
  readonly tickets: number;
  readonly sessions: readonly (Counts & { readonly sessionId: string })[];
  /** The next expiry in these sessions, with the seats of the type that it frees. */
  readonly next: {
    readonly sessionId: string;
    readonly expiresAt: Instant;
    readonly seats: number;
  } | null;
}

/** How the seats of these sessions stand; those without a map are left out. */
export async function seatStands(
  context: Pick<ReadContext, 'tx' | 'settings'>,
  sessionIds: readonly string[],
  at: Instant,
): Promise<SeatStands> {
  const { tx } = context;
  const stands = new Map<string, SessionStand>();
  for (const { id, eventId, seatMapId } of await tx.seating.seatings.findMany(sessionIds)) {
    const house = await houseOf(context, seatMapId);
    const states = new Uint8Array(house.seats);
    const expiries: { expiresAt: Instant; seats: number[] }[] = [];
    for (const { state, expiresAt, seats: text } of await tx.seating.seatsAt(eventId, id, at)) {
      const seats = numbersIn(text);
      for (const seat of seats) states[seat] = STATES.indexOf(state);
      if (expiresAt !== null) expiries.push({ expiresAt, seats });
    }
    expiries.sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1));
    stands.set(id, { seatMapId, house, states, expiries });
  }
  return stands;
}

/** The seats of these categories; undefined: the sessions have no map, or not the same one. */
export function seatsOfCategories(
  stands: SeatStands,
  sessionIds: readonly string[],
  categories: readonly string[],
): TypeSeats | undefined {
  const own = sessionIds.map((sessionId) => ({ sessionId, stand: stands.get(sessionId) }));
  const [first] = own;
  const house = first?.stand?.house;
  if (house === undefined) return undefined;
  if (own.some(({ stand }) => stand?.seatMapId !== first?.stand?.seatMapId)) return undefined;
  const sells = (seat: number) => {
    const category = house.categories[house.category[seat] ?? 0] ?? '';
    return categories.includes(category);
  };

  const sessions = own.map(({ sessionId }) => ({
    sessionId,
    free: 0,
    held: 0,
    sold: 0,
    blocked: 0,
  }));
  let tickets = 0;
  for (let seat = 0; seat < house.seats; seat += 1) {
    if (!sells(seat)) continue;
    let free = house.kind[seat] === 0 || house.kind[seat] === ACCESSIBLE;
    for (const [index, { stand }] of own.entries()) {
      const state = STATES[stand?.states[seat] ?? 0] ?? 'free';
      const counts = sessions[index];
      if (counts !== undefined) counts[state] += 1;
      if (state !== 'free') free = false;
    }
    if (free) tickets += 1;
  }
  return { tickets, sessions, next: nextOf(own, sells) };
}

function nextOf(
  sessions: readonly { sessionId: string; stand: SessionStand | undefined }[],
  sells: (seat: number) => boolean,
): TypeSeats['next'] {
  let next: TypeSeats['next'] = null;
  for (const { sessionId, stand } of sessions) {
    for (const { expiresAt, seats } of stand?.expiries ?? []) {
      if (next !== null && next.expiresAt <= expiresAt) break;
      const freed = seats.filter(sells).length;
      if (freed > 0) next = { sessionId, expiresAt, seats: freed };
    }
  }
  return next;
}
