import type { TicketTypeRecord } from '../events/index.ts';
import { type Instant, isRefusal, type Refusal } from '../kernel/index.ts';
import {
  codeKey,
  type Demand,
  type KnownBuyer,
  parentMissing,
  priceNotAllowed,
  type Quote,
  type QuoteLine,
  type QuoteRefusal,
  quote,
  type Selection,
  type SelectionPart,
  type UnitPrice,
  unitPrices,
  unknownBuyer,
  unknownTicketType,
} from '../pricing/index.ts';
import type { Catalogue } from './catalogue.ts';
import { admitsOf, contentsOf } from './contents.ts';
import { demandOf } from './demand.ts';
import type { PricedItem, TypeCount } from './hold.ts';
import { type BuyerLimit, buyerLimitsOf } from './limits.ts';
import { limitExceeded } from './refusals.ts';
import { saleClosed, typeClosed } from './sale.ts';
import { type SelectionTarget, targetsOf } from './target.ts';

/** What a buyer asked for, priced, with everything that it would take. */
export interface PricedSelection {
  readonly items: readonly TypeCount[];
  readonly quote: Quote;
  readonly targets: readonly SelectionTarget[];
  /** The limits per buyer that it falls under, whether or not the buyer is known. */
  readonly limits: readonly BuyerLimit[];
}

export type SelectionRefusal =
  | Refusal<
      | 'not_on_sale'
      | 'limit_exceeded'
      | 'unknown_ticket_type'
      | 'price_not_allowed'
      | 'parent_missing'
    >
  | QuoteRefusal;

export interface SelectionOptions {
  /** Who buys, for limits per buyer; null: nobody knows yet. */
  readonly buyerKey?: string | null;
  /** What of the buyer the price depends on. */
  readonly buyer?: KnownBuyer;
  readonly isCash?: boolean;
  /** Lines of the hold that is being changed. What stays of them keeps its unit price. */
  readonly kept?: readonly QuoteLine[];
  /** The sales so far, for prices that move with them. Default: there are none. */
  readonly demand?: Demand | undefined;
}

const noDemand = demandOf(new Map(), () => undefined);

/** Checks a selection against the catalogue and prices it. Availability comes later. */
export function priceSelection(
  catalogue: Catalogue,
  items: readonly PricedItem[],
  codes: readonly string[],
  now: Instant,
  options: SelectionOptions = {},
): PricedSelection | SelectionRefusal {
  const { buyerKey = null, buyer = unknownBuyer, isCash = false, kept = [] } = options;
  const { event, sessions, ticketTypes } = catalogue;
  const closed = saleClosed(event, sessions, now);
  if (closed !== undefined) return closed;

  const merged = mergeItems(items);
  const contents = contentsOf(ticketTypes, merged);
  const tooMany = overOrderLimit(catalogue, admitsOf(contents), kept);
  if (tooMany !== undefined) return tooMany;
  const unlocked = unlockedBy(catalogue, codes);
  for (const item of merged) {
    const type = ticketTypes.get(item.ticketTypeId);
    if (type === undefined || (type.terms.hidden && !unlocked.has(type.id))) {
      return unknownTicketType({ ticketTypeId: item.ticketTypeId });
    }
    const before = keptOf(type, kept).reduce((sum, line) => sum + line.quantity, 0);
    // Who gives tickets back may do so whenever they have them.
    const refused =
      item.quantity > before &&
      (saleClosed(event, sessions, now, type) ??
        typeClosed(type, now) ??
        overLimit(type, item.quantity));
    if (refused) return refused;
    const orphaned = withoutParent(type, item.quantity, contents);
    if (orphaned !== undefined) return orphaned;
  }

  const selections: Selection[] = [];
  for (const { ticketTypeId, quantity, amount } of mergeAmounts(items)) {
    const type = ticketTypes.get(ticketTypeId);
    if (type === undefined) return unknownTicketType({ ticketTypeId });
    const refused = wrongAmount(type, amount);
    if (refused !== undefined) return refused;
    const what = selectionType(type, ticketTypes);
    const { demand = noDemand } = options;
    for (const price of pricesOf(type, quantity, kept, { now, demand, own: amount })) {
      selections.push({ ...what, ...price });
    }
  }

  const priced = quote(catalogue, { selections, codes, buyer, isCash, now });
  if (isRefusal(priced)) return priced;
  const limits = buyerLimitsOf(catalogue, contents, priced);
  const targets = targetsOf(catalogue, { contents, quote: priced, limits, buyerKey });
  return { items: merged, quote: priced, targets, limits };
}

/** What of a type a hold has by now. The buyer's own amounts are named anew. */
function keptOf({ id, terms }: TicketTypeRecord, kept: readonly QuoteLine[]): QuoteLine[] {
  return terms.ownPrice === null ? kept.filter(({ ticketTypeId }) => ticketTypeId === id) : [];
}

/** Units of a type by price: what stays at the price it was held for, the rest at today's. */
function pricesOf(
  type: TicketTypeRecord,
  quantity: number,
  kept: readonly QuoteLine[],
  today: Parameters<typeof unitPrices>[2],
): UnitPrice[] {
  const prices: UnitPrice[] = [];
  let added = quantity;
  for (const line of keptOf(type, kept)) {
    const stays = Math.min(line.quantity, added);
    if (stays === 0) continue;
    added -= stays;
    prices.push({
      unitPrice: line.unitPrice,
      quantity: stays,
      rule: 'kept_price',
      source: type.id,
      tier: line.tier ?? null,
      adjustments: [],
    });
  }
  if (added === 0) return joined(prices);
  // Those of today that cost the same join those that stay.
  return joined([...prices, ...unitPrices(type, added, today)]);
}

/** Prices of the same amount and tier as one. */
function joined(prices: readonly UnitPrice[]): UnitPrice[] {
  const [only] = prices;
  if (prices.length === 1 && only !== undefined) return [only];
  const byPrice = new Map<string, UnitPrice>();
  for (const price of prices) {
    const key = `${price.unitPrice} ${price.tier?.id ?? ''}`;
    const before = byPrice.get(key);
    const quantity = price.quantity + (before?.quantity ?? 0);
    byPrice.set(key, { ...price, quantity });
  }
  return [...byPrice.values()];
}

/** A type as the price of a selection depends on it. */
export function selectionType(
  { id, name, terms }: TicketTypeRecord,
  ticketTypes: ReadonlyMap<string, TicketTypeRecord>,
) {
  const { kind, taxClass, admissions } = terms;
  const parts = terms.parts?.flatMap(({ ticketTypeId, quantity }): SelectionPart[] => {
    const part = ticketTypes.get(ticketTypeId);
    if (part === undefined) return [];
    return [
      {
        ticketTypeId,
        name: part.name,
        quantity,
        admissions: part.terms.admissions,
        taxClass: part.terms.taxClass,
        weight: part.price * quantity,
      },
    ];
  });
  return { ticketTypeId: id, name, kind, taxClass, admissions, parts: parts ?? null };
}

/** The hidden types that these codes open. Whether the codes may be used is decided with the price. */
function unlockedBy({ codes: known }: Catalogue, codes: readonly string[]): ReadonlySet<string> {
  return new Set(codes.flatMap((code) => known.get(codeKey(code))?.unlocks ?? []));
}

function withoutParent(
  { id, terms: { requires } }: TicketTypeRecord,
  requested: number,
  contents: ReturnType<typeof contentsOf>,
): Refusal<'parent_missing'> | undefined {
  if (requires === null) return undefined;
  const parents = contents
    .filter(({ type }) => requires.ticketTypeIds.includes(type.id))
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const allowed = parents * requires.perParent;
  if (requested <= allowed) return undefined;
  return parentMissing({
    ticketTypeId: id,
    requires: requires.ticketTypeIds.slice(),
    allowed,
    requested,
  });
}

function wrongAmount(
  { id, terms: { ownPrice } }: TicketTypeRecord,
  amount: number | undefined,
): Refusal<'price_not_allowed'> | undefined {
  if (amount === undefined) return undefined;
  if (ownPrice === null) {
    return priceNotAllowed({ ticketTypeId: id, amount, min: null, max: null });
  }
  const { min, max } = ownPrice;
  return amount < min || (max !== null && amount > max)
    ? priceNotAllowed({ ticketTypeId: id, amount, min, max })
    : undefined;
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
  { event: { id, maxPerOrder } }: Catalogue,
  tickets: number,
  kept: readonly QuoteLine[],
): Refusal<'limit_exceeded'> | undefined {
  const before = kept.reduce((sum, line) => sum + line.admits, 0);
  return maxPerOrder !== null && tickets > maxPerOrder && tickets > before
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

/** The same by type and the buyer's own amount. */
function mergeAmounts(items: readonly PricedItem[]): PricedItem[] {
  const merged = new Map<string, PricedItem>();
  for (const { ticketTypeId, quantity, amount } of items) {
    const key = amount === undefined ? ticketTypeId : `${ticketTypeId} ${amount}`;
    const before = merged.get(key)?.quantity ?? 0;
    merged.set(key, { ticketTypeId, quantity: before + quantity, amount });
  }
  return [...merged.values()];
}
