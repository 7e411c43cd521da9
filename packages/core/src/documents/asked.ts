import { owner } from '../inventory/index.ts';
import type { Access } from '../kernel/index.ts';
import { OrderId } from '../orders/index.ts';
import { members } from '../organizers/index.ts';
import { ownedTicket, TicketId } from '../tickets/index.ts';

/** What a document is asked for: a ticket, or all that the buyer of an order holds of it. */
export interface Asked {
  readonly ticketId?: string | undefined;
  readonly orderId?: string | undefined;
}

export const askedFields = {
  ticketId: TicketId.optional().meta({ description: 'One ticket.' }),
  orderId: OrderId.optional().meta({
    description: 'In place of a ticket: all valid ones of an order that its buyer holds.',
  }),
};

export function isOne({ ticketId, orderId }: Asked): boolean {
  return (ticketId === undefined) !== (orderId === undefined);
}

export const NAME_ONE = { message: 'Name the ticket, or the order.' };

/** The holder of the ticket, or the buyer of the order, that an input names. */
export const ownerOfAsked: Access<Asked> = {
  ...owner<Asked>(async ({ tx }, { ticketId, orderId }) => {
    if (ticketId !== undefined) {
      const ticket = await tx.tickets.tickets.find(ticketId);
      return ticket && ownedTicket(ticket);
    }
    const order = await tx.orders.orders.find(orderId ?? '');
    return order && { userId: order.userId, holdId: order.holdId };
  }),
  who: 'the holder of the ticket, or the buyer of the order',
};

/** Members who sell, at the organizer of the ticket or the order. */
export const sellersOfAsked = members<Asked>('sell', async ({ tx }, { ticketId, orderId }) =>
  ticketId === undefined
    ? (await tx.orders.orders.find(orderId ?? ''))?.organizerId
    : (await tx.tickets.tickets.find(ticketId))?.organizerId,
);
