import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

const Minor = z.int().meta({ description: 'Minor units of the currency.' });

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

export const codeMinimum = refusal('code_minimum', {
  kind: 'conflict',
  meaning: 'The code is for more tickets, or for a larger value, than the selection has.',
  details: z.object({
    code: z.string(),
    minTickets: z.int(),
    minValue: Minor,
    tickets: z.int().meta({ description: 'Tickets of the selection that it is for.' }),
    value: Minor.meta({ description: 'What those cost before codes.' }),
  }),
  hint: 'Add tickets that the code is for, or leave it out.',
  message: ({ code, minTickets, minValue, tickets, value }) =>
    tickets < minTickets
      ? `The code ${code} is for ${minTickets} tickets or more; there are ${tickets}.`
      : `The code ${code} is for ${minValue} minor units or more; there are ${value}.`,
});

export const codesNotCombinable = refusal('codes_not_combinable', {
  kind: 'conflict',
  meaning: 'A code that goes with no other one was named with another one.',
  details: z.object({
    code: z.string().meta({ description: 'The one that stands alone.' }),
    codes: z.array(z.string()),
  }),
  hint: 'Leave one of them out.',
  message: ({ code, codes }) => `The code ${code} does not go with ${codes.join(', ')}.`,
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
  details: z.object({ max: Minor }),
  hint: 'Split the order.',
  message: ({ max }) => `The order would come to more than ${max} minor units.`,
});

export const unknownTicketType = refusal('unknown_ticket_type', {
  kind: 'invalid',
  meaning: 'The event has no such ticket type, or it is hidden and no code unlocks it.',
  details: z.object({ ticketTypeId: z.string() }),
  message: ({ ticketTypeId }) => `The event has no ticket type ${ticketTypeId}.`,
});

export const priceNotAllowed = refusal('price_not_allowed', {
  kind: 'invalid',
  meaning: 'The buyer named an amount that the ticket type does not allow.',
  details: z.object({
    ticketTypeId: z.string(),
    amount: Minor,
    min: Minor.nullable().meta({ description: 'null with `max`: its price is not the buyer’s.' }),
    max: Minor.nullable(),
  }),
  hint: 'Name an `amount` within the bounds; leave it out where the price is fixed.',
  message: ({ ticketTypeId, amount, min, max }) =>
    min === null
      ? `The price of ${ticketTypeId} is not the buyer’s to name.`
      : `${amount} minor units for ${ticketTypeId} is not between ${min} and ${max ?? 'any amount'}.`,
});

export const parentMissing = refusal('parent_missing', {
  kind: 'conflict',
  meaning: 'An add-on is sold only beside a ticket that the selection lacks.',
  details: z.object({
    ticketTypeId: z.string(),
    requires: z.array(z.string()),
    allowed: z.int().meta({ description: 'How many the parents in the selection allow.' }),
    requested: z.int(),
  }),
  hint: 'Add a ticket that it goes with, or take fewer.',
  message: ({ ticketTypeId, allowed, requested }) =>
    `Of ${ticketTypeId} the tickets in the selection allow ${allowed}, not ${requested}.`,
});

export const taxPlaceMissing = refusal('tax_place_missing', {
  kind: 'invalid',
  meaning: 'The event is taxed where the buyer is, and nobody said where that is.',
  details: z.object({ taxClass: z.string() }),
  hint: 'Give `buyer.place`, such as DE or US-NY.',
  message: ({ taxClass }) => `The tax of class ${taxClass} depends on the place of the buyer.`,
});

export const taxIdNotValid = refusal('tax_id_not_valid', {
  kind: 'invalid',
  meaning: 'The tax id is none: its form or its check digits are wrong, or its country is unknown.',
  details: z.object({ taxId: z.string() }),
  hint: 'Give it as it is written on an invoice, with its country: DE136695976.',
  message: ({ taxId }) => `${taxId} is not a tax id.`,
});

export const buyerNotVouched = refusal('buyer_not_vouched', {
  kind: 'denied',
  meaning: 'A buyer said of themselves what only who may sell says of them.',
  details: z.object({ fields: z.array(z.string()) }),
  hint: 'Leave the fields out; the host says what its users are, and a box office what its buyers are.',
  message: ({ fields }) => `Who may sell says this of a buyer: ${fields.join(', ')}.`,
});

export const notInOrder = refusal('not_in_order', {
  kind: 'invalid',
  meaning: 'The order has not so many of a ticket type to give back.',
  details: z.object({
    ticketTypeId: z.string(),
    inOrder: z.int().meta({ description: 'How many the order has.' }),
    requested: z.int(),
  }),
  hint: 'What is sold together is given back together: name the group or the bundle, not its parts.',
  message: ({ ticketTypeId, inOrder, requested }) =>
    `The order has ${inOrder} of ${ticketTypeId}, not ${requested}.`,
});

export const termsConflict = refusal('terms_conflict', {
  kind: 'conflict',
  meaning: 'Two terms of a ticket type do not go together.',
  details: z.object({ field: z.string(), why: z.string() }),
  hint: 'Set the other one to null, or to an empty list, in the same call.',
  message: ({ field, why }) => `${field}: ${why}`,
});

export const batchExists = refusal('batch_exists', {
  kind: 'conflict',
  meaning: 'The event has a lot of codes of this name already.',
  details: z.object({ batch: z.string() }),
  hint: 'Choose another name; `codes.list` shows the codes of a lot.',
  message: ({ batch }) => `The event has the lot of codes ${batch} already.`,
});
