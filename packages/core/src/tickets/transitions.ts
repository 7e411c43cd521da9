import type { Instant, Refusal } from '../kernel/index.ts';
import type { TicketTerms } from '../transfers/index.ts';
import type { Attendee } from './attendee.ts';
import { nameChangeClosed, ticketCheckedIn, ticketVoid } from './refusals.ts';
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

/** What a new ticket of the same holder has of the old one. */
export type KeptByHolder = Pick<TicketRecord, 'checkedInAt' | 'checkedInGate' | 'nameChanges'>;

const nothingKept: KeptByHolder = { checkedInAt: null, checkedInGate: null, nameChanges: 0 };

/** The ticket of the next holder: the same place with a new id and the next issue number. */
export function ticketForNextHolder(
  ticket: TicketRecord,
  next: {
    id: string;
    keyId: string;
    orderId: string;
    holdId: string;
    transferId?: string | null;
    holder: { name: string; email: string; userId: string | null };
    attendee: TicketRecord['attendee'];
    price: number;
    fee: number;
    kept?: KeptByHolder;
  },
  now: Instant,
): ValidTicket {
  return {
    ...ticket,
    ...(next.kept ?? nothingKept),
    id: next.id,
    keyId: next.keyId,
    orderId: next.orderId,
    holdId: next.holdId,
    transferId: next.transferId ?? null,
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
    nameChanges: ticket.nameChanges + (isRename(ticket, name) ? 1 : 0),
    attendee: {
      name: name === undefined ? (attendee?.name ?? null) : name,
      email: email === undefined ? (attendee?.email ?? null) : email,
      answers: answers ?? attendee?.answers ?? [],
    },
  };
}

/** Whether a name is changed that somebody has said; to say it for the first time is no change. */
function isRename({ attendee }: TicketRecord, name: string | null | undefined): boolean {
  const said = attendee?.name ?? null;
  return said !== null && name !== undefined && name !== said;
}

/** Why the holder may not give this name any more; undefined: they may. */
export function obstacleToName(
  ticket: TicketRecord,
  name: string | null | undefined,
  {
    nameChangeUntil: until,
    nameChanges: max,
  }: Pick<TicketTerms, 'nameChangeUntil' | 'nameChanges'>,
  now: Instant,
): Refusal<'name_change_closed'> | undefined {
  if (!isRename(ticket, name)) return undefined;
  const ticketId = ticket.id;
  if (until !== null && until <= now) {
    return nameChangeClosed({ ticketId, why: 'too_late', until, max });
  }
  if (max !== null && ticket.nameChanges >= max) {
    return nameChangeClosed({ ticketId, why: 'too_often', until, max });
  }
  return undefined;
}
