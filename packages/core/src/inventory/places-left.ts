import type { EventRecord, TicketTypeRecord } from '../events/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import { boundsOf, leastOf } from './free.ts';
import { beyond } from './gate.ts';
import { keptNow, seatsLeft, standOf } from './operations/get-availability.ts';
import { notSold } from './sale.ts';

/** Whether the organizer still sells a type to the public now: it is on sale, and one can be had that nobody waits for. */
export async function hasPlacesLeft(
  context: ReadContext,
  event: EventRecord,
  ticketTypeId: string,
): Promise<boolean> {
  const { tx, now } = context;
  const [sessions, types] = await Promise.all([
    tx.events.sessions.ofEvents([event.id]),
    tx.events.ticketTypes.ofEvent(event.id),
  ]);
  const ticketTypes = new Map(types.map((type) => [type.id, type]));
  const type = ticketTypes.get(ticketTypeId);
  const isOpen = (own: TicketTypeRecord) =>
    notSold({ event, sessions, ticketTypes }, own, now) === undefined;
  if (type === undefined || !isOpen(type)) return false;
  const seats = await seatsLeft(context, types, sessions);
  const { stand } = await standOf(context, ticketTypes, []);
  const kept = await keptNow(context, { event, sessions, ticketTypes }, stand);
  const left = {
    ...stand,
    ...beyond(stand, kept),
    isOpen,
    seats: (typeId: string) => seats.get(typeId),
  };
  return leastOf(boundsOf(type, left)[0]?.leaves, seats.get(type.id)) !== 0;
}
