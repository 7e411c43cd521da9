import { isOwner, type Owned, owner } from '../inventory/index.ts';
import type { Access, ReadContext } from '../kernel/index.ts';
import { members, type Permission } from '../organizers/index.ts';
import { accessIdOf, type TicketRecord } from './ticket.ts';

interface TicketInput {
  ticketId: string;
}

/** The holder of the ticket that an input names: nobody who held it before. */
export const holderOfTicket = {
  ...owner(async ({ tx }: ReadContext, { ticketId }: TicketInput) => {
    const ticket = await tx.tickets.tickets.find(ticketId);
    return ticket && ownedTicket(ticket);
  }),
  who: 'the holder of the ticket',
};

/** The holder of all tickets that an input names; what does not exist, the operation refuses. */
export const holderOfTickets: Access<{ ticketIds: readonly string[] }> = {
  who: 'the holder of all the tickets',
  async check(context, { ticketIds }) {
    const { actor, tx } = context;
    if (actor.type !== 'user' && actor.type !== 'guest') return false;
    const tickets = await tx.tickets.tickets.findMany(ticketIds);
    return tickets.every((ticket) => isOwner(context, ownedTicket(ticket)));
  },
};

/** Members with the permission at the organizer of the ticket that an input names. */
export function membersOfTicket(permission: Permission) {
  return members(
    permission,
    async ({ tx }: ReadContext, { ticketId }: TicketInput) =>
      (await tx.tickets.tickets.find(ticketId))?.organizerId,
  );
}

/** Who a ticket belongs to. */
export function ownedTicket(ticket: TicketRecord): Owned {
  return { userId: ticket.holderUserId, holdId: accessIdOf(ticket) };
}
