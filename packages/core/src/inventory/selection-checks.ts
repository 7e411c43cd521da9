import type { TicketTypeRecord } from '../events/index.ts';
import type { Refusal } from '../kernel/index.ts';
import { codeKey, parentMissing, priceNotAllowed, type QuoteLine } from '../pricing/index.ts';
import type { Catalogue } from './catalogue.ts';
import type { Content } from './contents.ts';
import { limitExceeded } from './refusals.ts';

/** The hidden types that these codes open. Whether the codes may be used is decided with the price. */
export function unlockedBy(
  { codes: known }: Catalogue,
  codes: readonly string[],
): ReadonlySet<string> {
  return new Set(codes.flatMap((code) => known.get(codeKey(code))?.unlocks ?? []));
}

/** Refuses an add-on for which the selection has too few parents. */
export function withoutParent(
  { id, terms: { requires } }: TicketTypeRecord,
  requested: number,
  contents: readonly Content[],
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

/** Refuses an amount that is not the buyer's to name, or is out of bounds. */
export function wrongAmount(
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

/** Refuses more of a type than one order may have. */
export function overLimit(
  type: TicketTypeRecord,
  counted: number,
): Refusal<'limit_exceeded'> | undefined {
  if (counted > type.maxPerOrder) {
    return orderLimit(type.maxPerOrder, type.id, type.eventId);
  }
  return undefined;
}

/** Refuses more tickets than one order of the event may have, unless the hold has them. */
export function overOrderLimit(
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
