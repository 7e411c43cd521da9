import * as z from 'zod';
import { membersOfEvent } from '../../events/index.ts';
import { withAccessToken } from '../../inventory/index.ts';
import { workflow } from '../../kernel/index.ts';
import { onBehalf, onBehalfRefusals, orderOnBehalf } from '../on-behalf.ts';
import { Buyer, Order } from '../order.ts';
import { Complimentary } from '../place-input.ts';
import { placeOrder } from './place.ts';

export const giveAway = workflow({
  name: 'orders.giveAway',
  summary:
    'Gives complimentary tickets to somebody in one call. They take places like any others, and cost nothing: no fee, no tax.',
  input: z.strictObject({
    ...onBehalf,
    codes: onBehalf.codes.meta({
      description: 'Codes that unlock hidden types or places set aside.',
    }),
    recipient: Buyer,
    reason: Complimentary.shape.reason,
  }),
  output: Order,
  refusals: onBehalfRefusals,
  allow: membersOfEvent('manage_events'),
  present: (context, order) => withAccessToken(context, order, order.holdId),
  run: (context, { recipient, reason, attendees, answers, ...selection }) =>
    orderOnBehalf(context, { ...selection, buyer: { email: recipient.email } }, (hold) =>
      context.call(placeOrder, {
        holdId: hold.id,
        buyer: recipient,
        attendees,
        answers,
        complimentary: { reason },
      }),
    ),
});
