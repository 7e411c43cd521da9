import * as z from 'zod';
import { freePlace } from '../../inventory/index.ts';
import { isRefusal, notFound, write } from '../../kernel/index.ts';
import { invalidateListingOfTicket } from '../../resale/index.ts';
import { membersOfTicket } from '../access.ts';
import { ticketVoid } from '../refusals.ts';
import { ticketResource } from '../resource.ts';
import { Ticket, TicketId } from '../ticket.ts';
import { voidTicket as voided } from '../transitions.ts';

export const voidTicket = write({
  name: 'tickets.void',
  summary:
    'Makes a ticket void and its code worthless, closes its listing and frees its place. No money moves.',
  input: z.strictObject({ ticketId: TicketId }),
  output: Ticket,
  refusals: [ticketVoid],
  allow: membersOfTicket('manage_events'),
  run: async (context, { ticketId }) => {
    const { tx, now, emit } = context;
    const [was] = await tx.tickets.tickets.findForUpdate([ticketId]);
    if (was === undefined) return notFound({ kind: 'ticket', id: ticketId });
    const next = voided(was, 'cancelled', now);
    if (isRefusal(next)) return next;
    const { organizerId, eventId } = next;
    await tx.tickets.tickets.save(next, was);
    await tx.tickets.revocations.insert([
      {
        id: ticketId,
        organizerId,
        eventId,
        reason: next.voidReason,
        issue: next.issue,
        revokedAt: now,
      },
    ]);
    await invalidateListingOfTicket(context, ticketId);
    await freePlace(context, next);
    const gone = ticketResource(next);
    emit({ type: 'ticket.voided', organizerId, eventId, subject: ticketId, data: gone });
    return gone;
  },
});
