import type { TicketTypeRecord } from '../events/index.ts';
import { reservesOf, reserveTarget, seatsOfType } from '../inventory/index.ts';
import { distribute, type WriteContext } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import { currentKeyOf } from '../organizers/index.ts';
import { type QuoteLine, sharePerTicket } from '../pricing/index.ts';
import { custodyOf } from './custody.ts';
import { ticketResource } from './resource.ts';
import type { ValidTicket } from './ticket.ts';

/** Makes the tickets of an order that was just paid, one for each place it bought. */
export async function issueTickets(context: WriteContext, order: OrderRecord): Promise<void> {
  const { tx, ids, now, emit } = context;
  const lots = order.quote.lines.flatMap((line, at) =>
    lotsOf(line).map((lot) => ({ ...lot, line: at })),
  );
  const [keyId, found] = await Promise.all([
    currentKeyId(context, order.organizerId),
    tx.events.ticketTypes.findMany(lots.map(({ ticketTypeId }) => ticketTypeId)),
  ]);
  const types = new Map(found.map((type) => [type.id, type]));
  const items = [...types.values()].some(({ seating }) => seating !== null)
    ? ((await tx.inventory.holds.find(order.holdId))?.items ?? [])
    : [];
  const seats = new Map([...types.keys()].map((id) => [id, seatsOfType(items, id)]));
  const reserves = reservesOf(order.quote);
  const tickets: ValidTicket[] = [];
  for (const { ticketTypeId, name, line, quantity, share, fee } of lots) {
    const type = types.get(ticketTypeId);
    if (type === undefined) throw new Error(`Ticket type ${ticketTypeId} is gone.`);
    const prices = sharePerTicket(share, quantity);
    const fees = sharePerTicket(fee, quantity);
    const draws = drawsOfTicket(type, reserves.get(type.id));
    prices.forEach((price, index) => {
      const id = ids.next('tkt');
      tickets.push({
        id,
        admissionId: id,
        organizerId: order.organizerId,
        eventId: order.eventId,
        ticketTypeId: type.id,
        name,
        sessionIds: type.sessionIds,
        orderId: order.id,
        holdId: order.holdId,
        transferId: null,
        claimHoldId: order.holdId,
        line,
        seat: seats.get(type.id)?.shift() ?? null,
        draws,
        holderName: order.buyerName,
        holderEmail: order.buyerEmail,
        holderUserId: order.userId,
        attendee: order.attendees?.[tickets.length] ?? null,
        nameChanges: 0,
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

/** Tickets of one type that a line makes, with what of its price and of its fees, each with its tax, is theirs. */
interface Lot {
  readonly ticketTypeId: string;
  readonly name: string;
  readonly quantity: number;
  readonly share: number;
  readonly fee: number;
}

function lotsOf({ ticketTypeId, name, quantity, tickets, total, ...line }: QuoteLine): Lot[] {
  const fee = line.feeCharge ?? line.fee;
  if (tickets === undefined) return [{ ticketTypeId, name, quantity, share: total - fee, fee }];
  const fees = distribute(
    tickets.length === 0 ? 0 : fee,
    tickets.map((lot) => lot.quantity),
  );
  return tickets.map((lot, at) => ({ ...lot, fee: fees[at] ?? 0 }));
}

/**
 * What a ticket of a type gives back when it is void: of a group, its share of what
 * the group took, which is a multiple of its tickets.
 */
function drawsOfTicket(
  { draws, terms: { admissions } }: TicketTypeRecord,
  codeId: string | undefined,
): { poolId: string; units: number }[] {
  if (codeId !== undefined) return [{ poolId: reserveTarget(codeId), units: 1 }];
  return draws.map(({ poolId, units }) => ({ poolId, units: units / admissions }));
}

/** The key that new tickets of the organizer are signed with. */
export async function currentKeyId(
  { tx }: Pick<WriteContext, 'tx'>,
  organizerId: string,
): Promise<string> {
  return currentKeyOf(await tx.organizers.signingKeys.ofOrganizer(organizerId)).id;
}
