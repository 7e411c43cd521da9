import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

export const soldOut = refusal('sold_out', {
  kind: 'conflict',
  meaning: 'A pool has not enough room for what was asked.',
  details: z.object({
    poolId: z.string(),
    available: z.int().meta({ description: 'Units of the pool that are free now.' }),
    requested: z.int(),
  }),
  hint: 'Ask for fewer, or try again when holds expire.',
  message: ({ available, requested }) =>
    available === 0 ? 'Sold out.' : `Only ${available} left, ${requested} asked for.`,
});

export const limitExceeded = refusal('limit_exceeded', {
  kind: 'conflict',
  meaning: 'More than the limit allows.',
  details: z.object({ limit: z.int(), per: z.enum(['order']), ticketTypeId: z.string() }),
  message: ({ limit, per }) => `At most ${limit} of this ticket type per ${per}.`,
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
