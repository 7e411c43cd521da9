import * as z from 'zod';
import { Amount, Currency, Instant, idOf } from '../kernel/index.ts';

export const OrderRefundId = idOf('orf');

/**
 * Why money goes back:
 * - `requested`: the buyer wanted it, for tickets that they give back
 * - `event_cancelled`: a run of the event that was cancelled
 * - `postponed`: the event took another date
 * - `goodwill`: an amount that no ticket is given back for
 * - `resold`: what somebody else paid for a ticket of it, which stays sold
 */
export const RefundKind = z
  .enum(['requested', 'event_cancelled', 'postponed', 'goodwill', 'resold'])
  .meta({ id: 'RefundKind', description: 'Why money goes back.' });
export type RefundKind = z.output<typeof RefundKind>;

const Tax = z.object({ taxId: idOf('tax'), amount: Amount });

/** What of a refund goes where. */
const Means = z.discriminatedUnion('to', [
  z.object({
    to: z.literal('provider'),
    paymentId: idOf('pay'),
    refundId: idOf('ref').meta({ description: 'The refund that the provider carries out.' }),
    amount: Amount,
  }),
  z.object({ to: z.literal('gift_card'), giftCardId: idOf('gft'), amount: Amount }),
  z.object({ to: z.literal('credit'), giftCardId: idOf('gft'), amount: Amount }),
]);
export type RefundMeans = z.output<typeof Means>;

export const OrderRefund = z
  .object({
    id: OrderRefundId,
    organizerId: idOf('org'),
    eventId: idOf('evt'),
    orderId: idOf('ord'),
    kind: RefundKind,
    reason: z.string().nullable(),
    policy: z.enum(['keep_prices', 'reprice']),
    feesKept: z.boolean(),
    percent: z.string().meta({ description: 'What of it the event’s refund policy gives back.' }),
    currency: Currency,
    amount: Amount.meta({ description: 'What goes back in all, in minor units.' }),
    lines: z
      .array(
        z.object({
          line: z.int().meta({ description: 'Index of the line in the order’s quote.' }),
          quantity: z.int(),
          amount: Amount,
        }),
      )
      .meta({ description: 'What is given back of which line; empty for an amount alone.' }),
    ticketIds: z
      .array(idOf('tkt'))
      .meta({ description: 'The tickets that are void with it, or that were sold on.' }),
    platformFee: Amount.meta({ description: 'What of it the platform gives back of its fees.' }),
    taxes: z.array(Tax).meta({ description: 'Taxes inside it, which are not owed any more.' }),
    means: z.array(Means).meta({ description: 'Where it goes; it sums to `amount`.' }),
    runId: idOf('rfr').nullable().meta({ description: 'The refund run that it is of.' }),
    createdAt: Instant,
  })
  .meta({ id: 'OrderRefund', description: 'What goes back of a paid order, for good.' });
export type OrderRefund = z.output<typeof OrderRefund>;

/** Append-only: what becomes of its money stands in the refunds of the payments. */
export interface OrderRefundRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly orderId: string;
  readonly kind: RefundKind;
  readonly reason: string | null;
  readonly policy: 'keep_prices' | 'reprice';
  readonly feesKept: boolean;
  readonly percent: string;
  readonly currency: string;
  readonly amount: number;
  /** Units that are given back of each line of the quote, in its order. */
  readonly units: readonly number[];
  readonly lines: readonly {
    readonly line: number;
    readonly quantity: number;
    readonly amount: number;
  }[];
  readonly ticketIds: readonly string[];
  readonly platformFee: number;
  readonly taxes: readonly { readonly taxId: string; readonly amount: number }[];
  readonly means: readonly RefundMeans[];
  /** What of it became a gift card, and which; zero and null: nothing. */
  readonly credit: number;
  readonly creditCardId: string | null;
  /** The code of that card, sealed: whoever has it has the money. */
  readonly creditCode: string | null;
  readonly runId: string | null;
  /** Who asked for it, as audit rows name them. */
  readonly madeBy: string;
  readonly createdAt: string;
}

export function orderRefundResource(refund: OrderRefundRecord): OrderRefund {
  const {
    units: _units,
    credit: _credit,
    creditCardId: _cardId,
    creditCode: _code,
    madeBy: _by,
    ...shown
  } = refund;
  return {
    ...shown,
    lines: [...shown.lines],
    ticketIds: [...shown.ticketIds],
    taxes: [...shown.taxes],
    means: [...shown.means],
  };
}
