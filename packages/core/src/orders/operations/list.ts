import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import {
  type Access,
  InstantInput,
  idOf,
  isRefusal,
  pageInput,
  pageOf,
  pageRequest,
  read,
} from '../../kernel/index.ts';
import { mayAt } from '../../organizers/index.ts';
import { Channel, Order } from '../order.ts';
import { orderResource } from '../resource.ts';
import { inSmallLetters } from '../search.ts';

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
    query: z.string().trim().min(1).max(200).optional().meta({
      description: 'A part of the buyer’s name or address, or of the order’s id.',
    }),
    state: z.enum(['pending', 'paid', 'expired', 'cancelled']).optional(),
    channel: Channel.optional(),
    complimentary: z.boolean().optional().meta({
      description: 'Only those that were given away, or only those that were not.',
    }),
    createdFrom: InstantInput.optional(),
    createdUntil: InstantInput.optional().meta({ description: 'Before this instant.' }),
    paidFrom: InstantInput.optional(),
    paidUntil: InstantInput.optional().meta({ description: 'Before this instant.' }),
    ...pageInput,
  }),
  output: pageOf(Order, 'OrderPage'),
  allow: ownOrMembers,
  run: async ({ tx, actor, now }, { organizerId, eventId, limit, cursor, ...given }) => {
    const page = pageRequest({ limit, cursor });
    if (isRefusal(page)) return page;
    const own = organizerId === undefined && eventId === undefined && actor.type === 'user';
    const { query, state, ...rest } = given;
    const filter = {
      ...rest,
      query: query === undefined ? undefined : inSmallLetters(query),
      state: state === undefined ? undefined : { is: state, now },
    };
    const { items, nextCursor } = await tx.orders.orders.list(
      own ? { ...filter, userId: actor.id } : { ...filter, organizerId, eventId },
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
