import * as z from 'zod';
import { formatAmount, refusal } from '../kernel/index.ts';

export const resaleNotAllowed = refusal('resale_not_allowed', {
  kind: 'conflict',
  meaning: 'The organizer does not let tickets of this event be resold.',
  details: z.object({ eventId: z.string() }),
  message: () => 'Tickets of this event cannot be resold.',
});

export const priceAboveCap = refusal('price_above_cap', {
  kind: 'conflict',
  meaning: 'The seller asks more than the resale policy allows.',
  details: z.object({ cap: z.int(), price: z.int(), currency: z.string() }),
  hint: 'Ask the cap or less.',
  message: ({ cap, price, currency }) =>
    `${formatAmount(price, currency)} is above the cap of ${formatAmount(cap, currency)}.`,
});

export const priceBelowFloor = refusal('price_below_floor', {
  kind: 'conflict',
  meaning: 'The seller asks less than the resale policy allows.',
  details: z.object({ floor: z.int(), price: z.int(), currency: z.string() }),
  hint: 'Ask the floor or more.',
  message: ({ floor, price, currency }) =>
    `${formatAmount(price, currency)} is below the floor of ${formatAmount(floor, currency)}.`,
});

export const outsideResaleWindow = refusal('outside_resale_window', {
  kind: 'conflict',
  meaning: 'Tickets may not change hands at this moment.',
  details: z.object({ opensAt: z.string().nullable(), closesAt: z.string().nullable() }),
  message: ({ opensAt, closesAt }) =>
    `Resale is open from ${opensAt ?? 'the first sale'} until ${closesAt ?? 'the event is over'}.`,
});

export const ticketNotResellable = refusal('ticket_not_resellable', {
  kind: 'conflict',
  meaning: 'This ticket cannot be listed.',
  details: z.object({
    ticketId: z.string(),
    why: z.enum(['void', 'checked_in', 'listed_already', 'event_over', 'event_not_published']),
  }),
  message: ({ why }) => `The ticket cannot be resold: ${why.replaceAll('_', ' ')}.`,
});

export const listingClosed = refusal('listing_closed', {
  kind: 'conflict',
  meaning: 'The listing is sold, withdrawn, or reserved by another buyer.',
  details: z.object({
    listingId: z.string(),
    state: z.enum(['reserved', 'sold', 'withdrawn', 'invalidated']),
  }),
  message: ({ state }) => `The listing is ${state}.`,
});

export const buyerIsSeller = refusal('buyer_is_seller', {
  kind: 'conflict',
  meaning: 'Sellers cannot buy their own ticket.',
  details: z.object({ listingId: z.string() }),
  hint: 'Withdraw the listing to keep the ticket.',
  message: () => 'This is your own listing.',
});
