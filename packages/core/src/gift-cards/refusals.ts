import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

/**
 * One answer for every code that pays nothing here, whatever the reason: who
 * guesses codes learns nothing from it.
 */
export const giftCardNotValid = refusal('gift_card_not_valid', {
  kind: 'conflict',
  meaning:
    'The gift card does not exist, is disabled, has expired, is empty, or is for another organizer or currency.',
  details: z.object({
    lastFour: z.string().nullable().meta({ description: 'Of the code as it was typed.' }),
  }),
  hint: 'Check the code, or leave it out and pay the order in another way.',
  message: ({ lastFour }) =>
    lastFour === null
      ? 'This is not the code of a gift card that is valid here.'
      : `The gift card that ends in ${lastFour} is not valid here.`,
});

export const refundAboveCredit = refusal('refund_above_credit', {
  kind: 'conflict',
  meaning: 'Gift cards paid less of the order than is to go back to them.',
  details: z.object({
    orderId: z.string(),
    refundable: z.int().meta({ description: 'Minor units that can still go back.' }),
  }),
  hint: 'Ask for less; what came through a provider goes back through it.',
  message: ({ orderId, refundable }) =>
    refundable === 0
      ? `Nothing of order ${orderId} can go back to gift cards.`
      : `At most ${refundable} minor units of order ${orderId} can go back to gift cards.`,
});
