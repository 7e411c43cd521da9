import type { Ids } from '../kernel/index.ts';
import type { CustodyRecord, TicketRecord } from './ticket.ts';

/** The link that a new ticket adds to its place's chain of custody. */
export function custodyOf(
  ids: Ids,
  ticket: TicketRecord,
  kind: CustodyRecord['kind'],
  reason: string | null = null,
): CustodyRecord {
  return {
    id: ids.next('cus'),
    organizerId: ticket.organizerId,
    eventId: ticket.eventId,
    admissionId: ticket.admissionId,
    ticketId: ticket.id,
    kind,
    holderName: ticket.holderName,
    holderEmail: ticket.holderEmail,
    holderUserId: ticket.holderUserId,
    price: ticket.price,
    currency: ticket.currency,
    reason,
    at: ticket.createdAt,
  };
}
