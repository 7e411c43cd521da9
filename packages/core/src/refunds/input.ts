import * as z from 'zod';
import { Amount, idOf } from '../kernel/index.ts';
import { OrderId } from '../orders/index.ts';
import type { Wanted } from './choice.ts';
import { RefundKind } from './order-refund.ts';

export const RefundItems = z
  .array(z.strictObject({ ticketTypeId: idOf('typ'), quantity: z.int().min(1).max(1000) }))
  .min(1)
  .max(50);

export const RefundTicketIds = z.array(idOf('tkt')).min(1).max(1000);

/** What is asked to go back of an order. */
export const RefundInput = z
  .strictObject({
    orderId: OrderId,
    ticketIds: RefundTicketIds.nullable()
      .default(null)
      .meta({ description: 'The tickets that are given back.' }),
    items: RefundItems.nullable().default(null).meta({
      description: 'So many of some types instead, as they were sold: a group as a whole.',
    }),
    amount: Amount.min(1).nullable().default(null).meta({
      description:
        'Minor units instead, for which no ticket is given back; members only. Without any of the three, everything that is left goes back.',
    }),
    policy: z.enum(['keep_prices', 'reprice']).default('keep_prices').meta({
      description:
        '`keep_prices`: each unit’s own share of what its line came to. `reprice`: what was paid less what the rest would have cost by itself; members only.',
    }),
    feesKept: z.boolean().optional().meta({
      description:
        'Whether fees, and the tax on them, stay paid; members only. Default: as the event’s policy says, else they go back.',
    }),
    to: z.enum(['original', 'credit']).default('original').meta({
      description:
        '`original`: to where it came from, through the provider first, then to gift cards. `credit`: what came through the provider becomes a new gift card.',
    }),
    kind: RefundKind.exclude(['event_cancelled', 'resold'])
      .optional()
      .meta({ description: 'For the records; `goodwill` for an amount, else `requested`.' }),
    reason: z.string().trim().min(1).max(500).nullable().default(null),
    ignorePolicy: z.boolean().default(false).meta({
      description:
        'Whether the event’s refund policy does not count, nor that tickets were checked in; members only.',
    }),
  })
  .refine(
    ({ ticketIds, items, amount }) =>
      [ticketIds, items, amount].filter((one) => one !== null).length <= 1,
    { error: 'Name tickets, items or an amount, not several of them.' },
  );
export type RefundInput = z.output<typeof RefundInput>;

/** What is given back, of an input that names tickets, items or neither. */
export function wantedOf({
  ticketIds = null,
  items = null,
}: {
  readonly ticketIds?: readonly string[] | null | undefined;
  readonly items?: z.output<typeof RefundItems> | null | undefined;
}): Wanted {
  if (ticketIds !== null) return { ticketIds };
  return items === null ? 'everything' : { items };
}
