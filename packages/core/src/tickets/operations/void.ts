import * as z from 'zod';
import { freePlaces } from '../../inventory/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { invalidateListingOfTicket } from '../../resale/index.ts';
import { membersOfTicket } from '../access.ts';
import { ticketVoid } from '../refusals.ts';
import { ticketResource } from '../resource.ts';
import { Ticket, TicketId } from '../ticket.ts';
import { writeVoid } from '../write-void.ts';

export const voidTicket = write({
  name: 'tickets.void',
  summary:
    'Makes a ticket void and its code worthless, closes its listing and frees its place. No money moves.',
  input: z.strictObject({ ticketId: TicketId }),
  output: Ticket,
  refusals: [ticketVoid],
  allow: membersOfTicket('manage_events'),
  run: async (context, { ticketId }) => {
    const { tx } = context;
    const [was] = await tx.tickets.tickets.findForUpdate([ticketId]);
    if (was === undefined) return notFound({ kind: 'ticket', id: ticketId });
    if (was.state === 'void') return ticketVoid({ ticketId, why: was.voidReason });
    const next = await writeVoid(context, was, 'cancelled');
    await invalidateListingOfTicket(context, ticketId);
    await freePlaces(context, [next]);
    return ticketResource(next);
  },
});
