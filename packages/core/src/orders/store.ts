import type { EventOf, Instant, ReadStore, Walk, WriteStore } from '../kernel/index.ts';
import type { OrderRecord } from './order.ts';

interface OrderFilter {
  organizerId?: string | undefined;
  eventId?: string | undefined;
  userId?: string | undefined;
  state?: OrderRecord['state'] | undefined;
}

export interface OrderReads {
  readonly orders: ReadStore<OrderRecord, OrderFilter> & {
    /** All of a scope, whatever their state. */
    readonly walk: Walk<OrderRecord>;
    /** The events of these orders. */
    eventsOf(ids: readonly string[]): Promise<EventOf[]>;
    /** The order that a hold became; a hold becomes one at most. */
    findByHold(holdId: string): Promise<OrderRecord | undefined>;
    /** Orders of one event that wait for payment. */
    pendingOfEvent(eventId: string): Promise<OrderRecord[]>;
    /** Orders that are pending past their expiry, oldest first. */
    overdue(now: Instant, limit: number): Promise<OrderRecord[]>;
    /** Paid orders with another number of tickets than they bought (resold ones count). */
    withWrongTickets(): Promise<{ orderId: string; bought: number; tickets: number }[]>;
  };
}

export interface OrderWrites extends OrderReads {
  readonly orders: WriteStore<OrderRecord, OrderFilter> & OrderReads['orders'];
}
