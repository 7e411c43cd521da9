import { type Instant, type Refusal, unreachable } from '../kernel/index.ts';
import type { OrderRecord } from './order.ts';
import { orderNotPending } from './refusals.ts';

type PaidOrder = Extract<OrderRecord, { state: 'paid' }>;
type CancelledOrder = Extract<OrderRecord, { state: 'cancelled' }>;

/** The state that a reader sees: an unpaid order past its expiry is expired. */
export function stateAt(
  order: OrderRecord,
  now: Instant,
): 'pending' | 'paid' | 'expired' | 'cancelled' {
  switch (order.state) {
    case 'paid':
    case 'cancelled':
    case 'expired':
      return order.state;
    case 'pending':
      return order.expiresAt <= now ? 'expired' : 'pending';
    default:
      return unreachable(order);
  }
}

/** pending, or expired when its places could be claimed again -> paid. */
export function payOrder(
  order: OrderRecord,
  now: Instant,
): PaidOrder | Refusal<'order_not_pending'> {
  if (order.state === 'paid' || order.state === 'cancelled') {
    return orderNotPending({ orderId: order.id, state: order.state });
  }
  return { ...order, state: 'paid', paidAt: now };
}

/** pending or expired -> cancelled. */
export function cancelOrder(
  order: OrderRecord,
  now: Instant,
): CancelledOrder | Refusal<'order_not_pending'> {
  if (order.state === 'paid' || order.state === 'cancelled') {
    return orderNotPending({ orderId: order.id, state: order.state });
  }
  return { ...order, state: 'cancelled', cancelledAt: now };
}
