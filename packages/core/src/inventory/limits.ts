import { codeKey, codeNotValid, type Quote } from '../pricing/index.ts';
import type { Catalogue } from './catalogue.ts';
import { admitsOf, type Content } from './contents.ts';
import type { CounterRecord } from './counter.ts';
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
  /** The code whose orders it counts, instead of tickets. */
  readonly code?: { readonly id: string; readonly code: string };
  readonly max: number;
  readonly quantity: number;
}

/** The limits per buyer that a selection falls under. */
export function buyerLimitsOf(
  { event, codes }: Pick<Catalogue, 'event' | 'codes'>,
  contents: readonly Content[],
  quote: Pick<Quote, 'codes'>,
): BuyerLimit[] {
  const limits: BuyerLimit[] = [];
  const tickets = event.maxPerBuyer === null ? 0 : admitsOf(contents);
  if (event.maxPerBuyer !== null && tickets > 0) {
    limits.push({ ticketTypeId: null, max: event.maxPerBuyer, quantity: tickets });
  }
  for (const { type, counted } of contents) {
    if (type.maxPerBuyer !== null) {
      limits.push({ ticketTypeId: type.id, max: type.maxPerBuyer, quantity: counted });
    }
  }
  for (const { codeId: id, code } of quote.codes) {
    const max = codes.get(codeKey(code))?.maxPerBuyer ?? null;
    if (max !== null) limits.push({ ticketTypeId: null, code: { id, code }, max, quantity: 1 });
  }
  return limits;
}

/** What a buyer's limits are claimed on: one counter for each limit and buyer. */
export function buyerTargets(
  place: Place,
  limits: readonly BuyerLimit[],
  buyerKey: string,
): SelectionTarget<'limit_exceeded' | 'code_not_valid'>[] {
  return limits.map(({ ticketTypeId, code, max, quantity }) => {
    const targetId = `${code?.id ?? ticketTypeId ?? place.eventId}.${buyerKey}`;
    return {
      targetId,
      units: quantity,
      opens: opening(place, targetId, max),
      short: ({ available }) =>
        code === undefined
          ? limitExceeded({
              limit: max,
              per: 'buyer',
              ticketTypeId,
              eventId: place.eventId,
              available,
            })
          : codeNotValid({ code: codeKey(code.code) }),
    };
  });
}

/** What the most tickets of a type in all are claimed on: a counter with the type's own id. */
export function typeTargets(contents: readonly Content[]): SelectionTarget<'limit_exceeded'>[] {
  return contents.flatMap(({ type, counted }) => {
    if (type.maxInAll === null) return [];
    const { id, maxInAll, eventId } = type;
    return [
      {
        targetId: id,
        units: counted,
        opens: opening(type, id, maxInAll),
        short: ({ available }) =>
          limitExceeded({
            limit: maxInAll,
            per: 'ticket_type' as const,
            ticketTypeId: id,
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
