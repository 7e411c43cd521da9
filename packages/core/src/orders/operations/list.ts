import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import {
  type Access,
  idOf,
  isRefusal,
  pageInput,
  pageOf,
  pageRequest,
  read,
} from '../../kernel/index.ts';
import { mayAt } from '../../organizers/index.ts';
import { Order } from '../order.ts';
import { orderResource } from '../resource.ts';

interface Filter {
  organizerId?: string | undefined;
  eventId?: string | undefined;
}

/** Members see the orders of the organizer or event they name; users without one see their own. */
const ownOrMembers: Access<Filter> = {
  who: 'signed-in buyers for their own orders; members who may look up, for an organizer or event',
  async check(context, { organizerId, eventId }) {
    const { actor, tx } = context;
    if (organizerId === undefined && eventId === undefined) return actor.type === 'user';
    const event = eventId === undefined ? undefined : await tx.events.events.find(eventId);
    const at = organizerId ?? event?.organizerId;
    return at === undefined || mayAt(context, actor, at, 'look_up');
  },
};

export const listOrders = read({
  name: 'orders.list',
  summary: 'Orders, newest first: of an organizer or event for its members, else the caller’s own.',
  input: z.strictObject({
    organizerId: idOf('org').optional(),
    eventId: EventId.optional(),
    ...pageInput,
  }),
  output: pageOf(Order, 'OrderPage'),
  allow: ownOrMembers,
  run: async ({ tx, actor, now }, { organizerId, eventId, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const own = organizerId === undefined && eventId === undefined && actor.type === 'user';
    const { items, nextCursor } = await tx.orders.orders.list(
      own ? { userId: actor.id } : { organizerId, eventId },
      page,
    );
    const payments = await tx.payments.payments.ofOrders(items.map(({ id }) => id));
    const newest = new Map(payments.toReversed().map((payment) => [payment.orderId, payment]));
    return {
      items: items.map((order) => orderResource(order, newest.get(order.id), now)),
      nextCursor,
    };
  },
});
