import * as z from 'zod';
import { Instant, idOf } from '../kernel/index.ts';
import { Quote } from '../pricing/index.ts';

export const HoldId = idOf('hld');

export const HoldItem = z.strictObject({
  ticketTypeId: idOf('typ'),
  quantity: z.int().min(1).max(1000),
});
export type HoldItem = z.output<typeof HoldItem>;

export const Hold = z
  .object({
    id: HoldId,
    eventId: idOf('evt'),
    state: z.enum(['active', 'expired', 'ordered', 'released']),
    userId: z.string().nullable().meta({ description: 'The signed-in buyer; null: a guest.' }),
    items: z.array(HoldItem),
    listingId: idOf('lst').nullable(),
    quote: Quote,
    expiresAt: Instant,
    createdAt: Instant,
    accessToken: z.string().nullable().meta({
      description:
        'What a guest shows to place the order and to see its tickets; null for signed-in users, who show themselves.',
    }),
  })
  .meta({ id: 'Hold', description: "A buyer's places and price, kept until it expires." });
export type Hold = z.output<typeof Hold>;

/** `active` past its `expiresAt` is an expired hold: no worker has to say so. */
export interface HoldRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly state: 'active' | 'ordered' | 'released';
  /** The signed-in buyer; null: a guest with an access token. */
  readonly userId: string | null;
  readonly items: readonly HoldItem[];
  /** The listing it reserves, when it is a resale; its items are then empty. */
  readonly listingId: string | null;
  readonly quote: Quote;
  readonly expiresAt: string;
  readonly createdAt: string;
  readonly revision: number;
}
