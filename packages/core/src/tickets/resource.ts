import type { Ticket, TicketRecord } from './ticket.ts';

export function ticketResource(ticket: TicketRecord): Ticket {
  return {
    id: ticket.id,
    admissionId: ticket.admissionId,
    organizerId: ticket.organizerId,
    eventId: ticket.eventId,
    ticketTypeId: ticket.ticketTypeId,
    name: ticket.name,
    sessionIds: ticket.sessionIds === null ? null : [...ticket.sessionIds],
    seat: seatResource(ticket.seat),
    orderId: ticket.orderId,
    holder: {
      name: ticket.holderName,
      email: ticket.holderEmail,
      userId: ticket.holderUserId,
    },
    attendee: attendeeResource(ticket.attendee),
    price: ticket.price,
    fee: ticket.fee,
    currency: ticket.currency,
    state: ticket.state,
    voidReason: ticket.voidReason,
    voidedAt: ticket.voidedAt,
    checkedInAt: ticket.checkedInAt,
    issue: ticket.issue,
    createdAt: ticket.createdAt,
  };
}

function attendeeResource(attendee: TicketRecord['attendee']): Ticket['attendee'] {
  return attendee === null ? null : { ...attendee, answers: [...attendee.answers] };
}

function seatResource(seat: TicketRecord['seat']): Ticket['seat'] {
  if (seat === null) return null;
  const { label, section, row, number } = seat;
  return { label, section, row, number };
}
