import type { EventRecord, TicketTypeRecord } from '../events/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import { boundsOf, leastOf } from './free.ts';
import { beyond } from './gate.ts';
import { keptNow, seatsLeft, standOf } from './operations/get-availability.ts';
import { notSold } from './sale.ts';

/** The types of these that the organizer still sells to the public now: on sale, and one can be had that nobody waits for. */
export async function typesWithPlacesLeft(
  context: ReadContext,
  event: EventRecord,
  ticketTypeIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ticketTypeIds.length === 0) return new Set();
  const { tx, now } = context;
  const [sessions, types] = await Promise.all([
    tx.events.sessions.ofEvents([event.id]),
    tx.events.ticketTypes.ofEvent(event.id),
  ]);
  const ticketTypes = new Map(types.map((type) => [type.id, type]));
  const isOpen = (own: TicketTypeRecord) =>
    notSold({ event, sessions, ticketTypes }, own, now) === undefined;
  const open = types.filter((type) => ticketTypeIds.includes(type.id) && isOpen(type));
  if (open.length === 0) return new Set();
  const seats = await seatsLeft(context, types, sessions);
  const { stand } = await standOf(context, ticketTypes, []);
  const kept = await keptNow(context, { event, sessions, ticketTypes }, stand);
  const left = {
    ...stand,
    ...beyond(stand, kept),
    isOpen,
    seats: (typeId: string) => seats.get(typeId),
  };
  const hasSome = (type: TicketTypeRecord) =>
    leastOf(boundsOf(type, left)[0]?.leaves, seats.get(type.id)) !== 0;
  return new Set(open.filter(hasSome).map(({ id }) => id));
}
