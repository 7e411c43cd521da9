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
    why: z.enum([
      'void',
      'checked_in',
      'listed_already',
      'transfer_pending',
      'event_over',
      'event_not_published',
      'other_event',
      'other_holder',
    ]),
  }),
  message: ({ why }) => `The ticket cannot be resold: ${why.replaceAll('_', ' ')}.`,
});

export const listingClosed = refusal('listing_closed', {
  kind: 'conflict',
  meaning: 'The listing is sold, withdrawn, expired, or reserved by another buyer.',
  details: z.object({
    listingId: z.string(),
    state: z.enum(['reserved', 'sold', 'withdrawn', 'expired', 'invalidated']),
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

export const resaleLimitExceeded = refusal('resale_limit_exceeded', {
  kind: 'conflict',
  meaning: 'One seller may not offer so many tickets of this event.',
  details: z.object({
    limit: z.enum(['open', 'in_all']),
    max: z.int(),
    listed: z.int().meta({ description: 'What the seller has of them already.' }),
  }),
  message: ({ limit, max, listed }) =>
    limit === 'open'
      ? `At most ${max} tickets may be offered at the same time; ${listed} are.`
      : `At most ${max} tickets may be resold; ${listed} are offered or sold.`,
});

export const heldTooShort = refusal('held_too_short', {
  kind: 'conflict',
  meaning: 'The ticket has not been its holder’s for as long as the policy wants.',
  details: z.object({ ticketId: z.string(), from: z.string() }),
  message: ({ from }) => `The ticket can be resold from ${from} on.`,
});

export const primaryNotSoldOut = refusal('primary_not_sold_out', {
  kind: 'conflict',
  meaning: 'The organizer still has tickets of this type for sale, which come first.',
  details: z.object({ ticketTypeId: z.string() }),
  message: () => 'Tickets of this type can be resold once the organizer has none left.',
});

export const listingSoldWhole = refusal('listing_sold_whole', {
  kind: 'conflict',
  meaning: 'The seller sells these tickets together only.',
  details: z.object({
    groupId: z.string(),
    listingIds: z.array(z.string()),
    price: z.int(),
    currency: z.string(),
  }),
  hint: 'Ask for the whole group.',
  message: ({ listingIds, price, currency }) =>
    `It is sold with others only: ${listingIds.length} tickets for ${formatAmount(price, currency)}.`,
});

export const listingPriceChanged = refusal('listing_price_changed', {
  kind: 'conflict',
  meaning: 'The seller asks another price by now than the buyer expects.',
  details: z.object({ listingId: z.string(), price: z.int(), currency: z.string() }),
  hint: 'Look at the listing again.',
  message: ({ price, currency }) => `The price is ${formatAmount(price, currency)} now.`,
});

export const ticketNotReturnable = refusal('ticket_not_returnable', {
  kind: 'conflict',
  meaning: 'This ticket cannot be given back to the organizer by its holder.',
  details: z.object({ ticketId: z.string(), why: z.enum(['not_bought', 'bought_resold']) }),
  hint: 'It may be resold, where the event allows it.',
  message: ({ why }) =>
    why === 'not_bought'
      ? 'Only who bought a ticket gets its money back.'
      : 'A ticket that was bought of its holder is not the organizer’s to refund.',
});
