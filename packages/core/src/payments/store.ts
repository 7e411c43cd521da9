import type { Instant, ReadStore, Walk, WriteStore } from '../kernel/index.ts';
import type { DiscrepancyRecord } from './discrepancy.ts';
import type { PaymentRecord } from './payment.ts';
import type { RefundRecord } from './refund.ts';

interface PaymentFilter {
  orderId?: string | undefined;
  state?: PaymentRecord['state'] | undefined;
}
interface RefundFilter {
  orderId?: string | undefined;
  state?: RefundRecord['state'] | undefined;
}
interface DiscrepancyFilter {
  organizerId?: string | undefined;
  /** Only those that nobody has resolved (`open`), or those that somebody has. */
  state?: 'open' | 'resolved' | undefined;
}

/** Which open payments to read: made before `before`, with ids after `after`. */
export interface UnsettledPayments {
  readonly before: Instant;
  readonly providers: readonly string[];
  /** Only those that nobody waits for: of orders that ended before this, or given up for another. */
  readonly unwantedSince?: Instant | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

/** Which settled payments to read: of one provider, settled at `since` or later. */
export interface SettledPayments {
  readonly provider: string;
  readonly since: Instant;
  readonly after: string | undefined;
  readonly limit: number;
}

/** Which refunds to read: due at `now`, behind `after` in their order. */
interface DueRefunds {
  readonly now: Instant;
  readonly providers: readonly string[];
  readonly after: RefundRecord | undefined;
  readonly limit: number;
}

/** A message of a provider that was taken in; it is not taken in again. */
export interface ProviderMessageRecord {
  /** The provider's name and its own id of the message. */
  readonly id: string;
  readonly about: 'payment' | 'refund' | 'dispute' | 'other';
  /** Our payment or refund that it was about; null when there is none. */
  readonly subject: string | null;
  readonly outcome: 'recorded' | 'unchanged' | 'unmatched' | 'ignored';
  /** When the provider says that it happened. */
  readonly at: string;
  readonly receivedAt: string;
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
    /** Payments that succeeded, in order of their settling. */
    settledSince(settled: SettledPayments): Promise<PaymentRecord[]>;
    /** The payment that a provider calls so. */
    findByRef(provider: string, providerRef: string): Promise<PaymentRecord | undefined>;
    /**
     * Orders whose money is not where it belongs: a paid order keeps one payment,
     * any other none; what else came has its refund. Empty when all is well.
     */
    strandedMoney(): Promise<StrandedMoney[]>;
  };
  readonly refunds: ReadStore<RefundRecord, RefundFilter> & {
    /** Refunds of which one of these providers is to be asked by now; longest due first. */
    due(asked: DueRefunds): Promise<RefundRecord[]>;
    ofOrder(orderId: string): Promise<RefundRecord[]>;
    /** Those that carry out these refunds of orders. */
    ofOrderRefunds(orderRefundIds: readonly string[]): Promise<RefundRecord[]>;
    ofOrders(orderIds: readonly string[]): Promise<RefundRecord[]>;
    /** All of a scope, whatever their state. */
    readonly walk: Walk<RefundRecord>;
    /** The refund of a payment of this provider that it calls so. */
    findByRef(provider: string, providerRef: string): Promise<RefundRecord | undefined>;
  };
  readonly discrepancies: ReadStore<DiscrepancyRecord, DiscrepancyFilter>;
  readonly messages: {
    find(id: string): Promise<ProviderMessageRecord | undefined>;
  };
}

export interface PaymentWrites extends PaymentReads {
  readonly payments: WriteStore<PaymentRecord, PaymentFilter> & PaymentReads['payments'];
  readonly refunds: WriteStore<RefundRecord, RefundFilter> & PaymentReads['refunds'];
  readonly discrepancies: WriteStore<DiscrepancyRecord, DiscrepancyFilter> & {
    /** Keeps it, unless its provider, kind and subject are there; whether it was kept. */
    note(row: DiscrepancyRecord): Promise<boolean>;
  };
  readonly messages: PaymentReads['messages'] & {
    /** Keeps it, unless its id is there; whether it was kept. */
    insert(row: ProviderMessageRecord): Promise<boolean>;
  };
}
