import * as z from 'zod';
import { Amount, Instant, idOf } from '../kernel/index.ts';
import { GiftCardId } from './gift-card.ts';

/** An amount of a gift card, in minor units of its currency. */
export interface CardAmount {
  readonly giftCardId: string;
  readonly amount: number;
}

/** What a gift card pays of an order, as the order keeps it. */
export interface OrderCredit extends CardAmount {
  readonly lastFour: string;
}

export const OrderCreditShown = z
  .object({ giftCardId: GiftCardId, lastFour: z.string(), amount: Amount })
  .meta({ id: 'OrderCredit', description: 'What a gift card pays of an order.' });

/**
 * An order's share of a gift card, until it is released or, once paid, for good.
 * A card has one use for each order. Like a claim on a place it lapses by itself
 * when the order expires, and counts as free from then on.
 */
export interface GiftCardUseRecord extends CardAmount {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly orderId: string;
  /** What came back to the card after it had paid, in minor units; at most `amount`. */
  readonly refunded: number;
  readonly usedAt: string;
  /** When it lapses unless the order is paid; null: it is paid. */
  readonly expiresAt: string | null;
  readonly paidAt: string | null;
  readonly releasedAt: string | null;
}

/** Money that went back to a gift card. Append-only. */
export interface GiftCardRefundRecord extends CardAmount {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly orderId: string;
  readonly useId: string;
  /** The order's refund that it is a part of. */
  readonly orderRefundId: string;
  readonly createdAt: string;
}

export const GiftCardUse = z
  .object({
    orderId: idOf('ord'),
    eventId: idOf('evt'),
    amount: Amount,
    refunded: Amount,
    state: z.enum(['held', 'paid', 'released']).meta({
      description: 'Held: the order waits for the rest. Released: it was not paid in time.',
    }),
    usedAt: Instant,
  })
  .meta({ id: 'GiftCardUse', description: 'What an order took from a gift card.' });
