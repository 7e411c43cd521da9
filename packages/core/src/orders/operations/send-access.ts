import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import { everyone, idOf, LostRace, write } from '../../kernel/index.ts';
import { askedAgain, hourBefore } from '../access-request.ts';
import { Buyer } from '../order.ts';

/** Orders that one message links to; who has more sees them there. */
const MOST_ORDERS = 20;
/** Hours that are over and swept along. */
const SWEPT = 10;

export const sendAccess = write({
  name: 'orders.sendAccess',
  summary:
    'Has the links to somebody’s orders sent to their address. The answer is the same whether there are any.',
  input: z
    .strictObject({
      organizerId: idOf('org').optional(),
      eventId: EventId.optional(),
      email: Buyer.shape.email,
    })
    .refine(({ organizerId, eventId }) => (organizerId === undefined) !== (eventId === undefined), {
      message: 'Name the organizer, or the event.',
    })
    .meta({
      examples: [{ eventId: 'evt_01k0000000e008000000000000', email: 'ada@example.com' }],
    }),
  output: z.object({ accepted: z.literal(true) }).meta({ id: 'AccessRequested' }),
  allow: everyone,
  run: async ({ tx, now, secrets, emit }, { organizerId: named, eventId, email }) => {
    // All that follows is done for every address alike, so that neither the answer nor the time
    // that it takes says whose it is; only what is emitted is not.
    const id = secrets.lastingToken('access-request', email);
    await tx.orders.accessRequests.ensure({ id, since: now, requests: 0, revision: 1 });
    const [was] = await tx.orders.accessRequests.findForUpdate([id]);
    if (was === undefined) throw new LostRace('The requests of an address were swept meanwhile.');
    const { next, isTooMany } = askedAgain(was, now);
    const event = eventId === undefined ? undefined : await tx.events.events.find(eventId);
    const organizerId = named ?? event?.organizerId ?? '';
    const orders = await tx.orders.orders.ofGuest({ organizerId, eventId, email }, MOST_ORDERS);
    await tx.orders.accessRequests.save(next, was);
    await tx.orders.accessRequests.sweep(hourBefore(now), SWEPT);
    const [newest] = orders;
    if (newest !== undefined && !isTooMany) {
      emit({
        type: 'order.access_requested',
        organizerId,
        eventId: newest.eventId,
        subject: newest.id,
        data: { email, orders: orders.map((order) => ({ id: order.id, eventId: order.eventId })) },
      });
    }
    return { accepted: true } as const;
  },
});
