import type {
  EventOf,
  InsertStore,
  Instant,
  ReadStore,
  Walk,
  WriteStore,
} from '../kernel/index.ts';
import type { AccessRequestRecord } from './access-request.ts';
import type { OrderNoteRecord } from './note.ts';
import type { Channel, OrderRecord } from './order.ts';

interface OrderFilter {
  organizerId?: string | undefined;
  eventId?: string | undefined;
  userId?: string | undefined;
  /** In small letters: a part of the buyer's name, their address or the order's id. */
  query?: string | undefined;
  /** The state that a reader sees at `now`. */
  state?: { is: OrderRecord['state']; now: Instant } | undefined;
  channel?: Channel | undefined;
  complimentary?: boolean | undefined;
  createdFrom?: Instant | undefined;
  /** Before this instant. */
  createdUntil?: Instant | undefined;
  paidFrom?: Instant | undefined;
  paidUntil?: Instant | undefined;
}

interface OfOrder {
  orderId?: string | undefined;
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
    /** Orders that an address bought as a guest and that are not over, newest first. */
    ofGuest(
      buyer: { organizerId: string; eventId?: string | undefined; email: string },
      limit: number,
    ): Promise<OrderRecord[]>;
  };
  readonly notes: ReadStore<OrderNoteRecord, OfOrder> & {
    /** All of the order, oldest first. */
    ofOrder(orderId: string): Promise<OrderNoteRecord[]>;
  };
}

export interface OrderWrites extends OrderReads {
  readonly orders: WriteStore<OrderRecord, OrderFilter> & OrderReads['orders'];
  readonly notes: InsertStore<OrderNoteRecord, OfOrder> & OrderReads['notes'];
  readonly accessRequests: Pick<
    WriteStore<AccessRequestRecord, object>,
    'find' | 'findForUpdate' | 'save'
  > & {
    /** Inserts the row unless there is one of its id. */
    ensure(row: AccessRequestRecord): Promise<void>;
    /** Takes away some of those whose hour began then or before; none that somebody has locked. */
    sweep(until: Instant, limit: number): Promise<void>;
  };
}
