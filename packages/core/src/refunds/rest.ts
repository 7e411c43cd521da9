import { loadCatalogue, selectionType } from '../inventory/index.ts';
import { notFound, type ReadContext, type Refusal } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import { type Quote, repriced, type Units, unknownBuyer } from '../pricing/index.ts';

/** What the units that stay would have cost, to the same buyer at the same time; null: none do. */
export async function restOf(
  context: ReadContext,
  order: OrderRecord,
  gone: Units,
): Promise<Quote | Refusal<'not_found' | 'amount_too_large' | 'tax_place_missing'> | null> {
  const { quote, eventId, holdId } = order;
  const codes = quote.codes.map(({ code }) => code);
  const [catalogue, hold] = await Promise.all([
    loadCatalogue(context, eventId, codes),
    context.tx.inventory.holds.find(holdId),
  ]);
  if (catalogue === undefined) return notFound({ kind: 'event', id: eventId });
  const { buyer, isCash } = hold?.asked ?? { buyer: unknownBuyer, isCash: false };
  const { ticketTypes } = catalogue;
  const typeOf = (ticketTypeId: string) => {
    const type = ticketTypes.get(ticketTypeId);
    if (type === undefined) throw new Error(`${ticketTypeId} was sold and is no more.`);
    return selectionType(type, ticketTypes);
  };
  const at = hold?.createdAt ?? order.createdAt;
  return repriced(quote, gone, { catalogue, typeOf, buyer, isCash, at });
}
