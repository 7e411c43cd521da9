import * as z from 'zod';
import { membersOfEvent } from '../../events/index.ts';
import { withAccessToken } from '../../inventory/index.ts';
import { Amount, isRefusal, workflow } from '../../kernel/index.ts';
import {
  Buyer,
  Order,
  onBehalf,
  onBehalfRefusals,
  orderOnBehalf,
  placeOrder,
} from '../../orders/index.ts';
import { PriceBuyer } from '../../pricing/index.ts';
import { takeIn } from '../effects.ts';
import { notEnoughTendered } from '../refusals.ts';
import { beginPayment } from './begin.ts';

/** How somebody pays at a counter. */
const Counter = z
  .strictObject({
    method: z.enum(['cash', 'card_terminal']),
    reference: z.string().trim().min(1).max(100).optional().meta({
      description: 'What the terminal or the receipt calls it.',
    }),
    tendered: Amount.optional().meta({
      description: 'What was handed over in cash; the answer says what goes back.',
    }),
  })
  .refine(({ method, tendered }) => tendered === undefined || method === 'cash', {
    path: ['tendered'],
    message: 'Only cash is tendered.',
  });

export const sellTickets = workflow({
  name: 'orders.sell',
  summary:
    'Sells at the box office in one call: hold, order, money, tickets. Cash is rounded as the event says, and the change worked out.',
  input: z.strictObject({
    ...onBehalf,
    buyer: Buyer,
    priceBuyer: PriceBuyer.optional().meta({
      description: 'What of the buyer the price depends on, as who sells has seen it.',
    }),
    payment: Counter,
  }),
  output: z
    .object({
      order: Order,
      tendered: Amount.nullable(),
      change: Amount.nullable().meta({ description: 'What goes back of `tendered`.' }),
    })
    .meta({ id: 'Sale', description: 'A sale at the box office.' }),
  refusals: [...onBehalfRefusals, notEnoughTendered],
  allow: membersOfEvent('sell'),
  present: (context, sale) => ({
    ...sale,
    order: withAccessToken(context, sale.order, sale.order.holdId),
  }),
  run: async (context, { buyer, payment, attendees, answers, priceBuyer, ...selection }) => {
    const { call } = context;
    const { method, reference, tendered = null } = payment;
    const wanted = {
      ...selection,
      buyer: { ...priceBuyer, email: buyer.email },
      cash: method === 'cash',
    };
    const placed = await orderOnBehalf(context, wanted, async ({ id: holdId, quote }) =>
      tendered !== null && tendered < quote.total
        ? notEnoughTendered({ tendered, due: quote.total, currency: quote.currency })
        : call(placeOrder, { holdId, buyer, attendees, answers, channel: 'box_office' }),
    );
    if (isRefusal(placed)) return placed;
    const change = tendered === null ? null : tendered - placed.total;
    if (placed.state !== 'pending') return { order: placed, tendered, change };
    const begun = await call(beginPayment, { orderId: placed.id, provider: 'manual', method });
    const order = await takeIn(context, begun.id, {
      state: 'succeeded',
      providerRef: ['manual', begun.id, ...(reference === undefined ? [] : [reference])].join(':'),
      amount: begun.amount,
      currency: begun.currency,
    });
    return { order, tendered, change };
  },
});
