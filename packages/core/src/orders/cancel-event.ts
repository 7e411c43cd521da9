import { releaseCredit } from '../gift-cards/index.ts';
import { isRefusal, type WriteContext } from '../kernel/index.ts';
import { withoutTrace } from '../pricing/index.ts';
import type { OrderRecord } from './order.ts';
import { orderResource } from './resource.ts';
import { cancelOrder } from './transitions.ts';

/**
 * Cancels the unpaid orders of an event that is being cancelled, and returns
 * their holds, whose claims are released afterwards. Gift cards have theirs back.
 */
export async function cancelOrdersOfEvent(
  context: WriteContext,
  eventId: string,
): Promise<string[]> {
  const { tx, now, emit } = context;
  const pending = await tx.orders.orders.pendingOfEvent(eventId);
  const orders = await tx.orders.orders.findForUpdate(pending.map(({ id }) => id));
  const cancelled: OrderRecord[] = [];
  for (const was of orders) {
    const next = cancelOrder(was, now);
    if (isRefusal(next)) continue;
    await tx.orders.orders.save(next, was);
    cancelled.push(was);
    emit({
      type: 'order.cancelled',
      organizerId: was.organizerId,
      eventId,
      subject: was.id,
      data: withoutTrace(orderResource(next, undefined, now)),
    });
  }
  await releaseCredit(context, cancelled);
  return cancelled.map(({ holdId }) => holdId);
}
