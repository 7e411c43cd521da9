import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import {
  Codes,
  createHold,
  HoldItem,
  holdExpired,
  holdNotActive,
  limitExceeded,
  notOnSale,
  pricingRefusals,
  releaseHold,
  seatRefusals,
  soldOut,
  withAccessToken,
} from '../../inventory/index.ts';
import { Amount, system, workflow } from '../../kernel/index.ts';
import { Buyer, Order, placeOrder, said } from '../../orders/index.ts';
import { PriceBuyer } from '../../pricing/index.ts';
import { answersNotValid } from '../../questions/index.ts';
import { SeatPreferences } from '../../seating/index.ts';
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
    eventId: EventId,
    items: z.array(HoldItem).min(1).max(50),
    codes: Codes.default([]),
    seating: SeatPreferences.optional(),
    buyer: Buyer,
    ...said,
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
  refusals: [
    soldOut,
    notOnSale,
    limitExceeded,
    ...pricingRefusals,
    ...seatRefusals,
    holdExpired,
    holdNotActive,
    answersNotValid,
    notEnoughTendered,
  ],
  allow: membersOfEvent('sell'),
  present: (context, sale) => ({
    ...sale,
    order: withAccessToken(context, sale.order, sale.order.holdId),
  }),
  run: async (context, { buyer, payment, attendees, answers, priceBuyer, ...selection }) => {
    const { call, callAsSystem, keyed } = context;
    const { method, reference, tendered = null } = payment;
    // Held by the system, so that the places are the buyer's and not the seller's own.
    const wanted = { ...selection, buyer: { ...priceBuyer, email: buyer.email } };
    const hold = await call(createHold, { ...wanted, cash: method === 'cash' }, system);
    const giveUp = async () => {
      // A caller with a key repeats it and goes on with this hold.
      if (!keyed) await callAsSystem(releaseHold, { holdId: hold.id }).catch(() => undefined);
    };
    const { total, currency } = hold.quote;
    if (tendered !== null && tendered < total) {
      await giveUp();
      return notEnoughTendered({ tendered, due: total, currency });
    }
    const change = tendered === null ? null : tendered - total;
    const placing = { holdId: hold.id, buyer, attendees, answers, channel: 'box_office' } as const;
    const placed = await call(placeOrder, placing).catch(async (error: unknown) => {
      await giveUp();
      throw error;
    });
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
