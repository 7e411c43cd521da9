import type { EventRecord } from '../events/index.ts';
import { saleClosed } from '../inventory/index.ts';
import { isRefusal, type WriteContext } from '../kernel/index.ts';
import { bookResale, bookSale } from '../ledger/index.ts';
import { withoutTrace } from '../pricing/index.ts';
import { canCompleteResale, completeResale } from '../resale/index.ts';
import { issueTickets } from '../tickets/index.ts';
import type { OrderRecord } from './order.ts';
import { orderResource } from './resource.ts';
import { payOrder, stateAt } from './transitions.ts';

/**
 * Whether nothing but its claims stands between an order and its tickets: the
 * event takes place, and for a late payment still sells; a resale needs its
 * listings open and its tickets good. The caller holds the order's lock, and has
 * locked the event before it.
 */
export async function canFulfil(
  context: WriteContext,
  order: OrderRecord,
  event: EventRecord | undefined,
): Promise<boolean> {
  const { tx, now } = context;
  if (event === undefined || event.state === 'cancelled') return false;
  const late = stateAt(order, now) === 'expired';
  if (late) {
    const sessions = await tx.events.sessions.lastOf(order.eventId);
    if (saleClosed(event, sessions, now) !== undefined) return false;
  }
  return order.kind === 'primary' || canCompleteResale(context, order, { late });
}

/**
 * Makes a paid order out of one whose claims are its own for good: its tickets,
 * its place in the ledger, its events. The caller holds the order's lock.
 */
export async function fulfilOrder(context: WriteContext, was: OrderRecord): Promise<OrderRecord> {
  const { tx, now, emit } = context;
  const paid = payOrder(was, now);
  // The caller has looked at the state under the lock; this cannot be.
  if (isRefusal(paid)) throw new Error(`Order ${was.id} cannot be fulfilled: ${paid.message}`);
  await tx.orders.orders.save(paid, was);
  if (paid.kind === 'resale') {
    const sales = await completeResale(context, paid);
    if (paid.total > 0) await bookResale(context, paid, sales);
  } else {
    await issueTickets(context, paid);
    if (paid.total > 0) await bookSale(context, paid);
  }
  emit({
    type: 'order.paid',
    organizerId: paid.organizerId,
    eventId: paid.eventId,
    subject: paid.id,
    data: withoutTrace(orderResource(paid, undefined, now)),
  });
  return { ...paid, revision: was.revision + 1 };
}
