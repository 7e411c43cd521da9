import type { SessionRecord, TicketTypeRecord } from '../events/index.ts';
import type { ReadContext, WriteContext } from '../kernel/index.ts';
import type { Quote } from '../pricing/index.ts';
import {
  Floor,
  type HeldSeat,
  type SeatChoice,
  type SeatedItem,
  seatTaken,
} from '../seating/index.ts';
import type { Catalogue } from './catalogue.ts';
import { lapsedAt } from './claiming.ts';
import type { HeldItem, HoldItem, TypeCount } from './hold.ts';
import type { SelectionTarget } from './target.ts';

/** The seats that a batch of holds may have, and the sessions in which each type takes its seat. */
export interface Seats {
  readonly floor: Floor;
  readonly sessionIds: ReadonlyMap<string, readonly string[]>;
}

/**
 * The seats of the event's sessions for a batch of holds that may have them chosen;
 * undefined when nothing of what they ask for is seated. Choosing is one batch at a time
 * for a session, whatever process it runs in: all would choose the same best seats. Who names
 * them waits only for who decides by what is claimed, as when a series is moved.
 */
export async function openSeats(
  context: Pick<WriteContext, 'tx' | 'settings' | 'now'>,
  catalogue: Catalogue,
  requests: readonly (readonly HoldItem[])[],
): Promise<Seats | undefined> {
  const { tx, now } = context;
  const seated = requests.flat().filter(({ ticketTypeId }) => isSeated(catalogue, ticketTypeId));
  if (seated.length === 0) return undefined;
  const types = [...new Set(seated.map(({ ticketTypeId }) => ticketTypeId))].flatMap(
    (id) => catalogue.ticketTypes.get(id) ?? [],
  );
  const everywhere = types.some(({ sessionIds }) => sessionIds === null);
  const sessions = everywhere
    ? await tx.events.sessions.ofEvents([catalogue.event.id])
    : await tx.events.sessions.findMany([
        ...new Set(types.flatMap(({ sessionIds }) => sessionIds ?? [])),
      ]);
  const sessionIds = new Map(types.map((type) => [type.id, seatedSessions(type, sessions, now)]));
  const ids = [...new Set([...sessionIds.values()].flat())].sort();
  const chooses = seated.some(({ seats, quantity }) => (seats?.length ?? 0) < quantity);
  const { seatings } = tx.seating;
  const found = chooses ? await seatings.findForUpdate(ids) : await seatings.findForClaims(ids);
  return { floor: new Floor(context, found), sessionIds };
}

/** The same for who only looks. */
export async function viewFloor(
  context: Pick<ReadContext, 'tx' | 'settings' | 'now'>,
  sessionIds: readonly string[],
): Promise<Floor> {
  return new Floor(context, await context.tx.seating.seatings.findMany(sessionIds));
}

/** The items whose types are seated, one for each type; `seats` names theirs. */
export function seatedItems(
  catalogue: Catalogue,
  { sessionIds: sessionsOf }: Pick<Seats, 'sessionIds'>,
  items: readonly HoldItem[],
): SeatedItem[] {
  const byType = Map.groupBy(items, ({ ticketTypeId }) => ticketTypeId);
  return [...byType].flatMap(([ticketTypeId, own]) => {
    const named = own.flatMap(({ seats = [] }) => seats);
    const seating = catalogue.ticketTypes.get(ticketTypeId)?.seating ?? null;
    if (seating === null) return [];
    const quantity = own.reduce((sum, item) => sum + item.quantity, 0);
    const { categories } = seating;
    const sessionIds = sessionsOf.get(ticketTypeId) ?? [];
    return [{ ticketTypeId, quantity, categories, sessionIds, named }];
  });
}

/** Named seats of types that have none. */
export function seatsOfUnseated(catalogue: Catalogue, items: readonly HoldItem[]): string[] {
  return items
    .filter(({ ticketTypeId }) => !isSeated(catalogue, ticketTypeId))
    .flatMap(({ seats = [] }) => seats);
}

function isSeated({ ticketTypes }: Catalogue, ticketTypeId: string): boolean {
  return (ticketTypes.get(ticketTypeId)?.seating ?? null) !== null;
}

/** The sessions in which a ticket of the type takes its seat: those that are still to come. */
export function seatedSessions(
  { sessionIds }: TicketTypeRecord,
  sessions: readonly SessionRecord[],
  now: string,
): string[] {
  return sessions
    .filter(({ id, state, endsAt }) => {
      const valid = sessionIds === null || sessionIds.includes(id);
      return valid && state === 'scheduled' && !lapsedAt(endsAt, now);
    })
    .map(({ id }) => id)
    .sort();
}

/** What seats are claimed on: one place each, in every session of the type. */
export function seatTargets(
  place: { readonly organizerId: string; readonly eventId: string },
  { items }: SeatChoice,
): SelectionTarget<'seat_taken'>[] {
  const { organizerId, eventId } = place;
  return items.flatMap(({ held }) =>
    held.flatMap(({ label, targets }) =>
      targets.map((targetId) => ({
        targetId,
        units: 1,
        opens: { targetId, organizerId, eventId, capacity: 1, claimed: 0 },
        short: () => seatTaken({ seats: [label] }),
      })),
    ),
  );
}

/** Items with the seats that were found for them, as a hold keeps them. */
export function withSeats(items: readonly TypeCount[], { items: seated }: SeatChoice): HeldItem[] {
  return items.map(({ ticketTypeId, quantity }) => {
    const seats = seated.find((one) => one.ticketTypeId === ticketTypeId)?.held;
    return seats === undefined ? { ticketTypeId, quantity } : { ticketTypeId, quantity, seats };
  });
}

/** The quote with the seats on its lines: a type's seats go over its lines in order. */
export function quoteWithSeats(quote: Quote, items: readonly HeldItem[]): Quote {
  const left = new Map(items.map(({ ticketTypeId, seats = [] }) => [ticketTypeId, [...seats]]));
  return {
    ...quote,
    lines: quote.lines.map((line) => {
      const own = left.get(line.ticketTypeId)?.splice(0, line.quantity) ?? [];
      return own.length === 0 ? line : { ...line, seats: own.map(({ label }) => label) };
    }),
  };
}

/**
 * The items of a hold that is being changed, with the seats that it keeps: those
 * it has, as many as are wanted of the type, where none are named.
 */
export function keepingSeats(items: readonly HoldItem[], has: readonly HeldItem[]): HoldItem[] {
  const left = new Map(
    has.map(({ ticketTypeId, seats = [] }) => [ticketTypeId, seats.map(({ label }) => label)]),
  );
  return items.map(({ ticketTypeId, quantity, seats }) => {
    const kept = seats ?? left.get(ticketTypeId)?.splice(0, quantity) ?? [];
    return kept.length === 0 ? { ticketTypeId, quantity } : { ticketTypeId, quantity, seats: kept };
  });
}

/** The seats of a hold's tickets of one type, in order. */
export function seatsOfType(items: readonly HeldItem[], ticketTypeId: string): HeldSeat[] {
  return items
    .filter((item) => item.ticketTypeId === ticketTypeId)
    .flatMap(({ seats = [] }) => [...seats]);
}
