import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

export const waitlistClosed = refusal('waitlist_closed', {
  kind: 'conflict',
  meaning: 'The event has no waitlist that can be joined.',
  details: z.object({ eventId: z.string() }),
  hint: 'The organizer opens one with `waitlist.setPolicy`.',
  message: () => 'There is no waitlist to join.',
});

export const notSoldOut = refusal('not_sold_out', {
  kind: 'conflict',
  meaning: 'What somebody wants to wait for can be had at once.',
  details: z.object({
    ticketTypeId: z.string(),
    available: z.int().nullable().meta({ description: 'How many; null: any number.' }),
  }),
  hint: 'Buy it: `holds.create`.',
  message: ({ available }) =>
    available === null
      ? 'It is not sold out: it can be bought.'
      : `It is not sold out: ${available} can be bought.`,
});

export const notWaitable = refusal('not_waitable', {
  kind: 'conflict',
  meaning: 'Nobody can wait for this ticket type.',
  details: z.object({ ticketTypeId: z.string(), why: z.enum(['seated']) }),
  hint: 'Seats are chosen one by one, and have no waitlist.',
  message: ({ why }) => `Nobody can wait for this ticket type: it is ${why}.`,
});

export const alreadyWaiting = refusal('already_waiting', {
  kind: 'conflict',
  meaning: 'The buyer is on the waitlist of this event already.',
  details: z.object({ eventId: z.string() }),
  hint: 'Leave the waitlist first to ask for something else.',
  message: () => 'This buyer is on the waitlist already.',
});

export const entryClosed = refusal('entry_closed', {
  kind: 'conflict',
  meaning: 'The entry is no longer on the waitlist.',
  details: z.object({
    entryId: z.string(),
    state: z.enum(['accepted', 'ended']),
    endedFor: z.string().nullable(),
  }),
  message: ({ state }) =>
    state === 'accepted' ? 'The entry has its tickets.' : 'The entry is off the waitlist.',
});

export const offerNotOpen = refusal('offer_not_open', {
  kind: 'conflict',
  meaning: 'There is no offer that stands.',
  details: z.object({
    state: z.enum(['none', 'accepted', 'declined', 'expired', 'withdrawn']),
  }),
  message: ({ state }) => (state === 'none' ? 'There is no offer.' : `The offer is ${state}.`),
});

export const offerCodeNotValid = refusal('offer_code_not_valid', {
  kind: 'conflict',
  meaning: 'The code is none of an offer, or of an offer to somebody else.',
  details: z.object({}),
  hint: 'The code is in the message with the offer.',
  message: () => 'The code is not valid.',
});

export const offerCodeUsed = refusal('offer_code_used', {
  kind: 'conflict',
  meaning: 'The code of an offer works once, and was used.',
  details: z.object({ claimedAt: z.string() }),
  hint: 'Go on where the offer was claimed.',
  message: ({ claimedAt }) => `The code was used at ${claimedAt}.`,
});
