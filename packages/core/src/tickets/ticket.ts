import * as z from 'zod';
import { Amount, Currency, Instant, idOf } from '../kernel/index.ts';
import { type HeldSeat, Seat } from '../seating/index.ts';
import { Attendee } from './attendee.ts';

export const TicketId = idOf('tkt');

export const VoidReason = z
  .enum(['refunded', 'transferred', 'resold', 'reissued', 'cancelled'])
  .meta({ id: 'VoidReason' });
export type VoidReason = z.output<typeof VoidReason>;

export const Ticket = z
  .object({
    id: TicketId,
    admissionId: TicketId.meta({
      description: 'The first ticket of this place: it stays when the ticket changes hands.',
    }),
    organizerId: idOf('org'),
    eventId: idOf('evt'),
    ticketTypeId: idOf('typ'),
    name: z.string().meta({ description: 'Name of the ticket type.' }),
    sessionIds: z.array(idOf('ses')).nullable(),
    seat: Seat.nullable().meta({ description: 'Its numbered seat; null: it has none.' }),
    orderId: idOf('ord'),
    holder: z.object({ name: z.string(), email: z.string(), userId: z.string().nullable() }),
    attendee: Attendee.nullable().meta({
      description: 'Who comes, if somebody has said so; the holder is who may pass it on.',
    }),
    price: Amount.meta({
      description:
        'What was last paid for it: with its taxes, without fees. Of a ticket that was passed on, what its giver paid.',
    }),
    fee: Amount.meta({
      description: 'Passed-on fees that were paid on top of it, with their taxes.',
    }),
    currency: Currency,
    state: z.enum(['valid', 'void']),
    voidReason: VoidReason.nullable(),
    voidedAt: Instant.nullable(),
    checkedInAt: Instant.nullable(),
    issue: z.int().meta({ description: 'Counts up each time the place changes hands.' }),
    createdAt: Instant,
  })
  .meta({ id: 'Ticket', description: 'The right of one holder to come in.' });
export type Ticket = z.output<typeof Ticket>;

interface TicketFacts {
  readonly id: string;
  readonly admissionId: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly ticketTypeId: string;
  readonly name: string;
  readonly sessionIds: readonly string[] | null;
  readonly orderId: string;
  /** The hold of the order that it was paid with. */
  readonly holdId: string;
  /** The transfer by which it came to its holder; null: they bought it. */
  readonly transferId: string | null;
  /** The hold whose claims this place lies on: that of the first sale. */
  readonly claimHoldId: string;
  /** Index of the line of the first sale's quote that it comes from; it stays with the place. */
  readonly line: number;
  /** Its numbered seat, which stays with the place when the ticket changes hands. */
  readonly seat: HeldSeat | null;
  /** What the place takes of which pools. */
  readonly draws: readonly { readonly poolId: string; readonly units: number }[];
  readonly holderName: string;
  readonly holderEmail: string;
  readonly holderUserId: string | null;
  /** Who comes; null: nobody has said. Gone when the ticket changes hands. */
  readonly attendee: Attendee | null;
  /** How often its holder changed the name of who comes. */
  readonly nameChanges: number;
  readonly price: number;
  readonly fee: number;
  readonly currency: string;
  readonly issue: number;
  readonly keyId: string;
  readonly checkedInAt: string | null;
  readonly checkedInGate: string | null;
  readonly createdAt: string;
  readonly revision: number;
}

export type ValidTicket = TicketFacts & {
  readonly state: 'valid';
  readonly voidReason: null;
  readonly voidedAt: null;
};

export type VoidTicket = TicketFacts & {
  readonly state: 'void';
  readonly voidReason: VoidReason;
  readonly voidedAt: string;
};

export type TicketRecord = ValidTicket | VoidTicket;

/** A code that no door may admit any more. */
export interface RevocationRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly reason: VoidReason;
  readonly issue: number;
  readonly revokedAt: string;
  /** Its place in the event's list, given after the commit; null until then. */
  readonly sequence: number | null;
}

/** How a place came to a holder: for the first time, or how it changed hands. */
type CustodyKind = 'issued' | ChangeOfHands;

/** What gives a place a new ticket; the old one is void for the same reason. */
export type ChangeOfHands = Extract<VoidReason, 'transferred' | 'resold' | 'reissued'>;

/** One link of a place's chain of custody. */
export interface CustodyRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly admissionId: string;
  readonly ticketId: string;
  readonly kind: CustodyKind;
  readonly holderName: string;
  readonly holderEmail: string;
  readonly holderUserId: string | null;
  readonly price: number;
  readonly currency: string;
  /** Why it got a new code; null: nobody said. */
  readonly reason: string | null;
  readonly at: string;
}

/** What a guest's token is of that opens the ticket: nobody's who held it before. */
export function accessIdOf({ holdId, transferId }: TicketFacts): string {
  return transferId ?? holdId;
}

/** Whether who holds a ticket is who paid its order: to nobody else does its money go back. */
export function isHeldByBuyer(
  ticket: TicketFacts,
  order: { readonly userId: string | null; readonly holdId: string },
): boolean {
  if (order.userId !== null) return ticket.holderUserId === order.userId;
  return ticket.holderUserId === null && accessIdOf(ticket) === order.holdId;
}
