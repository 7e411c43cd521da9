import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import { isOwner } from '../../inventory/index.ts';
import {
  type Access,
  idOf,
  isRefusal,
  pageInput,
  pageOf,
  pageRequest,
  read,
} from '../../kernel/index.ts';
import { OrderId } from '../../orders/index.ts';
import { mayAt } from '../../organizers/index.ts';
import { RefundShown, shownRefunds } from '../shown.ts';

interface Filter {
  organizerId: string;
  eventId?: string | undefined;
  orderId?: string | undefined;
}

/** Members see those of their organizer; a buyer those of the order that they name. */
const buyerOrMembers: Access<Filter> = {
  who: 'buyers for an order of their own; members who may look up',
  async check(context, { organizerId, orderId }) {
    if (await mayAt(context, context.actor, organizerId, 'look_up')) return true;
    const order = orderId === undefined ? undefined : await context.tx.orders.orders.find(orderId);
    return order !== undefined && isOwner(context, order);
  },
};

export const listRefunds = read({
  name: 'refunds.list',
  summary: 'Refunds of an organizer, an event or an order, newest first.',
  input: z.strictObject({
    organizerId: idOf('org'),
    eventId: EventId.optional(),
    orderId: OrderId.optional(),
    ...pageInput,
  }),
  output: pageOf(RefundShown, 'RefundShownPage'),
  allow: buyerOrMembers,
  run: async (context, { organizerId, eventId, orderId, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const { items, nextCursor } = await context.tx.refunds.orderRefunds.list(
      { organizerId, eventId, orderId },
      page,
    );
    return { items: await shownRefunds(context, items), nextCursor };
  },
});
