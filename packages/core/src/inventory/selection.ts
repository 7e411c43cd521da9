import type { EventRecord, SessionRecord, TicketTypeRecord } from '../events/index.ts';
import { type Instant, isRefusal, type Refusal } from '../kernel/index.ts';
import { type Quote, quote, type Selection, unknownTicketType } from '../pricing/index.ts';
import type { Catalogue } from './catalogue.ts';
import type { Units } from './counter.ts';
import type { HoldItem } from './hold.ts';
import { limitExceeded, notOnSale } from './refusals.ts';

/** What a buyer asked for, priced, with what it would take of pools and codes. */
export interface PricedSelection {
  readonly items: readonly HoldItem[];
  readonly quote: Quote;
  readonly units: readonly Units[];
}

type SelectionRefusal = Refusal<
  'not_on_sale' | 'limit_exceeded' | 'unknown_ticket_type' | 'code_not_valid' | 'amount_too_large'
>;

/** Checks a selection against the catalogue and prices it. Availability comes later. */
export function priceSelection(
  catalogue: Catalogue,
  items: readonly HoldItem[],
  codes: readonly string[],
  now: Instant,
): PricedSelection | SelectionRefusal {
  const closed = saleClosed(catalogue.event, catalogue.sessions, now);
  if (closed !== undefined) return closed;

  const selections: Selection[] = [];
  const units: Units[] = [];
  const merged = mergeItems(items);
  for (const { ticketTypeId, quantity } of merged) {
    const type = catalogue.ticketTypes.get(ticketTypeId);
    if (type === undefined) return unknownTicketType({ ticketTypeId });
    const refused = typeClosed(type, now) ?? overLimit(type, quantity);
    if (refused !== undefined) return refused;
    selections.push({
      ticketTypeId,
      name: type.name,
      unitPrice: type.price,
      quantity,
      source: 'list_price',
      sourceId: ticketTypeId,
    });
    for (const draw of type.draws) {
      units.push({ targetId: draw.poolId, units: draw.units * quantity });
    }
  }

  const priced = quote(catalogue, selections, codes, now);
  if (isRefusal(priced)) return priced;
  for (const { codeId } of priced.codes) units.push({ targetId: codeId, units: 1 });
  return { items: merged, quote: priced, units };
}

/** Why an event does not sell: it is not published, or its last session is over. */
export function saleClosed(
  event: EventRecord,
  sessions: readonly SessionRecord[],
  now: Instant,
): Refusal<'not_on_sale'> | undefined {
  const sale = { eventId: event.id, ticketTypeId: null, from: null };
  if (event.state !== 'published') return notOnSale({ ...sale, until: null });
  const last = sessions
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
    return limitExceeded({ limit: type.maxPerOrder, per: 'order', ticketTypeId: type.id });
  }
  return undefined;
}

/** One item a type: the same type named twice is one line, so limits see the sum. */
function mergeItems(items: readonly HoldItem[]): HoldItem[] {
  const quantities = new Map<string, number>();
  for (const { ticketTypeId, quantity } of items) {
    quantities.set(ticketTypeId, (quantities.get(ticketTypeId) ?? 0) + quantity);
  }
  return [...quantities].map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity }));
}
