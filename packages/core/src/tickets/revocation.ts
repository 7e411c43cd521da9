import * as z from 'zod';
import { Instant } from '../kernel/index.ts';
import { type RevocationRecord, TicketId, VoidReason, type VoidTicket } from './ticket.ts';

export const Revocation = z
  .object({
    ticketId: TicketId,
    issue: z.int(),
    reason: VoidReason,
    revokedAt: Instant,
    sequence: z.int().nullable().meta({
      description:
        'Its place in the event’s list; null: not numbered yet, it comes again with its number.',
    }),
  })
  .meta({ id: 'Revocation', description: 'A code that no door may admit any more.' });
export type Revocation = z.output<typeof Revocation>;

/** What is written of a ticket in the transaction that makes it void: its number comes later. */
export function revocationOf({ voidReason, voidedAt, ...ticket }: VoidTicket): RevocationRecord {
  const { id, organizerId, eventId, issue } = ticket;
  return {
    id,
    organizerId,
    eventId,
    issue,
    reason: voidReason,
    revokedAt: voidedAt,
    sequence: null,
  };
}

export function revocationResource(revocation: RevocationRecord): Revocation {
  const { id, issue, reason, revokedAt, sequence } = revocation;
  return { ticketId: id, issue, reason, revokedAt, sequence };
}
