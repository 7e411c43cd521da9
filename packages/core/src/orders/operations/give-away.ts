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
import { system, workflow } from '../../kernel/index.ts';
import { answersNotValid } from '../../questions/index.ts';
import { SeatPreferences } from '../../seating/index.ts';
import { Buyer, Order } from '../order.ts';
import { Complimentary, said } from '../place-input.ts';
import { placeOrder } from './place.ts';

export const giveAway = workflow({
  name: 'orders.giveAway',
  summary:
    'Gives complimentary tickets to somebody in one call. They take places like any others, and cost nothing: no fee, no tax.',
  input: z.strictObject({
    eventId: EventId,
    items: z.array(HoldItem).min(1).max(50),
    codes: Codes.default([]).meta({
      description: 'Codes that unlock hidden types or places set aside.',
    }),
    seating: SeatPreferences.optional(),
    recipient: Buyer,
    reason: Complimentary.shape.reason,
    ...said,
  }),
  output: Order,
  refusals: [
    soldOut,
    notOnSale,
    limitExceeded,
    ...pricingRefusals,
    ...seatRefusals,
    holdExpired,
    holdNotActive,
    answersNotValid,
  ],
  allow: membersOfEvent('manage_events'),
  present: (context, order) => withAccessToken(context, order, order.holdId),
  run: async (
    { call, callAsSystem, keyed },
    { recipient, reason, attendees, answers, ...selection },
  ) => {
    // Held by the system, so that the places are the recipient's and not the giver's own.
    const hold = await call(
      createHold,
      { ...selection, buyer: { email: recipient.email } },
      system,
    );
    const placing = { holdId: hold.id, buyer: recipient, attendees, answers };
    return call(placeOrder, { ...placing, complimentary: { reason } }).catch(
      async (error: unknown) => {
        // A caller with a key repeats it and goes on with this hold.
        if (!keyed) await callAsSystem(releaseHold, { holdId: hold.id }).catch(() => undefined);
        throw error;
      },
    );
  },
});
