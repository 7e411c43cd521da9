import type { InsertStore, ReadStore, Walk, WriteStore } from '../kernel/index.ts';
import type { OrderRefundRecord } from './order-refund.ts';
import type { RefundPolicyRecord } from './policy.ts';
import type { RefundOutcomeRecord, RefundRunRecord } from './run.ts';

interface OrderRefundFilter {
  organizerId?: string | undefined;
  eventId?: string | undefined;
  orderId?: string | undefined;
  runId?: string | undefined;
}

interface OutcomeFilter {
  runId?: string | undefined;
  state?: RefundOutcomeRecord['state'] | undefined;
}

/** An order whose `givenBack` is not what its refunds come to, or whose money is not on its way. */
export interface RefundDrift {
  readonly orderId: string;
  readonly givenBack: number;
  readonly refunds: number;
  /** What of them is on its way through a provider, on gift cards or became one. */
  readonly moved: number;
}

/** How many orders of a run came out how, and what went back of them. */
export interface OutcomeCount {
  readonly state: RefundOutcomeRecord['state'];
  readonly orders: number;
  readonly amount: number;
}

export interface RefundReads {
  readonly orderRefunds: ReadStore<OrderRefundRecord, OrderRefundFilter> & {
    /** The refunds of an order, oldest first. */
    ofOrder(orderId: string): Promise<OrderRefundRecord[]>;
    ofOrders(orderIds: readonly string[]): Promise<OrderRefundRecord[]>;
    /** Those of these gift cards that a refund became. */
    cardsAmong(giftCardIds: readonly string[]): Promise<string[]>;
    readonly walk: Walk<OrderRefundRecord>;
    /** Orders that disagree with their refunds; empty when all is well. */
    drift(): Promise<RefundDrift[]>;
  };
  readonly policies: Pick<ReadStore<RefundPolicyRecord, object>, 'find'> & {
    /** The policies that an event had, oldest first. */
    ofEvent(eventId: string): Promise<RefundPolicyRecord[]>;
  };
  readonly runs: ReadStore<RefundRunRecord, { eventId?: string | undefined }> & {
    /** The run of an event that is not done; there is one at most. */
    openOfEvent(eventId: string): Promise<RefundRunRecord | undefined>;
    /** Runs that are not done, oldest first, behind this one. */
    open(after: string | null, limit: number): Promise<RefundRunRecord[]>;
    /** Paid orders of the run's event that it has no outcome of, from its cursor on, by id. */
    ordersLeft(run: RefundRunRecord, after: string | null, limit: number): Promise<string[]>;
    /** How many paid orders there are in the run's event. */
    ordersOf(eventId: string): Promise<number>;
  };
  readonly outcomes: ReadStore<RefundOutcomeRecord, OutcomeFilter> & {
    ofOrder(runId: string, orderId: string): Promise<RefundOutcomeRecord | undefined>;
    counts(runId: string): Promise<OutcomeCount[]>;
    /** Orders of a run that are to be tried again, by id. */
    due(runId: string, after: string | null, limit: number): Promise<string[]>;
  };
}

export interface RefundWrites extends RefundReads {
  readonly orderRefunds: InsertStore<OrderRefundRecord, OrderRefundFilter> &
    RefundReads['orderRefunds'];
  readonly policies: RefundReads['policies'] & {
    insert(rows: readonly RefundPolicyRecord[]): Promise<void>;
  };
  readonly runs: WriteStore<RefundRunRecord, { eventId?: string | undefined }> &
    RefundReads['runs'];
  readonly outcomes: WriteStore<RefundOutcomeRecord, OutcomeFilter> &
    RefundReads['outcomes'] & {
      /** Makes the failed outcomes of a run due again; returns how many. */
      retry(runId: string): Promise<number>;
    };
}
