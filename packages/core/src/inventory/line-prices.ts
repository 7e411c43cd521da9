import type { TicketTypeRecord } from '../events/index.ts';
import {
  type QuoteLine,
  type SelectionPart,
  type SelectionType,
  type UnitPrice,
  unitPrices,
} from '../pricing/index.ts';

/** What of a type a hold has by now. The buyer's own amounts are named anew. */
function keptOf({ id, terms }: TicketTypeRecord, kept: readonly QuoteLine[]): QuoteLine[] {
  return terms.ownPrice === null ? kept.filter(({ ticketTypeId }) => ticketTypeId === id) : [];
}

/** Units of a type by price: what stays at the price it was held for, the rest at today's. */
export function pricesOf(
  type: TicketTypeRecord,
  quantity: number,
  kept: readonly QuoteLine[],
  today: Parameters<typeof unitPrices>[2],
): UnitPrice[] {
  if (kept.length === 0) return unitPrices(type, quantity, today);
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

/** A type as its price sees it, with what a bundle holds. */
export function selectionType(
  { id, name, terms }: TicketTypeRecord,
  ticketTypes: ReadonlyMap<string, TicketTypeRecord>,
): SelectionType {
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
