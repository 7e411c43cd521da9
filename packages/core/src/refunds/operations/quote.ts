import * as z from 'zod';
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
import { buyerOfOrder, membersOfOrder, OrderId, type OrderRecord } from '../../orders/index.ts';
import { amountTooLarge, notInOrder, taxPlaceMissing, unitsOf } from '../../pricing/index.ts';
import { decideRefund, ticketsOfOrder } from '../decide.ts';
import { RefundItems, RefundTicketIds, wantedOf } from '../input.ts';
import {
  incompleteGroup,
  nothingToRefund,
  notRefundable,
  orderNotPaid,
  refundAbovePaid,
  refundNotAllowed,
} from '../refusals.ts';
import { asBuyer, permittedWish } from '../terms.ts';

export const quoteRefund = read({
  name: 'quotes.refund',
  summary:
    'What would come back if a part of a paid order were given back now. Gives nothing back by itself.',
  input: z.strictObject({
    orderId: OrderId,
    items: RefundItems.optional().meta({
      description: 'What is given back, as it was sold: a group or a bundle as a whole.',
    }),
    ticketIds: RefundTicketIds.optional().meta({
      description: 'The tickets that are given back, instead. Without either: all that is left.',
    }),
    policy: z.enum(['keep_prices', 'reprice', 'event']).default('keep_prices').meta({
      description:
        '`keep_prices`: each unit’s own share of what its line came to. `reprice`: what was paid less what the rest would have cost by itself, by the rules that the event has now. `event`: what the event’s refund policy gives its buyer now.',
    }),
    feesKept: z.boolean().default(false).meta({
      description: 'Whether fees, and the tax on them, stay paid; under `event` its policy says.',
    }),
    to: z.enum(['original', 'credit']).default('original'),
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
      platformFee: Amount.meta({ description: 'Fees inside it that the platform gives back.' }),
      taxes: z
        .array(z.object({ taxId: idOf('tax'), amount: Amount }))
        .meta({ description: 'Taxes inside it that are not owed any more.' }),
      percent: z.string().meta({ description: 'What of it the event’s policy gives back.' }),
      means: z
        .object({ provider: Amount, giftCards: Amount, credit: Amount })
        .meta({ description: 'Where it goes; it sums to `amount`.' }),
    })
    .meta({ id: 'RefundQuote', description: 'What would come back of an order.' }),
  refusals: [
    notInOrder,
    taxPlaceMissing,
    amountTooLarge,
    notRefundable,
    incompleteGroup,
    nothingToRefund,
    refundAbovePaid,
    refundNotAllowed,
    orderNotPaid,
  ],
  allow: anyOf(buyerOfOrder, membersOfOrder('sell')),
  run: async (context, { orderId, policy, feesKept, to, ...input }) => {
    const order = await context.tx.orders.orders.find(orderId);
    if (order === undefined) return notFound({ kind: 'order', id: orderId });
    // Of an order that is not paid nothing is left to come back.
    if (order.state !== 'paid') return nothingOf(order, input.items ?? []);
    const wanted = wantedOf(input);
    const asked = { wanted, to, reason: null, ignorePolicy: false };
    const wish =
      policy === 'event'
        ? await permittedWish(asBuyer(context), order, { ...asked, policy: 'keep_prices' })
        : { wanted, to, policy, feesKept };
    if (isRefusal(wish)) return wish;
    const [tickets, before] = await standOf(context, orderId);
    const decided = await decideRefund(context, { order, tickets, before }, wish);
    if (isRefusal(decided)) return decided;
    const { plan, split } = decided;
    return {
      currency: order.currency,
      amount: plan.amount,
      lines: shownLines(order, plan.lines),
      platformFee: plan.platformFee,
      taxes: plan.taxes.filter(({ amount }) => amount !== 0),
      percent: wish.percent ?? '100',
      means: split,
    };
  },
});

function standOf(context: ReadContext, orderId: string) {
  return Promise.all([
    ticketsOfOrder(context, orderId),
    context.tx.refunds.orderRefunds.ofOrder(orderId),
  ]);
}

function nothingOf(order: OrderRecord, items: z.output<typeof RefundItems>) {
  const units = unitsOf(order.quote, items);
  if (isRefusal(units)) return units;
  const lines = [...units.entries()].flatMap(([line, quantity]) =>
    quantity === 0 ? [] : [{ line, quantity, amount: 0 }],
  );
  return {
    currency: order.currency,
    amount: 0,
    lines: shownLines(order, lines),
    platformFee: 0,
    taxes: [],
    percent: '100',
    means: { provider: 0, giftCards: 0, credit: 0 },
  };
}

function shownLines(
  { quote }: OrderRecord,
  lines: readonly { line: number; quantity: number; amount: number }[],
) {
  return lines.flatMap(({ line, ...its }) => {
    const own = quote.lines[line];
    if (own === undefined) return [];
    return [{ line, ticketTypeId: own.ticketTypeId, name: own.name, ...its }];
  });
}
