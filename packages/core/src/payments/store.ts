import type { Instant, ReadStore, WriteStore } from '../kernel/index.ts';
import type { PaymentRecord, RefundRecord } from './payment.ts';

export interface PaymentFilter {
  orderId?: string | undefined;
  state?: PaymentRecord['state'] | undefined;
}
export interface RefundFilter {
  orderId?: string | undefined;
  state?: RefundRecord['state'] | undefined;
}

export interface PaymentReads {
  readonly payments: ReadStore<PaymentRecord, PaymentFilter> & {
    /** The payments of these orders, newest first. */
    ofOrders(orderIds: readonly string[]): Promise<PaymentRecord[]>;
    /** Payments made before `before` that no provider has settled, oldest first. */
    unsettled(before: Instant, limit: number): Promise<PaymentRecord[]>;
  };
  readonly refunds: ReadStore<RefundRecord, RefundFilter> & {
    /** Refunds that still have to be carried out, oldest first. */
    due(limit: number): Promise<RefundRecord[]>;
    ofOrder(orderId: string): Promise<RefundRecord[]>;
  };
}

export interface PaymentWrites extends PaymentReads {
  readonly payments: WriteStore<PaymentRecord, PaymentFilter> & PaymentReads['payments'];
  readonly refunds: WriteStore<RefundRecord, RefundFilter> & PaymentReads['refunds'];
}
