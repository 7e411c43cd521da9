import type { Instant, ReadStore, Walk, WriteStore } from '../kernel/index.ts';
import type { PaymentRecord, RefundRecord } from './payment.ts';

interface PaymentFilter {
  orderId?: string | undefined;
  state?: PaymentRecord['state'] | undefined;
}
interface RefundFilter {
  orderId?: string | undefined;
  state?: RefundRecord['state'] | undefined;
}

/** Which open payments to read: made before `before`, with ids after `after`. */
export interface UnsettledPayments {
  readonly before: Instant;
  readonly providers: readonly string[];
  readonly after: string | undefined;
  readonly limit: number;
}

/** How many payments an order has kept, and how many it should have. */
export interface StrandedMoney {
  readonly orderId: string;
  readonly kept: number;
  readonly due: number;
}

/** Where a payment belongs. */
export interface PaymentPlace {
  readonly id: string;
  readonly orderId: string;
  readonly eventId: string;
}

export interface PaymentReads {
  readonly payments: ReadStore<PaymentRecord, PaymentFilter> & {
    /** The payments of these orders, newest first. */
    ofOrders(orderIds: readonly string[]): Promise<PaymentRecord[]>;
    /** The orders and events of these payments. */
    placesOf(ids: readonly string[]): Promise<PaymentPlace[]>;
    /** Payments that none of these providers has settled yet, oldest first. */
    unsettled(open: UnsettledPayments): Promise<PaymentRecord[]>;
    /**
     * Orders whose money is not where it belongs: a paid order keeps one payment,
     * any other none; what else came has its refund. Empty when all is well.
     */
    strandedMoney(): Promise<StrandedMoney[]>;
  };
  readonly refunds: ReadStore<RefundRecord, RefundFilter> & {
    /** Refunds that still have to be carried out, failed ones too; those tried least come first. */
    due(limit: number): Promise<RefundRecord[]>;
    ofOrder(orderId: string): Promise<RefundRecord[]>;
    /** Those that carry out these refunds of orders. */
    ofOrderRefunds(orderRefundIds: readonly string[]): Promise<RefundRecord[]>;
    ofOrders(orderIds: readonly string[]): Promise<RefundRecord[]>;
    /** All of a scope, whatever their state. */
    readonly walk: Walk<RefundRecord>;
  };
}

export interface PaymentWrites extends PaymentReads {
  readonly payments: WriteStore<PaymentRecord, PaymentFilter> & PaymentReads['payments'];
  readonly refunds: WriteStore<RefundRecord, RefundFilter> & PaymentReads['refunds'];
}
