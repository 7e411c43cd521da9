import type { EventRecord, TicketTypeRecord } from '../events/index.ts';
import type { CounterRecord } from './counter.ts';
import type { TypeCount } from './hold.ts';
import { limitExceeded } from './refusals.ts';
import type { SelectionTarget } from './target.ts';

/** Whose tickets are counted. */
interface Place {
  readonly organizerId: string;
  readonly eventId: string;
}

/**
 * A limit per buyer that a hold's items fall under, as it was when the hold was
 * made. A guest may say who they are only when they place the order; the limit
 * is claimed then.
 */
export interface BuyerLimit {
  /** The type that it counts; null: all tickets of the event. */
  readonly ticketTypeId: string | null;
  readonly max: number;
  readonly quantity: number;
}

/** The limits per buyer that a selection falls under. */
export function buyerLimitsOf(
  event: Pick<EventRecord, 'maxPerBuyer'>,
  ticketTypes: ReadonlyMap<string, Pick<TicketTypeRecord, 'maxPerBuyer'>>,
  items: readonly TypeCount[],
): BuyerLimit[] {
  const limits: BuyerLimit[] = [];
  if (event.maxPerBuyer !== null) {
    const quantity = items.reduce((sum, item) => sum + item.quantity, 0);
    limits.push({ ticketTypeId: null, max: event.maxPerBuyer, quantity });
  }
  for (const { ticketTypeId, quantity } of items) {
    const max = ticketTypes.get(ticketTypeId)?.maxPerBuyer ?? null;
    if (max !== null) limits.push({ ticketTypeId, max, quantity });
  }
  return limits;
}

/** What a buyer's limits are claimed on: one counter for each limit and buyer. */
export function buyerTargets(
  place: Place,
  limits: readonly BuyerLimit[],
  buyerKey: string,
): SelectionTarget<'limit_exceeded'>[] {
  return limits.map(({ ticketTypeId, max, quantity }) => {
    const targetId = `${ticketTypeId ?? place.eventId}.${buyerKey}`;
    return {
      targetId,
      units: quantity,
      opens: opening(place, targetId, max),
      short: ({ available }) =>
        limitExceeded({
          limit: max,
          per: 'buyer',
          ticketTypeId,
          eventId: place.eventId,
          available,
        }),
    };
  });
}

/** What the most tickets of a type in all are claimed on: a counter with the type's own id. */
export function typeTargets(
  ticketTypes: ReadonlyMap<string, TicketTypeRecord>,
  items: readonly TypeCount[],
): SelectionTarget<'limit_exceeded'>[] {
  return items.flatMap(({ ticketTypeId, quantity }) => {
    const type = ticketTypes.get(ticketTypeId);
    if (type === undefined || type.maxInAll === null) return [];
    const { maxInAll, eventId } = type;
    return [
      {
        targetId: ticketTypeId,
        units: quantity,
        opens: opening(type, ticketTypeId, maxInAll),
        short: ({ available }) =>
          limitExceeded({
            limit: maxInAll,
            per: 'ticket_type' as const,
            ticketTypeId,
            eventId,
            available,
          }),
      },
    ];
  });
}

function opening(
  { organizerId, eventId }: Place,
  targetId: string,
  capacity: number,
): CounterRecord {
  return { targetId, organizerId, eventId, capacity, claimed: 0 };
}

/** Whether a target is a limit that counts a ticket of this type, its buyer's included. */
export function countsTicket(
  targetId: string,
  { eventId, ticketTypeId }: { eventId: string; ticketTypeId: string },
): boolean {
  return (
    targetId === ticketTypeId ||
    targetId.startsWith(`${ticketTypeId}.`) ||
    targetId.startsWith(`${eventId}.`)
  );
}
