import type { ReadContext, Refusal } from '../kernel/index.ts';
import { unknownTicketType } from './refusals.ts';

/** Refuses a ticket type that is not the event's; null names all of them. */
export async function strangerAmong(
  { tx }: Pick<ReadContext, 'tx'>,
  eventId: string,
  ticketTypeIds: readonly string[] | null,
): Promise<Refusal<'unknown_ticket_type'> | undefined> {
  if (ticketTypeIds === null) return undefined;
  const own = new Set((await tx.events.ticketTypes.ofEvent(eventId)).map(({ id }) => id));
  const stranger = ticketTypeIds.find((id) => !own.has(id));
  return stranger === undefined ? undefined : unknownTicketType({ ticketTypeId: stranger });
}
