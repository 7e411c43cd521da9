import * as z from 'zod';
import { anyOf, notFound, read } from '../../kernel/index.ts';
import { holderOfTicket, membersOfTicket } from '../access.ts';
import { ticketResource } from '../resource.ts';
import { Ticket, TicketId } from '../ticket.ts';

export const getTicket = read({
  name: 'tickets.get',
  summary: 'One ticket, for its holder and for members who look up.',
  input: z.strictObject({ ticketId: TicketId }),
  output: Ticket,
  allow: anyOf(holderOfTicket, membersOfTicket('look_up')),
  run: async ({ tx }, { ticketId }) => {
    const ticket = await tx.tickets.tickets.find(ticketId);
    if (ticket === undefined) return notFound({ kind: 'ticket', id: ticketId });
    return ticketResource(ticket);
  },
});
