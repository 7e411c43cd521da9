import * as z from 'zod';
import { type OrderCredit, OrderCreditShown } from '../gift-cards/index.ts';
import { Amount, Currency, Instant, idOf } from '../kernel/index.ts';
import { Quote } from '../pricing/index.ts';
import { Answer } from '../questions/index.ts';
import { Attendee } from '../tickets/index.ts';
import { Billing } from './billing.ts';

export const OrderId = idOf('ord');

export const Buyer = z.strictObject({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254).toLowerCase(),
});
export type Buyer = z.output<typeof Buyer>;

const OrderPayment = z
  .object({
    id: idOf('pay'),
    provider: z.string(),
    state: z.enum(['created', 'pending', 'requires_action', 'succeeded', 'declined', 'cancelled']),
    action: z
      .string()
      .nullable()
      .meta({ description: 'What the buyer has to do next, from the provider; often an address.' }),
    reason: z.string().nullable().meta({ description: 'Why it was declined.' }),
  })
  .meta({ id: 'OrderPayment' });

/** Where an order was made. */
export const Channel = z
  .enum(['online', 'box_office'])
  .meta({ description: 'Where it is sold: `box_office` by who may sell.' });
export type Channel = z.output<typeof Channel>;

export const Order = z
  .object({
    id: OrderId,
    organizerId: idOf('org'),
    eventId: idOf('evt'),
    holdId: idOf('hld'),
    kind: z.enum(['primary', 'resale']),
    listingId: idOf('lst').nullable(),
    channel: Channel,
    complimentaryReason: z
      .string()
      .nullable()
      .meta({ description: 'Why it was given away; null: it is sold.' }),
    state: z.enum(['pending', 'paid', 'expired', 'cancelled']),
    buyer: z.object({ name: z.string(), email: z.string() }),
    billing: Billing.nullable().meta({ description: 'To whom its invoice is made out.' }),
    userId: z.string().nullable(),
    answers: z.array(Answer).meta({ description: 'What the buyer answered, once for the order.' }),
    attendees: z.array(Attendee).meta({
      description: 'Who comes, as it was said with the order; a ticket says who comes by now.',
    }),
    provider: z.string().nullable(),
    currency: Currency,
    total: Amount,
    credited: Amount.meta({ description: 'What gift cards pay of the total, in minor units.' }),
    due: Amount.meta({
      description: 'What is paid through the provider: the total less what gift cards pay.',
    }),
    giftCards: z.array(OrderCreditShown),
    refunded: Amount.meta({
      description: 'What went back to the buyer or to their gift cards, in minor units.',
    }),
    givenBack: Amount.meta({
      description:
        'What of the total its refunds give back, also what is still on its way, in minor units.',
    }),
    refundState: z
      .enum(['none', 'partial', 'full'])
      .meta({ description: 'Whether nothing, a part or all of the total is given back.' }),
    quote: Quote,
    payment: OrderPayment.nullable(),
    dueAt: Instant.nullable().meta({
      description: 'When it is to be paid, of one with a term; null: at once.',
    }),
    expiresAt: Instant,
    createdAt: Instant,
    paidAt: Instant.nullable(),
    cancelledAt: Instant.nullable(),
    accessToken: z
      .string()
      .nullable()
      .meta({ description: 'The guest’s key to the order and its tickets; null for users.' }),
  })
  .meta({ id: 'Order', description: 'What a buyer bought, at the price that was held for them.' });
export type Order = z.output<typeof Order>;

interface OrderFacts {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly holdId: string;
  readonly kind: 'primary' | 'resale';
  readonly listingId: string | null;
  readonly channel: Channel;
  /** Why it was given away; null: it is sold. */
  readonly complimentaryReason: string | null;
  readonly buyerName: string;
  readonly buyerEmail: string;
  /** Name and address as searches compare them (`searchTextOf`). */
  readonly buyerSearch: string;
  /** To what the event asks once an order; null: nothing. */
  readonly answers: readonly Answer[] | null;
  /** In the order of the tickets, some of the last left out; null: nobody was named. */
  readonly attendees: readonly Attendee[] | null;
  /** To whom its invoice is made out; null: the buyer. */
  readonly billing: Billing | null;
  readonly userId: string | null;
  /** The provider it is to be paid through; null when nothing is due through one. */
  readonly provider: string | null;
  readonly currency: string;
  readonly total: number;
  /** What gift cards pay of the total, in minor units: the sum of `giftCards`. */
  readonly credited: number;
  /** In the order in which they were used; written when the order is placed, for good. */
  readonly giftCards: readonly OrderCredit[];
  readonly refunded: number;
  /** The sum of its refunds (`refunds/order-refund.ts`), in minor units; never above the total. */
  readonly givenBack: number;
  readonly quote: Quote;
  /** The end of its term, when it has one: then the same as `expiresAt`. */
  readonly dueAt: string | null;
  readonly expiresAt: string;
  readonly createdAt: string;
  readonly revision: number;
}

/**
 * `pending` past its `expiresAt` is an expired order, whether or not a sweep has
 * written so. An expired order that is paid after all becomes paid, if its
 * places are still to be had.
 */
export type OrderRecord = OrderFacts &
  (
    | { readonly state: 'pending' | 'expired'; readonly paidAt: null; readonly cancelledAt: null }
    | { readonly state: 'paid'; readonly paidAt: string; readonly cancelledAt: null }
    | { readonly state: 'cancelled'; readonly paidAt: null; readonly cancelledAt: string }
  );

/** Derived from what its refunds give back; an order that cost nothing has nothing to give. */
export function refundStateOf({
  total,
  givenBack,
}: Pick<OrderRecord, 'total' | 'givenBack'>): Order['refundState'] {
  if (givenBack === 0) return 'none';
  return givenBack === total ? 'full' : 'partial';
}

/** What is to be paid through a provider, in minor units. */
export function amountDue({ total, credited }: Pick<OrderRecord, 'total' | 'credited'>): number {
  return total - credited;
}

/** What an order is without anything out of the ordinary. */
export const plainOrder = {
  channel: 'online',
  complimentaryReason: null,
  answers: null,
  attendees: null,
  dueAt: null,
} satisfies Partial<OrderRecord>;
