import * as z from 'zod';
import { GiftCardCodes } from '../gift-cards/index.ts';
import { HoldId } from '../inventory/index.ts';
import { Answers } from '../questions/index.ts';
import { AttendeeInput } from '../tickets/index.ts';
import { Billing } from './billing.ts';
import { Buyer, Channel } from './order.ts';

/** How the rest is paid that gift cards leave. */
const Payment = z
  .strictObject({
    provider: z
      .string()
      .min(1)
      .max(50)
      .default('manual')
      .meta({ description: 'Through which the rest is to be paid; by hand when left out.' }),
    giftCards: GiftCardCodes,
    termDays: z.int().min(1).max(90).optional().meta({
      description:
        'Days to pay an invoice, instead of minutes, up to the start of the last session. Given by who may sell; only with `manual`.',
    }),
    pastStart: z
      .boolean()
      .optional()
      .meta({ description: 'Whether the term may end after the last session has begun.' }),
  })
  .refine(({ provider, termDays }) => termDays === undefined || provider === 'manual', {
    path: ['termDays'],
    message: 'Only what is paid by hand has a term.',
  });

/** What a buyer says with the order, besides who they are. */
export const said = {
  attendees: z.array(AttendeeInput).max(1000).optional().meta({
    description:
      'Who comes, in the order of the tickets: line by line of the quote. The last ones may be left out.',
  }),
  answers: Answers.optional().meta({
    description: 'Answers to what the event asks once an order, by the keys of the questions.',
  }),
};

export const Complimentary = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .meta({ description: 'Why it costs nothing.', examples: ['Press'] }),
});

export const PlaceOrder = z.strictObject({
  holdId: HoldId,
  buyer: Buyer,
  billing: Billing.optional(),
  ...said,
  payment: Payment.prefault({}),
  channel: Channel.default('online'),
  complimentary: Complimentary.optional().meta({
    description: 'Makes it cost nothing. Given by who may manage events.',
  }),
});
export type PlaceOrder = z.output<typeof PlaceOrder>;
