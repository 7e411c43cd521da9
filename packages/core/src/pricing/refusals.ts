import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

/**
 * One answer for a code that does not exist, is not valid now, or is for other
 * tickets: who guesses codes learns nothing from it.
 */
export const codeNotValid = refusal('code_not_valid', {
  kind: 'conflict',
  meaning: 'The code does not exist, is not valid now, has no uses left, or is for other tickets.',
  details: z.object({ code: z.string() }),
  hint: 'Check the spelling, or leave the code out.',
  message: ({ code }) => `The code ${code} is not valid for this selection.`,
});

export const codeExists = refusal('code_exists', {
  kind: 'conflict',
  meaning: 'The event has this code already.',
  details: z.object({ code: z.string() }),
  message: ({ code }) => `The event has the code ${code} already.`,
});

export const usesBelowUsed = refusal('uses_below_used', {
  kind: 'conflict',
  meaning: 'More orders use the code already than it should allow.',
  details: z.object({ maxUses: z.int(), used: z.int() }),
  hint: 'Choose a number that is not below the uses, or disable the code.',
  message: ({ maxUses, used }) =>
    `The code is used ${used} times, so it cannot be limited to ${maxUses}.`,
});

export const amountTooLarge = refusal('amount_too_large', {
  kind: 'invalid',
  meaning: 'The order would come to more than Ticketi can count exactly.',
  details: z.object({ max: z.int().meta({ description: 'Minor units of the currency.' }) }),
  hint: 'Split the order.',
  message: ({ max }) => `The order would come to more than ${max} minor units.`,
});

export const unknownTicketType = refusal('unknown_ticket_type', {
  kind: 'invalid',
  meaning: 'The event has no such ticket type.',
  details: z.object({ ticketTypeId: z.string() }),
  message: ({ ticketTypeId }) => `The event has no ticket type ${ticketTypeId}.`,
});
