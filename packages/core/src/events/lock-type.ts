import type { WriteContext } from '../kernel/index.ts';
import type { EventRecord } from './event.ts';
import type { TicketTypeRecord } from './ticket-type.ts';

/** A ticket type and its event, both locked: the event first, as everybody locks them. */
export async function lockType(
  { tx }: Pick<WriteContext, 'tx'>,
  ticketTypeId: string,
): Promise<{ event: EventRecord; type: TicketTypeRecord } | undefined> {
  const found = await tx.events.ticketTypes.find(ticketTypeId);
  if (found === undefined) return undefined;
  const [event] = await tx.events.events.findForUpdate([found.eventId]);
  const [type] = await tx.events.ticketTypes.findForUpdate([ticketTypeId]);
  return event === undefined || type === undefined ? undefined : { event, type };
}
