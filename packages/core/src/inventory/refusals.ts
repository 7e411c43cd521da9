import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

export const soldOut = refusal('sold_out', {
  kind: 'conflict',
  meaning: 'A pool has not enough room for what was asked.',
  details: z.object({
    poolId: z.string(),
    available: z.int().meta({ description: 'Units of the pool that are free now.' }),
    requested: z.int(),
    waiting: z.literal(true).optional().meta({
      description: 'There: what is free goes to who waits for it; join the waitlist.',
    }),
  }),
  hint: 'Ask for fewer, try again when holds expire, or join the waitlist where there is one.',
  message: ({ available, requested, waiting }) => {
    if (available > 0) return `Only ${available} left, ${requested} asked for.`;
    return waiting === true ? 'Sold out: what is free goes to the waitlist first.' : 'Sold out.';
  },
});

export const limitExceeded = refusal('limit_exceeded', {
  kind: 'conflict',
  meaning: 'More than the limit allows.',
  details: z.object({
    limit: z.int(),
    per: z.enum(['order', 'buyer', 'ticket_type']).meta({
      description: '`ticket_type`: in all of the type, whoever buys.',
    }),
    ticketTypeId: z
      .string()
      .nullable()
      .meta({ description: 'The type that is counted; null: all tickets of the event.' }),
    eventId: z.string(),
    available: z.int().meta({ description: 'Tickets that the limit leaves now.' }),
  }),
  hint: 'Ask for fewer.',
  message: ({ limit, per, ticketTypeId, available }) => {
    const counted = ticketTypeId === null ? 'tickets of this event' : 'of this ticket type';
    switch (per) {
      case 'order':
        return `At most ${limit} ${counted} per order.`;
      case 'buyer':
        return `At most ${limit} ${counted} per buyer; ${available} more can be had.`;
      case 'ticket_type':
        return `There are ${limit} of this ticket type in all; ${available} are left.`;
    }
  },
});

export const notOnSale = refusal('not_on_sale', {
  kind: 'conflict',
  meaning: 'The event or the ticket type is not on sale at this moment.',
  details: z.object({
    eventId: z.string(),
    ticketTypeId: z.string().nullable(),
    from: z.string().nullable(),
    until: z.string().nullable(),
  }),
  message: ({ from, until }) => {
    if (from !== null) return `Not on sale yet: sales begin at ${from}.`;
    if (until !== null) return `No longer on sale: sales ended at ${until}.`;
    return 'Not on sale.';
  },
});

export const holdExpired = refusal('hold_expired', {
  kind: 'conflict',
  meaning: 'The hold ran out; its places are free for others again.',
  details: z.object({ holdId: z.string(), expiredAt: z.string() }),
  hint: 'Make a new hold.',
  message: ({ expiredAt }) => `The hold expired at ${expiredAt}.`,
});

export const holdNotActive = refusal('hold_not_active', {
  kind: 'conflict',
  meaning: 'The hold was released or became an order already.',
  details: z.object({ holdId: z.string(), state: z.enum(['ordered', 'released']) }),
  message: ({ state }) =>
    state === 'ordered' ? 'The hold became an order already.' : 'The hold was released.',
});

export const capacityBelowClaimed = refusal('capacity_below_claimed', {
  kind: 'conflict',
  meaning: 'More is held and sold than the capacity asked for.',
  details: z.object({ poolId: z.string(), claimed: z.int(), capacity: z.int() }),
  hint: 'Choose a capacity that is not below what is held and sold.',
  message: ({ claimed, capacity }) =>
    `${claimed} units are held or sold, so the capacity cannot be ${capacity}.`,
});

export const holdAlreadyExtended = refusal('hold_already_extended', {
  kind: 'conflict',
  meaning: 'A hold is extended once at most.',
  details: z.object({ holdId: z.string(), extendedAt: z.string() }),
  hint: 'Place the order before the hold expires.',
  message: ({ extendedAt }) => `The hold was extended at ${extendedAt} already.`,
});

export const holdNotChangeable = refusal('hold_not_changeable', {
  kind: 'conflict',
  meaning: 'The hold is a reserved listing: there is nothing in it to change.',
  details: z.object({ holdId: z.string(), listingId: z.string() }),
  hint: 'Release the hold and make another one.',
  message: ({ listingId }) => `The hold reserves the listing ${listingId} and cannot be changed.`,
});

export const blockReleased = refusal('block_released', {
  kind: 'conflict',
  meaning: 'Nothing of the block is left: all of it was released.',
  details: z.object({ blockId: z.string(), releasedAt: z.string() }),
  message: ({ releasedAt }) => `The block was released at ${releasedAt} already.`,
});

export const blockTooSmall = refusal('block_too_small', {
  kind: 'conflict',
  meaning: 'The block has fewer units left than were to be released.',
  details: z.object({
    blockId: z.string(),
    left: z.int().meta({ description: 'Units that are still set aside.' }),
    requested: z.int(),
  }),
  message: ({ left, requested }) =>
    `The block has ${left} units left, so ${requested} cannot be released.`,
});

export const notInBlock = refusal('not_in_block', {
  kind: 'invalid',
  meaning: 'The block does not set aside what was to be released of it.',
  details: z.object({
    blockId: z.string(),
    of: z.enum(['pool', 'seats']).meta({ description: 'What the block sets aside.' }),
    seats: z.array(z.string()).meta({ description: 'Named seats that it does not set aside.' }),
  }),
  hint: 'Name seats of a block of seats, units of a block of a pool, or nothing to release it whole.',
  message: ({ of, seats }) => {
    if (of === 'pool') return 'The block sets units of a pool aside, not seats.';
    if (seats.length === 0) return 'The block sets seats aside: name those to release.';
    return `The block does not set ${seats.join(', ')} aside.`;
  },
});

export const notReservable = refusal('not_reservable', {
  kind: 'invalid',
  meaning: 'A code cannot set places of this type aside: it draws on no pool of its own.',
  details: z.object({ ticketTypeId: z.string() }),
  hint: 'Reserve a type that draws on pools; for seats make a block.',
  message: ({ ticketTypeId }) => `Places of ${ticketTypeId} cannot be set aside for a code.`,
});

export const blockOfCode = refusal('block_of_code', {
  kind: 'conflict',
  meaning: 'The block holds what a code set aside.',
  details: z.object({ blockId: z.string(), codeId: z.string() }),
  hint: 'Disable the code: what it has not sold is free then.',
  message: ({ blockId, codeId }) => `Block ${blockId} is set aside for the code ${codeId}.`,
});
