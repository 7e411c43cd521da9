import * as z from 'zod';
import { loadCatalogue, selectionType } from '../../inventory/index.ts';
import {
  Amount,
  anyOf,
  Currency,
  idOf,
  isRefusal,
  notFound,
  type ReadContext,
  read,
} from '../../kernel/index.ts';
import {
  amountTooLarge,
  notInOrder,
  refundKeepingPrices,
  refundRepriced,
  repriced,
  taxPlaceMissing,
  type Units,
  unitsOf,
  unknownBuyer,
} from '../../pricing/index.ts';
import { buyerOfOrder, membersOfOrder } from '../access.ts';
import { OrderId, type OrderRecord } from '../order.ts';

export const quoteRefund = read({
  name: 'quotes.refund',
  summary:
    'What would come back if a part of a paid order were given back now. Gives nothing back by itself.',
  input: z.strictObject({
    orderId: OrderId,
    items: z
      .array(z.strictObject({ ticketTypeId: idOf('typ'), quantity: z.int().min(1).max(1000) }))
      .min(1)
      .max(50)
      .meta({ description: 'What is given back, as it was sold: a group or a bundle as a whole.' }),
    policy: z.enum(['keep_prices', 'reprice']).default('keep_prices').meta({
      description:
        '`keep_prices`: each unit’s own share of what its line came to. `reprice`: what was paid less what the rest would have cost by itself, by the rules that the event has now.',
    }),
    feesKept: z.boolean().default(false).meta({
      description: 'Whether fees, and the tax on them, stay paid.',
    }),
  }),
  output: z
    .object({
      currency: Currency,
      amount: Amount.meta({
        description: 'In minor units: with what came back before never more than was paid.',
      }),
      lines: z
        .array(
          z.object({
            line: z.int().meta({ description: 'Index of the line in the order’s quote.' }),
            ticketTypeId: idOf('typ'),
            name: z.string(),
            quantity: z.int(),
            amount: Amount,
          }),
        )
        .meta({ description: 'How it lies on the lines; it sums to `amount`.' }),
    })
    .meta({ id: 'RefundQuote', description: 'What would come back of an order.' }),
  refusals: [notInOrder, taxPlaceMissing, amountTooLarge],
  allow: anyOf(buyerOfOrder, membersOfOrder('sell')),
  run: async (context, { orderId, items, policy, feesKept }) => {
    const order = await context.tx.orders.orders.find(orderId);
    if (order === undefined) return notFound({ kind: 'order', id: orderId });
    const { quote, currency } = order;
    const returned = unitsOf(quote, items);
    if (isRefusal(returned)) return returned;
    // Of an order that is not paid nothing is left to come back.
    const refunded = order.state === 'paid' ? order.refunded : quote.total;
    const request = { quote, returned, refunded, feesKept };
    const rest = policy === 'reprice' ? await restOf(context, order, returned) : undefined;
    if (isRefusal(rest)) return rest;
    const { amount, lines } =
      rest === undefined ? refundKeepingPrices(request) : refundRepriced(request, rest);
    const shown = lines.flatMap(({ line, ...its }) => {
      const own = quote.lines[line];
      if (own === undefined) return [];
      return [{ line, ticketTypeId: own.ticketTypeId, name: own.name, ...its }];
    });
    return { currency, amount, lines: shown };
  },
});

/** What the units that stay would have cost, to the same buyer at the same time; null: none do. */
async function restOf(context: ReadContext, order: OrderRecord, gone: Units) {
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
