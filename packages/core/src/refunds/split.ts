import { type Refusal, sumOf } from '../kernel/index.ts';
import type { OrderRefundRecord } from './order-refund.ts';
import { refundAbovePaid } from './refusals.ts';

/**
 * Where the money of a refund goes:
 * - `original`: back to where it came from
 * - `credit`: a new gift card for what came through a provider; what cards paid, to these
 * - `gift_cards`: to the cards that paid, and nowhere else
 */
export type RefundTo = 'original' | 'credit' | 'gift_cards';

/** What of a refund goes which way, in minor units. */
export interface Split {
  readonly provider: number;
  readonly giftCards: number;
  readonly credit: number;
}

/** What is left to give back of what came each way. */
export interface Sources {
  readonly orderId: string;
  readonly currency: string;
  /** What the provider received, less what went back of it. */
  readonly provider: number;
  readonly giftCards: number;
}

/**
 * Splits an amount over the ways in which it came: through the provider first, so
 * that the buyer has money before credit and few refunds are sent; then to the cards.
 */
export function splitRefund(
  amount: number,
  to: RefundTo,
  { orderId, currency, ...left }: Sources,
): Split | Refusal<'refund_above_paid'> {
  const most = to === 'gift_cards' ? 0 : left.provider;
  const money = Math.min(amount, most);
  const giftCards = amount - money;
  if (giftCards > left.giftCards) {
    return refundAbovePaid({ orderId, refundable: most + left.giftCards, currency });
  }
  return to === 'credit'
    ? { provider: 0, giftCards, credit: money }
    : { provider: money, giftCards, credit: 0 };
}

/** What went back of what the provider had received, as money or as credit. */
export function moneyGivenBack(refunds: readonly Pick<OrderRefundRecord, 'means'>[]): number {
  return sumOf(
    refunds.flatMap(({ means }) => means),
    ({ to, amount }) => (to === 'gift_card' ? 0 : amount),
  );
}
