import * as z from 'zod';
import { lockPaidUses } from '../../gift-cards/index.ts';
import { isRefusal, notFound, type WriteContext, write } from '../../kernel/index.ts';
import type { OrderRecord } from '../../orders/index.ts';
import {
  giveBack,
  lockTicketsOf,
  permittedWish,
  RefundShown,
  refundRefusals,
  shownRefunds,
} from '../../refunds/index.ts';
import { holderOfTicket, isHeldByBuyer, TicketId } from '../../tickets/index.ts';
import { lockTransfersOf } from '../../transfers/index.ts';
import { lockWithGroup } from '../group.ts';
import { listingClosed, ticketNotReturnable } from '../refusals.ts';
import { lockReservations } from '../reservation.ts';

export const returnTicket = write({
  name: 'resale.return',
  summary:
    'Gives a ticket back to the organizer for what the event’s refund policy grants now. It is void at once and its place free; its money is sent by the worker.',
  input: z.strictObject({
    ticketId: TicketId,
    to: z.enum(['original', 'credit']).default('original').meta({
      description: '`original`: to where it came from. `credit`: as a new gift card.',
    }),
    reason: z.string().trim().min(1).max(500).nullable().default(null),
  }),
  output: RefundShown,
  refusals: [...refundRefusals, ticketNotReturnable, listingClosed],
  allow: holderOfTicket,
  run: async (context, { ticketId, to, reason }) => {
    const { tx } = context;
    const ticket = await tx.tickets.tickets.find(ticketId);
    if (ticket === undefined) return notFound({ kind: 'ticket', id: ticketId });
    const [order] = await tx.orders.orders.findForUpdate([ticket.orderId]);
    if (order === undefined) return notFound({ kind: 'order', id: ticket.orderId });
    // Whoever got it from the buyer did not pay: the money would not go to them.
    if (!isHeldByBuyer(ticket, order)) return ticketNotReturnable({ ticketId, why: 'not_bought' });
    if (order.kind === 'resale') return ticketNotReturnable({ ticketId, why: 'bought_resold' });
    const held = await whileReserved(context, order, ticketId);
    if (held !== undefined) return held;
    const wish = await permittedWish(context, order, {
      wanted: { ticketIds: [ticketId] },
      policy: 'keep_prices',
      to,
      reason,
      ignorePolicy: false,
    });
    if (isRefusal(wish)) return wish;
    const given = await giveBack(context, order, wish);
    if (isRefusal(given)) return given;
    const [shown] = await shownRefunds(context, [given.refund]);
    if (shown === undefined) throw new Error(`Refund ${given.refund.id} is not shown.`);
    return shown;
  },
});

/**
 * A buyer who has it reserved is not left standing. Its counter comes after all that a
 * refund locks but claims and counters: that is locked here, in the one order.
 */
async function whileReserved(context: WriteContext, order: OrderRecord, ticketId: string) {
  const { tx } = context;
  await lockTicketsOf(context, order.id);
  await lockTransfersOf(context, [ticketId]);
  const found = await tx.resale.listings.openOfTicket(ticketId);
  if (found === undefined) return undefined;
  await lockWithGroup(context, found);
  await lockPaidUses(context, order);
  const reserved = await lockReservations(context, found.eventId, [found.id]);
  return reserved.has(found.id)
    ? listingClosed({ listingId: found.id, state: 'reserved' })
    : undefined;
}
