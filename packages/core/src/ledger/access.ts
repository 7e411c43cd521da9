import { isOwner } from '../inventory/index.ts';
import type { Access, ReadContext } from '../kernel/index.ts';
import { members, type Permission } from '../organizers/index.ts';

interface Place {
  organizerId: string;
  eventId?: string | undefined;
}

/** Members with the permission at the organizer or event that an input names. */
function membersAt(permission: Permission) {
  return members(permission, async ({ tx }: ReadContext, { organizerId, eventId }: Place) => {
    if (eventId === undefined) return organizerId;
    // An event of another organizer is answered like one that does not exist.
    const event = await tx.events.events.find(eventId);
    return event?.organizerId === organizerId ? organizerId : '';
  });
}

/** Members who see the money of the organizer or event that an input names. */
export const bookkeepers = membersAt('see_money');

/** Members who may have it paid out: who sees money may not do so for that. */
export const payers = membersAt('pay_out');

/** Members who see the money of the organizer of the payout that an input names. */
export const bookkeepersOfPayout = members(
  'see_money',
  async ({ tx }: ReadContext, { payoutId }: { payoutId: string }) =>
    (await tx.ledger.payouts.find(payoutId))?.organizerId,
);

interface TicketInput {
  ticketId: string;
}

/** Who sold the ticket that an input names. */
export const sellerOfTicket: Access<TicketInput> = {
  who: 'who sold the ticket on',
  async check(context, { ticketId }) {
    const { actor, tx } = context;
    if (actor.type !== 'user' && actor.type !== 'guest') return false;
    const sold = await tx.resale.listings.soldOfTicket(ticketId);
    if (sold === undefined) return (await tx.tickets.tickets.find(ticketId)) === undefined;
    return isOwner(context, { userId: sold.sellerUserId, holdId: sold.sellerHoldId });
  },
};

/** Members who see the money of the organizer of the ticket that an input names. */
export const bookkeepersOfTicket = members(
  'see_money',
  async ({ tx }: ReadContext, { ticketId }: TicketInput) =>
    (await tx.tickets.tickets.find(ticketId))?.organizerId,
);
