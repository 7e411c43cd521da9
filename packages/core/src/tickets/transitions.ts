import type { Instant, Refusal } from '../kernel/index.ts';
import type { Attendee } from './attendee.ts';
import { ticketCheckedIn, ticketVoid } from './refusals.ts';
import type { TicketRecord, ValidTicket, VoidReason, VoidTicket } from './ticket.ts';

/** valid -> void, with the reason. */
export function voidTicket(
  ticket: TicketRecord,
  reason: VoidReason,
  now: Instant,
): VoidTicket | Refusal<'ticket_void'> {
  if (ticket.state === 'void') return ticketVoid({ ticketId: ticket.id, why: ticket.voidReason });
  return { ...ticket, state: 'void', voidReason: reason, voidedAt: now };
}

/** The ticket of the next holder: the same place with a new id and the next issue number. */
export function ticketForNextHolder(
  ticket: TicketRecord,
  next: {
    id: string;
    keyId: string;
    orderId: string;
    holdId: string;
    holder: { name: string; email: string; userId: string | null };
    attendee: TicketRecord['attendee'];
    price: number;
    fee: number;
  },
  now: Instant,
): ValidTicket {
  return {
    ...ticket,
    id: next.id,
    keyId: next.keyId,
    orderId: next.orderId,
    holdId: next.holdId,
    holderName: next.holder.name,
    holderEmail: next.holder.email,
    holderUserId: next.holder.userId,
    attendee: next.attendee,
    price: next.price,
    fee: next.fee,
    issue: ticket.issue + 1,
    state: 'valid',
    voidReason: null,
    voidedAt: null,
    checkedInAt: null,
    checkedInGate: null,
    createdAt: now,
    revision: 1,
  };
}

/** What is said of who comes; undefined leaves it as it is. */
type AttendeeChange = { readonly [Field in keyof Attendee]?: Attendee[Field] | undefined };

/** Another attendee, or more about them, as long as the ticket is good and nobody came with it. */
export function setAttendee(
  ticket: TicketRecord,
  { name, email, answers }: AttendeeChange,
): TicketRecord | Refusal<'ticket_void' | 'ticket_checked_in'> {
  const { id: ticketId, state, checkedInAt, attendee } = ticket;
  if (state === 'void') return ticketVoid({ ticketId, why: ticket.voidReason });
  if (checkedInAt !== null) return ticketCheckedIn({ ticketId, checkedInAt });
  return {
    ...ticket,
    attendee: {
      name: name === undefined ? (attendee?.name ?? null) : name,
      email: email === undefined ? (attendee?.email ?? null) : email,
      answers: answers ?? attendee?.answers ?? [],
    },
  };
}
