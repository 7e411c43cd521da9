import type { EventRecord, SessionRecord, TicketTypeRecord } from '../events/index.ts';
import { type Instant, isRefusal, type Refusal } from '../kernel/index.ts';
import {
  type Quote,
  type QuoteLine,
  quote,
  type Selection,
  unknownTicketType,
} from '../pricing/index.ts';
import type { Catalogue } from './catalogue.ts';
import type { TypeCount } from './hold.ts';
import { type BuyerLimit, buyerLimitsOf } from './limits.ts';
import { limitExceeded, notOnSale } from './refusals.ts';
import { type SelectionTarget, targetsOf } from './target.ts';

/** What a buyer asked for, priced, with everything that it would take. */
export interface PricedSelection {
  readonly items: readonly TypeCount[];
  readonly quote: Quote;
  readonly targets: readonly SelectionTarget[];
  /** The limits per buyer that it falls under, whether or not the buyer is known. */
  readonly limits: readonly BuyerLimit[];
}

type SelectionRefusal = Refusal<
  'not_on_sale' | 'limit_exceeded' | 'unknown_ticket_type' | 'code_not_valid' | 'amount_too_large'
>;

interface SelectionOptions {
  /** Who buys, for limits per buyer; null: nobody knows yet. */
  readonly buyerKey?: string | null;
  /** Lines of the hold that is being changed. What stays of them keeps its unit price. */
  readonly kept?: readonly QuoteLine[];
}

/** Checks a selection against the catalogue and prices it. Availability comes later. */
export function priceSelection(
  catalogue: Catalogue,
  items: readonly TypeCount[],
  codes: readonly string[],
  now: Instant,
  { buyerKey = null, kept = [] }: SelectionOptions = {},
): PricedSelection | SelectionRefusal {
  const closed = saleClosed(catalogue.event, catalogue.sessions, now);
  if (closed !== undefined) return closed;

  const selections: Selection[] = [];
  const merged = mergeItems(items);
  const tooMany = overOrderLimit(catalogue.event, merged, kept);
  if (tooMany !== undefined) return tooMany;
  for (const { ticketTypeId, quantity } of merged) {
    const type = catalogue.ticketTypes.get(ticketTypeId);
    if (type === undefined) return unknownTicketType({ ticketTypeId });
    const prices = unitPrices(type, quantity, kept);
    // Who gives tickets back may do so whenever they have them.
    const refused =
      prices.added > 0 &&
      (saleClosed(catalogue.event, catalogue.sessions, now, type) ??
        typeClosed(type, now) ??
        overLimit(type, quantity));
    if (refused) return refused;
    for (const { unitPrice, quantity: priced } of prices.parts) {
      selections.push({
        ticketTypeId,
        name: type.name,
        unitPrice,
        quantity: priced,
        source: 'list_price',
        sourceId: ticketTypeId,
      });
    }
  }

  const priced = quote(catalogue, selections, codes, now);
  if (isRefusal(priced)) return priced;
  const limits = buyerLimitsOf(catalogue.event, catalogue.ticketTypes, merged);
  const targets = targetsOf(catalogue, { items: merged, quote: priced, limits, buyerKey });
  return { items: merged, quote: priced, targets, limits };
}

/** Tickets of a type by unit price: what stays at the price it was held for, the rest at today's. */
function unitPrices(
  type: TicketTypeRecord,
  quantity: number,
  kept: readonly QuoteLine[],
): { parts: { unitPrice: number; quantity: number }[]; added: number } {
  const byPrice = new Map<number, number>();
  let added = quantity;
  for (const line of kept.filter(({ ticketTypeId }) => ticketTypeId === type.id)) {
    const stays = Math.min(line.quantity, added);
    byPrice.set(line.unitPrice, (byPrice.get(line.unitPrice) ?? 0) + stays);
    added -= stays;
  }
  byPrice.set(type.price, (byPrice.get(type.price) ?? 0) + added);
  const parts = [...byPrice].map(([unitPrice, count]) => ({ unitPrice, quantity: count }));
  return { parts: parts.filter((part) => part.quantity > 0), added };
}

/**
 * Why an event, or one of its ticket types, does not sell: the event is not
 * published, or the last of the sessions that it admits to is over.
 */
export function saleClosed(
  event: EventRecord,
  sessions: readonly SessionRecord[],
  now: Instant,
  type?: Pick<TicketTypeRecord, 'id' | 'sessionIds'>,
): Refusal<'not_on_sale'> | undefined {
  const sale = { eventId: event.id, ticketTypeId: type?.id ?? null, from: null };
  if (event.state !== 'published') return notOnSale({ ...sale, until: null });
  const its = sessions.filter(({ id }) => type?.sessionIds?.includes(id) ?? true);
  const last = its
    .map(({ endsAt }) => endsAt)
    .sort()
    .at(-1);
  return last === undefined || now < last ? undefined : notOnSale({ ...sale, until: last });
}

/** Why a ticket type does not sell at this moment; undefined: it does. */
export function typeClosed(
  type: TicketTypeRecord,
  now: Instant,
): Refusal<'not_on_sale'> | undefined {
  const sale = { eventId: type.eventId, ticketTypeId: type.id };
  if (type.state === 'off_sale') return notOnSale({ ...sale, from: null, until: null });
  if (type.saleFrom !== null && now < type.saleFrom) {
    return notOnSale({ ...sale, from: type.saleFrom, until: null });
  }
  if (type.saleUntil !== null && type.saleUntil <= now) {
    return notOnSale({ ...sale, from: null, until: type.saleUntil });
  }
  return undefined;
}

function overLimit(
  type: TicketTypeRecord,
  quantity: number,
): Refusal<'limit_exceeded'> | undefined {
  if (quantity > type.maxPerOrder) {
    return orderLimit(type.maxPerOrder, type.id, type.eventId);
  }
  return undefined;
}

function overOrderLimit(
  { id, maxPerOrder }: EventRecord,
  items: readonly TypeCount[],
  kept: readonly QuoteLine[],
): Refusal<'limit_exceeded'> | undefined {
  const quantity = items.reduce((sum, item) => sum + item.quantity, 0);
  const before = kept.reduce((sum, line) => sum + line.quantity, 0);
  return maxPerOrder !== null && quantity > maxPerOrder && quantity > before
    ? orderLimit(maxPerOrder, null, id)
    : undefined;
}

function orderLimit(limit: number, ticketTypeId: string | null, eventId: string) {
  return limitExceeded({ limit, per: 'order', ticketTypeId, eventId, available: limit });
}

/** One item a type: the same type named twice is one line, so limits see the sum. */
function mergeItems(items: readonly TypeCount[]): TypeCount[] {
  const quantities = new Map<string, number>();
  for (const { ticketTypeId, quantity } of items) {
    quantities.set(ticketTypeId, (quantities.get(ticketTypeId) ?? 0) + quantity);
  }
  return [...quantities].map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity }));
}
