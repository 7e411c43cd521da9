import { type Instant, isRefusal, type Refusal, sumOf } from '../kernel/index.ts';
import {
  type Demand,
  type KnownBuyer,
  type Quote,
  type QuoteLine,
  type QuoteRefusal,
  quote,
  type Selection,
  unknownBuyer,
  unknownTicketType,
} from '../pricing/index.ts';
import type { Catalogue } from './catalogue.ts';
import { admitsOf, type Content, contentsOf, countsOf } from './contents.ts';
import { demandOf } from './demand.ts';
import type { PricedItem, TypeCount } from './hold.ts';
import { type BuyerLimit, buyerLimitsOf } from './limits.ts';
import { pricesOf, selectionType } from './line-prices.ts';
import { notSold, saleClosed } from './sale.ts';
import {
  overLimit,
  overOrderLimit,
  unlockedBy,
  withoutParent,
  wrongAmount,
} from './selection-checks.ts';
import { type SelectionTarget, targetsOf } from './target.ts';

/** What a buyer asked for, priced. */
interface Priced {
  readonly items: readonly TypeCount[];
  readonly contents: readonly Content[];
  readonly quote: Quote;
}

/** The same with everything that it would take. */
export interface PricedSelection extends Priced {
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

interface PriceOptions {
  /** What of the buyer the price depends on. */
  readonly buyer?: KnownBuyer;
  readonly isCash?: boolean;
  /** Lines of the hold that is being changed. What stays of them keeps its unit price. */
  readonly kept?: readonly QuoteLine[];
  /** The sales so far, for prices that move with them. Default: there are none. */
  readonly demand?: Demand | undefined;
}

export interface SelectionOptions extends PriceOptions {
  /** Who buys, for limits per buyer; null: nobody knows yet. */
  readonly buyerKey?: string | null;
}

const noDemand = demandOf(new Map(), () => undefined);

/**
 * Checks a selection against the catalogue, prices it, and says what it takes.
 * Availability comes later.
 */
export function priceSelection(
  catalogue: Catalogue,
  items: readonly PricedItem[],
  codes: readonly string[],
  now: Instant,
  options: SelectionOptions = {},
): PricedSelection | SelectionRefusal {
  const priced = priceOf(catalogue, items, codes, now, options);
  if (isRefusal(priced)) return priced;
  const { contents, quote: its } = priced;
  const limits = buyerLimitsOf(catalogue, contents, its);
  const { buyerKey = null } = options;
  const targets = targetsOf(catalogue, { contents, quote: its, limits, buyerKey });
  return { ...priced, targets, limits };
}

/** Checks a selection against the catalogue and prices it. */
export function priceOf(
  catalogue: Catalogue,
  items: readonly PricedItem[],
  codes: readonly string[],
  now: Instant,
  { buyer = unknownBuyer, isCash = false, kept = [], demand = noDemand }: PriceOptions = {},
): Priced | SelectionRefusal {
  const { event, sessions, ticketTypes } = catalogue;
  const closed = saleClosed(event, sessions, now);
  if (closed !== undefined) return closed;

  const merged = mergeItems(items);
  const contents = contentsOf(ticketTypes, merged);
  const tooMany = overOrderLimit(catalogue, admitsOf(contents), kept);
  if (tooMany !== undefined) return tooMany;
  const unlocked = unlockedBy(catalogue, codes);
  for (const { ticketTypeId, quantity } of merged) {
    const type = ticketTypes.get(ticketTypeId);
    if (type === undefined || (type.terms.hidden && !unlocked.has(type.id))) {
      return unknownTicketType({ ticketTypeId });
    }
    // Who gives tickets back may do so whenever they have them.
    const had = kept.filter((line) => line.ticketTypeId === ticketTypeId);
    const refused = quantity > sumOf(had, (line) => line.quantity) && notSold(catalogue, type, now);
    if (refused) return refused;
    const orphaned = withoutParent(type, quantity, contents);
    if (orphaned !== undefined) return orphaned;
  }
  const before = kept.length === 0 ? undefined : countsOf(contentsOf(ticketTypes, kept));
  for (const [type, counted] of countsOf(contents)) {
    const refused = counted > (before?.get(type) ?? 0) && overLimit(type, counted);
    if (refused) return refused;
  }

  const selections: Selection[] = [];
  for (const { ticketTypeId, quantity, amount } of mergeAmounts(items, merged)) {
    const type = ticketTypes.get(ticketTypeId);
    if (type === undefined) return unknownTicketType({ ticketTypeId });
    const refused = wrongAmount(type, amount);
    if (refused !== undefined) return refused;
    const what = selectionType(type, ticketTypes);
    for (const price of pricesOf(type, quantity, kept, { now, demand, own: amount })) {
      selections.push({ ...what, ...price });
    }
  }
  const priced = quote(catalogue, { selections, codes, buyer, isCash, now });
  return isRefusal(priced) ? priced : { items: merged, contents, quote: priced };
}

/** One item a type: the same type named twice is one line, so limits see the sum. */
function mergeItems(items: readonly TypeCount[]): TypeCount[] {
  const quantities = new Map<string, number>();
  for (const { ticketTypeId, quantity } of items) {
    quantities.set(ticketTypeId, (quantities.get(ticketTypeId) ?? 0) + quantity);
  }
  return [...quantities].map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity }));
}

/** The same by type and the buyer's own amount, where some buyer named one. */
function mergeAmounts(
  items: readonly PricedItem[],
  byType: readonly TypeCount[],
): readonly PricedItem[] {
  if (items.every(({ amount }) => amount === undefined)) return byType;
  const merged = new Map<string, PricedItem>();
  for (const { ticketTypeId, quantity, amount } of items) {
    const key = amount === undefined ? ticketTypeId : `${ticketTypeId} ${amount}`;
    const before = merged.get(key)?.quantity ?? 0;
    merged.set(key, { ticketTypeId, quantity: before + quantity, amount });
  }
  return [...merged.values()];
}
