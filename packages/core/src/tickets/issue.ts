import { seatsOfType } from '../inventory/index.ts';
import type { WriteContext } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import { sharePerTicket } from '../pricing/index.ts';
import { custodyOf } from './custody.ts';
import { ticketResource } from './resource.ts';
import type { ValidTicket } from './ticket.ts';

/** Makes the tickets of an order that was just paid, one for each place it bought. */
export async function issueTickets(context: WriteContext, order: OrderRecord): Promise<void> {
  const { tx, ids, now, emit } = context;
  const [keyId, found] = await Promise.all([
    currentKeyId(context, order.organizerId),
    tx.events.ticketTypes.findMany(order.quote.lines.map((line) => line.ticketTypeId)),
  ]);
  const types = new Map(found.map((type) => [type.id, type]));
  const items = [...types.values()].some(({ seating }) => seating !== null)
    ? ((await tx.inventory.holds.find(order.holdId))?.items ?? [])
    : [];
  const seats = new Map([...types.keys()].map((id) => [id, seatsOfType(items, id)]));
  const tickets: ValidTicket[] = [];
  for (const line of order.quote.lines) {
    const type = types.get(line.ticketTypeId);
    if (type === undefined) throw new Error(`Ticket type ${line.ticketTypeId} is gone.`);
    const prices = sharePerTicket(line.subtotal - line.discount, line.quantity);
    const fees = sharePerTicket(line.fee, line.quantity);
    prices.forEach((price, index) => {
      const id = ids.next('tkt');
      tickets.push({
        id,
        admissionId: id,
        organizerId: order.organizerId,
        eventId: order.eventId,
        ticketTypeId: type.id,
        name: line.name,
        sessionIds: type.sessionIds,
        orderId: order.id,
        holdId: order.holdId,
        claimHoldId: order.holdId,
        seat: seats.get(type.id)?.shift() ?? null,
        draws: type.draws,
        holderName: order.buyerName,
        holderEmail: order.buyerEmail,
        holderUserId: order.userId,
        price,
        fee: fees[index] ?? 0,
        currency: order.currency,
        issue: 1,
        keyId,
        state: 'valid',
        voidReason: null,
        voidedAt: null,
        checkedInAt: null,
        checkedInGate: null,
        createdAt: now,
        revision: 1,
      });
    });
  }
  await tx.tickets.tickets.insert(tickets);
  await tx.tickets.custody.insert(tickets.map((ticket) => custodyOf(ids, ticket, 'issued')));
  for (const ticket of tickets) {
    emit({
      type: 'ticket.issued',
      organizerId: ticket.organizerId,
      eventId: ticket.eventId,
      subject: ticket.id,
      data: ticketResource(ticket),
    });
  }
}

/** The key that new tickets of the organizer are signed with. */
export async function currentKeyId(
  { tx }: Pick<WriteContext, 'tx'>,
  organizerId: string,
): Promise<string> {
  const keys = await tx.organizers.signingKeys.ofOrganizer(organizerId);
  const current = keys.find(({ retiredAt }) => retiredAt === null);
  if (current === undefined) throw new Error(`Organizer ${organizerId} has no signing key.`);
  return current.id;
}
