import * as z from 'zod';
import { releaseCredit } from '../../gift-cards/index.ts';
import { systemOnly, write } from '../../kernel/index.ts';
import { withoutTrace } from '../../pricing/index.ts';
import { orderResource } from '../resource.ts';
import { stateAt } from '../transitions.ts';

export const expireOrders = write({
  name: 'orders.expire',
  summary:
    'Writes down which unpaid orders have expired; frees their places and gift cards. Readers and claims do not wait for it.',
  input: z.strictObject({ limit: z.int().min(1).max(1000).default(100) }),
  output: z.object({ expired: z.int() }).meta({ id: 'ExpiredOrders' }),
  allow: systemOnly,
  run: async (context, { limit }) => {
    const { tx, now, emit } = context;
    const overdue = await tx.orders.orders.overdue(now, limit);
    const orders = await tx.orders.orders.findForUpdate(overdue.map(({ id }) => id));
    const due = orders.filter(
      (order) => order.state === 'pending' && stateAt(order, now) === 'expired',
    );
    for (const was of due) {
      const next = { ...was, state: 'expired', paidAt: null, cancelledAt: null } as const;
      await tx.orders.orders.save(next, was);
      emit({
        type: 'order.expired',
        organizerId: was.organizerId,
        eventId: was.eventId,
        subject: was.id,
        data: withoutTrace(orderResource(next, undefined, now)),
      });
    }
    await releaseCredit(context, due);
    const byEvent = Map.groupBy(due, ({ eventId }) => eventId);
    for (const eventId of [...byEvent.keys()].sort()) {
      const holds = (byEvent.get(eventId) ?? []).map(({ holdId }) => holdId);
      await tx.inventory.release(eventId, holds, now);
    }
    return { expired: due.length };
  },
});
